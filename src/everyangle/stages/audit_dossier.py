"""Audit of a dossier: read its folder, hash every file again, and give the verdict.

Needs no case, no key of this machine and no network. The stand-alone verifier that lies in every dossier answers the
same question without this package; the two share no code.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import islice
from pathlib import Path

from everyangle.core.errors import BadInputError, NotFoundError
from everyangle.dossier.check import Found, check_dossier
from everyangle.dossier.keys import parse_case_key
from everyangle.dossier.manifest import MANIFEST_PATH, MAX_DOCUMENT_BYTES, PROOF_FOLDER, ManifestFile, parse_manifest
from everyangle.dossier.proof import CHECKPOINT_PATH, PROOF_PATH, SCRIPT_PATH
from everyangle.dossier.proof_json import parse_proof
from everyangle.dossier.seals import MAX_SEAL_BYTES
from everyangle.dossier.verdict import DossierVerdict
from everyangle.ports.events import Advanced, Events, Finished, Started, silent
from everyangle.record.verdict import Finding
from everyangle.stages.dossier_folder import MAX_STRAYS, measure, read_small, strays

STEP = "check"

MAX_RESPONSE_BYTES = 1 << 20
"""Largest response of a timestamping authority."""

_SCRIPT_OVERHEAD = 64


def is_dossier(folder: Path) -> bool:
    """Tell whether a folder holds a dossier, or what is left of one."""
    return (folder / MANIFEST_PATH).exists() or (folder / PROOF_FOLDER).exists()


def audit_dossier(folder: Path, *, key: str | None = None, events: Events = silent) -> DossierVerdict:
    """Return the verdict on the dossier in a folder.

    Args:
        folder: the dossier.
        key: the sealing key, as a vkey, that the reader was told by someone they trust, or None.
        events: takes progress in bytes.

    Raises:
        NotFoundError: ``dossier-missing`` if the folder holds no dossier.
        BadInputError: ``key-malformed`` if the key is none.
    """
    trusted = None if key is None else parse_case_key(key)
    if not is_dossier(folder):
        raise NotFoundError(
            "dossier-missing",
            f"{folder} holds no dossier: there is neither a {MANIFEST_PATH} nor a folder {PROOF_FOLDER}.",
            todo="Name the folder that publish made, the one with index.html in it.",
        )
    manifest = read_small(folder, MANIFEST_PATH, MAX_DOCUMENT_BYTES)
    proof = read_small(folder, PROOF_PATH, MAX_DOCUMENT_BYTES)
    stamps = _stamps(folder, proof)
    files, findings = _files(folder, manifest, stamps, events)
    found = Found(
        manifest=manifest,
        checkpoint=read_small(folder, CHECKPOINT_PATH, MAX_SEAL_BYTES),
        proof=proof,
        script=read_small(folder, SCRIPT_PATH, MAX_DOCUMENT_BYTES + _SCRIPT_OVERHEAD),
        stamps={path: data for path, data in stamps.items() if data is not None},
        files=len(files),
        bytes=sum(file.size for file in files),
        findings=findings,
    )
    return check_dossier(found, trusted)


def _stamps(folder: Path, proof: bytes | None) -> dict[str, bytes | None]:
    # By path, what the files that proof.json names as stamps hold; None where they cannot be read.
    try:
        rows = () if proof is None else parse_proof(proof).stamps
    except BadInputError:
        rows = ()  # the verdict says so
    stamps = {row.checkpoint: read_small(folder, row.checkpoint, MAX_SEAL_BYTES) for row in rows}
    return stamps | {row.response: read_small(folder, row.response, MAX_RESPONSE_BYTES) for row in rows}


def _files(
    folder: Path, manifest: bytes | None, stamps: Iterable[str], events: Events
) -> tuple[list[ManifestFile], tuple[Finding, ...]]:
    try:
        listed = parse_manifest(manifest or b"").files
    except BadInputError:
        return [], ()  # the verdict says so, and what belongs cannot be told
    events(Started(STEP, sum(file.size for file in listed), "bytes"))
    good: list[ManifestFile] = []
    findings: list[Finding] = []
    for file in listed:
        finding = measure(folder, file, partial(_advance, events, file.path))
        if finding is None:
            good.append(file)
        else:
            findings.append(finding)
    events(Finished(STEP))
    known = {file.path for file in listed} | {MANIFEST_PATH, CHECKPOINT_PATH, PROOF_PATH, SCRIPT_PATH, *stamps}
    return good, (*findings, *islice(strays(folder, known), MAX_STRAYS))


def _advance(events: Events, path: str, count: int) -> None:
    events(Advanced(STEP, count, path))
