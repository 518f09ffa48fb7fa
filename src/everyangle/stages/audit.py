"""Auditing a case: is it consistent, did this key sign it, and since when did it exist. Changes nothing.

Every byte that the log cites is hashed again. Whether a timestamping authority really signed is left to openssl: the
exact command is in the verdict.
"""

from __future__ import annotations

import hashlib

from everyangle.core.errors import BadInputError, EveryAngleError, IntegrityError
from everyangle.core.ids import Digest
from everyangle.ports.case import CasePorts
from everyangle.ports.events import Events, Finished, Started, silent
from everyangle.ports.timestamps import Stamped
from everyangle.record.commitments import disclosed
from everyangle.record.kinds import ItemDerived, ItemReceived
from everyangle.record.notes import VerifyKey, open_checkpoint, parse_checkpoint, parse_key, parse_note
from everyangle.record.timestamps import read_response
from everyangle.record.verdict import Consistent, ExistedBefore, Finding, SignedBy, Stamp, Verdict
from everyangle.stages.audit_blobs import STEP, BlobAudit
from everyangle.stages.audit_captures import audit_captures
from everyangle.stages.audit_log import LogReading, read_log


def audit_case(case: CasePorts, *, key: str | None = None, events: Events = silent) -> Verdict:
    """Verify a case.

    Args:
        case: its ports; a key is not needed.
        key: the vkey that must have signed, as learned from elsewhere, or None to take the case's own word.
        events: told of progress, in bytes.

    Raises:
        BadInputError: ``key-malformed`` if the given key is none.
        StorageError: ``storage-failed`` if the log itself cannot be read.
    """
    expected = None if key is None else parse_key(key)
    reading = read_log(case.log, case.id)
    signed = _signed(case, reading, expected)
    consistent = _consistent(case, reading, events)
    return Verdict(consistent, signed, _existed(case, reading))


def _consistent(case: CasePorts, reading: LogReading, events: Events) -> Consistent:
    findings, notices = list(reading.findings), list(reading.notices)
    true, withheld = _check_openings(case, reading, findings, notices)
    originals = {e.body.digest: e.body.size for _, e in reading.known() if isinstance(e.body, ItemReceived)}
    derivatives = {e.body.digest: e.body.size for _, e in reading.known() if isinstance(e.body, ItemDerived)}
    events(Started(STEP, sum(originals.values()) + sum(derivatives.values()), "bytes"))
    blobs = size = 0
    for name, store, cited in (
        ("originals", case.originals, originals),
        ("derivatives", case.derivatives, derivatives),
    ):
        audit = BlobAudit(name, store, cited, events)
        audit.run()
        findings += audit.findings
        notices += audit.notices
        blobs += audit.blobs
        size += audit.size
    findings += audit_captures(case, reading)
    events(Finished(STEP))
    root = reading.checkpoint.root.hex() if reading.checkpoint else ""
    return Consistent(len(reading.entries), root, blobs, size, true, withheld, tuple(findings), tuple(notices))


def _check_openings(
    case: CasePorts, reading: LogReading, findings: list[Finding], notices: list[Finding]
) -> tuple[int, int]:
    true = withheld = 0
    known: set[Digest] = set()
    for index, entry in reading.known():
        for name, commitment in entry.private.items():
            known.add(commitment)
            data = case.openings.get(commitment)
            if data is None:
                withheld += 1
            elif disclosed(data, name, commitment) is None:
                message = f"it does not open the field {name!r} of entry {index}"
                findings.append(Finding("opening-false", f"private/{commitment}.json", message))
            else:
                true += 1
    notices.extend(
        Finding("opening-uncited", f"private/{commitment}.json", "no entry commits to it")
        for commitment in case.openings
        if commitment not in known
    )
    return true, withheld


def _signed(case: CasePorts, reading: LogReading, expected: VerifyKey | None) -> SignedBy:
    findings: list[Finding] = []
    opened = reading.opened()
    own = _own_key(opened.key, findings) if opened else None
    key = expected or own
    if expected and own and expected != own:
        findings.append(Finding("key-other", "entry 0", f"the case names another key: {own}"))
    if key is None:
        findings.append(Finding("key-unknown", "entry 0", "no key is known that should have signed"))
    elif reading.note is not None and not reading.note.signed_by(key):
        findings.append(Finding("signature-wrong", "log/checkpoint", f"it is not signed by {key}"))
    notices: list[Finding] = []
    if case.exposed:
        notices.append(Finding("key-exposed", "this machine", f"{case.exposed} Whoever copied the key can sign, too."))
    _check_seen(case.seen(), reading, findings, notices)
    return SignedBy(str(key or ""), expected is not None, tuple(findings), tuple(notices))


def _own_key(text: str, findings: list[Finding]) -> VerifyKey | None:
    try:
        return parse_key(text)
    except BadInputError as error:
        findings.append(Finding(error.code, "entry 0", error.what))
        return None


def _check_seen(seen: bytes | None, reading: LogReading, findings: list[Finding], notices: list[Finding]) -> None:
    if reading.checkpoint is None:
        return  # nothing to compare; that it cannot be read is a finding already
    if seen is None:
        message = "this machine has not seen the case before, so an older copy could not be told from the latest"
        notices.append(Finding("case-unseen", "log/checkpoint", message))
        return
    try:
        before = parse_checkpoint(parse_note(seen).text)
    except BadInputError as error:
        notices.append(Finding("seen-malformed", "log/checkpoint", f"the checkpoint kept beside the key: {error.what}"))
        return
    if reading.whole and not reading.is_prefix(before):
        message = f"this machine has seen {before.size} entries of this case, and these are not they: an older copy?"
        findings.append(Finding("log-rolled-back", "log/checkpoint", message))


def _existed(case: CasePorts, reading: LogReading) -> ExistedBefore:
    stamps: list[Stamp] = []
    findings: list[Finding] = []
    opened = reading.opened()
    for stamped in case.stamps:
        try:
            stamps.append(_stamp(case, stamped, reading, parse_key(opened.key if opened else "")))
        except EveryAngleError as error:
            findings.append(Finding(error.code, f"log/stamps/{stamped.place}", error.what))
    return ExistedBefore(tuple(stamps), tuple(findings))


def _stamp(case: CasePorts, stamped: Stamped, reading: LogReading, key: VerifyKey) -> Stamp:
    checkpoint = open_checkpoint(stamped.checkpoint, key)
    token = read_response(stamped.response)
    if not token.is_about(stamped.checkpoint):
        raise IntegrityError("stamp-foreign", "It is about other bytes than the checkpoint beside it.")
    if not reading.is_prefix(checkpoint):
        raise IntegrityError("stamp-foreign", "The stamped checkpoint is not one of this log.")
    data, response = case.stamps.location(stamped.place)
    command = f"openssl ts -verify -in {response} -data {data} -CAfile AUTHORITY.pem"
    digest = Digest(hashlib.sha256(stamped.response).hexdigest())
    return Stamp(f"log/stamps/{stamped.place}", checkpoint.size, digest, token.time, command)
