"""The catalogue's tables. There are no migrations: another version of this schema is a catalogue to be refilled."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

SCHEMA_VERSION = 4

metadata = MetaData()

POSITION = Table(
    "position",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("root", LargeBinary, nullable=False),
)

HEAD = Table(
    "head",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("opened_us", BigInteger, nullable=False),
    Column("opened_clock", String(16), nullable=False),
)

RECEPTION = Table(
    "reception",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("item", String(64), nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("name", LargeBinary, nullable=False, index=True),
    Column("path", LargeBinary, nullable=True),
    Column("modified_us", BigInteger, nullable=True),
    Column("modified_clock", String(16), nullable=True),
    Column("received_us", BigInteger, nullable=False),
    Column("received_clock", String(16), nullable=False),
)

DERIVATIVE = Table(
    "derivative",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("sha256", String(64), nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("recipe", Text, nullable=False),
    Column("media_type", Text, nullable=False),
)

PARENT = Table(
    "derivative_parent",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("parent", String(64), nullable=False, index=True),
)

DECISION = Table(
    "decision",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("item", String(64), nullable=False),
    Column("like", String(64), nullable=True),
    Column("relation", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("made_clock", String(16), nullable=False),
    Column("stands", Boolean, nullable=False),
    Index("decision_item", "item", "stands"),
)

TIE = Table(
    "tie",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("item", String(64), nullable=True),
    Column("media_us", BigInteger, nullable=False),
    Column("wall_us", BigInteger, nullable=False),
    Column("wall_clock", String(16), nullable=False),
    Column("within_us", BigInteger, nullable=True),
    Column("said", Text, nullable=False),
    Column("why", Text, nullable=False),
)

REJECTION = Table(
    "rejection",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("item", String(64), nullable=False),
    Column("like", String(64), nullable=False),
    Column("offset_us", BigInteger, nullable=True),
    Column("within_us", BigInteger, nullable=True),
    Column("said", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("stands", Boolean, nullable=False),
)

DEVICE = Table(
    "device",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("item", String(64), nullable=False),
    Column("device", Text, nullable=True),
)

HINTS = Table(
    "hints",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("metadata", Boolean, nullable=False),
    Column("device_from", String(16), nullable=False),
)

PUBLICATION = Table(
    "publication",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("manifest", String(64), nullable=False),
    Column("files", BigInteger, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("made_clock", String(16), nullable=False),
)

CAPTURE = Table(
    "capture",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("recording", String(32), nullable=False),
    Column("heads", BigInteger, nullable=False),
    Column("missing", BigInteger, nullable=False),
    Column("item", String(64), nullable=True),
    Column("ended", Boolean, nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("made_clock", String(16), nullable=False),
)

ACCOUNT = Table(
    "account",
    metadata,
    Column("entry", BigInteger, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("made_clock", String(16), nullable=False),
    Column("stands", Boolean, nullable=False),
)
