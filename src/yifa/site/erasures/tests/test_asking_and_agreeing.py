"""Erasing on request, in the browser: what the law keeps is refused with its reason, and nobody does it alone."""

from __future__ import annotations

from datetime import date

import pytest

from yifa.casework.cases.tests import factories as make
from yifa.ledger.actions import Actor, writing
from yifa.ledger.digest import ERASED
from yifa.ledger.erasure import listed
from yifa.ledger.queries import events_about
from yifa.ledger.verify import Verification, every_table
from yifa.listing.search import find
from yifa.registry.people.models import Person
from yifa.registry.people.search import index_people
from yifa.site.accounts.models import User
from yifa.site.accounts.tests import factories
from yifa.site.erasures.models import ErasureRequest

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/desk/erasures/"
NAME = "欧阳临时"


@pytest.fixture(autouse=True)
def keys(tmp_path, settings):
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def clerk() -> Person:
    """Somebody entered by mistake: named in no file."""
    owner = make.organ()
    with writing() as unit:
        row = Person(organ=owner, staff_no="0999", name=NAME, roles="|handler|", birth_on=date(1990, 1, 2))
        unit.log(type="person_entered", actor=Actor("system:test"), agency=owner.code, rows=[row])
        row.save()
        index_people([row])
    return row


def typed(subject: str = "person.name", number: str = "0999", **more) -> dict:
    return {"subject": subject, "number": number, "ground": "PIPL-47-1-4", "words": "误录的人员", **more}


def asked(**more):
    return factories.as_administrator("sec").post(f"{HOME}new/", typed(**more))


def found(person: Person) -> list:
    return find(organ=person.organ_id, kind="person", fragment=NAME, limit=5)


def head(name: str = "head"):
    return factories.as_user(User.objects.filter(username=name).first() or factories.account(name, "head"))


@pytest.mark.parametrize("roles", [(), ("handler",), ("supervisor",), ("system_admin",)])
def test_who_has_no_part_in_it_sees_nothing(clerk, roles):
    client = factories.as_user(factories.account("someone", *roles))
    for answer in (client.get(HOME), client.get(f"{HOME}new/"), client.post(f"{HOME}new/", typed())):
        assert answer.status_code == 403
    assert not ErasureRequest.objects.exists()


@pytest.mark.parametrize("who", ["head", "audit_admin"])
def test_only_the_security_administrator_asks(clerk, who):
    client = factories.as_user(factories.account("someone", who))
    assert client.get(HOME).status_code == 200
    assert client.post(f"{HOME}new/", typed()).status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"subject": "organ.name"}, {"number": "不存在"}, {"number": ""}, {"ground": "x"}, {"words": ""}]
)
def test_what_cannot_stand_comes_back_with_what_was_typed(clerk, wrong):
    answer = asked(**wrong)
    page = answer.content.decode()
    assert answer.status_code == 422 and "<title>错误：" in page and not ErasureRequest.objects.exists()
    assert "误录的人员" in page or "words" in wrong


@pytest.mark.parametrize("subject", ["case.party", "case.violation", "act.words"])
def test_a_case_file_is_kept_and_the_requester_is_told_why(subject):
    case = make.case_with(make.lead(), make.opening())
    answer = asked(subject=subject, number=f"{case.no}/1" if subject == "act.words" else case.no)
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and "行政处罚法第四十七条" in page
        and "个人信息保护法第四十七条第二款" in page
    )
    assert not ErasureRequest.objects.exists()


def test_an_account_in_use_and_an_officer_in_the_files_are_kept():
    make.case_with(make.lead(), make.opening())
    factories.account("user-in-use")
    officer = asked(number="0101").content.decode()
    account = asked(subject="account.username", number="user-in-use").content.decode()
    assert "行政处罚法第四十二条" in officer and "先停用账号" in account


def test_nobody_agrees_to_his_own_request_or_without_the_role(clerk):
    assert asked().status_code == 303
    for client in (factories.as_administrator("sec"), factories.as_administrator("audit")):
        assert client.post(f"{HOME}1/agree/").status_code == 403
    own = factories.account("head", "head")
    ErasureRequest.objects.update(asked_by=own.pk)
    assert head().post(f"{HOME}1/agree/").status_code == 403
    clerk.refresh_from_db()
    assert clerk.name == NAME


def test_another_organs_request_is_unknown(clerk):
    asked()
    other = factories.account("elsewhere", "head", organ=make.organ("120116"))
    assert factories.as_user(other).post(f"{HOME}1/agree/").status_code == 404


def test_agreed_the_value_is_gone_everywhere_and_everything_still_verifies(clerk):
    assert [hit.key for hit in found(clerk)] == ["0999"]
    answer = asked()
    assert (answer.status_code, answer["Location"]) == (303, f"{HOME}1/")
    assert "批准并删除" in head().get(f"{HOME}1/").content.decode()
    assert head().post(f"{HOME}1/agree/").status_code == 303
    clerk.refresh_from_db()
    assert clerk.name == "" and clerk.salts["name"].startswith(ERASED) and clerk.birth_on == date(1990, 1, 2)
    assert found(clerk) == []
    faults = [
        one
        for one in Verification(tables=every_table()).faults()
        if one.row.startswith(("person:120115/0999", "erasure"))
    ]
    assert faults == []
    (done,) = listed()
    assert len(set(done.approvers)) == 2 and done.legal_basis == "PIPL-47-1-4"
    types = [one.body["type"] for one in events_about(f"erasure_request:{clerk.organ_id}/1")]
    assert types == ["erasure_asked", "erasure_agreed"]
    assert head().post(f"{HOME}1/agree/").status_code == 409
    assert asked().status_code == 422


def test_sent_back_with_a_reason_the_value_stays(clerk):
    asked()
    assert head().post(f"{HOME}1/send-back/", {"words": " "}).status_code == 422
    assert head().post(f"{HOME}1/send-back/", {"words": "查无误录"}).status_code == 303
    clerk.refresh_from_db()
    assert (
        clerk.name == NAME
        and "查无误录" in factories.as_administrator("sec").get(f"{HOME}1/").content.decode()
    )


@pytest.mark.parametrize(
    ("role", "offered"), [("security_admin", True), ("audit_admin", True), ("handler", False)]
)
def test_the_menu_leads_there_for_those_allowed_only(role, offered):
    from yifa.site.accounts.tests import factories

    client = factories.as_user(factories.account("menu", role))
    assert ('href="/desk/erasures/"' in client.get("/desk/jobs/").content.decode()) is offered


def test_the_same_value_is_not_asked_for_twice_while_the_first_request_is_open(clerk):
    assert asked().status_code == 303
    answer = asked()
    assert answer.status_code == 422 and "没有再次申请" in answer.text and "误录的人员" in answer.text
    assert ErasureRequest.objects.count() == 1
    first = ErasureRequest.objects.get()
    assert head().post(f"{HOME}{first.serial}/send-back/", {"words": "请写明原因"}).status_code == 303
    assert asked().status_code == 303
