"""Checking a dossier: from what was found in its folder to a verdict. Pure; reads no folder.

The rules are those of docs/formats/dossier.md, which the stand-alone verifier follows in code of its own. A part that
cannot be judged because something that it rests on is broken adds no finding: what is broken has one already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from everyangle.core.errors import BadInputError
from everyangle.core.ids import Digest
from everyangle.dossier.disclosure import (
    Entries,
    check_citations,
    check_opened,
    check_openings,
    check_publication,
    read_entries,
)
from everyangle.dossier.manifest import MANIFEST_PATH, Manifest, parse_manifest
from everyangle.dossier.proof import CHECKPOINT_PATH, PROOF_PATH, SCRIPT_PATH
from everyangle.dossier.proof_json import DisclosedStamp, Proof, parse_proof, script_of
from everyangle.dossier.seals import check_stamp, parse_seal
from everyangle.dossier.verdict import DossierVerdict, Published, Step
from everyangle.record.kinds import CaseOpened, DossierPublished
from everyangle.record.notes import Checkpoint, VerifyKey
from everyangle.record.verdict import Consistent, ExistedBefore, Finding, SignedBy, Stamp


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in a dossier's folder.

    Attributes:
        manifest: bytes of manifest.json, or None if it could not be read.
        checkpoint: bytes of proof/checkpoint.
        proof: bytes of proof/proof.json.
        script: bytes of proof/proof.js.
        stamps: bytes of the files below proof/stamps/ that could be read, by path.
        files: how many listed files were measured and are as listed.
        bytes: their size together.
        findings: what is wrong with files: unreadable, missing, changed, or not part of the dossier.
    """

    manifest: bytes | None = None
    checkpoint: bytes | None = None
    proof: bytes | None = None
    script: bytes | None = None
    stamps: Mapping[str, bytes] = field(default_factory=dict)
    files: int = 0
    bytes: int = 0
    findings: tuple[Finding, ...] = ()


def check_dossier(found: Found, trusted: VerifyKey | None = None) -> DossierVerdict:
    """Return the verdict on a dossier.

    Args:
        found: what its folder holds.
        trusted: the key that the reader was told by someone they trust, or None to judge by the case's own.
    """
    manifest, manifest_findings = _manifest(found.manifest)
    proof, proof_findings = _proof(found)
    seal, seal_findings = _seal(found.checkpoint, proof)
    entries: Entries = {}
    entry_findings: list[Finding] = []
    if proof and seal:
        entries, entry_findings = read_entries(proof, seal)
    log_findings = _disclosed(proof, seal, manifest, found.manifest, {} if entry_findings else entries)
    existed = _existed(found, proof, seal)
    sealed = [f for f in log_findings if f.code in {Step.OPENED, Step.OPENINGS}]
    published = [f for f in log_findings if f.code not in {Step.OPENED, Step.OPENINGS}]
    private = sum(len(entry.private) for entry in entries.values())
    opened = len(proof.openings) if proof else 0
    consistent = Consistent(
        entries=seal.size if seal else 0,
        root=seal.root.hex() if seal else "",
        blobs=found.files,
        bytes=found.bytes,
        openings_true=opened,
        openings_withheld=max(private - opened, 0),
        findings=(*manifest_findings, *found.findings, *proof_findings, *entry_findings, *sealed),
    )
    signed = SignedBy(str(proof.key) if proof else "", trusted is not None, (*seal_findings, *_trusted(proof, trusted)))
    return DossierVerdict(consistent, signed, existed, _published(proof, manifest, entries, tuple(published)))


def _manifest(data: bytes | None) -> tuple[Manifest | None, list[Finding]]:
    if data is None:
        return None, [_missing(Step.MANIFEST, MANIFEST_PATH)]
    try:
        return parse_manifest(data), []
    except BadInputError as error:
        return None, [Finding(Step.MANIFEST, MANIFEST_PATH, error.what)]


def _proof(found: Found) -> tuple[Proof | None, list[Finding]]:
    if found.proof is None:
        return None, [_missing(Step.PROOF, PROOF_PATH)]
    try:
        proof = parse_proof(found.proof)
    except BadInputError as error:
        return None, [Finding(Step.PROOF, PROOF_PATH, error.what)]
    if found.script is None:
        return None, [_missing(Step.PROOF, SCRIPT_PATH)]
    if found.script != script_of(found.proof):
        return None, [Finding(Step.PROOF, SCRIPT_PATH, "The page shows other proofs than proof.json has.")]
    return proof, []


def _seal(data: bytes | None, proof: Proof | None) -> tuple[Checkpoint | None, list[Finding]]:
    if data is None:
        return None, [_missing(Step.SEAL, CHECKPOINT_PATH)]
    if proof is None:
        return None, []
    try:
        return parse_seal(data, proof.case, proof.key), []
    except BadInputError as error:
        return None, [Finding(Step.SEAL, CHECKPOINT_PATH, error.what)]


def _trusted(proof: Proof | None, trusted: VerifyKey | None) -> list[Finding]:
    if proof is None or trusted is None or trusted == proof.key:
        return []
    return [Finding(Step.KEY, PROOF_PATH, "The dossier is sealed with another key than the one given.")]


def _disclosed(
    proof: Proof | None,
    seal: Checkpoint | None,
    manifest: Manifest | None,
    manifest_data: bytes | None,
    entries: Entries,
) -> list[Finding]:
    if proof is None or seal is None or (proof.entries and not entries):
        return []
    findings = [*check_opened(entries, proof), *check_openings(entries, proof)]
    if manifest and manifest_data is not None:
        digest = Digest(hashlib.sha256(manifest_data).hexdigest())
        findings += check_publication(entries, proof, manifest, digest)
        findings += check_citations(entries, manifest)
    return findings


def _existed(found: Found, proof: Proof | None, seal: Checkpoint | None) -> ExistedBefore:
    if proof is None or seal is None:
        return ExistedBefore()
    results = [_stamp(found, row, proof, seal) for row in proof.stamps]
    return ExistedBefore(
        tuple(result for result in results if isinstance(result, Stamp)),
        tuple(result for result in results if isinstance(result, Finding)),
    )


def _stamp(found: Found, row: DisclosedStamp, proof: Proof, seal: Checkpoint) -> Stamp | Finding:
    for path in (row.checkpoint, row.response):
        if path not in found.stamps:
            return _missing(Step.STAMPS, path)
    try:
        return check_stamp(row, found.stamps[row.checkpoint], found.stamps[row.response], proof, seal)
    except BadInputError as error:
        return Finding(Step.STAMPS, row.response, error.what)


def _published(
    proof: Proof | None, manifest: Manifest | None, entries: Entries, findings: tuple[Finding, ...]
) -> Published:
    first, entry = entries.get(0), entries.get(proof.publication) if proof else None
    return Published(
        title=first.body.title if first and isinstance(first.body, CaseOpened) else "",
        disclosed=len(entries),
        files=len(manifest.files) if manifest else 0,
        size=manifest.size if manifest else 0,
        when=entry.time if entry else None,
        why=entry.body.why if entry and isinstance(entry.body, DossierPublished) else "",
        findings=findings,
    )


def _missing(step: Step, path: str) -> Finding:
    return Finding(step, path, "It is missing or could not be read.")
