"""Reading evidence: who may, in what ranges and as what; the player's places; a file that is no longer what it was."""

from __future__ import annotations

import os
from typing import Any

import pytest
from django.test import Client

from yifa.casework.cases.actions import History, record_histories
from yifa.casework.cases.models import Case
from yifa.casework.cases.queries import record_dict
from yifa.casework.cases.tests import desk
from yifa.casework.cases.tests import factories as make
from yifa.casework.evidence.models import CustodyEntry, EvidenceFile, EvidenceMark, Opening
from yifa.casework.evidence.store import path_of, store
from yifa.casework.evidence.tests import samples
from yifa.casework.evidence.tests.samples import post
from yifa.ledger.models import Event
from yifa.ledger.verify import Verification

pytestmark = pytest.mark.django_db
CLOSED = {"at": "2021-08-20T00:00:01+08:00", "kind": "case_closed", "by": ["0101"], "reason": "terminated"}
ARCHIVED = {"at": "2021-08-20T00:00:02+08:00", "kind": "case_archived", "by": ["0101"]}
OURS = ("case", "act", "evidence_file", "custody_entry", "evidence_mark")
SOUND = samples.wav(60)


@pytest.fixture
def sound(case: Case, client: Client) -> EvidenceFile:
    assert post(client, case, samples.sent(SOUND, "录音.wav")).status_code == 303
    case.refresh_from_db()
    return EvidenceFile.objects.select_related("act").get()


def page_of(file: EvidenceFile, more: str = "") -> str:
    return f"/desk/cases/{file.case_id}/evidence/{file.act.seq}/{more}"


def bytes_of(file: EvidenceFile, more: str = "") -> str:
    return page_of(file, f"files/{file.serial}/{more}")


def read(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def lose(file: EvidenceFile, data: bytes | None) -> None:
    """As a hand on the disk would: the file gone, or other bytes in its place."""
    place = path_of(store().root, file.sha256)
    os.chmod(place, 0o600)
    place.unlink()
    if data is not None:
        place.write_bytes(data)


def events_of(case: Case) -> list[dict[str, Any]]:
    return record_dict(case.no)["events"]


def do(client: Client, file: EvidenceFile, deed: str, **typed: str) -> Any:
    return client.post(page_of(file), {"do": deed, "file": file.serial, **typed})


def test_who_has_nothing_to_do_with_evidence_is_refused_everywhere(sound):
    auxiliary = desk.login("0501")
    for address in (
        page_of(sound),
        bytes_of(sound),
        f"/desk/cases/{sound.case_id}/evidence/",
        f"/desk/cases/{sound.case_id}/evidence.csv",
    ):
        answer = auxiliary.get(address)
        assert answer.status_code == 403 and "证据由办案" in answer.content.decode(), address


def test_a_file_of_another_organ_or_case_is_unknown(sound):
    second = make.case_with(make.lead(), make.opening(), number="津示城管罚立字〔2021〕第002号")
    client = desk.login("0101")
    for no, seq in ((second.no, sound.act.seq), ("2099-0001", 3), (sound.case_id, 99)):
        assert client.get(f"/desk/cases/{no}/evidence/{seq}/files/1/").status_code == 404
        assert client.get(f"/desk/cases/{no}/evidence/{seq}/").status_code == 404
    assert Client().get(bytes_of(sound)).status_code == 302


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("", 200, 0, len(SOUND) - 1), ("bytes=0-", 206, 0, len(SOUND) - 1), ("bytes=100-199", 206, 100, 199),
        ("bytes=-50", 206, len(SOUND) - 50, len(SOUND) - 1), ("bytes=5-999999999", 206, 5, len(SOUND) - 1),
        ("bytes=0-1,5-6", 200, 0, len(SOUND) - 1), ("items=1-2", 200, 0, len(SOUND) - 1), ("bytes=-", 200, 0, len(SOUND) - 1),
    ],
)  # fmt: skip
def test_a_recording_is_read_in_ranges(client, sound, asked, status, first, last):
    answer = client.get(bytes_of(sound), headers={"Range": asked} if asked else {})
    assert answer.status_code == status
    assert read(answer) == SOUND[first : last + 1]
    assert answer["Content-Length"] == str(last - first + 1)
    if status == 206:
        assert answer["Content-Range"] == f"bytes {first}-{last}/{len(SOUND)}"


