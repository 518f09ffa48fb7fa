"""How a log lies in files: hash tiles and entry bundles (C2SP tlog-tiles), as paths and bytes.

Pure: says which files a log of a size has, what they hold, and which of them are new. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from everyangle.core.errors import IntegrityError
from everyangle.record.merkle import HASH_BYTES, Hash, Tree

WIDTH = 256
"""Hashes of a full tile, entries of a full bundle."""

_HEIGHT = 8
"""Levels of the Merkle tree that one level of tiles spans."""

CHECKPOINT = "checkpoint"
"""Path of the checkpoint, the commit point of every write."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A run of hashes: number ``index`` of tile level ``level``, ``width`` hashes wide (1 to 256)."""

    level: int
    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its path in the log."""
        return f"tile/{self.level}/{_tail(self.index, self.width)}"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A run of entries: number ``index``, ``width`` entries (1 to 256)."""

    index: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Its path in the log."""
        return f"tile/entries/{_tail(self.index, self.width)}"

    @property
    def start(self) -> int:
        """Index of its first entry."""
        return self.index * WIDTH


def tiles(size: int) -> Iterator[Tile]:
    """Yield every hash tile of a log of ``size`` entries, lowest level first."""
    level = 0
    while count := size >> _HEIGHT * level:
        yield from (Tile(level, index) for index in range(count // WIDTH))
        if count % WIDTH:
            yield Tile(level, count // WIDTH, count % WIDTH)
        level += 1


def bundles(size: int) -> Iterator[Bundle]:
    """Yield every entry bundle of a log of ``size`` entries."""
    return bundles_of(0, size)


def bundles_of(start: int, stop: int) -> Iterator[Bundle]:
    """Yield the bundles, as a log of ``stop`` entries has them, that hold entries ``start`` to ``stop - 1``."""
    for index in range(start // WIDTH, -(-stop // WIDTH)):
        yield Bundle(index, min(WIDTH, stop - index * WIDTH))


def new_tiles(old: int, new: int) -> list[Tile]:
    """Return the hash tiles that a log has at size ``new`` and had not at size ``old``."""
    return [tile for tile in tiles(new) if tile.index * WIDTH + tile.width > old >> _HEIGHT * tile.level]


def new_bundles(old: int, new: int) -> list[Bundle]:
    """Return the bundles that a log has at size ``new`` and had not at size ``old``."""
    return list(bundles_of(old, new)) if new > old else []


def stale_paths(old: int, new: int) -> list[str]:
    """Return the paths of partial tiles and bundles at size ``old`` that size ``new`` no longer needs."""
    kept = _partial_paths(new)
    return [path for path in _partial_paths(old) if path not in kept]


def _partial_paths(size: int) -> list[str]:
    # One partial bundle and one partial tile a level at most, each the last of its row.
    paths = [bundle.path for bundle in bundles_of(size - 1, size) if bundle.width < WIDTH] if size else []
    level = 0
    while count := size >> _HEIGHT * level:
        if count % WIDTH:
            paths.append(Tile(level, count // WIDTH, count % WIDTH).path)
        level += 1
    return paths


def tile_bytes(tree: Tree, tile: Tile) -> bytes:
    """Return the bytes of a tile: its hashes, one after the other.

    Raises:
        IndexError: if the tree is too small to have it.
    """
    first = tile.index * WIDTH
    return b"".join(tree.complete(_HEIGHT * tile.level, first + n) for n in range(tile.width))


def decode_tile(data: bytes, width: int) -> list[Hash]:
    """Return the ``width`` hashes of a tile.

    Raises:
        IntegrityError: ``tile-damaged`` if there are more or fewer.
    """
    if len(data) != width * HASH_BYTES:
        raise IntegrityError("tile-damaged", f"A hash tile has {len(data)} bytes instead of {width * HASH_BYTES}.")
    return [data[at : at + HASH_BYTES] for at in range(0, len(data), HASH_BYTES)]


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Return the bytes of a bundle: each entry after its length in 16 bits, big-endian.

    Raises:
        OverflowError: for an entry longer than 65,535 bytes.
    """
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def decode_bundle(data: bytes, width: int) -> list[bytes]:
    """Return the ``width`` entries of a bundle.

    Raises:
        IntegrityError: ``bundle-damaged`` if the lengths do not add up to exactly that many.
    """
    entries: list[bytes] = []
    at = 0
    while at + 2 <= len(data) and len(entries) < width:
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        entries.append(data[at + 2 : end])
        at = end
    if at != len(data) or len(entries) != width:
        raise IntegrityError("bundle-damaged", f"An entry bundle does not hold exactly {width} whole entries.")
    return entries


def _tail(index: int, width: int) -> str:
    # Three digits a path element, all but the last marked with x; then the width of a partial one.
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return path if width == WIDTH else f"{path}.p/{width}"
