"""Roots of complete tiles are kept by the worker: proofs read them, a wrong or missing one is told or computed."""

from __future__ import annotations

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yifa.jobs.housekeeping import sign_the_head
from yifa.ledger import protection
from yifa.ledger.actions import writing
from yifa.ledger.checkpoints import sign
from yifa.ledger.models import Event, Subtree
from yifa.ledger.proofs import inclusions, tree_root
from yifa.ledger.subtrees import HASHES, keep, kept
from yifa.ledger.tests.factories import CLERK, organ
from yifa.ledger.tiles import tile_bytes
from yifa.ledger.verify import Verification
from yifa.proof.merkle import inclusion_proof, root
from yifa.proof.tiles import Tile

pytestmark = pytest.mark.django_db(transaction=True)


def grown(count: int) -> None:
    with writing() as unit:
        for _ in range(count):
            unit.log(type="beat", actor=CLERK, agency="1", rows=[organ()])


def faults() -> list:
    return [(one.code, one.idx) for one in Verification(tables=()).faults()]


def leaves(tree: str) -> list[bytes]:
    return [
        bytes(one)
        for one in Event.objects.filter(log="case").order_by("idx").values_list(f"leaf_{tree}", flat=True)
    ]


def test_signing_at_the_worker_keeps_what_was_completed_since():
    grown(255)
    sign_the_head()
    assert not Subtree.objects.exists()
    grown(300)
    sign_the_head()
    sign_the_head()
    assert list(Subtree.objects.values_list("log", "number")) == [("case", 0), ("case", 1)]
    for tree, hasher in HASHES.items():
        whole = leaves(tree)
        assert kept("case", tree, 0, 9) == {at: root(whole[at * 256 :][:256], hasher) for at in (0, 1)}
        assert tile_bytes(log="case", tree=tree, tile=Tile(1, 0, 2), size=555) == b"".join(
            kept("case", tree, 0, 2).values()
        )
    assert keep("case", sign().size) == 0 and faults() == []


def test_a_proof_reads_kept_roots_and_computes_those_that_are_missing():
    grown(1500)
    size = sign().size
    keep("case", size)
    whole = {tree: leaves(tree) for tree in HASHES}
    for gone in ([], [2], [0, 4]):
        Subtree.objects.filter(number__in=gone).delete()
        with CaptureQueriesContext(connection) as asked:
            found = inclusions(log="case", indexes=[0, 700, size - 1], size=size)
        assert gone or len(asked) == 3
        for index, paths in found.items():
            for tree, hasher in HASHES.items():
                assert paths[tree] == inclusion_proof(whole[tree], index, hasher)
                assert tree_root(log="case", tree=tree, size=size) == root(whole[tree], hasher)
    assert faults() == []


@pytest.mark.parametrize("tree", HASHES)
def test_a_changed_root_is_named_with_its_entries_and_gone_when_deleted(tree):
    grown(800)
    keep("case", sign().size)
    Subtree.objects.filter(number=1).update(**{tree: hashlib.sha256(b"another").digest()})
    (fault,) = Verification(tables=()).faults()
    assert (fault.code, fault.idx) == ("subtree", 256)
    assert "第 256–511 条" in fault.message and "删除 ledger_subtree 表中的行，再重新启动" in fault.message
    Subtree.objects.all().delete()
    assert faults() == [] and keep("case", sign().size) == 3 and faults() == []


def test_a_root_of_entries_that_are_not_there_is_named():
    grown(300)
    keep("case", sign().size)
    Subtree.objects.create(log="case", number=1, sha256=bytes(32), sm3=bytes(32))
    assert faults() == [("subtree", 256)]


def test_an_altered_entry_is_told_of_itself_and_not_of_its_root():
    grown(300)
    keep("case", sign().size)
    with connection.schema_editor() as editor:
        protection.switch_off(editor)
    body = bytes(Event.objects.get(log="case", idx=5).body)
    Event.objects.filter(log="case", idx=5).update(body=body.replace(b"beat", b"boat"))
    with connection.schema_editor() as editor:
        protection.switch_on(editor)
    assert {code for code, _ in faults()} == {"leaf", "root"}
