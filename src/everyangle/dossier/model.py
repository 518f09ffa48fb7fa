"""What a dossier shows: one frozen value that holds everything the page needs.

Filled from a case by the publishing stage and rendered by :mod:`everyangle.dossier.render`. Nothing here reads a case,
measures anything or knows HTML. All paths are relative to the dossier's folder, with ``/``. All texts may be hostile:
rendering keeps them inert.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from everyangle.core.alignment import Alignment
from everyangle.core.ids import Digest
from everyangle.core.items import ItemKind, MediaInfo, Reception
from everyangle.core.ledger import Ledger
from everyangle.core.stated import Conflict
from everyangle.core.time import ClockMap, Instant, WallTie


class PlacedBy(StrEnum):
    """Who says that a recording or photo belongs where it stands."""

    MACHINE = "machine"
    CONFIRMED = "confirmed"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Peaks:
    """The waveform of a recording, for its lane.

    Attributes:
        step_s: seconds of media time that one level stands for; the first begins at presentation zero.
        levels: one byte a step: the largest absolute sample, 0 (silence) to 255 (full scale).
    """

    step_s: float
    levels: bytes


@dataclass(frozen=True, slots=True)
class Filmstrip:
    """One picture file of equal tiles, row by row, that shows a recording at even steps of media time.

    Attributes:
        path: of the picture within the dossier (``data/filmstrip-<digest>.jpg``).
        columns: tiles in a row.
        count: tiles in all; the last row may be short.
        tile_width: pixels.
        tile_height: pixels.
        first_s: media time of the first tile, in seconds.
        step_s: media seconds from one tile to the next.
    """

    path: str
    columns: int
    count: int
    tile_width: int
    tile_height: int
    first_s: float
    step_s: float


@dataclass(frozen=True, slots=True)
class ShownDerivative:
    """A changed copy that the log cites.

    Attributes:
        path: of its file within the dossier (``media/<sha256>.mp4``).
        digest: SHA-256 of its bytes.
        size: bytes.
        recipe: what made it, with version and parameters.
        media_type: RFC 6838 type.
        entry: index of its log entry.
    """

    path: str
    digest: Digest
    size: int
    recipe: str
    media_type: str
    entry: int


@dataclass(frozen=True, slots=True)
class ShownPlacement:
    """Where a recording or photo stands on its component's event clock, and who says so.

    Attributes:
        clock: media time to event time; its ``error_s`` is shown where ``error_known``. A photo has media time 0.
        component: number of the component, 0 for the main one.
        anchor: whether event time is this recording's media time.
        by: machine, a machine's result that a person confirmed, or a person.
        error_known: False where a person stated no error.
        said: what the person typed, or "".
        why: the person's reason, or "".
        entry: index of the log entry of the person's act, or None.
        prior: in words, what beside sound its place rests on, or "".
    """

    clock: ClockMap
    component: int
    anchor: bool = False
    by: PlacedBy = PlacedBy.MACHINE
    error_known: bool = True
    said: str = ""
    why: str = ""
    entry: int | None = None
    prior: str = ""


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One item with its provenance.

    Attributes:
        digest: SHA-256 of the original; the item's identity.
        kind: recording, photo, document or other.
        size: bytes of the original.
        receptions: every arrival, earliest first; at least one.
        original: path of the original within the dossier.
        label: short name for people, unique enough to tell lanes apart; "" shows the first received name.
        media: what probing found, for recordings and photos.
        derivatives: changed copies that the log cites.
        plays: path of what the page plays or shows (proxy or original), or None where a browser cannot.
        peaks: waveform, for recordings with sound.
        filmstrip: pictures, for recordings with pictures.
        placement: where it stands in time, or None where unknown.
        reason: why it could not be placed or read, for people; "" when it was.
        text: a document's text, shown as text only; None where it has none.
        warnings: what was survivable ("truncated after 12.3 s"), for people.
    """

    digest: Digest
    kind: ItemKind
    size: int
    receptions: tuple[Reception, ...]
    original: str
    label: str = ""
    media: MediaInfo | None = None
    derivatives: tuple[ShownDerivative, ...] = ()
    plays: str | None = None
    peaks: Peaks | None = None
    filmstrip: Filmstrip | None = None
    placement: ShownPlacement | None = None
    reason: str = ""
    text: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The label, or else the first received name as text."""
        return self.label or self.receptions[0].name.display


@dataclass(frozen=True, slots=True)
class ShownTie:
    """Ties the main component's event time to wall time, as a person stated it.

    Attributes:
        tie: the tie itself.
        said: the time as the person typed it (its offset from UTC is the one that the page shows).
        why: how the person knows.
        entry: index of the log entry.
    """

    tie: WallTie
    said: str
    why: str
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """The conditions of this publication.

    Attributes:
        unredacted_why: why footage is shown without redaction.
        withheld: what was held back and by whom, one sentence each ("The names of those who gave recordings.").
    """

    unredacted_why: str
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CustodyLine:
    """One disclosed entry of the log in words.

    Attributes:
        entry: its index.
        time: when it was made.
        kind: the entry's kind (``item-received``).
        words: what was done, for people.
        by: who did it, where disclosed.
        why: the stated reason, or "".
    """

    entry: int
    time: Instant
    kind: str
    words: str
    by: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that a dossier shows.

    Attributes:
        title: of the case.
        case: its id, 32 hexadecimal digits.
        generated: when the page was made.
        software: what made it ("everyangle 0.1.0").
        items: all items, in the order in which they shall be listed.
        publication: its conditions.
        alignments: the measured relations between recordings; ids are the recordings' digests.
        conflicts: where the sound contradicts what people said.
        tie: the main component's tie to wall time, or None.
        custody: disclosed entries in words, by index.
        undisclosed: how many entries the log has that are not disclosed here.
        accounts: what the documents say, weighed, or None where that is not shown.
    """

    title: str
    case: str
    generated: Instant
    software: str
    items: tuple[ShownItem, ...]
    publication: Publication
    alignments: tuple[Alignment, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    tie: ShownTie | None = None
    custody: tuple[CustodyLine, ...] = ()
    undisclosed: int = 0
    accounts: Ledger | None = None

    def of_component(self, number: int) -> tuple[ShownItem, ...]:
        """Return the items placed in a component, recordings before photos, each in event-time order."""
        placed = [i for i in self.items if i.placement is not None and i.placement.component == number]
        return tuple(sorted(placed, key=_by_kind_and_start))

    @property
    def components(self) -> tuple[int, ...]:
        """The numbers of the components that have items, in order."""
        return tuple(sorted({i.placement.component for i in self.items if i.placement is not None}))


def _by_kind_and_start(item: ShownItem) -> tuple[bool, float, str]:
    placement = item.placement
    start = placement.clock.event_from_media(0.0) if placement is not None else 0.0
    return (item.kind is not ItemKind.RECORDING, start, item.digest)
