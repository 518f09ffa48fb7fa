"""A case in a folder: which port lies where. The layout is told in docs/formats/case-folder.md."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from everyangle.adapters.blobs_filesystem import FolderBlobs
from everyangle.adapters.durable import Disk, storage_errors
from everyangle.adapters.keys_folder import FolderKeys
from everyangle.adapters.log_tiles import FolderLog
from everyangle.adapters.openings_folder import FolderOpenings
from everyangle.adapters.timestamps_folder import FolderStamps
from everyangle.core.errors import BadInputError, ConflictError, IntegrityError, NotFoundError
from everyangle.ports.case import CasePorts
from everyangle.ports.signing import Signer
from everyangle.ports.time import Clock
from everyangle.record.identity import case_of_origin, origin_of_case
from everyangle.record.notes import parse_checkpoint, parse_note

Random = Callable[[int], bytes]


def is_case(folder: Path) -> bool:
    """Tell whether a folder is a case: whether its log has a checkpoint."""
    return (folder / "log" / "checkpoint").is_file()


def cases_below(root: Path) -> dict[str, Path]:
    """Return the cases directly below a folder, by id; a folder whose checkpoint names none is passed over.

    Raises:
        StorageError: ``storage-failed`` where the folder cannot be read.
    """
    found: dict[str, Path] = {}
    with storage_errors(f"Looking for cases in {root}"):
        for folder in sorted(root.iterdir()):
            if is_case(folder):
                try:
                    found[_case_id(folder)] = folder
                except BadInputError:
                    continue
    return found


def _case_id(folder: Path) -> str:
    """Return the id that a case's checkpoint names."""
    note = parse_note((folder / "log" / "checkpoint").read_bytes())
    return case_of_origin(parse_checkpoint(note.text).origin)


def new_case(folder: Path, home: Path, clock: Clock, random: Random, disk: Disk | None = None) -> CasePorts:
    """Return the ports of a case to be, with a new id and a new key. It is a case once ``init_case`` has returned.

    Raises:
        ConflictError: ``case-exists`` if the folder is a case already.
        RefusedError: ``key-exposed``.
        StorageError: if the key cannot be kept.
    """
    if is_case(folder):
        raise ConflictError(
            "case-exists",
            f"{folder} is a case already.",
            holds="It is unchanged.",
            todo="Add files to it with `everyangle add`, or name another folder.",
        )
    case = random(16).hex()
    signer = FolderKeys(home, disk).create(case, random(4), random(32))
    return _ports(case, folder, home, signer, clock, random, disk)


def open_case(folder: Path, home: Path, clock: Clock, random: Random, disk: Disk | None = None) -> CasePorts:
    """Return the ports of an existing case, with its key where this machine has it.

    Raises:
        NotFoundError: ``case-missing`` if the folder is no case.
        IntegrityError: ``log-damaged`` if the checkpoint does not name a case.
        RefusedError: ``key-exposed``.
    """
    if not is_case(folder):
        raise NotFoundError(
            "case-missing",
            f"{folder} is not a case.",
            todo="Name the case's folder, or make a case with `everyangle init`.",
        )
    try:
        case = _case_id(folder)
    except BadInputError as error:
        raise IntegrityError(
            "log-damaged", f"{folder}/log/checkpoint: {error.what}", todo="Restore it from a copy of the case."
        ) from error
    return _ports(case, folder, home, FolderKeys(home, disk).signer(case), clock, random, disk)


def case_to_verify(folder: Path, home: Path, clock: Clock, random: Random) -> CasePorts:
    """Return the ports of a case that is to be verified: without its key, and whatever its checkpoint holds.

    What is wrong with the checkpoint is for the verdict to say. Where it names no case, the id is empty.
    """
    try:
        case = _case_id(folder)
    except BadInputError:
        case = ""
    return _ports(case, folder, home, None, clock, random, None)


def _ports(
    case: str, folder: Path, home: Path, signer: Signer | None, clock: Clock, random: Random, disk: Disk | None
) -> CasePorts:
    keys = FolderKeys(home, disk)
    return CasePorts(
        id=case,
        originals=FolderBlobs(folder / "originals", disk),
        derivatives=FolderBlobs(folder / "derivatives", disk),
        log=FolderLog(folder / "log", origin_of_case(case), signer, disk),
        openings=FolderOpenings(folder / "private", disk),
        stamps=FolderStamps(folder / "log" / "stamps", disk),
        signer=signer,
        seen=lambda: keys.seen(case) if case else None,
        clock=clock,
        random=random,
        folder=folder,
        exposed=keys.exposed(case) if case else "",
    )
