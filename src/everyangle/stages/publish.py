"""Publishing: one self-contained folder, its manifest's digest in the log, and the proofs beside it.

Order: everything is written to a folder beside the target; the log records the publication; the proofs are written;
the folder gets its name. A failure before the last step leaves no dossier; at most the log records one that nobody has.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from everyangle.core.casefile import LoggedDerivative
from everyangle.core.errors import BadInputError, ConflictError, RefusedError
from everyangle.core.ids import Digest, ItemId
from everyangle.core.items import Derivative
from everyangle.dossier.manifest import ManifestFile, manifest_bytes
from everyangle.dossier.proof import StampFiles, proof_files
from everyangle.dossier.render import render
from everyangle.ports.events import Advanced, Finished, Started
from everyangle.ports.workbench import Workbench
from everyangle.record.entries import Entry, decode_entry
from everyangle.record.kinds import DossierPublished, ItemDerived, NoteAdded
from everyangle.stages.acts import Act, record
from everyangle.stages.load import load
from everyangle.stages.project import project
from everyangle.stages.publish_files import DossierFolder
from everyangle.stages.publish_model import Shown, dossier_of
from everyangle.stages.see import Seen, see, seen
from everyangle.stages.view import CaseView

STEP = "publish"

README = """This folder is a dossier made with Every Angle. Everything in it works without a network.

  index.html     open it by double click: all recordings on one clock, accounts, documents, provenance, proofs
  items/         every item as it was received, unchanged, in a folder named by its SHA-256
  media/         copies that browsers play, each named by its SHA-256
  manifest.json  every file with its size and SHA-256
  proof/         the entries of the log that are disclosed, with proofs that they are in it
  verify.py      checks all of this: python3 verify.py

Whoever wants to alter this dossier could also alter verify.py. Take it from another dossier or from Every Angle's
source, and the public key from someone you trust: python3 verify.py FOLDER --key KEY

Opening an original web page or document may load things from the network; the texts in index.html do not.
"""


@dataclass(frozen=True, slots=True)
class PublishRequest:
    """A dossier to be made.

    Attributes:
        out: the folder to be; must not exist, or be empty.
        verifier: bytes of the stand-alone verifier.
        unredacted: whether footage may go out as it is; there is no other way yet.
        why: why it may, kept in the log and shown.
        by: who publishes, or None; kept private.
    """

    out: Path
    verifier: bytes
    unredacted: bool = False
    why: str = ""
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the entry, the manifest's digest, how many files, how many bytes."""

    entry: int
    manifest: Digest
    files: int
    size: int


def publish(request: PublishRequest, bench: Workbench) -> Published:
    """Publish the case as it stands.

    Raises:
        RefusedError: ``redaction-missing`` without ``unredacted`` and a reason.
        ConflictError: ``out-exists``, or ``build-needed`` where the case changed since it was built.
        EveryAngleError: as storage and log raise it.
    """
    _check(request)
    view = load(bench)
    view.built()
    see(view.items, bench)
    with bench.case.log.writer(), _staging(request.out) as folder:
        shown = _logged_copies(view, bench, request.by)
        entries = _disclosed(bench, shown)
        _fill(folder, request, view, shown, entries, bench)
        rows = folder.files()
        manifest = manifest_bytes(bench.case.id, rows)
        digest = folder.write("manifest.json", manifest)
        entry = _record(request, digest, rows, bench)
        for path, data in _proofs(bench, entries, entry).items():
            folder.write(path, data)
        folder.finish(request.out)
    return Published(entry, digest, len(rows), sum(row.size for row in rows))


def _check(request: PublishRequest) -> None:
    if not request.unredacted or not request.why.strip():
        raise RefusedError(
            "redaction-missing",
            "Nobody has reviewed who can be seen and heard in this footage.",
            holds="Nothing was published.",
            todo='If it may go out as it is, say so and why: --unredacted --why "all persons shown have agreed".',
        )
    out = request.out
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConflictError(
            "out-exists", f"{out} exists already.", holds="It is unchanged.", todo="Name a folder that does not exist."
        )
    if not out.absolute().parent.is_dir():
        raise BadInputError("out-nowhere", f"{out.parent} is no folder.", todo="Make it first, or name another place.")


