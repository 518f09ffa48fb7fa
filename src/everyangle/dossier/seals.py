"""Judging a dossier's signed notes: the seal on its log, and the stamped seals of earlier times."""

from __future__ import annotations

import hashlib

from everyangle.core.errors import BadInputError
from everyangle.core.ids import Digest
from everyangle.dossier.proof_json import DisclosedStamp, Proof
from everyangle.dossier.stamps import stamped_time
from everyangle.record.canonical import MAX_INTEGER
from everyangle.record.identity import origin_of_case
from everyangle.record.merkle import verify_consistency
from everyangle.record.notes import Checkpoint, VerifyKey, parse_checkpoint, parse_note
from everyangle.record.verdict import Stamp

MAX_SEAL_BYTES = 4096


def parse_seal(data: bytes, case: str, key: VerifyKey) -> Checkpoint:
    """Return the checkpoint of a dossier: of this case, with one signature, which is this key's and true.

    Raises:
        BadInputError: ``note-malformed``, ``checkpoint-malformed`` or ``seal-wrong``.
    """
    if len(data) > MAX_SEAL_BYTES:
        raise _wrong("It is larger than a seal can be.")
    note = parse_note(data)
    checkpoint = parse_checkpoint(note.text)
    if len(note.signatures) != 1 or not note.signed_by(key):
        raise _wrong("It does not have exactly one signature, the true one of the case's key.")
    if checkpoint.origin != origin_of_case(case):
        raise _wrong("It is of another case.")
    if not 1 <= checkpoint.size <= MAX_INTEGER:
        raise _wrong("Its size is impossible.")
    return checkpoint


def check_stamp(row: DisclosedStamp, stamped: bytes, response: bytes, proof: Proof, seal: Checkpoint) -> Stamp:
    """Return what a stamp shows: that the log, as far as the stamped checkpoint goes, existed at a time.

    Raises:
        BadInputError: if the stamped checkpoint is no earlier state of this log, or the response not about it.
    """
    earlier = parse_seal(stamped, proof.case, proof.key)
    if not verify_consistency(earlier.size, seal.size, row.consistency, earlier.root, seal.root):
        raise _wrong("It stamps something that is no earlier state of this log.")
    return Stamp(
        place=row.response,
        size=earlier.size,
        response=Digest(hashlib.sha256(response).hexdigest()),
        time=stamped_time(response, stamped),
        command=f"openssl ts -verify -data {row.checkpoint} -in {row.response} -CAfile AUTHORITY.pem",
    )


def _wrong(what: str) -> BadInputError:
    return BadInputError("seal-wrong", what)
