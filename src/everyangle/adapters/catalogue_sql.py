"""The catalogue in a relational database, through SQLAlchemy Core: SQLite on one machine, PostgreSQL beyond.

Holds nothing that the log does not say. Where the database is missing, damaged or of another version, it is
emptied and filled again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, Row, Select, create_engine, event, insert, select, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool, StaticPool

from everyangle.adapters.catalogue_rows import account_of, relation_from_text, rows_of
from everyangle.adapters.catalogue_tables import (
    ACCOUNT,
    CAPTURE,
    DECISION,
    DERIVATIVE,
    DEVICE,
    HEAD,
    HINTS,
    PARENT,
    POSITION,
    PUBLICATION,
    RECEPTION,
    REJECTION,
    SCHEMA_VERSION,
    TIE,
    metadata,
)
from everyangle.core.casefile import (
    Captured,
    CaseHead,
    Decision,
    DecisionKind,
    Guidance,
    ItemRecord,
    LoggedDerivative,
    Publication,
    Rejected,
    Tie,
)
from everyangle.core.errors import NotFoundError
from everyangle.core.ids import Digest, ItemId
from everyangle.core.items import Derivative, Name, Reception
from everyangle.core.stated import USUAL, DeviceFrom, Hints
from everyangle.core.time import Instant
from everyangle.ports.catalogue import Position
from everyangle.record.entries import Entry
from everyangle.record.kinds_accounts import AccountAct
from everyangle.record.relations import clock_of


class SqlCatalogue:
    """Answers questions about a case from a database.

    Args:
        url: a SQLAlchemy URL, such as ``sqlite:////path/catalogue.sqlite`` or ``postgresql+psycopg://…``.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine = _engine(url)

    def position(self) -> Position | None:
        """Return how far the catalogue goes, or None where it is new, unreadable or of another version."""
        try:
            with self._engine.begin() as db:
                return _position(db)
        except DatabaseError:
            return None

    def apply(self, entries: Iterable[tuple[int, Entry]], position: Position) -> None:
        """Take in the entries that follow the current position, and move there."""
        with self._engine.begin() as db:
            current = _position(db)
            start = 0 if current is None else current.size
            for index, entry in entries:
                if index >= start:
                    _take_in(db, index, entry)
            if current is None or position.size >= current.size:
                db.execute(POSITION.delete())
                db.execute(insert(POSITION).values(version=SCHEMA_VERSION, size=position.size, root=position.root))

    def reset(self) -> None:
        """Forget everything, to be filled anew from the log."""
        database = self._engine.url.database
        self._engine.dispose()
        if self._engine.dialect.name == "sqlite" and database and database != ":memory:":
            for suffix in ("", "-journal", "-wal", "-shm"):
                Path(database + suffix).unlink(missing_ok=True)
            self._engine = _engine(self._url)
        metadata.drop_all(self._engine)
        metadata.create_all(self._engine)

    def head(self) -> CaseHead:
        """Return what entry 0 says.

        Raises:
            NotFoundError: ``case-empty`` if no entry was taken in.
        """
        for row in self._rows(select(HEAD)):
            return CaseHead(row.id, row.title, row.key, _instant(row.opened_us, row.opened_clock))
        raise NotFoundError(
            "case-empty", "The case's log has no first entry.", todo="Make a case with: everyangle init"
        )

    def items(self) -> Sequence[ItemRecord]:
        """Return every item in order of first reception."""
        receptions: dict[ItemId, list[Reception]] = {}
        for row in self._rows(select(RECEPTION).order_by(RECEPTION.c.entry)):
            receptions.setdefault(Digest(row.item), []).append(_reception(row))
        return [ItemRecord(item, rows[0].size, tuple(rows)) for item, rows in receptions.items()]

    def find(self, text: str) -> Sequence[ItemRecord]:
        """Return the items that ``text`` may mean: a received name or path, or the first digits of a digest."""
        raw = text.encode("utf-8", "surrogateescape")
        named = select(RECEPTION.c.item).where((RECEPTION.c.name == raw) | (RECEPTION.c.path == raw))
        found = {row.item for row in self._rows(named)}
        if not found and len(text) >= 4 and set(text.lower()) <= set("0123456789abcdef"):
            prefix = select(RECEPTION.c.item).where(RECEPTION.c.item.startswith(text.lower(), autoescape=True))
            found = {row.item for row in self._rows(prefix)}
        return [item for item in self.items() if item.id in found]

    def decisions(self) -> Sequence[Decision]:
        """Return the placements by people that stand."""
        rows = self._rows(select(DECISION).where(DECISION.c.stands).order_by(DECISION.c.entry))
        return [
            Decision(
                entry=row.entry,
                kind=DecisionKind(row.kind),
                item=Digest(row.item),
                like=None if row.like is None else Digest(row.like),
                relation=clock_of(relation_from_text(row.relation)),
                said=row.said,
                why=row.why,
                made=_instant(row.made_us, row.made_clock),
                error_stated=relation_from_text(row.relation).error_us is not None,
            )
            for row in rows
        ]

    def guidance(self) -> Guidance:
        """Return what people said beside placements: the last choice of hints and of each device, what is rejected."""
        hints = USUAL
        for row in self._rows(select(HINTS).order_by(HINTS.c.entry)):
            hints = Hints(row.metadata, DeviceFrom(row.device_from))
        devices: dict[ItemId, str] = {}
        for row in self._rows(select(DEVICE).order_by(DEVICE.c.entry)):
            devices.pop(Digest(row.item), None)
            if row.device is not None:
                devices[Digest(row.item)] = row.device
        standing = select(REJECTION).where(REJECTION.c.stands).order_by(REJECTION.c.entry)
        rejections = [
            Rejected(
                entry=row.entry,
                item=Digest(row.item),
                like=Digest(row.like),
                offset_s=None if row.offset_us is None else row.offset_us / 1e6,
                within_s=None if row.within_us is None else row.within_us / 1e6,
                said=row.said,
                why=row.why,
            )
            for row in self._rows(standing)
        ]
        return Guidance(hints, tuple(rejections), devices)

    def ties(self) -> Sequence[Tie]:
        """Return the ties of event time to wall time; where two are about one recording, the later one stands."""
        standing: dict[str | None, Tie] = {}
        for row in self._rows(select(TIE).order_by(TIE.c.entry)):
            standing.pop(row.item, None)
            standing[row.item] = Tie(
                entry=row.entry,
                item=None if row.item is None else Digest(row.item),
                media_s=row.media_us / 1e6,
                wall=_instant(row.wall_us, row.wall_clock),
                within_s=None if row.within_us is None else row.within_us / 1e6,
                said=row.said,
                why=row.why,
            )
        return list(standing.values())

    def derivatives(self, parent: Digest) -> Sequence[LoggedDerivative]:
        """Return the derivatives that the log cites for one parent."""
        mine = select(PARENT.c.entry).where(PARENT.c.parent == parent)
        rows = self._rows(select(DERIVATIVE).where(DERIVATIVE.c.entry.in_(mine)).order_by(DERIVATIVE.c.entry))
        parents: dict[int, list[Digest]] = {}
        for row in self._rows(select(PARENT).where(PARENT.c.entry.in_(mine)).order_by(PARENT.c.entry, PARENT.c.place)):
            parents.setdefault(row.entry, []).append(Digest(row.parent))
        return [
            LoggedDerivative(
                row.entry,
                Derivative(Digest(row.sha256), row.size, tuple(parents[row.entry]), row.recipe, row.media_type),
            )
            for row in rows
        ]

    def publications(self) -> Sequence[Publication]:
        """Return what was published."""
        return [
            Publication(
                row.entry, Digest(row.manifest), row.files, row.size, row.why, _instant(row.made_us, row.made_clock)
            )
            for row in self._rows(select(PUBLICATION).order_by(PUBLICATION.c.entry))
        ]

    def captures(self) -> Sequence[Captured]:
        """Return the recordings that phones sent."""
        found: dict[str, Captured] = {}
        for row in self._rows(select(CAPTURE).order_by(CAPTURE.c.entry)):
            before = found.get(row.recording)
            items = () if before is None else before.items
            if row.item is not None and row.item not in items:
                items = (*items, Digest(row.item))
            began = _instant(row.made_us, row.made_clock) if before is None else before.began
            found[row.recording] = Captured(row.recording, began, row.heads, row.missing, items, row.ended)
        return list(found.values())

    def account_acts(self) -> Sequence[AccountAct]:
        """Return the acts on accounts that stand, in log order."""
        rows = self._rows(select(ACCOUNT).where(ACCOUNT.c.stands).order_by(ACCOUNT.c.entry))
        return [AccountAct(r.entry, account_of(r.kind, r.body), _instant(r.made_us, r.made_clock)) for r in rows]

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def _rows(self, question: Select[*tuple[object, ...]]) -> Sequence[Row[*tuple[object, ...]]]:
        with self._engine.connect() as db:
            return db.execute(question).all()


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url)
    if url in ("sqlite://", "sqlite:///:memory:"):
        return create_engine(url, poolclass=StaticPool, connect_args={"check_same_thread": False})
    engine = create_engine(url, poolclass=NullPool, connect_args={"timeout": 60})

    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: object, _: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # sqlite3 would begin too late

    @event.listens_for(engine, "begin")
    def _one_writer(db: Connection) -> None:
        db.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _position(db: Connection) -> Position | None:
    row = db.execute(select(POSITION)).one_or_none()
    return None if row is None or row.version != SCHEMA_VERSION else Position(row.size, bytes(row.root))


def _take_in(db: Connection, index: int, entry: Entry) -> None:
    rows = rows_of(index, entry)
    for item in rows.replaced:
        db.execute(update(DECISION).where(DECISION.c.item == item, DECISION.c.stands).values(stands=False))
    for rejection in rows.withdrawn:
        db.execute(update(REJECTION).where(REJECTION.c.entry == rejection).values(stands=False))
    for act in rows.taken_back:
        db.execute(update(ACCOUNT).where(ACCOUNT.c.entry == act).values(stands=False))
    for table, values in rows.added:
        db.execute(insert(table).values(**values))


def _instant(us: int, clock: str) -> Instant:
    return Instant(us, clock)  # type: ignore[arg-type]  # the column holds one of the literal's values


def _reception(row: Row[*tuple[object, ...]]) -> Reception:
    return Reception(
        name=Name(bytes(row.name)),
        size=row.size,
        modified=None if row.modified_us is None else _instant(row.modified_us, row.modified_clock),
        received=_instant(row.received_us, row.received_clock),
        entry=row.entry,
        path=None if row.path is None else Name(bytes(row.path)),
    )
