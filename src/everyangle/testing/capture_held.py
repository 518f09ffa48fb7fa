"""What a server holds of its recordings before they are items, read from a copy of its journal."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from everyangle.adapters.journal_folder import FolderJournal
from everyangle.capture.begin import parse_begin
from everyangle.capture.frames import HEAD_ONLY, LATE_BODY, Header, Kind
from everyangle.capture.records import BegunRecord, ChunkRecord, parse_record


@dataclass
class Held:
    """What a server's journal holds of one recording.

    Attributes:
        begin: what it begins with.
        headers: of its chunks, in order.
        bodies: plain, by sequence; none where only the head came.
    """

    begin: Any
    headers: list[Header] = field(default_factory=list)
    bodies: dict[int, bytes] = field(default_factory=dict)

    def of(self, kind: Kind, stream: int = 0) -> list[Header]:
        """Return the headers of a kind."""
        return [one for one in self.headers if one.kind is kind and one.stream == stream]

    def segments(self, stream: int = 0) -> list[bytes]:
        """Return the files that the media make up, as far as the bodies came."""
        files: dict[int, bytes] = {}
        for one in self.of(Kind.MEDIA, stream):
            files[one.segment] = files.get(one.segment, b"") + self.bodies.get(one.sequence, b"")
        return [files[number] for number in sorted(files)]

    def texts(self, kind: Kind) -> list[str]:
        """Return the bodies of a kind."""
        return [self.bodies[one.sequence].decode() for one in self.headers if one.kind is kind]


def held(root: Path, scratch: Path) -> list[Held]:
    """Return what the journal of a server holds now, oldest recording first."""
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(root / "capture-journal", scratch)
    (scratch / "lock").unlink(missing_ok=True)
    found: dict[bytes, Held] = {}
    journal = FolderJournal(scratch)
    try:
        for _place, data in journal.records():
            match parse_record(data):
                case BegunRecord() as begun:
                    found.setdefault(begun.recording, Held(parse_begin(begun.raw)))
                case ChunkRecord() as chunk:
                    one = found[chunk.recording]
                    if not chunk.flags & LATE_BODY:
                        one.headers.append(chunk.header)
                    if not chunk.flags & HEAD_ONLY:
                        one.bodies[chunk.header.sequence] = bytes(chunk.body)
    finally:
        journal.close()
    return list(found.values())
