"""The manifest: every file of a dossier but itself and its proofs, with size and SHA-256.

Builds ``manifest.json`` (``everyangle.manifest/1``) from rows and reads it back, strictly. Its digest is what the log's
publication entry cites. Measures no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from everyangle.core.errors import BadInputError, LimitError
from everyangle.core.ids import Digest
from everyangle.record import canonical, schema

FORMAT = "everyangle.manifest/1"

MANIFEST_PATH = "manifest.json"
PROOF_FOLDER = "proof"

MAX_DOCUMENT_BYTES = 32 << 20
"""Largest manifest.json and proof.json, so that a hostile one cannot exhaust who checks it."""

MAX_PATH = 1024
"""Longest path, in characters."""

_PATH = re.compile(r"[A-Za-z0-9._-]+(?:/[A-Za-z0-9._-]+)*")


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One file of a dossier.

    Attributes:
        path: relative to the dossier, ``/`` between its parts, ASCII letters, digits, ``.``, ``_``, ``-``.
        digest: SHA-256 of its bytes.
        size: bytes.
    """

    path: str
    digest: Digest
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a manifest lists.

    Attributes:
        case: id of the case, 32 hexadecimal digits.
        files: in order of path.
    """

    case: str
    files: tuple[ManifestFile, ...]

    @property
    def size(self) -> int:
        """Bytes of all its files together, as the publication entry states them."""
        return sum(file.size for file in self.files)


def manifest_bytes(case: str, files: Iterable[ManifestFile]) -> bytes:
    """Return manifest.json for these files, in whatever order they come.

    Raises:
        BadInputError: ``manifest-malformed`` for a path that a dossier cannot have, two paths that are the same or
            differ only in case (they would be one file on many computers), or a file that must not be listed.
        LimitError: ``manifest-too-large`` beyond 32 MiB.
    """
    rows = sorted(files, key=lambda file: file.path)
    data = canonical.encode(
        {
            "case": case,
            "files": [{"path": file.path, "sha256": file.digest, "size": file.size} for file in rows],
            "format": FORMAT,
        }
    )
    if len(data) > MAX_DOCUMENT_BYTES:
        raise LimitError("manifest-too-large", f"The manifest would have {len(data):,} bytes.")
    parse_manifest(data)
    return data


def parse_manifest(data: bytes) -> Manifest:
    """Return the manifest that the bytes of manifest.json spell.

    Raises:
        BadInputError: ``manifest-malformed`` for anything but the exact bytes of a manifest.
    """
    try:
        members = schema.fields(canonical.decode(data), ("case", "files", "format"))
        if members["format"] != FORMAT:
            raise _malformed("an unknown format")
        manifest = Manifest(
            schema.identifier(members["case"]), tuple(_read_file(row) for row in schema.array(members["files"]))
        )
    except BadInputError as error:
        raise error if error.code == "manifest-malformed" else _malformed(error.what) from error
    _check_paths([file.path for file in manifest.files])
    return manifest


def is_path(text: str) -> bool:
    """Tell whether a text is a path that a dossier can have."""
    return len(text) <= MAX_PATH and bool(_PATH.fullmatch(text)) and {".", ".."}.isdisjoint(text.split("/"))


def _read_file(value: canonical.Json) -> ManifestFile:
    members = schema.fields(value, ("path", "sha256", "size"))
    path = schema.text(members["path"])
    if not is_path(path):
        raise _malformed(f"{path[:80]!r} is not a path of a dossier")
    return ManifestFile(path, schema.digest(members["sha256"]), schema.count(members["size"]))


def _check_paths(paths: list[str]) -> None:
    for earlier, later in pairwise(paths):
        if earlier >= later:
            raise _malformed(f"{later} stands twice or out of order")
    folded: dict[str, str] = {}
    for path in paths:
        other = folded.setdefault(path.lower(), path)
        if other != path:
            raise _malformed(f"{path} and {other} differ only in upper and lower case")
        if path.lower() == MANIFEST_PATH or path.lower().split("/")[0] == PROOF_FOLDER:
            raise _malformed(f"{path} must not be listed")


def _malformed(why: str) -> BadInputError:
    return BadInputError("manifest-malformed", f"Not a dossier's manifest: {why}.")
