"""Personal data in papers: a draft may be erased, a paper of the file is kept, and a copy as PDF goes with it."""

from __future__ import annotations

import pytest

from yifa.casework.instruments.models import Instrument, InstrumentFile
from yifa.casework.instruments.tests import factories as papers
from yifa.ledger.verify import Verification, every_table
from yifa.site.accounts.tests import factories
from yifa.site.erasures.copies import forget
from yifa.site.erasures.models import ErasureRequest

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/desk/erasures/"


@pytest.fixture(autouse=True)
def keys(tmp_path, settings):
    settings.KEYS = tmp_path / "keys"


def asked(subject: str, number: str):
    typed = {"subject": subject, "number": number, "ground": "PIPL-47-1-4", "words": "误填"}
    return factories.as_administrator("sec").post(f"{HOME}new/", typed)


@pytest.mark.parametrize("column", ["fields", "reason"])
def test_of_a_fixed_paper_nothing_is_erased(column):
    paper = papers.issued()
    answer = asked(f"instrument.{column}", paper.no)
    assert answer.status_code == 422 and "行政处罚案卷" in answer.content.decode()
    assert asked("instrument_number.reason", paper.number).status_code == 422
    assert not ErasureRequest.objects.exists()


def test_of_a_draft_what_was_typed_is_erased_and_everything_verifies():
    paper = papers.decision_paper()
    assert paper.fields
    assert asked("instrument.fields", paper.no).status_code == 303
    head = factories.as_user(factories.account("head", "head"))
    assert head.post(f"{HOME}1/agree/").status_code == 303
    row = Instrument.objects.get(pk=paper.no)
    assert row.fields == {}
    # the organ and the case of this test were made without the log
    assert [one for one in Verification(tables=every_table()).faults() if one.code != "unrecorded"] == []


def test_the_pdf_of_a_paper_is_a_copy_and_goes():
    paper = papers.issued()
    assert InstrumentFile.objects.filter(instrument=paper).exists()
    forget(paper, "fields")
    assert not InstrumentFile.objects.filter(instrument=paper).exists()
