"""The manifest: one list of files, one sequence of bytes, and no path that could be two things."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from everyangle.core.errors import BadInputError
from everyangle.core.ids import Digest
from everyangle.dossier.manifest import MAX_PATH, Manifest, ManifestFile, manifest_bytes, parse_manifest

CASE = "0123456789abcdef" * 2
EMPTY = Digest(hashlib.sha256(b"").hexdigest())

PARTS = st.from_regex(r"[a-z0-9_-][a-z0-9._-]{0,8}", fullmatch=True)
PATHS = st.lists(PARTS, min_size=1, max_size=3).map("/".join)


def row(path: str, size: int = 0) -> ManifestFile:
    return ManifestFile(path, EMPTY, size)


def test_its_bytes_are_those_of_the_format() -> None:
    data = manifest_bytes(CASE, [row("b/c.txt", 5), row("a.txt")])
    assert data.decode() == (
        f'{{"case":"{CASE}","files":[{{"path":"a.txt","sha256":"{EMPTY}","size":0}},'
        f'{{"path":"b/c.txt","sha256":"{EMPTY}","size":5}}],"format":"everyangle.manifest/1"}}'
    )


@settings(deadline=None)
@given(paths=st.lists(PATHS.filter(lambda path: path.split("/")[0] not in {"proof", "manifest.json"}), unique=True))
def test_what_was_listed_is_read_back_in_order_of_path(paths: list[str]) -> None:
    rows = [row(path, size) for size, path in enumerate(paths)]
    manifest = parse_manifest(manifest_bytes(CASE, rows))
    assert manifest == Manifest(CASE, tuple(sorted(rows, key=lambda one: one.path)))
    assert manifest.size == sum(range(len(rows)))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/../b",
        "./a",
        "a/.",
        "a\\b",
        "a b",
        "é",
        "a\n",
        "a\x00",
        "c:a",
        "a*",
        "x" * (MAX_PATH + 1),
        "manifest.json",
        "Manifest.JSON",
        "proof",
        "proof/x",
        "Proof/x",
    ],
)
def test_a_path_that_a_dossier_cannot_have_is_refused(path: str) -> None:
    with pytest.raises(BadInputError) as caught:
        manifest_bytes(CASE, [row(path)])
    assert caught.value.code == "manifest-malformed"


@pytest.mark.parametrize("path", ["...", ".hidden", "-", "a.b-c_d/E", "proofs/x", "x" * MAX_PATH])
def test_a_plain_path_is_taken(path: str) -> None:
    assert parse_manifest(manifest_bytes(CASE, [row(path)])).files == (row(path),)


@pytest.mark.parametrize("paths", [("a", "a"), ("a", "A"), ("x/clip.MP4", "x/clip.mp4")])
def test_two_paths_that_are_one_on_some_computers_are_refused(paths: tuple[str, str]) -> None:
    with pytest.raises(BadInputError) as caught:
        manifest_bytes(CASE, map(row, paths))
    assert caught.value.code == "manifest-malformed"


def test_every_changed_bit_is_refused_or_says_something_else() -> None:
    data = manifest_bytes(CASE, [row("a.txt", 7), row("b/c.txt", 5)])
    manifest = parse_manifest(data)
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        try:
            assert parse_manifest(bytes(changed)) != manifest
        except BadInputError as error:
            assert error.code == "manifest-malformed"  # noqa: PT017 - either outcome is right
