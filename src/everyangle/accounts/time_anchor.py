"""When time expressions are: from the document's date, from what was named before and from the sentence's tense.

Attributes no date to what has none: without a document's date "Monday" stays "XXXX-WXX-1".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from everyangle.accounts.dates import exists, first_day, holiday, precision, shifted, written
from everyangle.accounts.time_forms import (
    Base,
    ClockTime,
    DayOfMonth,
    Either,
    Feast,
    Form,
    InWeek,
    Known,
    MonthDay,
    Offset,
    PartOfYear,
    Side,
    Weekday,
    WeekOf,
)
from everyangle.accounts.time_story import Named, Place, Story
from everyangle.core.accounts import TimeType

_NEAR_DAYS = 150
"""A month or a day of a year so near to the document's date is the one that is meant, whatever the tense."""

_QUARTER_DAYS = 80
"""A quarter that began so long ago is over, or nearly."""

_LONGER = {"P6M", "P9M", "P12M", "P52W", "P39W", "P26W"}
"""Lengths of periods that figures of a company are given of, other than a quarter's."""

_UNKNOWN = {"D": "XXXX-XX-XX", "M": "XXXX-XX", "W": "XXXX-WXX", "K": "XXXX-WXX-WE", "Q": "XXXX-QX", "H": "XXXX-HX"}


