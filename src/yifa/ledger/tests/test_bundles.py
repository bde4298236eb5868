"""A bundle of a case: any changed value, entry or proof is refused by the stand-alone file; what holds holds."""

from __future__ import annotations

import copy
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yifa.casework.cases.models import Case
from yifa.casework.cases.tests import factories as make
from yifa.ledger import proofs, subtrees, tiles
from yifa.ledger.bundle import bundle
from yifa.ledger.checkpoints import sign, verifier_keys
from yifa.ledger.models import Event
from yifa.ledger.proofs import inclusions
from yifa.ledger.subtrees import HASHES
from yifa.proof import verify
from yifa.proof.merkle import inclusion_proof

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def keys(tmp_path, settings):
    settings.KEYS = tmp_path / "keys"


@pytest.fixture
def made():
    """(bundle as JSON, its case), among other cases."""
    for number in range(4):
        case = make.case_with(make.lead(), make.opening(), number=f"示〔2021〕第{number}号")
    return bundle(f"case:{case.no}", [case, *case.acts.all()]), case


def code(tmp_path, content: object, tree: int = 0, key: str = "") -> int:
    file = tmp_path / "bundle.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False))
    return verify.main(["bundle", str(file), "--key", key or verifier_keys()[tree]])


def changes(whole: dict) -> list[dict]:
    """Every way of changing one thing: a value of each column of each row, an entry, a step of a proof, the head."""
    found = []
    for place, row in enumerate(whole["rows"]):
        for name in row["columns"]:
            other = copy.deepcopy(whole)
            other["rows"][place]["columns"][name] = "改过"
            found.append(other)
        for name in row["salts"]:
            other = copy.deepcopy(whole)
            other["rows"][place]["salts"][name] = "00" * 32
            found.append(other)
    for place in range(len(whole["entries"])):
        other = copy.deepcopy(whole)
        other["entries"][place]["body"] = other["entries"][place]["body"].replace("handler", "handlex")
        found.append(other)
        other = copy.deepcopy(whole)
        other["entries"][place]["proof"][0] = "11" * 32
        found.append(other)
    return found


def test_every_single_change_is_refused(made, tmp_path):
    whole, _ = made
    altered = changes(whole)
    assert len(altered) > 50
    for other in altered:
        assert code(tmp_path, other) == 1


def test_a_changed_row_is_named_by_its_place_its_key_and_its_entry(made, tmp_path, capsys):
    whole, case = made
    for place, row in enumerate(whole["rows"]):
        name = f"{row['table']}:{row['key']}"
        idx = max(one["idx"] for one in whole["entries"] if name in json.loads(one["body"])["after"])
        altered = copy.deepcopy(whole)
        altered["rows"][place]["version"] += 1
        assert code(tmp_path, altered) == 1
        said = f"rows[{place}] {row['table']} {row['key']} 与日志记录的不一致（第 {idx} 条）"
        assert said in capsys.readouterr().out
    for place, entry in enumerate(whole["entries"]):
        altered = copy.deepcopy(whole)
        altered["entries"][place]["body"] = entry["body"].replace("handler", "iandler")
        assert code(tmp_path, altered) == 1
        assert f"第 {entry['idx']} 条不在这个日志里，或者内容被改动" in capsys.readouterr().out


def test_a_row_left_out_of_the_log_or_added_to_the_bundle_is_refused(made, tmp_path):
    whole, _ = made
    without = {**whole, "entries": whole["entries"][:-1]}
    assert code(tmp_path, without) == 1
    extra = copy.deepcopy(whole["rows"][-1])
    extra["key"] += "9"
    assert code(tmp_path, {**whole, "rows": [*whole["rows"], extra]}) == 1


@pytest.mark.parametrize("broken", ["", "{}", '{"format":"yifa-bundle/1"}', '{"format":"other/1"}', "[1]"])
def test_what_is_no_bundle_cannot_be_told(made, tmp_path, broken):
    assert code(tmp_path, broken) == 2


def test_a_bundle_with_nothing_in_it_proves_nothing(made, tmp_path):
    assert code(tmp_path, {**made[0], "rows": [], "entries": []}) == 2


def test_the_key_of_another_log_is_refused(made, tmp_path):
    name, _, rest = verifier_keys()[0].partition("+")
    assert code(tmp_path, made[0], key=f"{name}x+{rest}") in (1, 2)


@pytest.mark.parametrize("tree", [0, 1])
def test_the_bundle_of_a_case_holds_in_both_trees(made, tmp_path, tree):
    whole, case = made
    assert code(tmp_path, whole, tree) == 0
    assert len(whole["rows"]) == 1 + case.act_count


def test_proofs_from_the_stored_leaves_are_those_of_the_whole_tree():
    for number in range(70):
        make.case_with(make.lead(), make.opening(), make.interview(), number=f"示〔2021〕第{number}号")
    size = sign().size
    assert size > 256 and Case.objects.count() == 70
    for tree, hasher in HASHES.items():
        leaves = [bytes(one) for one in Event.objects.order_by("idx").values_list(f"leaf_{tree}", flat=True)]
        for end in (1, 2, 201, 255, 256, 257, size):
            found = inclusions(log="case", indexes=range(end), size=end)
            for index in range(end):
                assert found[index][tree] == inclusion_proof(leaves[:end], index, hasher)
    assert inclusions(log="case", indexes=[], size=size) == {}
    for wrong in (-1, size):
        with pytest.raises(IndexError):
            inclusions(log="case", indexes=[wrong], size=size)


def test_proofs_are_the_same_through_any_number_of_levels(monkeypatch):
    """With tiles of four instead of 256 a small log has as many levels as one of millions of entries."""
    for module in (proofs, subtrees, tiles):
        monkeypatch.setattr(module, "WIDTH", 4)
    for number in range(9):
        make.case_with(make.lead(), make.opening(), make.interview(), number=f"示〔2021〕第{number}号")
    size, hasher = sign().size, HASHES["sm3"]
    leaves = [bytes(one) for one in Event.objects.order_by("idx").values_list("leaf_sm3", flat=True)]
    for complete in (0, size // 2, size):
        subtrees.keep("case", complete)
        for end in range(1, size + 1):
            found = inclusions(log="case", indexes=range(end), size=end)
            for index in range(end):
                assert found[index]["sm3"] == inclusion_proof(leaves[:end], index, hasher)


def test_more_entries_are_not_more_queries(django_assert_max_num_queries):
    for number in range(4):
        make.case_with(make.lead(), make.opening(), make.interview(), number=f"示〔2021〕第{number}号")
    size = sign().size
    for indexes in ([0], range(size)):
        with django_assert_max_num_queries(3):
            inclusions(log="case", indexes=indexes, size=size)


def test_a_bundle_of_more_acts_asks_no_more_often():
    asked = []
    for further in ((), (make.interview(),) * 5):
        case = make.case_with(make.lead(), make.opening(), *further, number=f"示〔2021〕第{len(further)}号")
        rows = [case, *case.acts.all()]
        sign()
        with CaptureQueriesContext(connection) as queries:
            bundle(f"case:{case.no}", rows)
        asked.append(len(queries))
    assert len(rows) == 8 and asked[0] == asked[1]
