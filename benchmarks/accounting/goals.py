"""The figures that reading and weighing are meant to reach, beside what was measured: met or not, nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.syncing.goals import Goal


@dataclass(frozen=True, slots=True)
class Wanted:
    """One figure: its name among what parts measure, in words, at least and aim, its unit, whether less is better."""

    name: str
    what: str
    least: float
    aim: float
    unit: str = ""
    most: bool = False


WANTED = (
    Wanted("polnear speech", "PolNeAR: statements with a speech cue and ≥ 4 words, F1", 90, 95),
    Wanted("polnear pair", "PolNeAR: pair F1", 70, 77),
    Wanted("polnear exact", "PolNeAR: content exact F1", 60, 68),
    Wanted("polnear indirect", "PolNeAR: indirect recall", 60, 74),
    Wanted("refusing", "declined, denied, does not know: recall", 90, 97, " %"),
    Wanted("all right", "statement, speaker and party all right", 85, 95, " %"),
    Wanted("nested", "nested attribution, F1", 75, 90),
    Wanted("dates", "dates, value F1", 80, 85),
    Wanted("false contradict", "relations: false “contradict”", 3, 1, " %", most=True),
    Wanted("contradictions", "relations: contradictions found", 70, 90, " %"),
    Wanted("verbatim", "text equals offsets", 100, 100, " %"),
    Wanted("speed", "text to statements, tokens per CPU second", 3000, 10000),
)


def goals(found: Mapping[str, float]) -> list[Goal]:
    """Return every wanted figure beside the one measured; what this run did not measure has none.

    Args:
        found: figures by the names in :data:`WANTED`, in the unit shown.
    """
    return [_goal(one, found.get(one.name)) for one in WANTED]


def _goal(one: Wanted, value: float | None) -> Goal:
    least, aim = (f"{'<' if one.most else '≥'} {limit:,g}{one.unit}" for limit in (one.least, one.aim))
    if value is None:
        return Goal(one.what, least, aim, "–", None)
    said = f"{value:,.0f}" if one.aim > 1000 else f"{value:.1f}{one.unit}"
    met = [value < limit if one.most else value >= limit for limit in (one.least, one.aim)]
    return Goal(one.what, least, aim, said, (met[0], met[1]))
