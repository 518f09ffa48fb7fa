"""Small random dossiers, whole and valid, from a seed: what the package and the stand-alone verifier must agree on.

The files are held in memory by path. Everything is built through the same functions that publishing uses. How such a
dossier is damaged is in :mod:`everyangle.testing.dossier_damage`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from everyangle.core.ids import Digest
from everyangle.core.items import Name
from everyangle.core.stated import DeviceFrom
from everyangle.core.time import Instant
from everyangle.dossier.manifest import MANIFEST_PATH, ManifestFile, manifest_bytes
from everyangle.dossier.proof import StampFiles, proof_files
from everyangle.dossier.proof_json import DisclosedOpening
from everyangle.record import kinds
from everyangle.record.commitments import Opening, Value, commitment_of
from everyangle.record.entries import Entry, encode_entry
from everyangle.record.identity import origin_of_case
from everyangle.record.kinds_capture import (
    CaptureBegun,
    CaptureCheckpoint,
    CaptureEnded,
    InvitationMade,
    InvitationRevoked,
)
from everyangle.record.merkle import Tree, leaf_hash
from everyangle.record.notes import Checkpoint, VerifyKey, sign_note
from everyangle.testing.account_entries import account_bodies
from everyangle.testing.dossier_authority import TestAuthority

AUTHORITY = TestAuthority()

Files = dict[str, bytes]
"""A dossier's files by path."""


@dataclass(frozen=True, slots=True)
class CaseKey:
    """A case's key with its private half, for tests."""

    public: VerifyKey
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Plan:
    """A dossier before it is sealed; a test may spoil any part of it and seal it all the same.

    Attributes:
        case: id of the case.
        key: seals the log.
        entries: bytes of the whole log but the publication, which is put in at ``publication``.
        payload: files of the dossier but the manifest and the proofs.
        publication: index of the publication entry.
        disclosed: indices of disclosed entries, the publication apart.
        required: those of them without which the dossier is incomplete.
        openings: disclosed private fields.
        stamped: sizes of the log at which it was stamped.
        published: makes the publication entry from the manifest's bytes and the payload.
    """

    case: str
    key: CaseKey
    entries: Sequence[bytes]
    payload: Mapping[str, bytes]
    publication: int
    disclosed: frozenset[int]
    required: frozenset[int]
    openings: tuple[DisclosedOpening, ...]
    stamped: tuple[int, ...]
    published: Callable[[bytes, Mapping[str, bytes]], bytes]


@dataclass(frozen=True, slots=True)
class SealedDossier:
    """A sealed dossier: its files by path, and what it was made from."""

    files: Files
    plan: Plan
    entries: Sequence[bytes]
    tree: Tree


def case_key(rng: Random) -> CaseKey:
    """Return a fresh key."""
    private = Ed25519PrivateKey.from_private_bytes(rng.randbytes(32))
    public = VerifyKey(f"everyangle/case-key/{rng.randbytes(4).hex()}", private.public_key().public_bytes_raw())
    return CaseKey(public, private.sign)


def checkpoint_note(case: str, key: CaseKey, tree: Tree, size: int | None = None) -> bytes:
    """Return the signed checkpoint of a tree, or of its first ``size`` leaves."""
    checkpoint = Checkpoint(origin_of_case(case), tree.size if size is None else size, tree.root(size))
    return sign_note(checkpoint.text, key.public, key.sign)


def seal(plan: Plan) -> SealedDossier:
    """Return the dossier that a plan makes."""
    rows = [
        ManifestFile(path, Digest(hashlib.sha256(data).hexdigest()), len(data)) for path, data in plan.payload.items()
    ]
    manifest = manifest_bytes(plan.case, rows)
    entries = list(plan.entries)
    entries.insert(plan.publication, plan.published(manifest, plan.payload))
    tree = Tree(map(leaf_hash, entries))
    stamps = [
        StampFiles(note, AUTHORITY.stamp(note, datetime(2025, 5, 3, tzinfo=UTC) + timedelta(hours=size), size))
        for size in plan.stamped
        for note in (checkpoint_note(plan.case, plan.key, tree, size),)
    ]
    proofs = proof_files(
        case=plan.case,
        key=plan.key.public,
        checkpoint=checkpoint_note(plan.case, plan.key, tree),
        tree=tree,
        entries={index: entries[index] for index in plan.disclosed | {plan.publication}},
        publication=plan.publication,
        openings=plan.openings,
        stamps=stamps,
    )
    return SealedDossier({**plan.payload, MANIFEST_PATH: manifest, **proofs}, plan, entries, tree)


