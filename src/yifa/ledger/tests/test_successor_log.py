"""A damaged log is frozen and a successor begins where the last trusted head was; nothing of the damage is washed away."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.db import connection

from yifa.casework.cases.models import Case
from yifa.ledger import mode, protection
from yifa.ledger.actions import writing
from yifa.ledger.boot import check_at_start
from yifa.ledger.bundle import bundle
from yifa.ledger.checkpoints import RolledBack, SigningRefused, head_file, last_signed, sign, verifier_keys
from yifa.ledger.models import Event, Head
from yifa.ledger.publishing import log_files
from yifa.ledger.queries import case_badge, events_about
from yifa.ledger.succession import current, generations
from yifa.ledger.successor import frozen, open_successor
from yifa.ledger.tests.factories import histories, record
from yifa.ledger.verify import Verification, every_table
from yifa.proof import verify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def damaged(tmp_path, settings):
    """A signed log of which somebody changed one entry, and deleted nothing."""
    settings.HOME, settings.KEYS = tmp_path, tmp_path / "keys"
    histories(2, 3)
    sign()
    with connection.schema_editor() as editor:
        protection.switch_off(editor)
    row = Event.objects.get(log="case", idx=1)
    Event.objects.filter(pk=row.pk).update(body=bytes(row.body).replace(b"handler", b"hendler"))
    yield
    with connection.schema_editor() as editor:
        protection.switch_on(editor)


def everything() -> list[str]:
    log = current("case")
    verification = Verification(log=log, tables=every_table(), signed=last_signed(log))
    return [fault.code for fault in verification.faults()]


def opened(cause: str = "damaged"):
    return open_successor(kind="case", cause=cause, faults=["第 1 条：内容与叶哈希不一致"])


def judged(capsys, folder, key: str, *more: str) -> tuple[int, dict]:
    code = verify.main(["log", str(folder), "--key", key, "--json", *more])
    return code, json.loads(capsys.readouterr().out)


def test_the_successor_names_the_last_trusted_head_and_writing_goes_on():
    mode.set_reason("损坏")
    trusted = last_signed("case")
    done = opened()
    assert (done.log, current("case"), mode.reason()) == ("case-2", "case-2", "")
    first = json.loads(bytes(Event.objects.get(log="case-2", idx=0).body))
    assert first["type"] == "log.successor" and first["log"] == "case-2"
    told = first["details"]
    assert told["old_size"] == trusted.size and told["old_root"] == trusted.trees()["sha256"].root().hex()
    assert (told["cause"], told["faults"], len(told["report"])) == ("damaged", 1, 64)
    case = Case.objects.first()
    with writing() as unit:
        record(unit, case, 4)
    assert Event.objects.filter(log="case").count() == trusted.size, "the old log is frozen"
    assert everything() == [] and check_at_start() == ""


def test_every_row_is_recorded_again_so_that_badge_bundle_and_history_go_on(tmp_path, capsys):
    opened()
    case = Case.objects.first()
    assert case_badge(case.no) == (4, 4)
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(bundle(f"case:{case.no}", [case, *case.acts.all()])))
    assert verify.main(["bundle", str(path), "--key", verifier_keys()[0]]) == 0
    assert [one.body["log"] for one in events_about(f"case:{case.no}")] == ["case"] * 3 + ["case-2"]
    Case.objects.filter(pk=case.pk).update(matter="CG-99")
    assert everything() == ["altered"]


def test_the_old_log_keeps_its_last_head_and_both_are_public(client, tmp_path):
    old = client.get("/log/case/checkpoint").content
    opened()
    assert client.get("/log/case/checkpoint").content == old == sign("case").notes["sha256"].encode()
    new = client.get("/log/case-2/checkpoint").content.decode()
    assert new.startswith(f"{settings.ORIGIN}/log/case-2\n")
    assert client.get("/log/case-3/checkpoint").status_code == 404
    page = client.get("/proof/").content.decode()
    assert "case-2" in page and "封存" in page
    assert [(one.log, one.successor, one.faults) for one in frozen()] == [("case", "case-2", 1)]


@pytest.mark.parametrize("tree", [0, 1])
def test_an_outsider_with_a_head_of_the_old_log_is_told_what_the_successor_takes_over(tmp_path, capsys, tree):
    below = ("", "sm3")[tree]
    kept = tmp_path / "kept"
    kept.write_text(sign().notes[("sha256", "sm3")[tree]])
    opened()
    log_files(tmp_path / "out", lambda done: None, log="case-2")
    folder, key = tmp_path / "out" / "case-2" / below, verifier_keys()[tree]
    code, found = judged(capsys, folder, key, "--older", str(kept))
    assert code == 0 and found["predecessor"]["cause"] == "damaged"
    told = json.loads((folder / "rotations.json").read_text())
    told["first"] = told["first"].replace('"faults":1', '"faults":0')
    (folder / "rotations.json").write_text(json.dumps(told))
    code, found = judged(capsys, folder, key, "--older", str(kept))
    assert code == 1 and "接续" in found["message"]


def test_a_successor_that_leaves_signed_entries_out_is_refused(tmp_path, capsys):
    """The head an outsider holds is longer than what the successor admits: the operator went back in secret."""
    short = head_file("case").read_bytes()
    Event.objects.filter(log="case", idx=1).update(
        body=bytes(Event.objects.get(log="case", idx=1).body).replace(b"hendler", b"handler")
    )
    case = Case.objects.first()
    with writing() as unit:
        record(unit, case, 4)
    kept = tmp_path / "kept"
    kept.write_text(sign().notes["sha256"])
    head_file("case").write_bytes(short)
    opened()
    log_files(tmp_path / "out", lambda done: None, log="case-2")
    code, found = judged(capsys, tmp_path / "out" / "case-2", verifier_keys()[0], "--older", str(kept))
    assert code == 1 and "没有被承认" in found["message"]


def test_a_rolled_back_database_starts_again_with_a_successor():
    last = Event.objects.filter(log="case").order_by("-idx").first()
    Event.objects.filter(pk=last.pk).delete()
    Head.objects.filter(log="case").update(size=last.idx)
    with pytest.raises(RolledBack):
        check_at_start()
    opened("rolled_back")
    assert check_at_start() == ""


def test_a_successor_nobody_opened_is_neither_signed_nor_started():
    """Somebody with the database alone points the log at another, to be rid of the signed one."""
    Head.objects.create(log="case-2")
    Head.objects.filter(log="case").update(successor="case-2")
    with pytest.raises(SigningRefused, match="不是用 yifa successor 开的"):
        sign()
    assert "不是用 yifa successor 开的" in check_at_start() and mode.reason()
    assert "successor" in everything()


def test_a_first_entry_that_names_another_head_is_found():
    opened()
    row = Event.objects.get(log="case-2", idx=0)
    Event.objects.filter(pk=row.pk).update(body=bytes(row.body).replace(b'"old_size":6', b'"old_size":5'))
    assert {"successor", "leaf"} <= set(everything()) and check_at_start()


def test_a_second_successor_follows_the_first():
    opened()
    opened()
    assert generations("case") == ["case", "case-2", "case-3"] and everything() == []
