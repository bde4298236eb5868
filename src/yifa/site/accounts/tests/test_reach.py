"""Reach: nobody sees across organs but a supervisor named for it; units and counsel see what is theirs."""

from __future__ import annotations

import json

import pytest

from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import is_within_reach, within_reach
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.governance.counsel.models import LegalReview
from yifa.registry.people.models import Person
from yifa.registry.people.reach import Reach, reach_for
from yifa.site.accounts.roles import default_reach
from yifa.site.accounts.tests import factories

pytestmark = pytest.mark.django_db
ASSIGNED_TO_0102 = {
    "at": "2021-08-03T10:00:00+08:00",
    "kind": "handlers_assigned",
    "by": ["0301"],
    "handlers": ["0102"],
}
OTHER = "120199-other"


@pytest.fixture
def units() -> None:
    """0101 works in 一队, 0102 and 0201 in 二队, and 0901 is counsel."""
    owner = make.organ()
    make.people(owner)
    Person.objects.filter(staff_no="0101").update(unit="一队")
    Person.objects.filter(staff_no__in=["0102", "0201"]).update(unit="二队")
    Person.objects.create(organ=owner, staff_no="0901", name="顾问", roles="|counsel|")


@pytest.fixture
def cases(units) -> dict[str, Case]:
    alone = {**make.lead(), "by": ["0102"]}
    return {
        "first": make.case_with(make.lead(), number="一"),
        "second": make.case_with(alone, number="二"),
        "named": make.case_with(
            alone, {**make.opening(), "by": ["0101", "0102"]}, ASSIGNED_TO_0102, number="三"
        ),
    }


def seen(client) -> set[str]:
    body = b"".join(client.get("/desk/cases/list.json").streaming_content)
    return {row["number"] for row in json.loads(body)["rows"]}


def member(staff_no: str, reach: str, *roles: str):
    return factories.as_user(factories.account(f"u{staff_no}", *roles, staff_no=staff_no, reach=reach))


@pytest.mark.parametrize("path", ["", "clocks/", "do/scene-recorded/", "do/lead-registered/"])
def test_a_case_beyond_reach_is_as_unknown_as_none(cases, path):
    clients = [
        (member("0101", "unit"), "second"),
        (member("0901", "assigned"), "first"),
        (factories.as_user(factories.account("away", organ=make.organ(OTHER))), "first"),
    ]
    for client, which in clients:
        address = f"/desk/cases/{cases[which].no}/{path}"
        assert client.get(address).status_code == 404
        if path.startswith("do/"):
            assert client.post(address, {"expected": "1"}).status_code == 404
        assert "示例当事人" not in client.get(address).content.decode()


def test_the_words_say_what_one_may_see(cases):
    text = desk.main_of(member("0901", "assigned").get(f"/desk/cases/{cases['first'].no}/"))
    assert "不在您的委托范围内" in text
    text = desk.main_of(member("0101", "unit").get(f"/desk/cases/{cases['second'].no}/"))
    assert "不在您的可见范围内" in text


def test_counsel_sees_nothing_but_what_was_asked(cases):
    owner, counsel = make.organ(), Person.objects.get(staff_no="0901")
    for name, who in (("甲合同", counsel), ("乙合同", Person.objects.get(staff_no="0201"))):
        LegalReview.objects.create(
            organ=owner, on="2021-06-01", kind="contract", name=name, reviewed_by=who, opinion="agree"
        )
    client = member("0901", "assigned")
    for address in ("/desk/people/", "/desk/people/list.csv", "/desk/reports/", "/desk/meetings/"):
        answer = client.get(address)
        assert answer.status_code == 403 and "不在您的委托范围内" in answer.content.decode()
    text = client.get("/desk/legal-reviews/").content.decode()
    assert "甲合同" in text and "乙合同" not in text
    assert seen(client) == set()
    bench = client.get("/desk/").content.decode()
    assert "/desk/legal-reviews/" in bench and "/desk/people/" not in bench and "示例当事人" not in bench


def test_a_unit_sees_its_cases_and_those_that_name_one(cases):
    assert seen(member("0101", "unit")) == {"一", "三"}
    assert seen(member("0201", "unit")) == {"二", "三"}
    assert seen(member("0301", "organ")) == {"一", "二", "三"}


