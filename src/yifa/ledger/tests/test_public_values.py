"""A public value of the day in the log: refused where it says nothing, entered once, found by outsiders with its place."""

from __future__ import annotations

import json
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client

from yifa.ledger import anchors, mode
from yifa.ledger.anchor_sources import SOURCES, AnchorRefused, spelt
from yifa.ledger.anchors import latest, record
from yifa.ledger.checkpoints import sign, verifier_keys
from yifa.ledger.mode import IntegrityBroken
from yifa.ledger.models import Event
from yifa.ledger.publishing import log_files
from yifa.ledger.queries import event_count, head
from yifa.ledger.successor import open_successor
from yifa.ledger.tests.factories import CLERK, histories
from yifa.ledger.tests.test_verifying_the_log import unprotected
from yifa.ledger.verify import Verification
from yifa.proof import verify

TODAY = date(2026, 3, 4)
__all__ = ["unprotected"]
RANDOM = "ab" * 32
KL8 = " ".join(str(one) for one in range(4, 81, 4))


@pytest.fixture(autouse=True)
def _on_a_wednesday(monkeypatch):
    monkeypatch.setenv("YIFA_TODAY", TODAY.isoformat())


def entered(
    source: str = "drand", issue: str = "4821001", value: str = RANDOM, day: date = TODAY, address: str = ""
):
    told = spelt(source=source, address=address, issue=issue, value=value)
    return record(told=told, published_on=day, actor=CLERK)


@pytest.mark.parametrize(
    ("source", "issue", "value", "address", "field"),
    [
        ("ssq", "", "1 2 3 4 5 6 7", "", "issue"),
        ("ssq", "26025", "1 2 3 4 5 6 7", "", "issue"),
        ("ssq", "2026025", "", "", "value"),
        ("ssq", "2026025", "1 2 3 4 5 6", "", "value"),
        ("ssq", "2026025", "1 2 3 4 5 5 7", "", "value"),
        ("ssq", "2026025", "1 2 3 4 5 34 7", "", "value"),
        ("ssq", "2026025", "1 2 3 4 5 6 17", "", "value"),
        ("ssq", "2026025", "0 2 3 4 5 6 7", "", "value"),
        ("ssq", "2026025", "1 2 3 4 5 6 𠮷", "", "value"),
        ("ssq", "2026025", "1 2 3 4 5 6 7 https://x", "", "value"),
        ("dlt", "26025", "1 2 3 4 5 6 6", "", "value"),
        ("kl8", "2026063", "1 2 3", "", "value"),
        ("drand", "0", RANDOM, "", "issue"),
        ("drand", "٣", RANDOM, "", "issue"),
        ("drand", "12", RANDOM[:-1], "", "value"),
        ("drand", "12", RANDOM, "drand.love", "address"),
        ("other", "12", "a1b2c3d4", "", "address"),
        ("other", "12", "a1b2c3d4", "信标", "address"),
        ("other", "12", "a1b2c3d4", "x" * 90 + ".cn", "address"),
        ("other", "12", "张三的号码一二三四", "a.example", "value"),
        ("other", "😀", "a1b2c3d4", "a.example", "issue"),
        ("other", "12", "a1b2c3d\n4", "a.example", "value"),
        ("other", "12", "a" * 257, "a.example", "value"),
    ],
)  # fmt: skip
def test_what_is_no_value_of_its_source_is_refused_by_its_field(source, issue, value, address, field):
    with pytest.raises(AnchorRefused) as refused:
        spelt(source=source, address=address, issue=issue, value=value)
    assert refused.value.field == field and str(refused.value)