@pytest.mark.parametrize("asked", [f"bytes={len(SOUND)}-", "bytes=9-3", "bytes=-0"])
def test_a_range_that_is_not_there_is_416(client, sound, asked):
    answer = client.get(bytes_of(sound), headers={"Range": asked})
    assert answer.status_code == 416 and answer["Content-Range"] == f"bytes */{len(SOUND)}"


def test_what_was_uploaded_is_never_a_page_of_ours(client, sound):
    answer = client.get(bytes_of(sound))
    assert answer["Content-Type"] == "audio/wav" and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert answer["Content-Disposition"].startswith("inline")
    away = client.get(bytes_of(sound, "?as=attachment"))
    assert away["Content-Type"] == "application/octet-stream" and away["Content-Disposition"].startswith(
        "attachment"
    )


def test_text_and_office_files_are_only_taken_away(client, case):
    assert post(client, case, samples.sent("当事人称：属实。".encode(), "说明.html")).status_code == 303
    file = EvidenceFile.objects.select_related("act").get()
    answer = client.get(bytes_of(file))
    assert (
        answer["Content-Type"] == "application/octet-stream" and "attachment" in answer["Content-Disposition"]
    )


def test_every_opening_is_logged_once_and_every_taking_away(client, sound):
    for header in ({}, {"Range": "bytes=0-9"}, {"Range": "bytes=100-"}):
        read(client.get(bytes_of(sound), headers=header))
    assert Opening.objects.count() == 1
    for _ in range(2):
        read(client.get(bytes_of(sound, "?as=attachment")))
    assert list(Opening.objects.values_list("taken_away", flat=True)) == [False, True, True]
    assert Event.objects.filter(log="access").count() == 3
    assert "查看 3 次，其中下载 2 次" in client.get(page_of(sound)).content.decode()


@pytest.mark.parametrize(("data", "said"), [(None, "没有文件"), (b"x", "文件大小是 1 字节")])
def test_a_file_that_is_lost_or_another_is_not_opened_and_says_so(client, sound, data, said):
    lose(sound, data)
    answer = client.get(bytes_of(sound))
    assert answer.status_code == 409 and said in answer.content.decode()
    assert not Opening.objects.exists()


def test_bytes_changed_at_the_same_length_are_found_by_the_second_officer(sound):
    lose(sound, SOUND[:-1] + b"\0")
    answer = do(desk.login("0102"), sound, "verify")
    assert answer.status_code == 409 and "不要作为证据使用" in answer.content.decode()
    assert not CustodyEntry.objects.filter(kind="checked").exists()


def test_the_player_says_that_a_byte_changed_and_that_it_is_as_it_was_again(client, sound):
    assert "player-ready" in client.get(page_of(sound)).content.decode()
    lose(sound, SOUND[:-1] + b"\0")
    shown = client.get(page_of(sound)).content.decode()
    assert "player-hash-mismatch" in shown and "不要作为证据使用" in shown
    assert EvidenceFile.objects.get().broken_at
    assert "与入库时不一致" in client.get(f"/desk/cases/{sound.case_id}/evidence/").content.decode()
    lose(sound, SOUND)
    assert "player-ready" in client.get(page_of(sound)).content.decode()
    assert EvidenceFile.objects.get().broken_at is None


@pytest.mark.parametrize("data", [None, samples.png()[:-1] + b"\0"])
def test_a_picture_that_is_not_what_it_was_is_not_shown(client, case, data):
    assert post(client, case, samples.sent(samples.png(), "照片.png")).status_code == 303
    picture = EvidenceFile.objects.select_related("act").get()
    lose(picture, data)
    shown = client.get(page_of(picture)).content.decode()
    assert "<img" not in shown and "从备份中找回" in shown


