"""Lists refuse readers without a log-in or an organ, and conditions they do not understand, in words."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from yifa.listing.page import BadFilter
from yifa.listing.registry import UnknownList, all_pages, get, register
from yifa.listing.tests import registers

pytestmark = pytest.mark.django_db
SLUGS = [page.slug for page in all_pages()]
ENDS = ["", "list.csv", "list.json"]
WRONG = {
    "cases/?opened_from=2021-13-01": "2021-13-01",
    "cases/?opened_from=2021-W01-1": "2021-W01-1",
    "cases/?opened_from=0001-01-01": "0001-01-01",
    "cases/?opened_from=2021-02-30&opened_to=昨天": "昨天",
    "cases/?opened_from=2021-12-31&opened_to=2021-01-01": "晚于",
    "cases/?act=deliberated&act_from=2021-06-31": "2021-06-31",
    "cases/?act=thought_about": "thought_about",
    "cases/?act_from=2021-01-01": "哪个环节",
    "cases/?procedure=ordinary,quick": "quick",
    "cases/?campaign=nowhere": "nowhere",
    "cases/?opend_from=2021-01-01": "opend_from",
    "cases/?party=" + "某" * 201: "太长",
    "cases/?party=%00": "看不见",
    "cases/?rule=%00": "看不见",
    "cases/?sort=party": "party",
    "cases/?per=visit": "visit",
    "inspections/?per=people": "people",
    "people/?in_term=2021": "2021",
    "recordings/?started_from=2021-1-1": "2021-1-1",
}


@pytest.fixture
def reader() -> Client:
    client = Client()
    client.force_login(registers.user(registers.organ("one")))
    return client


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("slug", SLUGS)
def test_without_a_log_in_there_is_no_list(slug, end):
    answer = Client().get(f"/desk/{slug}/{end}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login/?next=/desk/")


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("slug", SLUGS)
def test_an_account_without_an_organ_is_told_whom_to_ask(slug, end):
    client = Client()
    client.force_login(registers.user(None))
    answer = client.get(f"/desk/{slug}/{end}")
    assert answer.status_code == 403
    assert "系统管理员" in answer.content.decode()


@pytest.mark.parametrize(("address", "named"), WRONG.items())
def test_a_condition_not_understood_is_named_and_the_input_kept(reader, address, named):
    answer = reader.get(f"/desk/{address}")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>错误：" in text
    assert named in text
    assert "<tbody>" not in text


def test_the_wrong_date_stays_in_its_field_with_the_message_beside_it(reader):
    text = reader.get("/desk/cases/?opened_from=2021-13-01&party=某甲").content.decode()
    field = text[text.index('id="f-opened_from"') :].split(">", 1)[0]
    assert 'value="2021-13-01"' in field and 'aria-invalid="true"' in field
    assert 'value="某甲"' in text
    assert 'href="#f-opened_from"' in text
    assert "<details open>" in text


@pytest.mark.parametrize("address", WRONG)
def test_the_files_beside_the_page_refuse_the_same(reader, address):
    path, query = address.split("?")
    as_csv = reader.get(f"/desk/{path}list.csv?{query}")
    as_json = reader.get(f"/desk/{path}list.json?{query}")
    assert (as_csv.status_code, as_json.status_code) == (400, 400)
    problems = json.loads(as_json.content)["error"]["problems"]
    assert problems
    assert all(problem["message"] in as_csv.content.decode() for problem in problems)


@pytest.mark.parametrize("number", ["0", "-1", "2", "x", "9" * 30, "１"])
def test_a_page_that_is_not_there_is_refused(reader, number):
    assert reader.get("/desk/people/", {"page": number}).status_code == 400


def test_every_problem_is_said_at_once():
    wrong = {"opened_from": "x", "opened_to": "y", "procedure": "z", "unheard": "1", "sort": "q"}
    with pytest.raises(BadFilter) as refused:
        get("cases").ask("one", wrong)
    assert [problem.name for problem in refused.value.problems] == [
        "unheard",
        "procedure",
        "opened_from",
        "opened_to",
        "sort",
    ]


@pytest.mark.parametrize("end", ENDS)
def test_a_list_is_only_read(reader, end):
    assert reader.post(f"/desk/cases/{end}").status_code == 405


def test_a_slug_names_one_list():
    with pytest.raises(ValueError, match="registered twice"):
        register(get("cases"))
    with pytest.raises(UnknownList):
        get("case")


def test_a_sum_the_list_does_not_have_is_refused():
    with pytest.raises(LookupError):
        get("cases").total("one", {}, "seconds")
