"""Addresses of tiles: one spelling each, and never beyond the tree."""

from __future__ import annotations

import pytest

from yifa.proof.tiles import NoSuchTile, Tile, parse_tile

WRONG = ["", "0", "0/1", "0/0001", "0/x000/001", "0/001.p/0", "0/001.p/256", "0/001.p/257", "0/001.p/01", "8/000",
         "-1/000", "00/000", "0/x001", "0/001/", "0/001.p", "entries/000", "0/０００", "0/001.p/5/", "0/../000",
         "0/" + "x000/" * 6 + "000", "0/" + "x999/" * 2000 + "999"]  # fmt: skip


@pytest.mark.parametrize("address", WRONG)
def test_any_other_spelling_is_refused(address):
    with pytest.raises(NoSuchTile):
        parse_tile(address)


@pytest.mark.parametrize(
    ("address", "size"),
    [
        ("0/000", 255),
        ("0/001", 511),
        ("0/000.p/5", 4),
        ("1/000.p/1", 255),
        ("1/000", 65535),
        ("2/000.p/1", 65535),
    ],
)
def test_a_tile_beyond_the_tree_is_refused_and_the_next_entry_completes_it(address, size):
    with pytest.raises(NoSuchTile):
        parse_tile(address).require_within(size)
    parse_tile(address).require_within(size + 1)


@pytest.mark.parametrize(
    ("address", "tile"),
    [
        ("0/000", Tile(0, 0)),
        ("0/x001/x234/067", Tile(0, 1234067)),
        ("3/x001/000.p/255", Tile(3, 1000, 255)),
        ("0/999.p/1", Tile(0, 999, 1)),
    ],
)
def test_an_address_is_read_and_written_the_same(address, tile):
    assert parse_tile(address) == tile
    assert tile.address() == address