@dataclass
class Anchors:
    """What expressions are resolved against, kept up as a text is read.

    Attributes:
        published: day of the document, or None where it is not known.
        mentioned: value of the date named last, or "".
        day: the day named last that is not only when something was said, or None.
        quarter: value of the quarter named last, or "".
        in_quarter: whether figures are of that quarter, not of the longer period that was named since ("nine months").
        said: the day named last that only tells when something was said, or None.
        half: "a" or "p": the half of the day of the time of day that was named last with one, or "".
        at: where the expression stands that is read.
        story: of the text, for times of day that name no day.
        named: the days that were named and not only said.
    """

    published: date | None
    mentioned: str = ""
    day: date | None = None
    quarter: str = ""
    in_quarter: bool = True
    said: date | None = None
    half: str = ""
    at: Place = field(default_factory=Place)
    story: Story = field(default_factory=Story)
    named: list[Named] = field(default_factory=list)

    def resolve(self, form: Form, tense: Side) -> tuple[str, TimeType]:
        """Return an expression's TIMEX3 value and type.

        Args:
            form: what it says.
            tense: BEFORE, AFTER or OPEN, as the sentence's verbs say.
        """
        if isinstance(form, Known):
            if form.type is TimeType.DURATION:
                self.in_quarter = self.in_quarter and form.value not in _LONGER
            return form.value, form.type
        if isinstance(form, ClockTime):
            time = self._time_of(form)
            return self._day(form.day, time, tense) + time, TimeType.TIME
        return self._date(form, tense), TimeType.DATE

    def _time_of(self, form: ClockTime) -> str:
        """Return a time of day, of the half of the day that was said last where the words leave it open."""
        hour = form.time[1:3]
        if form.either and self.half and hour.isdigit():
            moved = int(hour) % 12 + (12 if self.half == "p" else 0)
            return f"T{moved:02}{form.time[3:]}"
        if form.half:
            self.half = form.half
        return form.time

    def note(self, form: Form, value: str, *, said_then: bool) -> None:
        """Take in a date that was named; one that only tells when something was said is no base for others.

        Nor is the day of a time of day that names none: it was taken from the others.

        Args:
            form: as it stood.
            value: its TIMEX3 value.
            said_then: whether it tells when something was said ("said on Tuesday").
        """
        kind = precision(value)
        day = first_day(value)
        if day is None or (isinstance(form, ClockTime) and form.day is None):
            return
        if kind == "D" and said_then:
            self.said = day
            return
        self.mentioned = value.partition("T")[0]
        if kind == "D":
            self.day = day
            self.named.append(Named(self.at, day, value.partition("T")[1] + value.partition("T")[2] or _part_of(form)))
        if kind == "Q":
            self.in_quarter = True
        over = self.published is None or (self.published - day).days > _QUARTER_DAYS
        if (
            kind == "Q"
            and isinstance(form, Known | PartOfYear)
            and (not self.quarter or (over and value > self.quarter))
        ):
            self.quarter = value

    def _day(self, form: Form | None, time: str, tense: Side) -> str:
        """Return the day of a time of day, or "" where it is unknown."""
        if form is not None:
            day = self._date(form, tense)
            return "" if day == _UNKNOWN["D"] else day
        told = self.story.day_of(time, self.at, ahead=tense is Side.AFTER)
        return "" if told is None else told.isoformat()

    def _date(self, form: Form, tense: Side) -> str:
        match form:
            case Known(value=value):
                return value
            case Offset():
                return self._offset(form, tense)
            case Weekday():
                return self._weekday(form, tense)
            case MonthDay():
                return self._month_day(form, tense)
            case PartOfYear():
                return self._part_of_year(form, tense)
            case Either(first=first, second=second):
                return self._nearer(first, second)
            case DayOfMonth():
                return self._day_of_month(form, tense)
            case InWeek(number=number, weeks=weeks):
                week = None if self.published is None else shifted(self.published, "W", weeks)
                day = None if week is None else shifted(week, "D", number - week.isoweekday())
                return f"XXXX-WXX-{number}" if day is None else day.isoformat()
            case Feast(name=name, side=side):
                return self._feast(name, tense if side is Side.OPEN else side)
            case WeekOf(day=inner):
                day_value, unit = first_day(self._date(inner, tense)), "K" if form.weekend else "W"
                return _UNKNOWN[unit] if day_value is None else written(day_value, unit)
            case ClockTime():
                return self._day(form.day, form.time, tense) or _UNKNOWN["D"]

    def _nearer(self, first: str, second: str) -> str:
        one, other = first_day(first), first_day(second)
        if self.published is None or one is None or other is None:
            return first
        return first if abs((one - self.published).days) <= abs((other - self.published).days) else second

    def _offset(self, form: Offset, tense: Side) -> str:
        if form.base is Base.MENTIONED or form.keeps:
            keeps = form.keeps and self.in_quarter
            base = self.quarter if keeps and precision(self.mentioned) in {"Q", "Y", ""} else self.mentioned
            if form.keeps and not self.in_quarter:
                return self._from(self.published, form)
            if form.unit == "Q" or (form.keeps and self.quarter and self.in_quarter):
                base = self.quarter or base
                if form.unit == "Q" and not self.quarter:
                    return self._from(self.published, form)
            start = first_day(base)
            if form.unit == "D":
                start = self.day or self.said or self.published
            if start is None:
                start = self.published
            if form.keeps and precision(base) == "Q" and start is not None:
                moved = shifted(start, form.unit, form.count)
                return _UNKNOWN["Q"] if moved is None else written(moved, "Q")
            return self._from(start, form)
        if form.unit == "K" and form.count == 0:
            return self._weekend(tense)
        return self._from(self.published, form)

    def _weekend(self, tense: Side) -> str:
        if self.published is None:
            return _UNKNOWN["K"]
        gone = self.published.isoweekday() <= 4 and tense is not Side.AFTER
        return self._from(self.published, Offset("K", -1 if gone else 0))

    def _from(self, start: date | None, form: Offset) -> str:
        moved = None if start is None else shifted(start, form.unit, form.count)
        if moved is not None and form.months:
            moved = shifted(moved, "M", form.months if form.count > 0 else -form.months)
        if moved is None:
            return _UNKNOWN.get(form.unit, "XXXX")
        return written(moved, form.unit)

    def _weekday(self, form: Weekday, tense: Side) -> str:
        number, stated = form.number, form.side is not Side.OPEN
        side = form.side if stated else tense
        base = self.published
        if form.base is Base.MENTIONED and self.day is not None:
            base = self.day
        if base is None:
            return f"XXXX-WXX-{number}"
        today = base.isoweekday()
        back = (today - number) % 7
        ahead = (number - today) % 7
        if side is Side.AFTER:
            days = ahead or (7 if stated else 0)
        elif side is Side.SAME and stated:
            days = number - today
        else:
            days = -(back or (7 if stated else 0))
        moved = shifted(base, "D", days)
        return _UNKNOWN["D"] if moved is None else moved.isoformat()

    def _month_day(self, form: MonthDay, tense: Side) -> str:
        open_year = f"-{form.month:02}-{form.day:02}"
        base = self.published or first_day(self.mentioned)
        if base is None:
            return "XXXX" + open_year
        if self.published is None:
            return f"{base.year:04}{open_year}"
        side = tense if form.side is Side.OPEN else form.side
        days = [
            date(year, form.month, form.day)
            for year in range(max(1, base.year - 4), min(9999, base.year + 4))
            if exists(year, form.month, form.day)
        ]
        days = [day for day in days if day.isoweekday() == form.weekday] or days
        chosen = _nearest(days, base, side, _NEAR_DAYS if form.side is Side.OPEN else 0)
        return "XXXX" + open_year if chosen is None else chosen.isoformat()

    def _day_of_month(self, form: DayOfMonth, tense: Side) -> str:
        base = self.published or first_day(self.mentioned)
        if base is None:
            return f"XXXX-XX-{form.day:02}"
        months = [shifted(base.replace(day=1), "M", count) for count in range(-24 if form.weekday else -1, 2)]
        days = [month.replace(day=form.day) for month in months if month and exists(month.year, month.month, form.day)]
        days = [day for day in days if not form.weekday or day.isoweekday() == form.weekday]
        past = [day for day in days if day <= base]
        ahead = [day for day in days if day >= base]
        chosen = (ahead[:1] if tense is Side.AFTER else []) or past[-1:]
        return chosen[0].isoformat() if chosen else f"XXXX-XX-{form.day:02}"

    def _part_of_year(self, form: PartOfYear, tense: Side) -> str:
        if form.year is not None and form.year.unit.startswith("="):
            part = self.quarter.partition("-")[2] if self.in_quarter else ""
            return form.year.unit[1:] + (f"-{part}" if part else "")
        if not form.name and form.year is not None:
            return self._same_period(form.year)
        if self.published is None:
            year = first_day(self.mentioned)
            return f"{year.year:04}-{form.name}" if year else f"XXXX-{form.name}"
        if form.year is not None:
            return f"{self.published.year + form.year.count:04}-{form.name}"
        side = tense if form.side is Side.OPEN else form.side
        return f"{self._year_of_part(form.name, side, stated=form.side is not Side.OPEN):04}-{form.name}"

    def _same_period(self, year: Offset) -> str:
        """Return the period that the text spoke of last, in another year ("the same quarter last year")."""
        if self.published is None:
            return "XXXX"
        part = self.quarter.partition("-")[2] if self.in_quarter and year.unit != "Y" else ""
        return f"{self.published.year + year.count:04}" + (f"-{part}" if part else "")

    def _year_of_part(self, name: str, side: Side, *, stated: bool) -> int:
        published = self.published
        assert published is not None
        year = published.year
        if side is Side.SAME or written_part(published, name) == name:
            return year - (1 if stated and side is Side.BEFORE else 0)
        starts = [day for at in (year - 1, year, year + 1) if (day := first_day(f"{at:04}-{name}")) is not None]
        if name.startswith(("Q", "H")) and not stated:
            start = first_day(f"{year:04}-{name}")
            return year - (start is not None and (start - published).days > _NEAR_DAYS)
        near = _NEAR_DAYS if not stated else 0
        chosen = _nearest(starts, published, side, near)
        return year if chosen is None else chosen.year

    def _feast(self, name: str, side: Side) -> str:
        if self.published is None:
            return _UNKNOWN["D"]
        days = [day for year in range(self.published.year - 1, self.published.year + 2) if (day := holiday(name, year))]
        chosen = _nearest(days, self.published, side, 0)
        return _UNKNOWN["D"] if chosen is None else chosen.isoformat()


