"""A case beyond reach shows nowhere: not in another room's page, not in a list, a search, a comparison or a bench."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from yifa.casework.cases.likeness import LikeCase, seen
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.proposals.models import Deliberation, Proposal
from yifa.casework.supervision.models import SupervisedHandling
from yifa.fieldwork.recordings.lists import RECORDINGS
from yifa.fieldwork.recordings.models import Recording
from yifa.intake.workbook.models import Upload
from yifa.ledger.clock import SHANGHAI
from yifa.registry.laws.models import MovedDeadline
from yifa.registry.people.models import Person
from yifa.registry.people.reach import Reach
from yifa.site.accounts.models import User
from yifa.site.accounts.tests import factories
from yifa.site.work import work

pytestmark = pytest.mark.django_db
OTHER = "120199-other"
AT = datetime(2021, 8, 4, 9, tzinfo=SHANGHAI)
UNIT = Reach("120199-cgw", ("120199-cgw",), "unit", "二队", "0202")


@pytest.fixture
def matters():
    """A case of 一队 with a proposal, a sitting and a follow-up; 0202, a head and handler, works in 二队."""
    case = make.case_with(make.lead(), make.opening())
    owner = case.organ
    Person.objects.filter(staff_no__in=["0101", "0102", "0301"]).update(unit="一队")
    Person.objects.create(organ=owner, staff_no="0202", name="远", roles="|handler|head|", unit="二队")
    common = {"organ": owner, "case": case, "serial": 1}
    Proposal.objects.create(
        **common, no="P1", kind="handlers_assigned", event={}, proposers=["0101"], submitted_by="0101",
        submitted_at=AT, to_role="head", seen=2,
    )  # fmt: skip
    Deliberation.objects.create(
        **common, no="T1", members=["0301"], chaired_by="0301", submitted_by="0101", submitted_at=AT, seen=2
    )
    SupervisedHandling.objects.create(
        **common, no="D1", ordered_by="0301", ordered_to="0101", ordered_at=AT, due_on=date(2021, 9, 1)
    )
    return SimpleNamespace(
        case=case,
        addresses=[f"/desk/{one}/" for one in ("proposals/P1", "deliberations/T1", "supervised/D1")],
    )


def far():
    """A head of the other unit, who sees that unit."""
    known = User.objects.filter(username="far").first()
    return factories.as_user(known or factories.account("far", staff_no="0202", reach="unit"))


@pytest.mark.parametrize("twin", ["", "/en"])
def test_what_belongs_to_a_case_beyond_reach_is_as_unknown_as_none(matters, twin):
    clients = [far(), factories.as_user(factories.account("away", "head", organ=make.organ(OTHER)))]
    for client in clients:
        for address in matters.addresses:
            for answer in (client.get(twin + address), client.post(twin + address, {"do": "confirm"})):
                assert answer.status_code == 404 and "示例当事人" not in answer.content.decode()


def test_the_head_of_the_unit_sees_all_of_it(matters):
    client = factories.as_user(factories.account("near", staff_no="0301", reach="unit"))
    for address in matters.addresses:
        assert client.get(address).status_code == 200


def test_who_is_named_in_a_matter_sees_the_matter(matters):
    Proposal.objects.update(to_person="0202")
    SupervisedHandling.objects.update(ordered_to="0202")
    client = far()
    assert client.get("/desk/proposals/P1/").status_code == 200
    assert client.get("/desk/supervised/D1/").status_code == 200
    assert client.get("/desk/deliberations/T1/").status_code == 404


@pytest.mark.parametrize("slug", ["cases", "supervised", "postings", "disputes", "recordings"])
def test_a_list_shows_the_same_rows_as_its_files_and_its_count(matters, slug):
    Recording.objects.create(
        organ=matters.case.organ, number="R1", started_at=AT, seconds=1, bytes=1, case_number=matters.case.number,
        officers="|0101|", retention="permanent",
    )  # fmt: skip
    client = far()
    page = client.get(f"/desk/{slug}/")
    assert page.status_code == 200 and list(page.context["rows"]) == []
    assert page.context["count"].number == 0
    for file in ("list.csv", "list.json"):
        text = b"".join(client.get(f"/desk/{slug}/{file}").streaming_content).decode()
        assert matters.case.no not in text and "R1" not in text and "示例当事人" not in text


def test_an_index_counts_nothing_beyond_reach(matters):
    for query in ("number=001", "party=示例"):
        page = far().get(f"/desk/cases/?{query}")
        assert page.context["count"].number == 0 and "示例当事人</" not in page.content.decode()


def test_recordings_are_those_of_the_unit(matters):
    common = {
        "organ": matters.case.organ,
        "started_at": AT,
        "seconds": 1,
        "bytes": 1,
        "retention": "permanent",
    }
    for number, officers in (("R1", "|0101|"), ("R2", "|0101|0202|"), ("R3", "|0203|")):
        Recording.objects.create(**common, number=number, officers=officers)
    Person.objects.create(
        organ=matters.case.organ, staff_no="0203", name="近", roles="|handler|", unit="二队"
    )
    rows = RECORDINGS.shaped(RECORDINGS.ask(UNIT.organ, {}, UNIT))
    assert set(rows.values_list("number", flat=True)) == {"R2", "R3"}


def test_a_search_finds_nothing_beyond_reach(matters):
    client = far()
    for query in ("q=示例当事人", f"q={matters.case.no}", f"q=&case={matters.case.no}"):
        text = desk.main_of(client.get(f"/desk/search/?{query}"))
        assert f"/desk/cases/{matters.case.no}/" not in text
    near = factories.as_user(factories.account("near", staff_no="0301", reach="unit"))
    assert f"/desk/cases/{matters.case.no}/" in desk.main_of(near.get("/desk/search/?q=示例当事人"))


def test_the_bench_of_a_role_holds_what_is_within_reach(matters):
    given = {"organ": UNIT.organ, "who": "0202", "roles": ["head"], "today": AT.date()}
    assert [line.item.url for line in work("todo", 1, **given).lines] == ["/desk/proposals/P1/"]
    assert work("todo", 1, **given, reach=UNIT).lines == []
    assert "示例当事人" not in far().get("/desk/").content.decode()


def test_a_case_to_compare_with_is_named_to_who_sees_it(matters):
    one = LikeCase(matters.case.no, "公民", "一般", "无", 5000, AT, "阶次相同", 3)
    assert seen([one], UNIT) == [] and seen([one], None) == [one]
    assert seen([one], Reach(UNIT.organ, UNIT.organs)) == [one]


def test_deadlines_that_moved_are_for_who_sees_their_cases(matters):
    move = MovedDeadline.objects.create(
        organ=matters.case.organ, notice="2022/1", case_no=matters.case.no, rule="APL-060-1",
        old_due="2021-11-01", new_due="2021-11-02",
    )  # fmt: skip
    client = far()
    assert matters.case.no not in client.get("/desk/laws/holidays/").content.decode()
    assert client.post(f"/desk/laws/holidays/{move.pk}/confirm/").status_code == 404
    near = factories.as_user(factories.account("near", staff_no="0301", reach="unit"))
    assert matters.case.no in near.get("/desk/laws/holidays/").content.decode()
    named = factories.as_user(factories.account("named", staff_no="0101", reach="assigned"))
    assert matters.case.no in named.get("/desk/laws/holidays/").content.decode()
    stranger = factories.as_user(factories.account("stranger", staff_no="0202", reach="assigned"))
    assert matters.case.no not in stranger.get("/desk/laws/holidays/").content.decode()
    assert stranger.post(f"/desk/laws/holidays/{move.pk}/confirm/").status_code == 404
    desk.staff()
    helper = desk.login("0501")
    assert helper.post(f"/desk/laws/holidays/{move.pk}/confirm/").status_code == 403
    assert named.post(f"/desk/laws/holidays/{move.pk}/confirm/").status_code == 303
    move.refresh_from_db()
    assert move.confirmed_by == "0101"


def test_a_workbook_is_taken_in_by_who_sees_the_whole_organ_of_the_own_organ_only(matters):
    upload = Upload.objects.create(
        organ=matters.case.organ,
        file_name="台账.xlsx",
        uploaded_at=AT,
        answer={"problems": [], "imported": {}},
    )
    assert far().get("/desk/imports/new/").status_code == 403
    assert far().get(f"/desk/imports/{upload.pk}/").status_code == 403
    away = factories.as_user(factories.account("away", "head", organ=make.organ(OTHER)))
    for path in ("", "problems.csv"):
        assert away.get(f"/desk/imports/{upload.pk}/{path}").status_code == 404