def test_a_value_has_one_spelling_however_it_is_typed():
    for typed in ("07 30 12 01 22 18 + 9", "07、30、12、01、22、18|09", "07301201221809", "7,30，12,1,22,18-9", "０７ 30 12 01 22 18 9"):  # fmt: skip
        assert spelt(source="ssq", address="", issue=" 2026025 ", value=typed).value == "01,07,12,18,22,30+09"
    assert (
        spelt(source="dlt", address="", issue="26025", value="5 4 3 2 1 12 11").value
        == "01,02,03,04,05+11,12"
    )
    assert len(spelt(source="kl8", address="", issue="2026063", value=KL8).value.split(",")) == 20
    assert spelt(source="drand", address="", issue="12", value=RANDOM.upper()).value == RANDOM
    told = spelt(source="other", address="https://Beacon.example.org/v2/", issue="2/17", value="A1b2c3d4")
    assert (told.source, told.value) == ("beacon.example.org/v2", "A1b2c3d4")
    assert set(SOURCES) == {"kl8", "ssq", "dlt", "drand", "other"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "field"), [(date(2026, 3, 5), "published_on"), (date(2026, 2, 24), "published_on")]
)
def test_a_day_to_come_and_one_long_past_are_refused(day, field):
    with pytest.raises(AnchorRefused) as refused:
        entered(day=day)
    assert refused.value.field == field and event_count() == 0


@pytest.mark.django_db
def test_an_issue_of_another_year_than_its_day_is_refused():
    for source, issue, value in (("ssq", "2025025", "1 2 3 4 5 6 7"), ("dlt", "25025", "1 2 3 4 5 6 7")):
        with pytest.raises(AnchorRefused) as refused:
            entered(source, issue, value)
        assert refused.value.field == "issue" and event_count() == 0


@pytest.mark.django_db
def test_a_second_value_of_the_day_is_refused_and_names_the_entry_and_the_same_again_changes_nothing():
    histories(1, 2)
    assert entered().idx == 2
    assert entered().idx == 2
    with pytest.raises(AnchorRefused, match=f"第 2 条：4821001 期，{RANDOM}"):
        entered(value="cd" * 32)
    assert (event_count(), event_count("access")) == (3, 1)
    assert entered("ssq", "2026025", "1 2 3 4 5 6 7").idx == 3
    assert entered(issue="4821900", day=date(2026, 3, 3)).idx == 4
    assert [one.idx for one in latest(10)] == [3, 2, 4]


@pytest.mark.django_db
def test_the_entry_says_what_and_who_and_nothing_of_where_from_in_both_logs():
    entered("ssq", "2026025", "1 2 3 4 5 6 7", date(2026, 3, 3))
    for log in ("case", "access"):
        body = json.loads(bytes(Event.objects.get(log=log).body))
        assert (body["type"], body["actor"], body["client"], body["request_id"]) == (
            "anchor.in",
            CLERK.id,
            {},
            "",
        )
        assert body["object"] == {"id": "2026-03-03/ssq", "type": "anchor", "version": 1}
        assert body["details"] == {
            "source": "ssq", "issue": "2026025", "value": "01,02,03,04,05,06+07", "published_on": "2026-03-03",
        }  # fmt: skip


@pytest.mark.django_db
def test_where_one_of_both_logs_cannot_be_written_neither_is(monkeypatch, settings, tmp_path):
    histories(1, 1)
    before = head()

    def full(entries):
        written(entries)
        raise OSError("no space left")

    from yifa.ledger import actions

    written = actions.append
    monkeypatch.setattr(actions, "append", full)
    with pytest.raises(OSError, match="no space"):
        entered()
    monkeypatch.undo()
    monkeypatch.setenv("YIFA_TODAY", TODAY.isoformat())
    assert head() == before and event_count("access") == 0
    settings.HOME = tmp_path
    mode.set_reason("日志不一致")
    with pytest.raises(IntegrityBroken):
        entered()
    assert head() == before


@pytest.mark.django_db(transaction=True)
def test_two_who_enter_at_once_leave_one_entry_and_the_other_is_told():
    start, said = Barrier(2), []

    def enter(value: str) -> None:
        try:
            start.wait(timeout=20)
            said.append(entered(value=value).value)
        except AnchorRefused as refused:
            said.append(refused.field)
        finally:
            connection.close()

    both = [Thread(target=enter, args=(one * 32,)) for one in ("ab", "cd")]
    for one in both:
        one.start()
    for one in both:
        one.join(timeout=60)
    assert len(said) == 2 and "value" in said and event_count() == event_count("access") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("below", ["case", "case/sm3", "access"])
