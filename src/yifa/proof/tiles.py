"""Addresses of hash tiles, after C2SP tlog-tiles: `level/index[.p/width]`, index in groups of three digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEIGHT = 8
WIDTH = 1 << HEIGHT
LEVELS = 64 // HEIGHT
# six groups of three digits are more than a log has tiles; more would be a number of any length
ADDRESS = re.compile(r"([0-7])/((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?")


class NoSuchTile(ValueError):
    """Not the address of a tile, or of one the tree does not reach."""


@dataclass(frozen=True)
class Tile:
    """`width` hashes, each the root of 256**level leaves, from number `index` × 256 on."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def full(self) -> bool:
        return self.width == WIDTH

    @property
    def first(self) -> int:
        """Number, within its level, of the first hash."""
        return self.index * WIDTH

    def address(self) -> str:
        """As in the path after `tile/`: `0/x001/x234/067.p/5`."""
        groups = [f"{self.index % 1000:03d}"]
        rest = self.index // 1000
        while rest:
            groups.append(f"x{rest % 1000:03d}")
            rest //= 1000
        return f"{self.level}/{'/'.join(reversed(groups))}" + ("" if self.full else f".p/{self.width}")

    def require_within(self, size: int) -> None:
        """Raises NoSuchTile unless a tree of `size` leaves has all hashes of this tile."""
        if self.first + self.width > size >> (HEIGHT * self.level):
            raise NoSuchTile(f"a tree of {size} entries has no tile {self.address()}")


def parse_tile(address: str) -> Tile:
    """Inverse of `Tile.address`; only that one spelling is accepted. Raises NoSuchTile."""
    found = ADDRESS.fullmatch(address)
    if found:
        index = int(found[2].replace("x", "").replace("/", ""))
        tile = Tile(int(found[1]), index, int(found[3] or WIDTH))
        if tile.address() == address and tile.width <= WIDTH:
            return tile
    raise NoSuchTile(f"{address!r} is not level/index or level/index.p/width")