def _part_of(form: Form) -> str:
    """Return the part of the day that stands with a day whose value is the whole day's ("Tuesday night"), or ""."""
    return form.part and f"T{form.part}" if isinstance(form, Weekday | Offset) else ""


def _nearest(days: list[date], base: date, side: Side, near: int) -> date | None:
    """Return the day that is meant: the nearest on a side, or the nearest of all where that is so many days near."""
    if not days:
        return None
    nearest = min(days, key=lambda day: abs((day - base).days))
    if near and abs((nearest - base).days) <= (near if side is Side.OPEN else near // 2):
        return nearest
    if side is Side.SAME:
        return nearest
    beside = [day for day in days if (day >= base if side is Side.AFTER else day <= base)]
    return min(beside, key=lambda day: abs((day - base).days)) if beside else nearest


def written_part(day: date, name: str) -> str:
    """Return the part of the year, of the kind that a name is of, that holds a day."""
    if name.startswith("Q"):
        return written(day, "Q")[5:]
    if name.startswith("H"):
        return written(day, "H")[5:]
    if name.isdigit():
        return written(day, "M")[5:]
    if name.isalpha():
        return {12: "WI", 1: "WI", 2: "WI", 3: "SP", 4: "SP", 5: "SP", 6: "SU", 7: "SU", 8: "SU"}.get(day.month, "FA")
    return ""
