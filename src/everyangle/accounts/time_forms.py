"""What a time expression says before it is known when it was said: values only."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from everyangle.core.accounts import TimeType


class Base(Enum):
    """From where an expression counts."""

    PUBLISHED = auto()
    """From the document's date: "yesterday", "three years ago"."""

    MENTIONED = auto()
    """From the date that the text named last: "a day earlier", "that year"."""


class Side(Enum):
    """On which side of its base the nearest fitting date is meant."""

    BEFORE = auto()
    AFTER = auto()
    SAME = auto()
    """In the same week, month or year as the base ("this fall")."""

    OPEN = auto()
    """As the sentence's tense says."""


@dataclass(frozen=True, slots=True)
class Known:
    """An expression that says all: "April 15, 2031", "25 minutes", "now"."""

    value: str
    type: TimeType
    approximate: bool = False
    """Whether it is one value for a range."""


@dataclass(frozen=True, slots=True)
class Offset:
    """So many units before or after the base: "last week" is -1 week from the document's date.

    Attributes:
        unit: D, W, K (weekend), M, Q, H, Y, E (decade) or C (century).
        count: how many; 0 is the one that holds the base.
        base: from where.
        keeps: whether a quarter stays one ("a year earlier", after "in the third quarter").
        part: the part of the day that stands with it ("NI"), or "".
        months: so many more months, the way ``count`` goes, where the unit is the year ("a year and a half ago").
    """

    unit: str
    count: int
    base: Base = Base.PUBLISHED
    keeps: bool = False
    part: str = ""
    months: int = 0


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week, 1 (Monday) to 7."""

    number: int
    side: Side = Side.OPEN
    base: Base = Base.PUBLISHED
    part: str = ""
    """The part of the day that stands with it ("NI"), or ""."""


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of a year that is not said."""

    month: int
    day: int
    side: Side = Side.OPEN
    weekday: int = 0
    """1 (Monday) to 7 where the text says it, or 0."""


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """A day of a month that is not said ("the 16th", "Friday the 13th")."""

    day: int
    weekday: int = 0
    """1 (Monday) to 7 where the text says it, or 0."""


@dataclass(frozen=True, slots=True)
class InWeek:
    """A day of the week, 1 (Monday) to 7, of the week so many after the document's ("Tuesday last week": -1)."""

    number: int
    weeks: int


@dataclass(frozen=True, slots=True)
class PartOfYear:
    """A month ("04"), quarter ("Q3"), half ("H1") or season ("FA") of a year that is not said, or said relatively.

    Without a name it is the period that the text spoke of last.
    """

    name: str
    side: Side = Side.OPEN
    year: Offset | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """One of two days, "2031-02-04" or "2031-04-02": the nearer to the document's date."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast of a year that is not said."""

    name: str
    side: Side = Side.OPEN


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week that holds a day, or its weekend."""

    day: Form
    weekend: bool = False


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day, "T19:53" or "TMO", of a day that is said, or of the one that the text is about."""

    time: str
    day: Form | None = None
    either: bool = False
    """Whether it may be of either half of the day ("9:58")."""
    half: str = ""
    """ "a" or "p" where the words say so."""


Form = Known | Offset | Weekday | MonthDay | DayOfMonth | InWeek | PartOfYear | Either | Feast | WeekOf | ClockTime


@dataclass(frozen=True, slots=True)
class Expression:
    """A form with the places of its words.

    Attributes:
        first: index of its first place in :attr:`everyangle.accounts.time_words.Words.codes`.
        after: index after its last.
        form: what it says.
        approximate: whether it says "about", "nearly" or the like.
    """

    first: int
    after: int
    form: Form
    approximate: bool = False