def test_unit_and_names_of_a_case_are_derived_from_its_acts(cases):
    units = {case.number: (case.unit, case.named) for case in Case.objects.all()}
    assert units == {
        "一": ("一队", "|0101|"),
        "二": ("二队", "|0102|"),
        "三": ("二队", "|0101|0102|0301|"),
    }


def test_a_supervisor_sees_an_organ_only_where_named_for_it_and_only_looks(units):
    other = make.organ(OTHER)
    make.people(other)
    case = make.case_with(make.lead(), number="别", code=OTHER)
    plain = factories.as_user(factories.account("plain", "supervisor"))
    assert plain.post("/desk/account/organ/", {"organ": OTHER}).status_code == 403
    assert plain.get(f"/desk/cases/{case.no}/").status_code == 404
    eye = factories.as_user(factories.account("eye", "supervisor", seen_organs=f"|{OTHER}|"))
    assert eye.get(f"/desk/cases/{case.no}/").status_code == 404
    assert eye.post("/desk/account/organ/", {"organ": OTHER}).status_code == 303
    assert eye.get(f"/desk/cases/{case.no}/").status_code == 200 and seen(eye) == {"别"}
    answer = eye.post(f"/desk/cases/{case.no}/do/scene-recorded/", {"expected": "1"})
    assert answer.status_code == 403 and "只能看，不能办理" in answer.content.decode()
    assert eye.post("/desk/account/organ/", {"organ": make.organ().code}).status_code == 303
    assert seen(eye) == set()


def test_a_name_in_the_other_organ_gives_no_right_there(units):
    other = make.organ(OTHER)
    make.people(other)
    case = make.case_with(make.lead(), number="别", code=OTHER)
    user = factories.account("eye", "supervisor", staff_no="0101", seen_organs=f"|{OTHER}|", reach="unit")
    client = factories.as_user(user)
    client.post("/desk/account/organ/", {"organ": OTHER})
    answer = client.get(f"/desk/cases/{case.no}/do/scene-recorded/")
    assert answer.status_code == 403 and "只能查看" in desk.main_of(answer)


@pytest.mark.parametrize(
    ("reach", "row", "sees"),
    [
        (Reach("a", ("a",)), ("a", "", ()), True),
        (Reach("a", ("a",)), ("b", "", ()), False),
        (Reach("a", ("a",), "unit", "一队", "1"), ("a", "一队", ()), True),
        (Reach("a", ("a",), "unit", "一队", "1"), ("a", "二队", ("1",)), True),
        (Reach("a", ("a",), "unit", "一队", "1"), ("a", "二队", ("2",)), False),
        (Reach("a", ("a",), "unit", "", "1"), ("a", "", ()), False),
        (Reach("a", ("a",), "assigned", "一队", "1"), ("a", "一队", ()), False),
        (Reach("a", ("a",), "assigned", "一队", "1"), ("a", "二队", ("1",)), True),
        (Reach("a", ("a",), "assigned", "", ""), ("a", "", ("",)), False),
    ],
)
def test_what_reach_covers(reach, row, sees):
    organ, unit, named = row
    assert reach.covers(organ=organ, unit=unit, named=frozenset(named)) is sees


def test_lists_and_pages_agree_on_what_is_within_reach(cases):
    for staff_no in ("", "0101", "0102", "0201", "0301", "0901"):
        for kind, unit in (("organ", ""), ("unit", "一队"), ("unit", "二队"), ("unit", ""), ("assigned", "")):
            reach = Reach(make.organ().code, (make.organ().code,), kind, unit, staff_no)
            listed = set(within_reach(Case.objects.all(), reach).values_list("no", flat=True))
            assert listed == {one.no for one in cases.values() if is_within_reach(one.no, reach)}


def test_further_organs_count_for_a_supervisor_only():
    given = {"own": "a", "seen": ("b",), "chosen": "b", "kind": "unit", "unit": "一队", "staff_no": "1"}
    assert reach_for(**given, supervisor=False).organs == ("a",)
    assert reach_for(**given, supervisor=False).kind == "unit"
    assert reach_for(**given, supervisor=True) == Reach("b", ("a", "b"))


def test_an_account_begins_with_the_organ_and_counsel_with_what_is_asked():
    assert default_reach(["handler"]) == default_reach([]) == "organ"
    assert default_reach(["counsel"]) == default_reach(["public_lawyer"]) == "assigned"
    assert default_reach(["counsel", "handler"]) == "organ"
