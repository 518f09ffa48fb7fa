"""proof.json (``everyangle.proof/1``): its values, its bytes, and back, strictly. Judges no proof."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from everyangle.core.errors import BadInputError, LimitError
from everyangle.dossier.keys import parse_case_key
from everyangle.dossier.manifest import MAX_DOCUMENT_BYTES, is_path
from everyangle.record import canonical, schema
from everyangle.record.commitments import Opening, read_value, value_json
from everyangle.record.merkle import HASH_BYTES, Hash
from everyangle.record.notes import VerifyKey

FORMAT = "everyangle.proof/1"

STAMPS_FOLDER = "proof/stamps/"

_SCRIPT_HEAD = b"window.EVERYANGLE_PROOF = "
_SCRIPT_TAIL = b";\n"


@dataclass(frozen=True, slots=True)
class DisclosedEntry:
    """One disclosed entry: its index, its exact bytes, and its path to the root, lowest first."""

    index: int
    data: bytes
    proof: tuple[Hash, ...]


@dataclass(frozen=True, slots=True)
class DisclosedOpening:
    """The opening of one private field of the entry at ``index``."""

    index: int
    opening: Opening


@dataclass(frozen=True, slots=True)
class DisclosedStamp:
    """A published stamp: where its two files lie, and the proof that the log grew from its checkpoint."""

    checkpoint: str
    response: str
    consistency: tuple[Hash, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """What proof.json says.

    Attributes:
        case: id of the case.
        key: the case's key.
        entries: in order of index.
        publication: index of the publication entry.
        openings: in order of index and field.
        stamps: in order of the response's path.
    """

    case: str
    key: VerifyKey
    entries: tuple[DisclosedEntry, ...]
    publication: int
    openings: tuple[DisclosedOpening, ...] = ()
    stamps: tuple[DisclosedStamp, ...] = ()


def encode_proof(proof: Proof) -> bytes:
    """Return the bytes of proof.json.

    Raises:
        BadInputError: ``proof-malformed``.
        LimitError: ``proof-too-large``.
    """
    data = canonical.encode(
        {
            "case": proof.case,
            "entries": [
                {"entry": _base64(row.data), "index": row.index, "proof": _hashes_json(row.proof)}
                for row in proof.entries
            ],
            "format": FORMAT,
            "key": str(proof.key),
            "openings": [_opening_json(row) for row in proof.openings],
            "publication": proof.publication,
            "stamps": [
                {"checkpoint": row.checkpoint, "consistency": _hashes_json(row.consistency), "response": row.response}
                for row in proof.stamps
            ],
        }
    )
    if len(data) > MAX_DOCUMENT_BYTES:
        raise LimitError("proof-too-large", f"The proofs would have {len(data):,} bytes.")
    parse_proof(data)
    return data


def script_of(proof_json: bytes) -> bytes:
    """Return proof.js: proof.json as a script, for pages that are opened from a disk and cannot fetch."""
    return _SCRIPT_HEAD + proof_json + _SCRIPT_TAIL


def parse_proof(data: bytes) -> Proof:
    """Return what the bytes of proof.json say.

    Raises:
        BadInputError: ``proof-malformed`` for anything but the exact bytes of such a file.
    """
    try:
        members = schema.fields(
            canonical.decode(data), ("case", "entries", "format", "key", "openings", "publication", "stamps")
        )
        if members["format"] != FORMAT:
            raise _malformed("an unknown format")
        proof = Proof(
            schema.identifier(members["case"]),
            parse_case_key(schema.text(members["key"])),
            tuple(_read_entry(row) for row in schema.array(members["entries"])),
            schema.count(members["publication"]),
            tuple(_read_opening(row) for row in schema.array(members["openings"])),
            tuple(_read_stamp(row) for row in schema.array(members["stamps"])),
        )
    except BadInputError as error:
        raise error if error.code == "proof-malformed" else _malformed(error.what) from error
    _check_order(proof)
    return proof


def _check_order(proof: Proof) -> None:
    if any(a.index >= b.index for a, b in pairwise(proof.entries)):
        raise _malformed("entries stand twice or out of order")
    places = [(row.index, row.opening.field) for row in proof.openings]
    if any(a >= b for a, b in pairwise(places)):
        raise _malformed("openings stand twice or out of order")
    if any(a.response >= b.response for a, b in pairwise(proof.stamps)):
        raise _malformed("stamps stand twice or out of order")
    if {row.response for row in proof.stamps} & {row.checkpoint for row in proof.stamps}:
        raise _malformed("a stamp's response is also a checkpoint")


def _opening_json(row: DisclosedOpening) -> canonical.Json:
    opening = row.opening
    return {
        "field": opening.field,
        "index": row.index,
        "salt": opening.salt.hex(),
        "value": value_json(opening.value),
    }


def _read_entry(value: canonical.Json) -> DisclosedEntry:
    members = schema.fields(value, ("entry", "index", "proof"))
    return DisclosedEntry(
        schema.count(members["index"]), _read_base64(members["entry"]), _read_hashes(members["proof"])
    )


def _read_opening(value: canonical.Json) -> DisclosedOpening:
    members = schema.fields(value, ("field", "index", "salt", "value"))
    salt = bytes.fromhex(schema.digest(members["salt"]))
    opening = Opening(schema.text(members["field"]), read_value(members["value"]), salt)
    return DisclosedOpening(schema.count(members["index"]), opening)


def _read_stamp(value: canonical.Json) -> DisclosedStamp:
    members = schema.fields(value, ("checkpoint", "consistency", "response"))
    paths = schema.text(members["checkpoint"]), schema.text(members["response"])
    if not all(is_path(path) and path.startswith(STAMPS_FOLDER) for path in paths):
        raise _malformed(f"a stamp lies outside {STAMPS_FOLDER}")
    return DisclosedStamp(*paths, _read_hashes(members["consistency"]))


def _read_hashes(value: canonical.Json) -> tuple[Hash, ...]:
    hashes = tuple(_read_base64(row) for row in schema.array(value))
    if any(len(digest) != HASH_BYTES for digest in hashes):
        raise _malformed("a hash of a wrong length")
    return hashes


def _hashes_json(hashes: Iterable[Hash]) -> list[str]:
    return [_base64(digest) for digest in hashes]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _read_base64(value: canonical.Json) -> bytes:
    text = schema.text(value)
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _malformed("a text is not Base64") from error
    if _base64(data) != text:
        raise _malformed("Base64 in an unusual spelling")
    return data


def _malformed(why: str) -> BadInputError:
    return BadInputError("proof-malformed", f"Not a dossier's proofs: {why}.")
