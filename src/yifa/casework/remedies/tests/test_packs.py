"""The pack of a case: who may take it, what is in it, that its hashes and its proofs hold."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest

from yifa.casework.cases.tests import desk
from yifa.casework.execution.tests import factories as make
from yifa.casework.instruments.models import Instrument, InstrumentFile
from yifa.casework.instruments.tests import factories as papers
from yifa.casework.remedies import packs
from yifa.ledger import clock

pytestmark = pytest.mark.django_db(transaction=True)


def sealed_case():
    """A case with a sealed decision, its file a stand-in: sealing has tests of its own."""
    case = make.served()
    paper = papers.decision_paper(case)
    Instrument.objects.filter(pk=paper.pk).update(state="issued")
    InstrumentFile.objects.create(instrument=paper, pdf=b"%PDF-1.7 sealed")
    return case


def opened(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.mark.parametrize("staff_no", ["0501", "0401"])
def test_who_takes_no_pack_away(staff_no):
    case, client = make.served(), desk.login(staff_no)
    assert client.get(f"/desk/cases/{case.no}/pack/dispute.zip").status_code == 403
    assert "材料包" not in desk.main_of(client.get(f"/desk/cases/{case.no}/remedies/"))


def test_there_are_two_packs_and_no_other():
    case = make.served()
    assert desk.login("0101").get(f"/desk/cases/{case.no}/pack/all.zip").status_code == 404


def test_papers_evidence_record_and_proofs_with_an_index_of_hashes():
    case = sealed_case()
    with opened(desk.login("0101").get(f"/desk/cases/{case.no}/pack/dispute.zip")) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        index = archive.read("目录.txt").decode()
        for name in names[:-1]:
            assert (
                f"{name}　{len(archive.read(name))}　{hashlib.sha256(archive.read(name)).hexdigest()}"
                in index
            )
        (paper,) = [name for name in names if name.startswith("文书/")]
        assert archive.read(paper) == b"%PDF-1.7 sealed" and "行政处罚决定书" in paper
        assert archive.read("证据/证据目录.csv").decode().count("乱扔废弃物") == 2
        assert json.loads(archive.read("记录/record.json"))["format"] == "yifa-record/1"
        assert json.loads(archive.read("存证/bundle.json"))["about"] == f"case:{case.no}"


def test_the_pack_for_the_court_is_given_within_its_window_only(monkeypatch):
    case, client = sealed_case(), desk.login("0101")
    url = f"/desk/cases/{case.no}/pack/court.zip"
    monkeypatch.setenv("YIFA_TODAY", "2022-02-01")
    early = client.get(url)
    assert early.status_code == 409 and "最早2022年3月3日，最迟2022年6月2日" in desk.main_of(early)
    make.entered(case, papers.event("2022-03-07T10:00:00", "demand_served"))
    monkeypatch.setenv("YIFA_TODAY", "2022-06-06")
    assert client.get(url).status_code == 409


def test_the_pack_for_the_court_says_what_is_missing(monkeypatch):
    case = sealed_case()
    make.entered(case, papers.event("2022-03-07T10:00:00", "demand_served"))
    monkeypatch.setenv("YIFA_TODAY", "2022-03-28")
    with opened(desk.login("0101").get(f"/desk/cases/{case.no}/pack/court.zip")) as archive:
        index = archive.read("目录.txt").decode()
    assert "还缺：强制执行申请书" in index and "还缺：行政决定书" not in index


def court_pack(case) -> tuple[str, dict[str, str]]:
    """The index and the texts of the pack."""
    with opened(desk.login("0101").get(f"/desk/cases/{case.no}/pack/court.zip")) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".txt")}
    return texts["目录.txt"], texts


def test_where_the_party_waived_the_waiver_goes_in_and_what_is_owed(monkeypatch):
    case = sealed_case()
    make.entered(case, papers.event("2022-03-07T10:00:00", "demand_served"))
    monkeypatch.setenv("YIFA_TODAY", "2022-03-28")
    index, texts = court_pack(case)
    assert "还缺：当事人的意见" not in index and "还缺：申请强制执行标的情况" not in index
    assert "2021年8月12日明确放弃陈述、申辩" in texts["文书/当事人的意见.txt"]
    assert "尚未缴纳200元" in texts["文书/申请强制执行标的情况.txt"]


def test_a_statement_made_after_waiving_has_to_be_there_as_a_paper(monkeypatch):
    case = sealed_case()
    said = papers.event("2021-08-13T09:00:00", "statement_made", [], points=["p1"])
    answered = papers.event("2021-08-13T15:00:00", "statement_reexamined", results={"p1": "rejected"})
    make.entered(case, said, answered, papers.event("2022-03-07T10:00:00", "demand_served"))
    monkeypatch.setenv("YIFA_TODAY", "2022-03-28")
    index, texts = court_pack(case)
    assert "还缺：当事人的意见" in index and "文书/当事人的意见.txt" not in texts


def test_files_are_read_one_after_another_while_the_zip_is_sent():
    case, seen = make.served(), []

    def piecewise():
        for n in range(3):
            seen.append(n)
            yield b"x" * 100_000

    pack = packs.Pack(case, packs.DISPUTE, clock.now(), [packs.Entry("大文件.bin", piecewise)], [])
    sent = packs.streamed(pack)
    next(sent)
    assert seen == [0]
    assert zipfile.ZipFile(io.BytesIO(b"PK\x03\x04" and b"".join(packs.streamed(pack)))).testzip() is None


def test_names_hold_nothing_a_file_system_refuses():
    assert packs.safe("a/b\\c:d*e?.pdf") == "a_b_c_d_e_.pdf" and packs.safe("..") == "文件"
