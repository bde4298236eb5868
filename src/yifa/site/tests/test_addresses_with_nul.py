"""An address with a NUL names no page, on every database: PostgreSQL takes none in a text it looks for."""

from __future__ import annotations

import pytest

from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make

pytestmark = pytest.mark.django_db
BELOW = ["cases", "proposals", "deliberations", "supervised", "hearings", "committee", "reviews"]


@pytest.fixture
def case():
    return make.case_with(make.lead())


@pytest.mark.parametrize("section", BELOW)
@pytest.mark.parametrize("language", ["", "/en"])
def test_a_number_with_a_nul_is_no_page(section, language):
    for number in ("%00", "2021-0001%00"):
        assert desk.login("0301").get(f"{language}/desk/{section}/{number}/").status_code == 404


def test_nothing_below_a_case_is_found_by_a_nul(case):
    client = desk.login("0101")
    assert client.get(f"/desk/cases/{case.no}%00/do/opening-approved/").status_code == 404
    assert client.get(f"/desk/cases/{case.no}/documents/%00/").status_code == 404
    assert client.post("/desk/cases/%00/supervise/", {"words": "x"}).status_code == 404


def test_a_form_sent_back_under_a_number_with_a_nul_is_the_empty_form(case):
    address = f"/desk/cases/{case.no}/propose/opening-approved/"
    assert desk.login("0101").get(f"{address}?again=%00").status_code == 200
