"""What anybody can fetch of the log: signed heads and hash tiles, and nothing beyond them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from yifa.ledger.actions import writing
from yifa.ledger.checkpoints import head_file, last_signed, sign, verifier_keys
from yifa.ledger.models import Event
from yifa.ledger.tests.factories import CLERK, case, histories, organ
from yifa.ledger.tiles import tile_bytes
from yifa.proof import verify
from yifa.proof.checkpoint import parse_checkpoint, parse_key, parse_note
from yifa.proof.merkle import Frontier, leaf_hash, root, sha256, sm3
from yifa.proof.tiles import NoSuchTile, Tile

pytestmark = pytest.mark.django_db
ADDRESSES = {"sha256": "/log/case/", "sm3": "/log/case/sm3/"}
HASHES = {"sha256": sha256, "sm3": sm3}


@pytest.fixture(autouse=True)
def keys(tmp_path, settings) -> None:
    settings.KEYS = tmp_path / "keys"
    settings.ORIGIN = "test.invalid"


@pytest.fixture
def desk() -> Client:
    return Client()


def entries(count: int) -> None:
    with writing() as unit:
        one = case(1, organ())
        for _ in range(count):
            unit.log(type="case_corrected", actor=CLERK, agency="120115", rows=[one])
        one.save()


@pytest.mark.parametrize(
    "address", ["0/001", "0/000", "0/000.p/4", "1/000.p/1", "entries/000", "x", "0/000.p/03", "../checkpoint"]
)
def test_a_tile_that_is_none_or_beyond_the_signed_head_is_not_found(desk, address):
    histories(1, 3)
    sign()
    assert desk.get(f"/log/case/tile/{address}").status_code == 404


def test_no_tile_is_given_before_it_is_signed(desk):
    histories(1, 3)
    assert desk.get("/log/case/tile/0/000.p/3").status_code == 404
    sign()
    assert desk.get("/log/case/tile/0/000.p/3").status_code == 200


@pytest.mark.parametrize(
    "address", ["/log/case/checkpoint", "/log/case/sm3/checkpoint", "/log/case/tile/0/000"]
)
def test_only_reading_is_allowed(desk, address):
    assert desk.post(address).status_code == 405


@pytest.mark.parametrize("address", ["/log/case/checkpoint", "/log/case/sm3/checkpoint"])
def test_where_nothing_may_be_signed_there_is_no_checkpoint_and_no_path_of_the_host(desk, address, caplog):
    before = transaction.savepoint()
    histories(1, 3)
    sign()
    transaction.savepoint_rollback(before)
    answer = desk.get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
    assert answer.content.decode().startswith("日志头暂停签发")
    assert "库中 0 条，已签名 3 条" in caplog.text
    head_file("case").write_text("{")
    for public in (address, "/log/case/tile/0/000.p/1"):
        assert str(head_file("case")) not in desk.get(public).content.decode()
    assert str(head_file("case")) in caplog.text


@pytest.mark.parametrize("tree", ["sha256", "sm3"])
def test_an_outsider_recomputes_the_signed_root_from_tiles(desk, tree):
    entries(600)
    data = desk.get(f"{ADDRESSES[tree]}checkpoint").content
    note = parse_note(data)
    key = next(key for key in map(parse_key, verifier_keys()) if key.name == note.signatures[0].name)
    assert note.by(key)
    point = parse_checkpoint(note.text)
    tiles = [desk.get(f"{ADDRESSES[tree]}tile/{name}") for name in ("0/000", "0/001", "0/002.p/88")]
    hashes = b"".join(tile.content for tile in tiles)
    leaves = [hashes[at : at + 32] for at in range(0, len(hashes), 32)]
    bodies = [bytes(body) for body in Event.objects.order_by("idx").values_list("body", flat=True)]
    assert leaves == [leaf_hash(body, HASHES[tree]) for body in bodies]
    assert (point.size, point.root) == (600, root(leaves, HASHES[tree]))
    above = desk.get(f"{ADDRESSES[tree]}tile/1/000.p/2").content
    assert above == root(leaves[:256], HASHES[tree]) + root(leaves[256:512], HASHES[tree])


def test_answers_can_be_read_by_a_page_of_a_third_party_and_tiles_be_kept(desk):
    histories(1, 3)
    head, tile = desk.get("/log/case/checkpoint"), desk.get("/log/case/tile/0/000.p/3")
    assert head["Access-Control-Allow-Origin"] == tile["Access-Control-Allow-Origin"] == "*"
    assert head["Content-Type"] == "text/plain; charset=utf-8"
    assert head["Cache-Control"] == "no-cache"
    assert "immutable" in tile["Cache-Control"]
    assert not head.cookies
    assert not tile.cookies


def test_asking_twice_signs_once_and_a_grown_log_anew(desk):
    histories(1, 2)
    first = desk.get("/log/case/checkpoint").content
    kept = head_file("case").stat().st_mtime_ns
    assert desk.get("/log/case/checkpoint").content == first
    assert head_file("case").stat().st_mtime_ns == kept
    entries_of_another_case()
    assert parse_checkpoint(parse_note(desk.get("/log/case/checkpoint").content).text).size == 3
    assert last_signed().size == 3


def entries_of_another_case() -> None:
    with writing() as unit:
        one = case(2, organ())
        unit.log(type="case_opened", actor=CLERK, agency="120115", rows=[one])
        one.save()


def test_tiles_of_the_second_level_are_roots_of_65536_entries():
    size = 65536 + 3
    leaves = [sha256(number.to_bytes(4, "big")) for number in range(size)]
    Event.objects.bulk_create(
        [Event(log="other", idx=idx, body=b"", leaf_sha256=leaf, leaf_sm3=leaf) for idx, leaf in enumerate(leaves)],
        batch_size=5000,
    )  # fmt: skip
    tree = Frontier(sha256)
    for leaf in leaves[:65536]:
        tree.append(leaf)
    for _ in range(2):
        assert tile_bytes(log="other", tree="sha256", tile=Tile(2, 0, 1), size=size) == tree.root()
    full = tile_bytes(log="other", tree="sha256", tile=Tile(1, 0), size=size)
    assert root([full[at : at + 32] for at in range(0, 8192, 32)], sha256) == tree.root()
    with pytest.raises(NoSuchTile):
        tile_bytes(log="other", tree="sha256", tile=Tile(1, 1, 1), size=size)


@pytest.mark.parametrize("kind", ["py", "html"])
def test_the_stand_alone_verifier_can_be_taken_away_without_a_log_in(client, kind):
    answer = client.get(f"/log/yifa-verify.{kind}")
    file = Path(verify.__file__).with_suffix(f".{kind}")
    assert answer.status_code == 200 and answer.content == file.read_bytes()
    assert "attachment" in answer["Content-Disposition"]