def random_dossier(seed: int) -> SealedDossier:
    """Return the valid dossier of a seed."""
    return seal(random_plan(seed))


def random_plan(seed: int) -> Plan:
    """Return the plan of a seed's dossier: a log of 2 to some 200 entries, some disclosed, with items and copies."""
    return _Planner(Random(seed)).plan()  # noqa: S311 - a test's reproducible randomness


@dataclass(slots=True)
class _Act:
    body: kinds.Body
    disclosed: bool
    required: bool = False
    private: dict[str, Value] = field(default_factory=dict)


class _Planner:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.case = rng.randbytes(16).hex()
        self.key = case_key(rng)
        self.payload: Files = {
            "README.txt": b"Read me.\n",
            "assets/page.css": b"body{}",
            "data/case.js": rng.randbytes(rng.randrange(40)),
            "index.html": b"<!doctype html>",
            "verify.py": b"#!/usr/bin/env python3\n",
        }
        self.acts: list[_Act] = []
        self.us = 1_746_000_000_000_000

    def plan(self) -> Plan:
        rng = self.rng
        for _ in range(rng.randrange(4)):
            self._item()
        for _ in range(rng.choice((0, 1, 3, 8, 30, 200))):
            self.acts.append(self._other())
        rng.shuffle(self.acts)
        first = _Act(kinds.CaseOpened(str(self.key.public), self._text()), disclosed=True, required=True)
        self.acts.insert(0, first)
        publication = len(self.acts) if rng.random() < 0.7 else rng.randrange(1, len(self.acts) + 1)
        sealed = [self._sealed(index + (index >= publication), act) for index, act in enumerate(self.acts)]
        places = [index + (index >= publication) for index in range(len(self.acts))]
        size = len(self.acts) + 1
        return Plan(
            case=self.case,
            key=self.key,
            entries=[data for data, _ in sealed],
            payload=self.payload,
            publication=publication,
            disclosed=frozenset(i for i, act in zip(places, self.acts, strict=True) if act.disclosed or act.required),
            required=frozenset(i for i, act in zip(places, self.acts, strict=True) if act.required),
            openings=tuple(opening for _, openings in sealed for opening in openings),
            stamped=tuple(rng.sample(range(1, size + 1), min(size, rng.choice((0, 0, 1, 2))))),
            published=self._published,
        )

    def _item(self) -> None:
        rng = self.rng
        original = rng.randbytes(rng.randrange(16, 300))
        name = rng.choice(
            (b"clip.mp4", b"Fahrt \xc3\xbc.mov", b"broken\xff\n\x1b[31m.avi", "\U0001f4f9.mp4".encode(), b"")
        )
        body = kinds.ItemReceived(
            _digest(original),
            len(original),
            Name(name),
            Name(b"phone/" + name) if rng.random() < 0.5 else None,
            self._instant() if rng.random() < 0.5 else None,
        )
        private: dict[str, Value] = {"from": "R. Example", "source": Name(b"/media/card/" + name), "note": self._text()}
        included = rng.random() < 0.5
        if included:
            self.payload[f"items/{body.digest}/clip.bin"] = original
        derived = rng.random() < 0.7
        shown = dict(rng.sample(list(private.items()), rng.randrange(4)))
        self.acts.append(_Act(body, disclosed=True, required=included or derived, private=shown))
        if derived:
            copy = rng.randbytes(rng.randrange(16, 300))
            self.payload[f"media/{_digest(copy)}.mp4"] = copy
            derivative = kinds.ItemDerived(_digest(copy), len(copy), (body.digest,), "proxy/1", "video/mp4")
            self.acts.append(_Act(derivative, disclosed=True, required=True))

    def _other(self) -> _Act:
        rng = self.rng
        item, like = Digest(rng.randbytes(32).hex()), Digest(rng.randbytes(32).hex())
        relation = kinds.Relation(
            rng.randrange(-(10**9), 10**9),
            rng.randrange(-(10**8), 10**8),
            rng.choice((None, 0, 20_000)),
            (kinds.LostStretch(1_000_000, 250_000),) if rng.random() < 0.3 else (),
        )
        body: kinds.Body = rng.choice(
            (
                *rng.sample(account_bodies(item, like, 0, step=0), 4),
                kinds.NoteAdded(rng.choice((None, item))),
                kinds.PlacementConfirmed(item, like, relation, "--confirm", self._text()),
                kinds.PlacementOverridden(item, None, relation, "--at 12.5", self._text()),
                kinds.PlacementWithdrawn(0, item, self._text()),
                kinds.PairRejected(item, like, rng.choice((None, -4_000_000)), None, "--reject b", self._text()),
                kinds.RejectionWithdrawn(0, item, self._text()),
                kinds.DeviceStated(item, rng.choice((None, "porch")), self._text()),
                kinds.HintsChosen(rng.random() < 0.5, DeviceFrom.FOLDER, self._text()),
                kinds.ClockTied(rng.choice((None, item)), 12_500_000, self._instant(), 500_000, "10:04:12", ""),
                InvitationMade(item, rng.randrange(1, 9), rng.choice((None, self._instant()))),
                InvitationRevoked(item, self._text()),
                CaptureBegun("0b" * 16, item, like, item, "everyangle/receipt-key/00"),
                CaptureCheckpoint("0b" * 16, 40, item, rng.randrange(3)),
                CaptureEnded("0b" * 16, like, 77, item, 2, rng.random() < 0.5, rng.choice((None, -5, 10**15))),
            )
        )
        private: dict[str, Value] = {"by": "A. Example"} if rng.random() < 0.5 else {}
        if isinstance(body, kinds.NoteAdded):
            private["note"] = self._text()
        if isinstance(body, InvitationMade):
            private["label"] = self._text()
        return _Act(body, disclosed=rng.random() < 0.3, private=private)

    def _sealed(self, index: int, act: _Act) -> tuple[bytes, list[DisclosedOpening]]:
        openings = [Opening(name, value, self.rng.randbytes(32)) for name, value in sorted(act.private.items())]
        data = self._entry(act.body, {opening.field: commitment_of(opening) for opening in openings})
        shown = act.disclosed or act.required
        return data, [DisclosedOpening(index, opening) for opening in openings if shown and self.rng.random() < 0.5]

    def _published(self, manifest: bytes, payload: Mapping[str, bytes]) -> bytes:
        body = kinds.DossierPublished(
            _digest(manifest), len(payload), sum(map(len, payload.values())), "to try it with colleagues"
        )
        return encode_entry(Entry(self.case, body, Instant(self.us), "00" * 16, "everyangle 0.1.0"))

    def _entry(self, body: kinds.Body, private: Mapping[str, Digest]) -> bytes:
        self.us += self.rng.randrange(10**9)
        return encode_entry(
            Entry(self.case, body, Instant(self.us), self.rng.randbytes(16).hex(), "everyangle 0.1.0", private)
        )

    def _instant(self) -> Instant:
        return Instant(self.rng.randrange(-(2**52), 2**52), self.rng.choice(("system", "stated", "file", "unknown")))

    def _text(self) -> str:
        return self.rng.choice(("", "it shows the street", '“früh” \\ "x" \n\t\x7f \u2028', "\U0001f6a6 \ue000 \u0007"))


def _digest(data: bytes) -> Digest:
    return Digest(hashlib.sha256(data).hexdigest())


def with_other_entry(plan: Plan, index: int, data: bytes) -> Plan:
    """Return a plan whose log has other bytes at an index (of the plan's own entries, the publication left out)."""
    entries = list(plan.entries)
    entries[index] = data
    return replace(plan, entries=entries)


def write_dossier(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder."""
    for path, data in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
