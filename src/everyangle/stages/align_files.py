"""Aligning files without a case: read, hear, align, and say it as ``everyangle.alignment/1``. Keeps nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from everyangle.core.alignment_json import Document, Unread
from everyangle.core.alignment_json import Source as Named
from everyangle.core.errors import BadInputError, EveryAngleError, NotFoundError, StorageError
from everyangle.core.items import ItemKind, MediaInfo
from everyangle.core.stated import USUAL, Hints
from everyangle.ports.derived import Derived
from everyangle.ports.events import Advanced, Events, Finished, Started
from everyangle.ports.media import Media, kind_of
from everyangle.ports.work import MEMORY, Memory, Work
from everyangle.stages.align import Source, align
from everyangle.stages.hints import known_of
from everyangle.stages.sounds import KeptSound, write_sound
from everyangle.sync import RATE_HZ

STEP = "sounds"


@dataclass(frozen=True, slots=True)
class FilePorts:
    """What aligning files needs: a decoder, a place for sounds while it works, and means to work."""

    media: Media
    derived: Derived
    work: Work
    waiting: Work
    events: Events
    memory: Memory = MEMORY


@dataclass(frozen=True, slots=True)
class _Heard:
    path: Path
    sha256: str
    info: MediaInfo
    sound: KeptSound | None


def align_files(paths: Sequence[Path], ports: FilePorts, hints: Hints = USUAL) -> Document:
    """Return where the recordings stand, and which files could not be used.

    Folders stand for every file below them. The same recording given twice counts twice.

    Args:
        paths: files and folders.
        ports: what the work needs.
        hints: what beside sound is weighed.

    Raises:
        BadInputError: ``no-recordings`` if not one could be read; its parts say what was wrong with each.
    """
    files = list(_files(paths))
    ports.events(Started(STEP, len(files), "recordings"))
    heard: list[_Heard] = []
    unread: list[Unread] = []
    for path, outcome in zip(files, ports.waiting.map(lambda path: _hear(path, ports), files), strict=True):
        if isinstance(outcome, _Heard):
            heard.append(outcome)
        else:
            unread.append(Unread(str(path), outcome.code, str(outcome)))
        ports.events(Advanced(STEP, 1, path.name))
    ports.events(Finished(STEP))
    if not heard:
        raise BadInputError(
            "no-recordings",
            "No recording could be read: " + " ".join(one.message for one in unread),
            todo="Give files with sound or picture over time.",
        )
    ids = _ids(heard)
    sources = [_source(name, one, hints) for name, one in zip(ids, heard, strict=True)]
    solution = align(sources, ports.work, cache=ports.derived, events=ports.events, memory=ports.memory)
    named = tuple(Named(name, str(one.path), one.sha256) for name, one in zip(ids, heard, strict=True))
    return Document(solution, named, tuple(unread))


def _source(name: str, one: _Heard, hints: Hints) -> Source:
    known = known_of(one.info, one.path.name, str(one.path.absolute().parent), hints)
    return Source(name, one.info.duration_s, one.sound, name, known.created_s, known.named, known.device)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(below for below in path.rglob("*") if below.is_file())
        else:
            yield path


def _hear(path: Path, ports: FilePorts) -> _Heard | EveryAngleError:
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            info = ports.media.probe(file, label=path.name)
            if kind_of(info) is ItemKind.PHOTO:
                return BadInputError("media-photo", f"{path.name} is a photo; it has no sound to align.")
            sound = None
            if info.audio is not None:
                samples = ports.media.sound(file, RATE_HZ, label=path.name).samples
                sound = KeptSound(ports.derived.make(f"{digest} {path}", lambda out: write_sound(out, samples)))
            return _Heard(path, digest, info, sound)
    except EveryAngleError as error:
        return error
    except FileNotFoundError:
        return NotFoundError("file-missing", f"{path} does not exist.")
    except OSError as error:
        return StorageError("file-unreadable", f"{path} cannot be read: {error.strerror or error}.")


def _ids(heard: Sequence[_Heard]) -> list[str]:
    """Return an id for each recording: its digest, with a number behind it where it was given before."""
    seen: dict[str, int] = {}
    ids = []
    for one in heard:
        seen[one.sha256] = seen.get(one.sha256, 0) + 1
        ids.append(one.sha256 if seen[one.sha256] == 1 else f"{one.sha256}-{seen[one.sha256]}")
    return ids
