"""The page, list.csv, list.json, the count and the keys of a list are the same rows, of one organ."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from yifa.listing.registry import all_pages, get
from yifa.listing.tests import registers

pytestmark = pytest.mark.django_db
PAGES = [(page.slug, grain.key) for page in all_pages() for grain in page.grains]
OF_THE_WORKBOOK = set(
    "people cases recordings campaigns inspections draws handovers postings disputes trainings outreach"
    " disclosure-items legal-reviews rule-documents meetings imports".split()
)


@pytest.fixture
def reader() -> Client:
    """A reader of organ one, which has two rows everywhere; organ two has three."""
    owner = registers.fill("one")
    registers.fill("two", rows=3, first=11)
    client = Client()
    client.force_login(registers.user(owner))
    return client


def body(answer) -> str:
    assert answer.status_code == 200
    return b"".join(answer).decode()


def heading_count(text: str) -> int:
    return int(re.search(r"<h1>[^<]*：(\d+) ", text)[1])


def test_every_register_of_the_workbook_has_its_list():
    ours = {"supervised", "paper-dossiers", "payments", "deliveries", "execution", "measures"}
    assert {page.slug for page in all_pages()} == OF_THE_WORKBOOK | ours


@pytest.mark.parametrize(("slug", "per"), PAGES)
def test_five_ways_of_asking_give_one_answer(reader, slug, per):
    page, params = get(slug), {"per": per} if per else {}
    text = body(reader.get(page.url(params)))
    from_json = json.loads(body(reader.get(page.url(params, "list.json"))))
    from_csv = list(csv.reader(io.StringIO(body(reader.get(page.url(params, "list.csv"))))))[1:]
    keys = list(page.keys("one", params))
    assert keys
    assert heading_count(text) == text.count('<th scope="row"') == page.count("one", params) == len(keys)
    assert from_json["count"] == len(from_json["rows"]) == len(keys)
    assert sorted(row["key"] for row in from_json["rows"]) == sorted(keys)
    assert sorted(row[-1] for row in from_csv) == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("slug", "per"), PAGES)
def test_nobody_sees_the_rows_of_another_organ(reader, slug, per):
    page, params = get(slug), {"per": per} if per else {}
    for suffix in ("", "list.csv", "list.json"):
        text = body(reader.get(page.url(params, suffix)))
        assert "two的" not in text and "two〔" not in text
    if (slug, per) != ("inspections", "town"):
        assert page.count("two", params) != page.count("one", params)


@pytest.mark.parametrize("suffix", ["", "list.csv", "list.json"])
@pytest.mark.parametrize(("slug", "per"), PAGES)
def test_more_rows_cost_no_more_queries(slug, per, suffix):
    client = Client()
    client.force_login(registers.user(registers.fill("few", rows=1)))
    many = Client()
    many.force_login(registers.user(registers.fill("many", rows=9, first=100), "other"))
    spent = []
    for one in (client, many):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            body(one.get(get(slug).url({"per": per} if per else {}, suffix)))
        spent.append(len(captured))
    assert spent[0] == spent[1]
    assert spent[1] <= 11


def test_the_list_stays_with_the_page_when_it_is_long(reader):
    owner = registers.organ("one")
    registers.Meeting.objects.bulk_create(
        registers.Meeting(
            organ=owner,
            on=registers.DAY,
            kind="study",
            topic=f"议题{i:03}",
            chaired_by=registers.Person.objects.get(organ=owner, staff_no="0100"),
        )
        for i in range(103)
    )
    first, second = (body(reader.get("/desk/meetings/", {"page": page})) for page in (1, 2))
    assert heading_count(first) == heading_count(second) == 105
    assert (first.count('<th scope="row"'), second.count('<th scope="row"')) == (100, 5)
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in second and 'rel="next"' not in second
    topics = re.findall(r"议题\d\d\d", first + second)
    assert len(set(topics)) == 103


def test_conditions_stay_in_the_links_to_the_files_and_can_be_taken_off_one_by_one(reader):
    text = body(reader.get("/desk/cases/?procedure=ordinary&opened_from=2021-01-01&sort=-number"))
    assert "/desk/cases/list.csv?procedure=ordinary&amp;opened_from=2021-01-01&amp;sort=-number" in text
    assert 'href="/desk/cases/?opened_from=2021-01-01&amp;sort=-number">程序：普通' in text
    assert 'href="/desk/cases/?procedure=ordinary&amp;sort=-number">立案：2021-01-01 起' in text
    assert 'aria-sort="descending"' in text


def test_sorting_turns_the_rows_round(reader):
    def numbers(sort: str) -> list[str]:
        return [
            row["no"] for row in json.loads(body(reader.get(f"/desk/cases/list.json?sort={sort}")))["rows"]
        ]

    assert numbers("no") == ["2021-0001", "2021-0002"]
    assert numbers("-no") == numbers("") == ["2021-0002", "2021-0001"]


def test_sums_stand_under_the_list_and_in_json(reader):
    text = body(reader.get("/desk/recordings/"))
    assert "合计：时长 0时2分2秒；大小 1,400 字节" in text
    assert json.loads(body(reader.get("/desk/recordings/list.json")))["sums"] == {
        "seconds": 122,
        "bytes": 1400,
    }
    assert get("trainings").total("one", {}, "attendances") == 90
    assert get("trainings").total("one", {"form": "expert_lecture"}, "attendances") == 0


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_of_the_csv_is_a_formula(reader, name):
    registers.Outreach.objects.create(organ=registers.organ("one"), on=registers.DAY, name=name, form="other")
    text = body(reader.get("/desk/outreach/list.csv"))
    cells = [cell for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))) for cell in row]
    assert f"'{name}" in cells and name not in cells


def test_the_csv_says_that_it_is_utf_8(reader):
    answer = reader.get("/desk/people/list.csv")
    assert body(answer).startswith("\ufeff工号,姓名")
    assert answer["Content-Disposition"] == 'attachment; filename="people.csv"'


def test_text_in_a_row_is_text_and_not_markup(reader):
    name = '<script>alert(1)</script>"&'
    registers.Outreach.objects.create(organ=registers.organ("one"), on=registers.DAY, name=name, form="other")
    text = body(reader.get("/desk/outreach/", {"name": name}))
    assert heading_count(text) == 1
    assert "<script>" not in text