def test_who_took_a_file_in_does_not_verify_it(client, sound):
    answer = do(client, sound, "verify")
    assert answer.status_code == 403 and "另一名执法人员" in answer.content.decode()
    answer = do(desk.login("0501"), sound, "verify")
    assert answer.status_code == 403


def test_the_second_officer_verifies_and_the_page_says_so(client, sound):
    assert "还没有第二人核验" in client.get(page_of(sound)).content.decode()
    assert do(desk.login("0102"), sound, "verify", verify_words="看过全程").status_code == 303
    shown = client.get(page_of(sound)).content.decode()
    assert "与入库时一致" in shown and "甲二" in shown and "还没有第二人核验" not in shown
    assert list(Verification(tables=OURS).faults()) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"second": "41", "mark_words": ""}, "请写明这里可以看到什么"),
        ({"second": "四十一", "mark_words": "出示证件"}, "分:秒"),
        ({"second": "00:61", "mark_words": "出示证件"}, "分:秒"),
        ({"second": "-1", "mark_words": "出示证件"}, "分:秒"),
        ({"second": "41", "mark_words": "字" * 201}, "最多 200 字"),
    ],
)
def test_a_mark_that_says_nothing_is_refused_and_the_typing_kept(client, sound, typed, said):
    answer = do(client, sound, "mark", **typed)
    assert answer.status_code == 422 and said in desk.main_of(answer)
    assert f'value="{typed["second"]}"' in desk.main_of(answer)
    assert not EvidenceMark.objects.exists()


def test_only_who_handles_the_case_marks(sound):
    assert do(desk.login("0301"), sound, "mark", second="41", mark_words="出示证件").status_code == 403
    assert not EvidenceMark.objects.exists()


def test_a_mark_has_an_address_that_opens_the_recording_there(client, sound):
    answer = do(client, sound, "mark", second="00：41", mark_words="出示证件")
    assert answer.status_code == 303
    shown = desk.main_of(client.get(page_of(sound)))
    link = f"{page_of(sound)}?file=1&t=41#player"
    assert link in shown and "00:41 " in shown
    there = desk.main_of(client.get(page_of(sound, "?t=41")))
    assert f'src="{bytes_of(sound)}#t=41"' in there and "从 00:41 开始" in there
    assert client.get(page_of(sound, "?t=abc")).status_code == 422


def test_custody_names_what_is_missing_and_then_is_a_link_of_the_chain(client, sound):
    answer = do(client, sound, "custody", kind="handed_over", custody_words="")
    assert answer.status_code == 422 and "交给谁" in desk.main_of(answer)
    assert do(desk.login("0102"), sound, "custody", kind="nothing").status_code in (403, 422)
    answer = do(client, sound, "custody", kind="handed_over", to="0102", custody_words="装袋封存，封条完好")
    assert answer.status_code == 303
    shown = desk.main_of(client.get(page_of(sound)))
    assert "移交" in shown and "封条完好" in shown and "甲二" in shown
    assert list(CustodyEntry.objects.order_by("serial").values_list("kind", flat=True)) == [
        "received",
        "handed_over",
    ]


def test_a_derived_file_says_what_was_done_and_leaves_the_original(client, case, sound):
    address = page_of(sound, f"add/?from={sound.serial}")
    part = samples.wav(5)
    answer = client.post(address, {"words": "", "files": [samples.sent(part, "片段.wav")]})
    assert answer.status_code == 422 and "做了什么" in desk.main_of(answer)
    answer = client.post(
        address, {"words": "截取 00:30 至 00:35，剪辑软件 3.2", "files": [samples.sent(part, "片段.wav")]}
    )
    assert answer.status_code == 303
    made = EvidenceFile.objects.get(serial=2)
    assert (made.derived_from, made.form) == (sound, "derived")
    with store().open(sound.sha256) as file:
        assert file.read() == SOUND
    shown = desk.main_of(client.get(page_of(sound, "?file=2")))
    assert "截取 00:30 至 00:35" in shown and "由“" in shown
    assert client.get(page_of(sound, "add/?from=77")).status_code == 404