@contextmanager
def _staging(out: Path) -> Iterator[DossierFolder]:
    """Yield a folder beside the target that becomes it, or goes away."""
    place = out.absolute().with_name(f".{out.absolute().name}.partial")
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        yield DossierFolder(place)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _logged_copies(view: CaseView, bench: Workbench, by: str | None) -> dict[ItemId, Shown]:
    """Keep the copies that the page plays as derivatives that the log cites, and return what is shown of each item."""
    shown: dict[ItemId, Shown] = {}
    acts: list[tuple[ItemId, Seen, Derivative]] = []
    for one in view.items:
        item = one.item.id
        found = seen(one, bench) if one.info is not None else Seen()
        shown[item] = Shown(found, None)
        if found.copy is None:
            continue
        with found.copy.open("rb", buffering=0) as source:
            stored = bench.case.derivatives.put(source)
        derivative = Derivative(stored.digest, stored.size, (item,), found.recipe, found.media_type)
        before = next((d for d in bench.catalogue.derivatives(item) if d.derivative == derivative), None)
        shown[item] = Shown(found, before)
        if before is None:
            acts.append((item, found, derivative))
    private = {} if by is None else {"by": by}
    bodies = [ItemDerived(d.digest, d.size, d.parents, d.recipe, d.media_type) for _, _, d in acts]
    indices = record(bench.case, [Act(body, private) for body in bodies]) if bodies else range(0)
    for (item, found, derivative), index in zip(acts, indices, strict=True):
        shown[item] = Shown(found, LoggedDerivative(index, derivative))
    project(bench.case, bench.catalogue)
    return shown


def _disclosed(bench: Workbench, shown: dict[ItemId, Shown]) -> dict[int, tuple[bytes, Entry]]:
    """Return the entries that this dossier discloses: all but notes, earlier publications, and copies not shown."""
    used = {one.logged.entry for one in shown.values() if one.logged is not None}
    entries: dict[int, tuple[bytes, Entry]] = {}
    for index, data in enumerate(bench.case.log.read()):
        entry = decode_entry(data)
        unused = isinstance(entry.body, ItemDerived) and index not in used
        if not unused and not isinstance(entry.body, NoteAdded | DossierPublished):
            entries[index] = (data, entry)
    return entries


def _fill(
    folder: DossierFolder,
    request: PublishRequest,
    view: CaseView,
    shown: dict[ItemId, Shown],
    entries: dict[int, tuple[bytes, Entry]],
    bench: Workbench,
) -> None:
    """Write everything but the manifest and the proofs."""
    dossier = dossier_of(view, shown, {i: entry for i, (_, entry) in entries.items()}, request.why, bench)
    bench.events(Started(STEP, len(dossier.items)))
    for item in dossier.items:
        with bench.case.originals.open(item.digest) as source:
            folder.copy(item.original, source)
        for derivative in item.derivatives:
            with bench.case.derivatives.open(derivative.digest) as source:
                folder.copy(derivative.path, source)
        strip = shown[item.digest].seen.strip
        if item.filmstrip is not None and strip is not None:
            folder.write(item.filmstrip.path, strip.path.read_bytes())
        bench.events(Advanced(STEP, 1, item.name))
    for path, data in render(dossier).items():
        folder.write(path, data)
    folder.write("verify.py", request.verifier)
    folder.write("README.txt", README.encode())
    bench.events(Finished(STEP))


def _record(request: PublishRequest, manifest: Digest, rows: list[ManifestFile], bench: Workbench) -> int:
    body = DossierPublished(manifest, len(rows), sum(row.size for row in rows), request.why)
    return record(bench.case, [Act(body, {} if request.by is None else {"by": request.by})])[0]


def _proofs(bench: Workbench, entries: dict[int, tuple[bytes, Entry]], publication: int) -> dict[str, bytes]:
    case = bench.case
    if case.signer is None:
        raise RefusedError("key-missing", "This machine does not have the key of this case.")
    (own,) = case.log.read(publication, publication + 1)
    return proof_files(
        case=case.id,
        key=case.signer.key,
        checkpoint=case.log.checkpoint(),
        tree=case.log.tree(),
        entries={**{index: data for index, (data, _) in entries.items()}, publication: own},
        publication=publication,
        stamps=[StampFiles(stamped.checkpoint, stamped.response) for stamped in case.stamps],
    )
