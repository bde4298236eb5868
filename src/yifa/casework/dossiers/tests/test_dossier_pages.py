"""The page of a dossier: who may not see or seal it, what is missing, the order, and the package."""

from __future__ import annotations

import io
import zipfile

import pytest

from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as cases
from yifa.casework.dossiers import files
from yifa.casework.dossiers.contents import pages_of_pdf
from yifa.casework.dossiers.models import SealedDossier
from yifa.casework.dossiers.tests import factories as make
from yifa.ledger.queries import events_about
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-20")
    monkeypatch.setattr(files, "SOURCES", [])
    return files.register_files


def page(case) -> str:
    return f"/desk/cases/{case.no}/dossier/"


def other_role(role: str):
    Person.objects.get_or_create(
        organ=cases.organ(), staff_no="0901", defaults={"name": "庚一", "roles": f"|{role}|"}
    )
    return desk.login("0901")


def test_an_auxiliary_does_not_read_dossiers():
    case = make.with_papers()
    answer = desk.login("0501").get(page(case))
    assert answer.status_code == 403 and "联系他们" in desk.main_of(answer)
    assert desk.login("0501").get(page(case) + "package.zip").status_code == 403


def test_a_case_of_nobody_is_unknown():
    make.with_papers()
    assert desk.login("0101").get("/desk/cases/1999-0001/dossier/").status_code == 404


def test_before_the_archive_nothing_is_sealed_or_taken():
    case = make.with_papers()
    answer = desk.login("0301").post(page(case), {"do": "seal"})
    assert answer.status_code == 409 and "还没有归档" in desk.main_of(answer)
    answer = desk.login("0301").get(page(case) + "package.zip")
    assert answer.status_code == 409 and "还没有封存" in desk.main_of(answer)


def test_a_reviewer_reads_and_does_not_seal():
    case = make.archived()
    shown = desk.main_of(desk.login("0201").get(page(case)))
    assert "封存案卷</button>" not in shown and "由档案人员" in shown
    assert desk.login("0201").post(page(case), {"do": "seal"}).status_code == 403
    assert not SealedDossier.objects.exists()


def test_the_archivist_seals_and_takes_the_package():
    case = make.archived()
    archivist = other_role("archivist")
    assert archivist.post(page(case), {"do": "seal"}).status_code == 303
    shown = desk.main_of(archivist.get(page(case)))
    assert "已归档，已封存" in shown and "下载案卷电子包" in shown
    answer = archivist.get(page(case) + "package.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        names = archive.namelist()
    assert names[0] == f"dossier-{case.no}/bagit.txt" and f"dossier-{case.no}/data/000-cover.pdf" in names
    sealed = SealedDossier.objects.get()
    assert [one.body["type"] for one in events_about(f"dossier:{sealed.no}")] == [
        "dossier_sealed",
        "dossier_exported",
    ]


def test_the_decision_comes_first_and_pages_are_counted_through(kept):
    case = make.with_papers()
    kept(
        lambda case: [
            make.picture(),
            make.picture("2", name="录像.mp4", media_type="video/mp4", source="evidence:2"),
        ]
    )
    shown = desk.main_of(desk.login("0101").get(page(case)))
    decision, opening, photo = (
        shown.index(name) for name in ("行政处罚决定书</a>", "立案审批表</a>", "现场.jpg")
    )
    assert decision < opening < photo and shown.index("录像.mp4") > opening
    assert "其中 1 件音像" in shown


def test_what_the_acts_call_for_and_nobody_made_is_named():
    case = make.with_papers()
    shown = desk.main_of(desk.login("0101").get(page(case)))
    assert "没有《现场检查" in shown and "没有《行政处罚决定书》" not in shown
    assert "证据 1" in shown and "没有文件" in shown
    banner = shown.partition('id="gaps"')[2].partition("</section>")[0]
    assert all(f'href="/desk/cases/{case.no}/{where}/"' in banner for where in ("documents", "evidence"))


def test_cover_and_catalogue_can_be_printed_any_time():
    case = make.with_papers()
    cover = desk.login("0101").get(page(case) + "cover.pdf")
    assert cover["Content-Type"] == "application/pdf" and pages_of_pdf(cover.content) >= 1
    listed = desk.login("0101").get(page(case) + "catalogue.csv").content.decode("utf-8-sig")
    assert listed.splitlines()[0].startswith("顺序号") and "行政处罚决定书" in listed


def test_a_case_reopened_and_archived_again_is_sealed_anew():
    case = make.archived()
    archivist = other_role("archivist")
    archivist.post(page(case), {"do": "seal"})
    make.history(case, {**make.REOPENED}, {**make.ARCHIVED, "at": "2021-09-15T09:00:00+08:00"})
    assert "没有封存" in desk.main_of(archivist.get(page(case)))
    archivist.post(page(case), {"do": "seal"})
    assert SealedDossier.objects.count() == 2
    assert "恢复办理以前的封存" in desk.main_of(archivist.get(page(case)))
