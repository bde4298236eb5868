"""A gap of the dossier stands in the way of archiving: shown with its remedy, passed only with a reason of whom the table names."""

from __future__ import annotations

import pytest

from yifa.casework.cases.models import Act
from yifa.casework.cases.tests import desk
from yifa.casework.dossiers.tests import factories as make

pytestmark = pytest.mark.django_db(transaction=True)
AT = "2021-09-12T09:00:00"


@pytest.fixture(autouse=True)
def keys(settings, tmp_path, monkeypatch):
    settings.KEYS = tmp_path / "keys"
    monkeypatch.setenv("YIFA_TODAY", "2021-09-13")


@pytest.fixture
def closed():
    case = make.with_papers()
    make.history(case, make.CLOSED)
    case.refresh_from_db()
    return case


def archive(who: str, case, **typed: str):
    return desk.do(desk.login(who), case, "case-archived", at=AT, by=[who], **typed)


def archived(case) -> list[Act]:
    return list(Act.objects.filter(case=case, kind="case_archived"))


def test_the_gaps_are_shown_with_their_remedy_on_the_page_of_the_act_and_of_the_dossier(closed):
    for address in (f"/desk/cases/{closed.no}/do/case-archived/", f"/desk/cases/{closed.no}/dossier/"):
        page = desk.main_of(desk.login("0301").get(address))
        assert "没有《现场检查(勘验)笔录》" in page and "制作《现场检查(勘验)笔录》并用印" in page
    assert "待确认" in desk.main_of(desk.login("0301").get(f"/desk/cases/{closed.no}/do/case-archived/"))


def test_a_handler_does_not_archive_a_dossier_with_gaps_whatever_he_writes(closed):
    answer = archive("0101", closed, note="急着归档", confirmed="yes")
    assert answer.status_code == 403 and "由档案人员或者负责人写明理由" in desk.main_of(answer)
    assert archived(closed) == []


def test_no_other_spelling_of_the_address_goes_past_the_gaps(closed):
    typed = {"at": AT, "by": ["0101"], "confirmed": "yes", "expected": str(closed.act_count)}
    answer = desk.login("0101").post(desk.address(closed, "case_archived"), typed)
    assert archived(closed) == [] and answer.status_code == 404


def test_without_a_reason_nothing_is_archived_and_what_was_typed_is_kept(closed):
    answer = archive("0301", closed, confirmed="yes", note=" ")
    page = desk.main_of(answer)
    assert answer.status_code == 422 and "写明缺件仍然归档的理由" in page and AT in page
    assert archived(closed) == []


def test_with_a_reason_it_is_archived_and_the_reason_stands_in_the_record(closed):
    typed = {"note": "笔录原件在法院卷宗"}
    assert "还没有记录" in desk.main_of(archive("0301", closed, **typed))
    assert archive("0301", closed, confirmed="yes", **typed).status_code == 303
    (act,) = archived(closed)
    assert act.words["note"] == "笔录原件在法院卷宗" and act.entered_by.startswith("user:")
