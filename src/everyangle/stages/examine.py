"""Examining: what each item is, as its bytes tell, and what a document says. Cached; decodes no sound or picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from everyangle.core.casefile import ItemRecord
from everyangle.core.errors import BadInputError, EveryAngleError
from everyangle.core.items import ItemKind, MediaInfo
from everyangle.core.kinds import HEAD_BYTES, document_type, named_like_media, suffix_of
from everyangle.core.media_json import media_info_from_json, media_info_json
from everyangle.ports.documents import DocumentText
from everyangle.ports.events import Advanced, Finished, Started
from everyangle.ports.media import kind_of
from everyangle.ports.workbench import Workbench

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
        text: what a document says, where it could be read.
        problem: why it could not be read, or None.
    """

    item: ItemRecord
    kind: ItemKind
    media_type: str | None = None
    info: MediaInfo | None = None
    text: DocumentText | None = None
    problem: Problem | None = None

    @property
    def has_sound(self) -> bool:
        """Whether it is a recording with sound."""
        return self.kind is ItemKind.RECORDING and self.info is not None and self.info.audio is not None


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
    key = f"examine/1 {recipes} {suffix_of(item.name)} {item.id}"
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
        media_type = document_type(head, item.name)
        if media_type is not None and not named_like_media(item.name):
            return _read(item, media_type, bench), True
        if media_type is not None:
            words = f"“{item.name}” is named like a recording or photo, but it holds text."
            return Examined(item, ItemKind.DOCUMENT, media_type, problem=Problem("media-not-media", words)), True
        try:
            info = bench.media.probe(file, label=item.name)
        except EveryAngleError as error:
            problem = Problem(error.code, str(error))
            return Examined(item, ItemKind.OTHER, problem=problem), isinstance(error, BadInputError)
    return Examined(item, kind_of(info), info=info), True


def _read(item: ItemRecord, media_type: str, bench: Workbench) -> Examined:
    try:
        with bench.case.originals.open(item.id) as file:
            text = bench.documents.read(file.read(), media_type)
    except BadInputError as error:
        problem = Problem(error.code, f"“{item.name}”: {error}")
        return Examined(item, ItemKind.DOCUMENT, media_type, problem=problem)
    return Examined(item, ItemKind.DOCUMENT, media_type, text=text)


def _to_json(examined: Examined) -> bytes:
    return json.dumps(
        {
            "kind": examined.kind.value,
            "media_type": examined.media_type,
            "info": None if examined.info is None else media_info_json(examined.info).decode(),
            "text": None if examined.text is None else asdict(examined.text),
            "problem": None if examined.problem is None else asdict(examined.problem),
        }
    ).encode()


def _from_json(item: ItemRecord, data: bytes) -> Examined:
    fields = json.loads(data)
    return Examined(
        item=item,
        kind=ItemKind(fields["kind"]),
        media_type=fields["media_type"],
        info=None if fields["info"] is None else media_info_from_json(fields["info"].encode()),
        text=None if fields["text"] is None else DocumentText(**fields["text"]),
        problem=None if fields["problem"] is None else Problem(**fields["problem"]),
    )
