"""Tiles and bundles: paths, bytes, and which of them a growing log writes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.errors import IntegrityError
from everyangle.record.merkle import Tree, leaf_hash, root_of
from everyangle.record.tiles import (
    Bundle,
    Tile,
    bundles,
    bundles_of,
    decode_bundle,
    decode_tile,
    encode_bundle,
    new_bundles,
    new_tiles,
    stale_paths,
    tile_bytes,
    tiles,
)

SIZES = st.one_of(st.integers(0, 1100), st.sampled_from([65_535, 65_536, 65_537, 70_000, 2**24, 2**24 + 300]))


def paths(size: int) -> set[str]:
    return {tile.path for tile in tiles(size)} | {bundle.path for bundle in bundles(size)}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (Tile(0, 0).path, "tile/0/000"),
        (Tile(0, 999).path, "tile/0/999"),
        (Tile(1, 1000).path, "tile/1/x001/000"),
        (Tile(2, 1234067).path, "tile/2/x001/x234/067"),
        (Tile(0, 273, 112).path, "tile/0/273.p/112"),
        (Bundle(1234067).path, "tile/entries/x001/x234/067"),
        (Bundle(0, 1).path, "tile/entries/000.p/1"),
    ],
)
def test_paths_are_those_of_the_specification(path: str, expected: str) -> None:
    assert path == expected


def test_a_log_of_70000_entries_has_the_tiles_of_the_specifications_example() -> None:
    widths = [(tile.level, tile.width) for tile in tiles(70_000)]
    assert widths == [(0, 256)] * 273 + [(0, 112)] + [(1, 256)] + [(1, 17)] + [(2, 1)]
    assert [tile.path for tile in tiles(256)] == ["tile/0/000", "tile/1/000.p/1"]


@given(st.integers(0, 1100), st.integers(0, 1100))
def test_a_growing_log_writes_what_is_new_and_may_drop_what_is_old(one: int, other: int) -> None:
    old, new = sorted((one, other))
    written = {tile.path for tile in new_tiles(old, new)} | {bundle.path for bundle in new_bundles(old, new)}
    assert written == paths(new) - paths(old)
    assert set(stale_paths(old, new)) == paths(old) - paths(new)


@given(SIZES)
def test_bundles_cover_every_entry_once(size: int) -> None:
    assert sum(bundle.width for bundle in bundles_of(0, size)) == size


def test_a_tile_holds_the_roots_of_full_tiles_below_it() -> None:
    hashes = [leaf_hash(b"%d" % number) for number in range(600)]
    tree = Tree(hashes)
    by_path = {tile.path: decode_tile(tile_bytes(tree, tile), tile.width) for tile in tiles(600)}
    assert by_path["tile/0/002.p/88"] == hashes[512:]
    assert by_path["tile/1/000.p/2"] == [root_of(hashes[:256]), root_of(hashes[256:512])]


@given(st.lists(st.binary(max_size=20), min_size=1, max_size=20))
def test_entries_come_back_out_of_a_bundle(entries: list[bytes]) -> None:
    data = encode_bundle(entries)
    assert decode_bundle(data, len(entries)) == entries
    for wrong in (data[:-1], data + b"\x00", data + b"\x00\x00", b""):
        with pytest.raises(IntegrityError):
            decode_bundle(wrong, len(entries))
    with pytest.raises(IntegrityError):
        decode_bundle(data, len(entries) + 1)


def test_a_tile_of_another_width_is_refused() -> None:
    for data in (b"", bytes(31), bytes(33), bytes(96)):
        with pytest.raises(IntegrityError):
            decode_tile(data, 1)


def test_an_entry_longer_than_the_format_allows_is_not_bundled() -> None:
    with pytest.raises(OverflowError):
        encode_bundle([bytes(65_536)])