def test_facts_stand_against_evidence_and_one_without_says_so(client, case, sound):
    case.violation = {**case.violation, "facts": ["乱扔废弃物", "占道十平方米"]}
    Case.objects.filter(pk=case.pk).update(violation=case.violation)
    shown = desk.main_of(client.get(f"/desk/cases/{case.no}/evidence/"))
    assert (
        "1 项待证事实无证据支持" in shown and "占道十平方米" in shown and f'href="{page_of(sound)}"' in shown
    )
    for by in ("kind", "time", "nonsense"):
        assert "证据1" in desk.main_of(client.get(f"/desk/cases/{case.no}/evidence/?by={by}"))
    assert "证据1" in desk.main_of(client.get(f"/desk/cases/{case.no}/evidence/?show=unchecked"))
    assert sound.sha256 in client.get(f"/desk/cases/{case.no}/evidence.csv").content.decode()


def test_the_case_page_leads_to_the_evidence(client, case, sound):
    shown = desk.main_of(client.get(f"/desk/cases/{case.no}/"))
    assert f'href="/desk/cases/{case.no}/evidence/"' in shown and "证据1（视听资料）" in shown


def test_of_several_files_all_are_added_or_none(client, case, sound):
    address = page_of(sound, "add/")
    files = [samples.sent(samples.png(), "照片.png"), samples.sent(SOUND, "又是录音.wav")]
    answer = client.post(address, {"form": "copy", "words": "", "files": files})
    assert answer.status_code == 422 and "本案已经有这个文件" in desk.main_of(answer)
    assert "照片.png" in desk.main_of(answer) and EvidenceFile.objects.count() == 1
    good = [samples.sent(samples.png(shade), f"照片{shade}.png") for shade in (1, 2)]
    assert client.post(address, {"form": "copy", "words": "", "files": good}).status_code == 303
    assert list(EvidenceFile.objects.values_list("serial", "form")) == [
        (1, "original"),
        (2, "copy"),
        (3, "copy"),
    ]
    listed = desk.main_of(client.get(f"/desk/cases/{case.no}/evidence/?by=time"))
    assert listed.partition('<ul class="files">')[2].partition("</ul>")[0].count("<li>") == 3


def test_nothing_is_added_marked_or_made_in_an_archived_case(client, case, sound):
    record_histories(
        organ=case.organ,
        histories=[History({**make.HEAD}, [*events_of(case), CLOSED, ARCHIVED])],
        actor=make.ACTOR,
    )
    assert client.get(page_of(sound, "add/")).status_code == 409
    assert do(client, sound, "mark", second="41", mark_words="出示证件").status_code == 403
    assert client.get(page_of(sound)).status_code == 200 and read(client.get(bytes_of(sound))) == SOUND
    assert not EvidenceMark.objects.exists()


@pytest.mark.parametrize(
    ("who", "deed", "typed"),
    [
        ("0101", "custody", {"kind": "handed_over", "to": "0102", "custody_words": "装袋封存"}),
        ("0101", "mark", {"second": "00:41", "mark_words": "出示证件"}),
        ("0102", "verify", {"verify_words": "看过全程"}),
    ],
)
def test_a_deed_sent_again_is_refused_once_and_kept_then_it_is_another(client, sound, who, deed, typed):
    officer = desk.login(who)
    rows = EvidenceMark if deed == "mark" else CustodyEntry
    assert do(officer, sound, deed, **typed).status_code == 303
    count = rows.objects.count()
    answer = do(officer, sound, deed, **typed)
    assert answer.status_code == 409 and "没有再次记录" in desk.main_of(answer)
    assert rows.objects.count() == count
    newest = rows.objects.latest("serial")
    key = newest.file_id if deed == "mark" else newest.case_id
    again = f"{'evidence_mark' if deed == 'mark' else 'custody_entry'}:{key}/{newest.serial}"
    assert do(officer, sound, deed, **typed, again=again).status_code == 303
    assert rows.objects.count() == count + 1
