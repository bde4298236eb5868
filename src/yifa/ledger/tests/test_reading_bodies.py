"""Reading a body at a glance gives the same answer as the JSON reader, and never takes for an entry what is none."""

from __future__ import annotations

import json
import random

import pytest

from yifa.ledger.bodies import _read, all_said, said

ENTRY = {
    "actor": "user:7", "actor_role": "handler", "after": {"act:2021-0007/1": "22", "case:2021-0007": "11"},
    "agency": "120115", "at": "2021-03-02T01:30:00.120Z", "client": {}, "commits": [{"digest": "33", "field": "act:x#words"}],
    "doc_hashes": [], "idx": 5, "key_epoch": 0, "log": "case", "object": {"id": "2021-0007", "type": "case", "version": 1},
    "occurred_at": "2021-03-02T01:30:00.000Z", "reason_code": "", "request_id": "", "type": "act_recorded", "v": 1,
}  # fmt: skip


def spelt(entry: object) -> bytes:
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_an_entry_is_read_with_all_it_says():
    rows = [("act:2021-0007/1", "22"), ("case:2021-0007", "11")]
    assert said(spelt(ENTRY)) == (("case", 5), "case:2021-0007", "120115", rows)


@pytest.mark.parametrize(
    "changed",
    [{"reason_code": 'a"b\\c'}, {"legal_basis": "甲"}, {"before": {"case:1": "0"}}, {"new": [1.5, None]}],
)
def test_other_spellings_are_read_too(changed):
    assert said(spelt({**ENTRY, **changed})) == said(spelt(ENTRY))


def test_random_damage_is_judged_as_the_json_reader_judges_it():
    chance, whole = random.Random(5), spelt(ENTRY)
    read = unread = 0
    for _ in range(4000):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 2)):
            at = chance.randrange(len(data))
            data[at : at + chance.randint(0, 2)] = bytes([chance.choice([*b'"\\,:{}[]0a\n\x01', 0xFF])])
        try:
            expected = _read(str(bytes(data), "utf-8"))
        except (ValueError, KeyError, TypeError, AttributeError):
            expected = None
        assert said(bytes(data)) == expected
        read, unread = read + (expected is not None), unread + (expected is None)
    assert read > 100 < unread


def test_many_are_read_at_once_only_where_each_says_what_stands_beside_it():
    rows = [(n, spelt({**ENTRY, "idx": n}), b"", b"", "case:2021-0007") for n in range(3)]
    assert all_said(rows, "case", rows=True) == ([said(row[1]) for row in rows], [])
    assert all_said(rows, "case", rows=False) == ([], [])
    for wrong in (
        (7, *rows[1][1:]),
        (*rows[1][:4], "case:2021-0008"),
        (1, b"{}", b"", b"", ""),
        (1, b"\xff", b"", b"", ""),
        (1, rows[1][1].replace(b"user:7", b"user\n7"), *rows[1][2:]),
        (1, rows[1][1] + b"\n" + rows[1][1], *rows[1][2:]),
    ):
        assert all_said([rows[0], wrong, rows[2]], "case", rows=False) is None
    assert all_said(rows, "other", rows=False) is None


def test_many_are_read_at_once_with_their_details_and_those_are_named():
    told = {"size": 901, "sm3": "a7", "approvers": ["user:1", "user:2"], "erased": []}
    rows = [
        (n, spelt({**ENTRY, "idx": n, **({"details": told} if n == 1 else {})}), b"", b"", "case:2021-0007")
        for n in range(3)
    ]
    assert all_said(rows, "case", rows=True) == ([said(row[1]) for row in rows], [rows[1]])
    assert all_said(rows, "case", rows=False) == ([], [rows[1]])


def test_damage_among_many_is_seen_as_the_json_reader_sees_it():
    """Whatever many bodies are taken to say, the JSON reader says of each; damage is left to those who read one by one."""
    chance, details = random.Random(7), {"details": {"size": 901, "erased": ["a", "b"]}}
    whole = [spelt({**ENTRY, "idx": n, **(details if n & 1 else {})}) for n in range(3)]
    seen = 0
    for _ in range(4000):
        data = bytearray(whole[1])
        at = chance.randrange(len(data))
        data[at : at + chance.randint(0, 2)] = bytes([chance.choice([*b'"\\,:{}[]0a\n\x01', 0xFF])])
        bodies = [whole[0], bytes(data), whole[2]]
        found = all_said(
            [(n, body, b"", b"", "case:2021-0007") for n, body in enumerate(bodies)], "case", rows=True
        )
        if found:
            seen += 1
            assert found[0] == [_read(body.decode()) for body in bodies]
            assert [row[0] for row in found[1]] == [
                n for n, body in enumerate(bodies) if "details" in json.loads(body)
            ]
    assert 100 < seen < 3900
