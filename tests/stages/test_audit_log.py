"""Auditing a log: of all flipped bits in its entries, none passes."""

from __future__ import annotations

from everyangle.adapters.log_memory import MemoryLog
from everyangle.core.errors import BadInputError
from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.core.stated import DeviceFrom
from everyangle.core.time import Instant
from everyangle.record import kinds, tiles
from everyangle.record.entries import Entry, decode_entry, encode_entry
from everyangle.record.kinds_capture import (
    CaptureBegun,
    CaptureCheckpoint,
    CaptureEnded,
    InvitationMade,
    InvitationRevoked,
)
from everyangle.stages.audit_log import read_log
from everyangle.testing.account_entries import account_bodies
from everyangle.testing.log_contract import ORIGIN, TestSigner

A, B = Digest("a1" * 32), Digest("b2" * 32)
WHEN = Instant(1_760_000_000_000_000)
BODIES: tuple[kinds.Body, ...] = (
    kinds.CaseOpened("everyangle/case-key/0badcafe+01234567+AQ==", "Mill Road"),
    kinds.ItemReceived(A, 12, Name(b"\xff\n.mp4"), Name(b"in/\xff\n.mp4"), Instant(1, "file")),
    kinds.ItemDerived(B, 7, (A,), "proxy/1", "video/mp4"),
    kinds.PlacementConfirmed(A, B, kinds.Relation(1, 2, 3, (kinds.LostStretch(4, 5),)), "said", "why"),
    kinds.PlacementOverridden(A, None, kinds.Relation(0), "--at 0", "no sound"),
    kinds.PlacementWithdrawn(4, A, "wrong"),
    kinds.PairRejected(A, B, -4, 5, "--reject", "why"),
    kinds.RejectionWithdrawn(6, A, "wrong"),
    kinds.DeviceStated(A, "porch", "why"),
    kinds.HintsChosen(metadata=False, device_from=DeviceFrom.FOLDER, why="why"),
    kinds.ClockTied(A, 12, WHEN, 500, "10:04", "bell"),
    kinds.NoteAdded(A),
    kinds.DossierPublished(B, 1, 3, "why"),
    InvitationMade(A, 1, WHEN),
    InvitationRevoked(A, "why"),
    CaptureBegun("0b" * 16, A, B, B, "vkey"),
    CaptureCheckpoint("0b" * 16, 4, B, 1),
    CaptureEnded("0b" * 16, A, 4, B, 1, ended=False, last_us=-5),
    *account_bodies(A, B, 18),
)


def test_a_flipped_bit_in_any_byte_of_any_entry_is_found() -> None:
    entries = [encode_entry(Entry("5" * 32, body, WHEN, "ab" * 16, "everyangle 0.1.0")) for body in BODIES]
    log = MemoryLog(ORIGIN, TestSigner())
    log.append(entries)
    assert read_log(log, "5" * 32).findings == []
    path = tiles.Bundle(0, len(entries)).path
    still_valid = 0
    for index, data in enumerate(entries):
        for at in range(len(data)):
            bit = 1 << at % 8
            flipped = data[:at] + bytes((data[at] ^ bit,)) + data[at + 1 :]
            log.shared.files[path] = tiles.encode_bundle([*entries[:index], flipped, *entries[index + 1 :]])
            findings = read_log(log, "5" * 32).findings
            still_valid += is_entry(flipped)
            assert {"leaf-wrong", "root-wrong"} <= {finding.code for finding in findings}
            assert any(finding.place.endswith(f"entry {index}") for finding in findings)
    assert still_valid > 300


def is_entry(data: bytes) -> bool:
    try:
        decode_entry(data)
    except BadInputError:
        return False
    return True
