"""Judging what a dossier discloses of the log: entries, the case's opening, the publication, citations, openings.

Each function takes values and returns findings; what they are said about is read and parsed elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from everyangle.core.errors import BadInputError
from everyangle.core.ids import Digest
from everyangle.dossier.manifest import Manifest, ManifestFile
from everyangle.dossier.proof_json import DisclosedEntry, Proof
from everyangle.dossier.verdict import Step
from everyangle.record.commitments import opens
from everyangle.record.entries import Entry, decode_entry
from everyangle.record.kinds import (
    Body,
    CaseOpened,
    DossierPublished,
    ItemDerived,
    ItemReceived,
    PlacementWithdrawn,
    RejectionWithdrawn,
)
from everyangle.record.kinds_accounts import AccountBody, entries_cited
from everyangle.record.merkle import leaf_hash, verify_inclusion
from everyangle.record.notes import Checkpoint
from everyangle.record.verdict import Finding

MEDIA = re.compile(r"media/([0-9a-f]{64})\.[a-z0-9]+")
ITEM = re.compile(r"items/([0-9a-f]{64})/[A-Za-z0-9._-]+")

Entries = Mapping[int, Entry]
"""Disclosed entries by index."""


def read_entries(proof: Proof, checkpoint: Checkpoint) -> tuple[dict[int, Entry], list[Finding]]:
    """Return the disclosed entries that are well formed and in the log, and a finding for each that is not."""
    entries: dict[int, Entry] = {}
    findings: list[Finding] = []
    for row in proof.entries:
        try:
            entries[row.index] = _read_entry(row, proof.case, checkpoint)
        except BadInputError as error:
            findings.append(Finding(Step.ENTRIES, f"entry {row.index}", error.what))
    return entries, findings


def _read_entry(row: DisclosedEntry, case: str, checkpoint: Checkpoint) -> Entry:
    entry = decode_entry(row.data)
    if entry.case != case:
        raise _wrong("It is of another case.")
    if isinstance(entry.body, CaseOpened) != (row.index == 0):
        raise _wrong("A case is opened by entry 0 and by no other.")
    if any(cited >= row.index for cited in _entries_cited(entry.body)):
        raise _wrong("It rests on a later entry, or withdraws one.")
    if not verify_inclusion(leaf_hash(row.data), row.index, checkpoint.size, row.proof, checkpoint.root):
        raise _wrong("It is not in the sealed log at this place.")
    return entry


def _entries_cited(body: Body) -> tuple[int, ...]:
    if isinstance(body, PlacementWithdrawn | RejectionWithdrawn):
        return (body.entry,)
    return entries_cited(body) if isinstance(body, AccountBody) else ()


def check_opened(entries: Entries, proof: Proof) -> list[Finding]:
    """Judge that entry 0 is disclosed and names the key that seals the log."""
    first = entries.get(0)
    if first is None or not isinstance(first.body, CaseOpened):
        return [Finding(Step.OPENED, "entry 0", "The entry that opens the case is not disclosed.")]
    if first.body.key != str(proof.key):
        return [Finding(Step.OPENED, "entry 0", "The case was opened with another key than the sealing one.")]
    return []


def check_publication(entries: Entries, proof: Proof, manifest: Manifest, manifest_digest: Digest) -> list[Finding]:
    """Judge that the publication entry cites exactly this manifest."""
    place = f"entry {proof.publication}"
    entry = entries.get(proof.publication)
    if entry is None or not isinstance(entry.body, DossierPublished):
        return [Finding(Step.PUBLICATION, place, "The entry that records the publication is not disclosed.")]
    body = entry.body
    recorded = (proof.case, body.manifest, body.files, body.size)
    if recorded != (manifest.case, manifest_digest, len(manifest.files), manifest.size):
        return [Finding(Step.PUBLICATION, place, "It records the publication of another list of files than this one.")]
    return []


def check_citations(entries: Entries, manifest: Manifest) -> list[Finding]:
    """Judge that each playing copy and original is accounted for by disclosed entries."""
    bodies = [entry.body for entry in entries.values()]
    received = {(body.digest, body.size) for body in bodies if isinstance(body, ItemReceived)}
    originals = {digest for digest, _ in received}
    derived = {
        (body.digest, body.size)
        for body in bodies
        if isinstance(body, ItemDerived) and originals.issuperset(body.parents)
    }
    return [
        *_uncited(_below("media/", manifest.files), MEDIA, derived),
        *_uncited(_below("items/", manifest.files), ITEM, received),
    ]


def check_openings(entries: Entries, proof: Proof) -> list[Finding]:
    """Judge that each disclosed private field is what its entry committed to."""
    return [
        Finding(Step.OPENINGS, f"entry {row.index}", "What is said of a private field is not what was sealed.")
        for row in proof.openings
        if not _is_sealed(entries.get(row.index), row.opening.field)
        or not opens(row.opening, row.opening.field, entries[row.index].private[row.opening.field])
    ]


def _is_sealed(entry: Entry | None, field: str) -> bool:
    return entry is not None and field in entry.private


def _below(folder: str, files: Sequence[ManifestFile]) -> list[ManifestFile]:
    # A file of that very name counts as well: nothing may hide in place of a folder.
    return [file for file in files if file.path.startswith(folder) or file.path == folder[:-1]]


def _uncited(
    files: Sequence[ManifestFile], pattern: re.Pattern[str], cited: set[tuple[Digest, int]]
) -> Iterator[Finding]:
    for file in files:
        match = pattern.fullmatch(file.path)
        if match is None or match[1] != file.digest:
            yield Finding(Step.CITED, file.path, "It is not named by its SHA-256.")
        elif (file.digest, file.size) not in cited:
            yield Finding(Step.CITED, file.path, "No disclosed entry says where it comes from.")


def _wrong(what: str) -> BadInputError:
    return BadInputError("entry-refused", what)
