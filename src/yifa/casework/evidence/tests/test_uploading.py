"""Uploading evidence: what is refused and how, and that what is taken in is act, row and file at once."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import Client

from yifa.casework.cases.models import Act, Case
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.evidence.forms import STAGED
from yifa.casework.evidence.models import CustodyEntry, EvidenceFile
from yifa.casework.evidence.queries import files_of, items_of
from yifa.casework.evidence.store import store
from yifa.casework.evidence.tests import samples
from yifa.casework.evidence.tests.samples import address, post
from yifa.ledger.verify import Verification

pytestmark = pytest.mark.django_db
OURS = ("case", "act", "evidence_file", "custody_entry", "evidence_mark")


def problems(answer: Any) -> str:
    found = re.search(r'<div class="error-summary".*?</div>', answer.content.decode(), re.S)
    return unescape(re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def nothing_recorded(case: Case) -> bool:
    return (
        not Act.objects.filter(case=case, kind="evidence_added").exists()
        and not EvidenceFile.objects.exists()
    )


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "照片.jpg", "空文件"),
        (b"MZ\x90\0\3\0\0\0", "照片.exe", "不是可以收的文件种类"),
        (b"<html><script>alert(1)</script></html>", "照片.jpg", "不是可以收的文件种类"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "图.svg", "不是可以收的文件种类"),
        (b"PK\x03\x04" + b"\0" * 40, "照片.zip", "压缩包请先解开"),
        (samples.png()[:-20], "照片.png", "照原样收下"),
        (samples.mp4()[:-200], "录像.mp4", "照原样收下"),
        (samples.wav()[:-2000], "录音.wav", "照原样收下"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_stand_is_refused_in_words_and_the_typing_kept(client, case, data, name, said):
    answer = post(client, case, samples.sent(data, name), words="巡查时拍摄，甲一手机")
    assert answer.status_code == 422
    assert said in problems(answer) and name in problems(answer)
    assert "<title>错误：" in answer.content.decode()
    assert "巡查时拍摄，甲一手机" in answer.content.decode()
    assert nothing_recorded(case)


def test_a_form_without_a_file_says_where_evidence_without_one_is_recorded(client, case):
    answer = post(client, case)
    assert answer.status_code == 422 and "请选择文件" in problems(answer)
    assert nothing_recorded(case)


def test_who_does_not_handle_the_case_is_refused(case):
    for who in ("0201", "0301", "0501"):
        answer = desk.login(who).get(address(case))
        assert answer.status_code == 403, who
        assert post(desk.login(who), case, samples.sent(samples.png(), "照片.png")).status_code == 403
    assert nothing_recorded(case)


def test_another_organs_case_is_unknown(case):
    other = make.organ("120199-other")
    make.people(other)
    theirs = make.case_with(make.lead(), number="他机关〔2021〕第001号", code="120199-other")
    assert desk.login("0101").get(address(theirs)).status_code == 404


def test_an_archived_case_takes_nothing_more(case):
    archived = make.case_with(
        make.lead(), make.opening(),
        {"at": "2021-08-18T09:00:00+08:00", "kind": "case_closed", "by": ["0101"], "reason": "terminated"},
        {"at": "2021-08-19T09:00:00+08:00", "kind": "case_archived", "by": ["0101"]}, number="津示城管罚立字〔2021〕第009号",
    )  # fmt: skip
    client = desk.login("0101")
    assert client.get(address(archived)).status_code == 409
    answer = post(client, archived, samples.sent(samples.png(), "照片.png"))
    assert answer.status_code == 409 and "已经归档" in answer.content.decode()
    assert nothing_recorded(archived)


def test_an_act_recorded_meanwhile_sends_the_form_back_with_its_files(client, case):
    answer = post(client, case, samples.sent(samples.png(), "照片.png"), expected=1)
    assert answer.status_code == 409 and "刚刚有新的办理记录" in answer.content.decode()
    assert "已收到，不必重新选" in answer.content.decode()
    assert nothing_recorded(case)


def test_one_officer_alone_is_refused_by_the_rule_and_nothing_is_taken_in(client, case):
    answer = post(client, case, samples.sent(samples.png(), "照片.png"), by=["0101"])
    assert answer.status_code == 409 and "R-APL-42-1" in answer.content.decode()
    assert nothing_recorded(case)


def test_a_file_already_received_need_not_be_chosen_again(client, case):
    first = post(client, case, samples.sent(samples.png(), "照片.png"), evidence_kind="")
    assert first.status_code == 422 and "证据种类" in problems(first)
    kept = unescape(re.search(rf'name="{STAGED}" value="([^"]+)"', first.content.decode())[1])
    answer = post(client, case, **{STAGED: [kept]})
    assert answer.status_code == 303
    assert [one.name for one in files_of(case)] == ["照片.png"]


def test_the_ticket_of_another_is_worth_nothing(client, case):
    first = post(client, case, samples.sent(samples.png(), "照片.png"), evidence_kind="")
    kept = unescape(re.search(rf'name="{STAGED}" value="([^"]+)"', first.content.decode())[1])
    answer = post(desk.login("0102"), case, **{STAGED: [kept]})
    assert answer.status_code == 422 and "请重新选择" in problems(answer)
    assert nothing_recorded(case)


def test_the_same_file_twice_in_a_case_is_said_with_where_it_is(client, case):
    assert post(client, case, samples.sent(samples.png(), "照片.png")).status_code == 303
    case.refresh_from_db()
    answer = post(client, case, samples.sent(samples.png(), "另一个名字.png"), id="证据2")
    assert answer.status_code == 422
    assert "证据1" in problems(answer) and "照片.png" in problems(answer)
    assert EvidenceFile.objects.count() == 1 and Act.objects.filter(kind="evidence_added").count() == 1


def test_the_same_file_in_another_case_is_taken_in_without_a_word_of_the_first(client, case):
    second = make.case_with(make.lead(), make.opening(), number="津示城管罚立字〔2021〕第002号")
    assert post(client, case, samples.sent(samples.png(), "照片.png")).status_code == 303
    assert post(client, second, samples.sent(samples.png(), "照片.png")).status_code == 303
    assert len(list(store().kept())) == 1 and EvidenceFile.objects.count() == 2


def test_a_damaged_file_is_taken_in_as_it_is_when_somebody_says_so(client, case):
    answer = post(client, case, samples.sent(samples.png()[:-20], "照片.png"), as_is="yes")
    assert answer.status_code == 303
    assert EvidenceFile.objects.get().readable is False


def test_act_row_custody_and_file_come_together_and_the_ledger_answers_for_them(client, case):
    answer = post(
        client,
        case,
        samples.sent(samples.jpeg(), "C:\\照片\\现场 1.jpg"),
        samples.sent(samples.wav(2), "录音.wav"),
    )
    assert answer.status_code == 303, problems(answer)
    case.refresh_from_db()
    item = items_of(case)[0]
    assert item.name == "证据1" and [one.name for one in item.files] == ["现场 1.jpg", "录音.wav"]
    assert [one.media for one in item.files] == ["image/jpeg", "audio/wav"]
    with files_of(case)[0].open() as file:
        assert file.read() == samples.jpeg()
    assert list(CustodyEntry.objects.values_list("kind", "by")) == [("received", "0101")] * 2
    assert list(Verification(tables=OURS).faults()) == []


def test_a_large_file_is_never_whole_in_memory(client, case, monkeypatch):
    largest = 0
    from yifa.casework.evidence import uploads

    take = uploads.Arriving.take

    def counted(self: Any, chunk: bytes) -> None:
        nonlocal largest
        largest = max(largest, len(chunk))
        take(self, chunk)

    monkeypatch.setattr(uploads.Arriving, "take", counted)
    monkeypatch.setattr(
        MemoryFileUploadHandler, "handle_raw_input", lambda *args: pytest.fail("read into memory")
    )
    data = b"%PDF-1.7\n" + b"x" * (5 * 1024 * 1024) + b"\n%%EOF\n"
    assert post(client, case, samples.sent(data, "扫描件.pdf")).status_code == 303
    assert 0 < largest <= 1024 * 1024


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(client, case, monkeypatch):
    monkeypatch.setattr("yifa.casework.evidence.uploads.LARGEST", 100_000)
    answer = post(client, case, samples.sent(b"%PDF-" + b"x" * 3_000_000, "扫描件.pdf"))
    assert answer.status_code == 422 and "GB" in problems(answer)
    answer.close()
    assert not list(store().kept()) and not list((store().root / "incoming").glob("*"))


def test_a_full_disk_is_said_at_the_start_and_the_typing_kept(client, case, monkeypatch):
    monkeypatch.setattr("yifa.casework.evidence.store.Folder.room_for", lambda self, size: False)
    answer = post(client, case, samples.sent(samples.png(), "照片.png"), words="巡查时拍摄")
    assert answer.status_code == 507 and "存储空间不够" in problems(answer)
    assert "巡查时拍摄" in answer.content.decode() and nothing_recorded(case)


def test_a_form_without_its_token_is_refused(case):
    made = desk.login("0101")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = made.cookies
    assert post(strict, case, samples.sent(samples.png(), "照片.png")).status_code == 403
    assert nothing_recorded(case)


def test_nobody_logged_in_is_sent_to_the_log_in(case):
    answer = post(Client(), case, samples.sent(samples.png(), "照片.png"))
    assert answer.status_code == 302 and "/login/" in answer["Location"]
