"""Examining: what each item is, as its bytes tell, and what a document says. Cached; decodes no sound or picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from everyangle.core.accounts import AccountDocument, Notice, ReadDocument
from everyangle.core.casefile import ItemRecord
from everyangle.core.errors import BadInputError, EveryAngleError
from everyangle.core.items import ItemKind, MediaInfo
from everyangle.core.kinds import HEAD_BYTES, document_type, named_like_media, suffix_of
from everyangle.core.media_json import media_info_from_json, media_info_json
from everyangle.core.statements_json import FORMAT as STATEMENTS
from everyangle.core.statements_json import StatementsFile, statements_fields, statements_from_json
from everyangle.core.time import Instant
from everyangle.ports.documents import Original
from everyangle.ports.events import Advanced, Finished, Started
from everyangle.ports.media import kind_of
from everyangle.ports.workbench import Workbench
from everyangle.stages.footage import capture_began, footage, is_capture

STEP = "examine"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an item cannot be used in full: a stable code, and a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Examined:
    """An item and what it is.

    Attributes:
        item: as received.
        kind: recording, photo, document or other.
        media_type: RFC 6838 type of a document, or None.
        info: what probing found, for recordings and photos.
        documents: what a document says, where it could be read: one, or several of a web archive.
        notices: with what faults it was read.
        problem: why it could not be read, or None.
    """

    item: ItemRecord
    kind: ItemKind
    media_type: str | None = None
    info: MediaInfo | None = None
    documents: tuple[AccountDocument, ...] = ()
    notices: tuple[Notice, ...] = ()
    problem: Problem | None = None

    @property
    def has_sound(self) -> bool:
        """Whether it is a recording with sound."""
        return self.kind is ItemKind.RECORDING and self.info is not None and self.info.audio is not None

    @property
    def text(self) -> str | None:
        """What a document says, the pages of a web archive one after the other; None where it could not be read."""
        return "\n\n".join(one.text for one in self.documents) if self.documents else None


def examine(items: Sequence[ItemRecord], bench: Workbench) -> tuple[Examined, ...]:
    """Return what each item is, in order. A failure of one item is its ``problem`` and does not stop the others."""
    bench.events(Started(STEP, len(items)))
    found: list[Examined] = []
    for one in bench.waiting.map(lambda item: _examine(item, bench), items):
        found.append(one)
        bench.events(Advanced(STEP, 1, one.item.name))
    bench.events(Finished(STEP))
    return tuple(found)


def _examine(item: ItemRecord, bench: Workbench) -> Examined:
    recipes = f"{bench.media.recipe('probe')} {bench.documents.recipe}"
    key = f"examine/2 {recipes} {suffix_of(item.name)} {item.id}"
    kept = bench.derived.get(key)
    if kept is not None:
        return _from_json(item, kept)
    examined, lasting = _look(item, bench)
    if lasting:
        bench.derived.put(key, _to_json(examined))
    return examined


def _look(item: ItemRecord, bench: Workbench) -> tuple[Examined, bool]:
    """Return what an item is, and whether looking again would find the same."""
    with bench.case.originals.open(item.id) as file:
        head = file.read(HEAD_BYTES)
        if is_capture(head):
            return _look_at_capture(item, bench)
        media_type = document_type(head, item.name)
        if media_type == "application/json" and STATEMENTS.encode() in head:
            return Examined(item, ItemKind.OTHER, media_type), True
        if media_type is not None and not named_like_media(item.name):
            return _read(item, media_type, bench)
        if media_type is not None:
            words = f"“{item.name}” is named like a recording or photo, but it holds text."
            return Examined(item, ItemKind.DOCUMENT, media_type, problem=Problem("media-not-media", words)), True
        try:
            info = bench.media.probe(file, label=item.name)
        except EveryAngleError as error:
            problem = Problem(error.code, str(error))
            return Examined(item, ItemKind.OTHER, problem=problem), isinstance(error, BadInputError)
    return Examined(item, kind_of(info), info=info), True


def _look_at_capture(item: ItemRecord, bench: Workbench) -> tuple[Examined, bool]:
    """Return what a recording that a phone sent is: what its playable copy holds."""
    try:
        with footage(item.id, bench) as file:
            info = bench.media.probe(file, label=item.name)
        start = capture_began(item.id, bench)
    except EveryAngleError as error:
        return Examined(item, ItemKind.OTHER, problem=Problem(error.code, str(error))), isinstance(error, BadInputError)
    if start is not None:
        info = replace(info, created=Instant(start.us, "file"))
    return Examined(item, kind_of(info), info=info), True


def _read(item: ItemRecord, media_type: str, bench: Workbench) -> tuple[Examined, bool]:
    try:
        with bench.case.originals.open(item.id) as file:
            read = bench.documents.read(file, Original(item.name, item.id, media_type))
    except EveryAngleError as error:
        problem = Problem(error.code, str(error))
        lasting = isinstance(error, BadInputError) or error.code == "document-too-large"
        return Examined(item, ItemKind.DOCUMENT, media_type, problem=problem), lasting
    return Examined(item, ItemKind.DOCUMENT, media_type, documents=read.documents, notices=read.notices), True


def _to_json(examined: Examined) -> bytes:
    return json.dumps(
        {
            "kind": examined.kind.value,
            "media_type": examined.media_type,
            "info": None if examined.info is None else media_info_json(examined.info).decode(),
            "name": examined.item.name,
            "read": statements_fields(
                StatementsFile(tuple(ReadDocument(one) for one in examined.documents), examined.notices)
            ),
            "problem": None if examined.problem is None else asdict(examined.problem),
        }
    ).encode()


def _from_json(item: ItemRecord, data: bytes) -> Examined:
    fields = json.loads(data)
    read = statements_from_json(json.dumps(fields["read"]).encode())
    named = _Renamed(str(fields["name"]), item.name)
    return Examined(
        item=item,
        kind=ItemKind(fields["kind"]),
        media_type=fields["media_type"],
        info=None if fields["info"] is None else media_info_from_json(fields["info"].encode()),
        documents=tuple(replace(one.document, path=named(one.document.path)) for one in read.documents),
        notices=tuple(replace(one, path=named(one.path)) for one in read.errors),
        problem=None if fields["problem"] is None else Problem(**fields["problem"]),
    )


class _Renamed:
    """Gives a document of an item the name by which the item goes now: the same bytes may have come under another."""

    def __init__(self, before: str, now: str) -> None:
        self._before, self._now = before, now

    def __call__(self, path: str) -> str:
        return self._now + path.removeprefix(self._before) if path.startswith(self._before) else path
