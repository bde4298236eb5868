"""Cases closed on paper, entered afterwards: refusals, then key data and one scan, marked 补录, without any act."""

from __future__ import annotations

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as cases
from yifa.casework.dossiers.models import PaperDossier
from yifa.ledger.queries import events_about, head
from yifa.registry.organs.models import Organ
from yifa.registry.people.models import Person

pytestmark = pytest.mark.django_db
NEW = "/desk/paper-dossiers/new/"
SCAN = b"%PDF-1.4 scan"
TYPED = {
    "number": "津示城管罚立字[2015]第003号", "procedure": "ordinary", "matter": "M001 示例", "party_kind": "citizen",
    "party_name": "旧案当事人", "opened_on": "2015-03-01", "decided_on": "2015-04-01",
    "decision_number": "津示城管罚决字〔2015〕第003号", "outcome": "penalty", "kinds": ["fine"], "fine": "500",
    "closed_on": "2015-05-01", "close_reason": "performed", "pages": "46", "place": "库房2柜3", "note": "旧档案数字化",
}  # fmt: skip


@pytest.fixture
def archivist(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", "2021-09-20")
    cases.organ()
    Person.objects.get_or_create(
        organ=cases.organ(), staff_no="0901", defaults={"name": "庚一", "roles": "|archivist|"}
    )
    return desk.login("0901")


def enter(client, scan: bytes | None = SCAN, **changes):
    typed = {**TYPED, **changes}
    if scan is not None:
        typed["scan"] = SimpleUploadedFile("scan.pdf", scan)
    return client.post(NEW, typed)


def test_only_the_archivist_enters_paper_dossiers(archivist):
    for who in ("0101", "0301", "0501"):
        assert desk.login(who).get(NEW).status_code == 403
        assert enter(desk.login(who)).status_code == 403
    assert not PaperDossier.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": ""}, "案号"),
        ({"note": ""}, "为什么现在才录入"),
        ({"decided_on": "2015-13-01"}, "不是日期"),
        ({"closed_on": "2015-03-20"}, "早于决定日期"),
        ({"closed_on": "2030-01-01"}, "晚于今天"),
        ({"matter": "M999"}, "没有这个违法事项"),
        ({"pages": "0"}, "大于 0"),
        ({"fine": "很多"}, "不是金额"),
        ({"fine": ""}, "要填金额"),
        ({"kinds": []}, "勾选处罚种类"),
        ({"outcome": "no_penalty"}, "没有给予处罚"),
        ({"procedure": "quick"}, "请选择一项"),
        ({"scan": None}, "选择案卷的扫描件"),
        ({"scan": b"MZ program"}, "不是 PDF"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(archivist, changes, said):
    size = head().size
    scan = changes.get("scan", SCAN)
    answer = enter(archivist, scan, **{name: value for name, value in changes.items() if name != "scan"})
    assert answer.status_code == 422 and said in desk.main_of(answer)
    assert not PaperDossier.objects.exists() and head().size == size


def test_a_number_is_entered_once_and_not_beside_a_case(archivist):
    assert enter(archivist).status_code == 303
    assert "已经有这个案号" in desk.main_of(enter(archivist))
    cases.case_with(cases.lead())
    assert "已经有这个案号" in desk.main_of(enter(archivist, number=cases.HEAD["number"]))


def test_key_data_and_scan_are_kept_without_any_act(archivist):
    answer = enter(archivist)
    assert answer.status_code == 303
    one = PaperDossier.objects.get()
    assert (one.number, one.no) == ("津示城管罚立字〔2015〕第003号", "ZJ-00001")
    assert one.penalty == {"kinds": ["fine"], "fine_fen": 50000}
    assert one.scan_sha256 == hashlib.sha256(SCAN).hexdigest() and bytes(one.scan.data) == SCAN
    assert not Act.objects.exists() and not Case.objects.exists()
    (entry,) = events_about(f"paper_dossier:{one.organ_id}/{one.no}")
    assert (entry.body["type"], entry.body["reason_code"]) == ("paper_dossier_entered", "late_entry")
    assert entry.body["doc_hashes"] == [one.scan_sha256]


def test_it_is_marked_wherever_it_is_shown(archivist):
    enter(archivist)
    shown = desk.main_of(archivist.get("/desk/paper-dossiers/ZJ-00001/"))
    assert "补录" in shown and "没有办案记录" in shown and "罚款 500.00 元" in shown
    listed = archivist.get("/desk/paper-dossiers/")
    assert "补录" in desk.main_of(listed) and "旧案当事人" in desk.main_of(listed)
    assert (
        "补录" in b"".join(archivist.get("/desk/paper-dossiers/list.csv")).decode("utf-8-sig").splitlines()[1]
    )
    scan = archivist.get("/desk/paper-dossiers/ZJ-00001/scan/")
    assert (scan.content, scan["Content-Type"]) == (SCAN, "application/pdf")


def test_another_organs_paper_dossier_is_unknown(archivist):
    enter(archivist)
    other = Organ.objects.create(code="x", name="他", territory="120199", document_prefix="他")
    PaperDossier.objects.update(organ=other)
    for address in ("/desk/paper-dossiers/ZJ-00001/", "/desk/paper-dossiers/ZJ-00001/scan/"):
        assert archivist.get(address).status_code == 404
