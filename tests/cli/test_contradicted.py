from __future__ import annotations

import pytest

from everyangle.cli.contradicted import tell_conflicts
from everyangle.cli.layout import console
from everyangle.core.stated import Conflict, ConflictKind

NAMES = {"a1": "porch.mp4", "b2": "bus.mp4"}


@pytest.mark.parametrize(
    ("kind", "pinned", "by_s", "words"),
    [
        (ConflictKind.PIN, ("b2",), 7.0, "where bus.mp4 was placed by hand is off by 7.00 s (±0.50 s would pass)"),
        (ConflictKind.OWN_CLOCK, ("b2",), None, "a person put bus.mp4 on an event clock of its own"),
        (ConflictKind.DEVICE, ("a1", "b2"), 27.3, "overlap by 27.30 s, but are said to be of one device"),
        (ConflictKind.REJECTION, (), None, "share an event by their sound, but a person rejected that"),
    ],
)
def test_a_conflict_is_told_with_names_and_by_how_much(
    kind: ConflictKind,
    pinned: tuple[str, ...],
    by_s: float | None,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    tell_conflicts(console(), [Conflict(kind, "a1", "b2", pinned, by_s, 0.5, 80.0)], NAMES)
    shown = capsys.readouterr().out
    assert "The sound contradicts what was said: 1" in shown
    assert "porch.mp4 and bus.mp4" in shown
    assert words in shown


def test_nothing_is_told_where_nothing_contradicts(capsys: pytest.CaptureFixture[str]) -> None:
    tell_conflicts(console(), [], NAMES)
    assert capsys.readouterr().out == ""