def test_an_outsider_gets_the_values_with_their_places_and_a_changed_one_is_named(tmp_path, capsys, below):
    log, tree = below.partition("/")[0], int(below.endswith("sm3"))
    histories(2, 2)
    idx = entered().idx if log == "case" else (entered() and 0)
    sign(log)
    log_files(tmp_path, lambda done: None, log)
    folder, key = tmp_path / below, verifier_keys(log)[tree]

    def judged(*more: str) -> tuple[int, str]:
        code = verify.main(["log", str(folder), "--key", key, *more])
        return code, capsys.readouterr().out

    code, words = judged()
    assert code == 0
    assert f"第 {idx} 条起不早于 2026-03-04 公布的 drand 4821001：{RANDOM}" in words
    assert json.loads(judged("--json")[1])["anchors"] == [
        {"idx": idx, "source": "drand", "issue": "4821001", "value": RANDOM, "published_on": "2026-03-04"}
    ]
    path = folder / "anchors.json"
    sound = path.read_text()
    path.write_text(sound.replace(RANDOM, "cd" * 32))
    assert judged() == (1, f"核验不通过：第 {idx} 条不是所说的公开数值的记录：日志里没有它\n")
    path.write_text(sound.replace("anchor.in", "act_recorded"))
    assert judged() == (1, f"核验不通过：第 {idx} 条不是所说的记录：日志里没有它\n")
    path.write_text(sound.replace('{\\"actor\\"', '[\\"actor\\"'))
    assert judged()[0] == 2
    path.write_text(sound.replace(f'"idx": {idx}', '"idx": 99'))
    assert judged()[1].endswith("不在签名的日志头之内\n")
    for nowhere in ("-1", "0.5", "true"):
        path.write_text(sound.replace(f'"idx": {idx}', f'"idx": {nowhere}'))
        assert judged()[0] == 1, nowhere
    path.unlink()
    assert judged()[0] == 0


@pytest.mark.django_db
def test_the_addresses_give_what_is_signed_to_everyone():
    histories(1, 1)
    answer = Client().get("/log/case/anchors.json")
    assert answer.json() == {"format": "yifa-anchors/1", "anchors": []}
    sign()
    entered()
    assert Client().get("/log/case/anchors.json").json()["anchors"] == []
    sign()
    for address in ("/log/case/anchors.json", "/log/case/sm3/anchors.json"):
        answer = Client().get(address)
        assert [one["idx"] for one in answer.json()["anchors"]] == [1]
        assert answer["Access-Control-Allow-Origin"] == "*"
    assert Client().get("/log/case-2/anchors.json").status_code == 404


@pytest.mark.django_db
def test_a_changed_entry_is_named_by_verification_and_no_longer_shown(unprotected):
    histories(1, 1)
    entered()
    sign()
    row = Event.objects.get(log="case", idx=1)
    Event.objects.filter(pk=row.pk).update(body=bytes(row.body).replace(b"4821001", b"4821002"))
    assert 1 in [fault.idx for fault in Verification().faults()]
    Event.objects.filter(pk=row.pk).update(body=b"\xff")
    assert latest() == []


@pytest.mark.django_db
def test_a_successor_log_begins_without_a_value_and_takes_its_own():
    histories(1, 1)
    entered()
    sign()
    open_successor(kind="case", cause="damaged", faults=["x"])
    assert latest() == []
    assert entered().idx > 0 and Event.objects.filter(log="case-2", object__startswith="anchor:").count() == 1


def test_a_value_is_out_of_date_after_two_days():
    found = anchors.Anchor(3, "drand", "1", RANDOM, date(2026, 3, 2))
    assert not found.stale(TODAY) and found.stale(date(2026, 3, 5))
