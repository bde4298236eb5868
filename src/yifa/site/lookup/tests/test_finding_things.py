"""One field finds cases, people, articles, pages and acts of the case at hand; of another organ nothing."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.test import Client

from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.listing.tests import registers
from yifa.registry.people.models import Person
from yifa.registry.people.search import index_people
from yifa.site.lookup.articles import found_articles

DAY = date(2022, 1, 1)


@pytest.fixture
def reader(db) -> Client:
    client = Client()
    client.force_login(registers.user(registers.organ("one")))
    return client


def found(client: Client, q: str, **more: str) -> str:
    return unescape(client.get("/desk/search/", {"q": q, **more}).content.decode().partition("<main")[2])


def test_another_organs_cases_and_people_never_appear(reader):
    other = registers.organ("two")
    registers.case(other, 1, party_name="天津某建材有限公司")
    index_people([Person.objects.create(organ=other, staff_no="0777", name="王伟", roles="|handler|")])
    for q in ("某建材", "tjmjc", "2021", "王伟", "0777"):
        assert "没有找到" in found(reader, q, case="2021-0001"), q


def test_a_visitor_is_sent_to_log_in(db):
    assert Client().get("/desk/search/").status_code == 302


@pytest.mark.parametrize(("q", "said"), [("某" * 201, "太长"), ("\0", "看不见"), ("x" * 10_000_000, "太长")])
def test_what_cannot_be_looked_for_is_said(reader, q, said):
    answer = reader.get("/desk/search/", {"q": q})
    assert answer.status_code == 400
    assert said in answer.content.decode()


@pytest.mark.parametrize("q", ["某建", "tjmjc", "〔2021〕1", "2021-0001"])
def test_a_case_is_found_by_party_letters_and_number(reader, q):
    registers.case(registers.organ("one"), 1, party_name="天津某建材有限公司")
    assert 'href="/desk/cases/2021-0001/"' in found(reader, q)


def test_people_and_pages_are_found(reader):
    owner = registers.organ("one")
    index_people([Person.objects.create(organ=owner, staff_no="0101", name="仇单", roles="|handler|")])
    assert "仇单" in found(reader, "qd")
    assert 'href="/desk/inspections/"' in found(reader, "检查")


def test_acts_of_the_case_at_hand_are_offered(db):
    case = make.case_with(make.lead(), make.opening())
    text = found(desk.login("0101"), "", case=case.no)
    assert "可办事项" in text
    assert f"/desk/cases/{case.no}/do/" in text
    assert "可办事项" not in found(desk.login("0101"), "绝无此事", case=case.no)
    assert "可办事项" not in found(desk.login("0101"), "", case="2021-9999")


def test_a_script_gets_the_answer_alone(reader):
    text = reader.get("/desk/search/", {"q": "检查"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in text and "/desk/inspections/" in text


@pytest.mark.parametrize("typed", ["行政处罚法58", "行政处罚法第58条", "行政处罚法第五十八条", "处罚法 ５８"])
def test_an_article_is_found_by_its_number(typed):
    assert [name for name, _ in found_articles(typed, on=DAY, limit=3)] == ["行政处罚法第五十八条"]


def test_an_article_is_found_by_words_of_its_summary_and_only_in_force():
    assert any("行政处罚法" in name for name, _ in found_articles("听证", on=DAY, limit=50))
    assert found_articles("某某某某", on=DAY, limit=5) == []
    assert found_articles("", on=DAY, limit=5) == []
