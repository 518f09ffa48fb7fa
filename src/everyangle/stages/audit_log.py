"""Auditing a log: every bundle, entry and hash tile against the checkpoint. Trusts nothing that is stored.

Does not check who signed, and reads no blobs: see ``audit``. A finding names the file or entry where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from everyangle.core.errors import BadInputError, IntegrityError, NotFoundError
from everyangle.core.ids import Digest
from everyangle.ports.log import Log
from everyangle.record import tiles
from everyangle.record.entries import Entry, decode_entry
from everyangle.record.kinds import (
    Body,
    CaseOpened,
    DeviceStated,
    ItemDerived,
    ItemReceived,
    PairRejected,
    PlacementConfirmed,
    PlacementOverridden,
    PlacementWithdrawn,
    RejectionWithdrawn,
)
from everyangle.record.kinds_accounts import RESTS_ON, AccountBody, entries_cited, items_cited
from everyangle.record.kinds_capture import (
    CaptureBegun,
    CaptureCheckpoint,
    CaptureEnded,
    InvitationMade,
    InvitationRevoked,
)
from everyangle.record.merkle import Hash, Tree, leaf_hash
from everyangle.record.notes import Checkpoint, Note, parse_checkpoint, parse_note
from everyangle.record.verdict import Finding


@dataclass(slots=True)
class LogReading:
    """A log as it was read, with everything that was wrong with it.

    Attributes:
        note: the checkpoint's signed note, or None if it is none.
        checkpoint: what the note says, or None.
        tree: over the entries that could be read; whole if ``whole``.
        whole: whether every entry was there.
        entries: by index; None where the bytes are no entry.
        findings: what is wrong.
        notices: what is worth knowing and no fault.
    """

    note: Note | None = None
    checkpoint: Checkpoint | None = None
    tree: Tree = field(default_factory=Tree)
    whole: bool = True
    entries: list[Entry | None] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    notices: list[Finding] = field(default_factory=list)

    def fault(self, code: str, place: str, message: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(code, place, message))

    def known(self) -> Iterator[tuple[int, Entry]]:
        """Yield the entries that could be read, with their indices."""
        return ((index, entry) for index, entry in enumerate(self.entries) if entry is not None)

    def opened(self) -> CaseOpened | None:
        """Return the body of entry 0, if it is what it must be."""
        first = self.entries[0] if self.entries else None
        return first.body if first is not None and isinstance(first.body, CaseOpened) else None

    def is_prefix(self, other: Checkpoint) -> bool:
        """Tell whether another checkpoint of this log covers the first entries of this one."""
        return (
            self.whole
            and self.checkpoint is not None
            and other.origin == self.checkpoint.origin
            and 0 < other.size <= self.tree.size
            and self.tree.root(other.size) == other.root
        )


def read_log(log: Log, case: str) -> LogReading:
    """Read a whole log and check it against its checkpoint and against itself."""
    reading = LogReading()
    _read_checkpoint(log, reading)
    if reading.checkpoint is None:
        return reading
    for bundle in tiles.bundles(reading.checkpoint.size):
        _read_bundle(log, bundle, reading)
    if reading.whole:
        _check_tiles(log, reading, reading.checkpoint.root)
    _check_order(case, reading)
    _check_citations(reading)
    _note_strangers(log, reading)
    return reading


def _read_checkpoint(log: Log, reading: LogReading) -> None:
    try:
        reading.note = parse_note(log.checkpoint())
        reading.checkpoint = parse_checkpoint(reading.note.text)
    except (BadInputError, NotFoundError) as error:
        reading.fault(error.code, "log/checkpoint", error.what)
        return
    if reading.checkpoint.origin != log.origin:
        reading.fault("checkpoint-foreign", "log/checkpoint", f"it is of {reading.checkpoint.origin}")
    if reading.checkpoint.size == 0:
        reading.fault("log-empty", "log/checkpoint", "it covers no entries, not even the opening of the case")


def _read_bundle(log: Log, bundle: tiles.Bundle, reading: LogReading) -> None:
    data = log.resource(bundle.path)
    try:
        if data is None:
            raise IntegrityError("bundle-missing", "It is missing.")
        raw = tiles.decode_bundle(data, bundle.width)
    except IntegrityError as error:
        reading.whole = False
        reading.entries.extend([None] * bundle.width)
        reading.fault(error.code, f"log/{bundle.path}", error.what)
        return
    for index, entry in enumerate(raw, bundle.start):
        reading.tree.append(leaf_hash(entry))
        try:
            reading.entries.append(decode_entry(entry))
        except BadInputError as error:
            reading.entries.append(None)
            reading.fault(error.code, f"log/{bundle.path} entry {index}", error.what)


def _check_tiles(log: Log, reading: LogReading, root: Hash) -> None:
    # The signed root says which side is wrong where entries and tiles differ.
    true = reading.tree.root() == root
    if not true:
        reading.fault("root-wrong", "log/checkpoint", "the entries do not hash to the checkpoint's root")
    for tile in tiles.tiles(reading.tree.size):
        stored, expected = log.resource(tile.path), tiles.tile_bytes(reading.tree, tile)
        if stored is None:
            reading.fault("tile-missing", f"log/{tile.path}", "it is missing")
        elif stored != expected and (true or len(stored) != len(expected)):
            reading.fault("tile-wrong", f"log/{tile.path}", "its hashes are not those of the entries")
        elif stored != expected and tile.level == 0:
            _name_leaves(tile, stored, expected, reading)


def _name_leaves(tile: tiles.Tile, stored: bytes, expected: bytes, reading: LogReading) -> None:
    place = f"log/{tiles.Bundle(tile.index, tile.width).path}"
    leaves = zip(tiles.decode_tile(stored, tile.width), tiles.decode_tile(expected, tile.width), strict=True)
    for index, (before, now) in enumerate(leaves, tile.index * tiles.WIDTH):
        if before != now:
            reading.fault("leaf-wrong", f"{place} entry {index}", "its bytes are not those that were logged")


def _check_order(case: str, reading: LogReading) -> None:
    if reading.opened() is None:
        reading.fault("case-unopened", "entry 0", "it does not open the case")
    before = None
    for index, entry in reading.known():
        place = f"entry {index}"
        if entry.case != case:
            reading.fault("entry-foreign", place, f"it is of case {entry.case}")
        if index and isinstance(entry.body, CaseOpened):
            reading.fault("case-reopened", place, "a case is opened once, by entry 0")
        if before is not None and entry.time.us < before:
            reading.notices.append(Finding("time-backwards", place, "its time is before that of the entry before it"))
        before = entry.time.us


def _check_citations(reading: LogReading) -> None:
    sizes: dict[Digest, int] = {}
    placements: dict[int, Digest] = {}
    rejections: dict[int, Digest] = {}
    links: set[Digest] = set()
    recordings: set[str] = set()
    accounts: dict[int, str] = {}
    for index, entry in reading.known():
        body, place = entry.body, f"entry {index}"
        cited: tuple[Digest | None, ...] = ()
        match body:
            case ItemReceived() if sizes.setdefault(body.digest, body.size) != body.size:
                reading.fault("size-wrong", place, "an earlier entry gives these bytes another size")
            case ItemDerived():
                cited = body.parents
            case PlacementConfirmed() | PlacementOverridden():
                cited = (body.item, body.like)
                placements[index] = body.item
            case PlacementWithdrawn() if placements.get(body.entry) != body.item:
                reading.fault("entry-dangling", place, f"entry {body.entry} is no earlier placement of that item")
            case PairRejected():
                cited = (body.item, body.like)
                rejections[index] = body.item
            case RejectionWithdrawn() if rejections.get(body.entry) != body.item:
                reading.fault("entry-dangling", place, f"entry {body.entry} is no earlier rejection of that item")
            case DeviceStated():
                cited = (body.item,)
            case _:
                cited = (
                    *_capture_citation(body, links, recordings, reading, place),
                    *_check_account(index, body, accounts, reading),
                )
        if reading.whole and any(digest is not None and digest not in sizes for digest in cited):
            reading.fault("entry-dangling", place, "it cites an item that no earlier entry brought")
        if isinstance(body, ItemDerived):
            sizes.setdefault(body.digest, body.size)


def _capture_citation(
    body: Body, links: set[Digest], recordings: set[str], reading: LogReading, place: str
) -> tuple[Digest | None, ...]:
    """Judge what an entry about live capture cites, and return the item that it cites, if any."""
    dangling = False
    cited: tuple[Digest | None, ...] = ()
    match body:
        case InvitationMade(link):
            links.add(link)
        case InvitationRevoked(link):
            dangling = link not in links
        case CaptureBegun(recording, link):
            dangling = link not in links
            recordings.add(recording)
        case CaptureCheckpoint(recording):
            dangling = recording not in recordings
        case CaptureEnded(recording, item):
            dangling = recording not in recordings
            cited = (item,)
        case _:
            pass
    if reading.whole and dangling:
        reading.fault("entry-dangling", place, "it cites an invitation or recording that no earlier entry brought")
    return cited


def _check_account(index: int, body: Body, accounts: dict[int, str], reading: LogReading) -> tuple[Digest | None, ...]:
    """Check which entries an act on accounts cites, remember it, and return the items that it cites."""
    if not isinstance(body, AccountBody):
        return ()
    for other in entries_cited(body):
        if accounts.get(other) not in RESTS_ON[body.kind]:
            reading.fault("entry-dangling", f"entry {index}", f"entry {other} is no earlier one that it can rest on")
    accounts[index] = body.kind
    return items_cited(body)


def _note_strangers(log: Log, reading: LogReading) -> None:
    expected = {tiles.CHECKPOINT} | {tile.path for tile in tiles.tiles(len(reading.entries))}
    expected |= {bundle.path for bundle in tiles.bundles(len(reading.entries))}
    for path in log.resources():
        if path not in expected:
            message = "it is not part of the log that the checkpoint covers, and is ignored"
            reading.notices.append(Finding("file-foreign", f"log/{path}", message))
