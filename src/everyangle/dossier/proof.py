"""The files below ``proof/`` of a dossier, from values: the checkpoint, the proofs as JSON and as a script, the stamps.

Judges nothing: whether the proofs lead to the checkpoint is decided in :mod:`everyangle.dossier.check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from everyangle.core.errors import BadInputError
from everyangle.dossier.proof_json import (
    STAMPS_FOLDER,
    DisclosedEntry,
    DisclosedOpening,
    DisclosedStamp,
    Proof,
    encode_proof,
    script_of,
)
from everyangle.record.merkle import Tree
from everyangle.record.notes import VerifyKey, open_checkpoint

CHECKPOINT_PATH = "proof/checkpoint"
PROOF_PATH = "proof/proof.json"
SCRIPT_PATH = "proof/proof.js"


@dataclass(frozen=True, slots=True)
class StampFiles:
    """A stamp to be published: the exact checkpoint bytes that were stamped, and the authority's raw response."""

    checkpoint: bytes
    response: bytes


def proof_files(
    *,
    case: str,
    key: VerifyKey,
    checkpoint: bytes,
    tree: Tree,
    entries: Mapping[int, bytes],
    publication: int,
    openings: Iterable[DisclosedOpening] = (),
    stamps: Iterable[StampFiles] = (),
) -> dict[str, bytes]:
    """Return the files below ``proof/``, by path.

    Args:
        case: id of the case.
        key: the case's key, which signed ``checkpoint``.
        checkpoint: the signed note of the log as it stands after the publication entry.
        tree: of the log, of the checkpoint's size.
        entries: bytes of the disclosed entries by index; entry 0, the publication, and whatever the media and items
            of the dossier are cited by must be among them (``check`` refuses a dossier without).
        publication: index of the publication entry.
        openings: private fields to disclose.
        stamps: stamps of this or earlier checkpoints of this log.

    Raises:
        BadInputError: ``proof-malformed`` if the values do not fit the format or a stamp is of a later checkpoint.
        IntegrityError: ``signature-wrong`` if a checkpoint is not signed by the key.
        LimitError: ``proof-too-large`` beyond 32 MiB.
    """
    size = open_checkpoint(checkpoint, key).size
    files = {CHECKPOINT_PATH: checkpoint}
    disclosed = []
    for stamp in stamps:
        row = _place_stamp(stamp, key, tree, size, files)
        files[row.checkpoint], files[row.response] = stamp.checkpoint, stamp.response
        disclosed.append(row)
    proof = Proof(
        case,
        key,
        tuple(DisclosedEntry(i, entries[i], tree.inclusion_proof(i, size)) for i in sorted(entries)),
        publication,
        tuple(sorted(openings, key=lambda row: (row.index, row.opening.field))),
        tuple(sorted(disclosed, key=lambda row: row.response)),
    )
    data = encode_proof(proof)
    return {**files, PROOF_PATH: data, SCRIPT_PATH: script_of(data)}


def _place_stamp(
    stamp: StampFiles, key: VerifyKey, tree: Tree, size: int, taken: Mapping[str, bytes]
) -> DisclosedStamp:
    stamped = open_checkpoint(stamp.checkpoint, key)
    if not 0 < stamped.size <= size:
        raise BadInputError("proof-malformed", f"A stamp of {stamped.size} entries does not belong to a log of {size}.")
    folder = f"{STAMPS_FOLDER}{stamped.size}-{stamped.root.hex()[:16]}"
    number = sum(path.startswith(f"{folder}/") and path.endswith(".tsr") for path in taken)
    return DisclosedStamp(f"{folder}/checkpoint", f"{folder}/{number}.tsr", tree.consistency_proof(stamped.size, size))
