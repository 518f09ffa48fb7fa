"""On a link that carries less than is filmed, what is urgent is not held up by what is not. In a model of links."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

MODEL = (Path(__file__).parent / "slow_link.js").read_text(encoding="utf-8")


def over(run: Run, link: str) -> Any:
    """Return what comes of filming 320 kB a second over a link that narrows after six seconds.

    The chunks are cut by the page's own cutter.
    """
    return run(
        MODEL
        + f"""const {{ Outbox }} = await load("outbox"), {{ Cutter }} = await load("cutter");
        const good = 5_000_000, narrow = (rate) => (ms) => (ms < 6000 ? good : rate);
        const pieces = (bytes, outbox) => {{
          const found = [];
          const link = () => ({{ frames: 0, slow: outbox.slow, open: true, pace: outbox.pace }});
          const cutter = new Cutter((_, __, ___, ____, body) => found.push(body.length), link);
          cutter.media(0, 0, 0, 0, new Uint8Array(bytes));
          cutter.flush(0);
          return found;
        }};
        const set = {{ forMs: 60_000, fromMs: 10_000, delayMs: 20, syncMs: 20, everyMs: 150, pieces }};
        return drive(Outbox, {{ ...set, mediaRate: 320_000, smallRate: 14_000, {link} }});"""
    )


@pytest.mark.parametrize(
    "link",
    [
        "rate: narrow(160_000)",
        "rate: narrow(40_000), mediaRate: 80_000",
        "rate: narrow(160_000), syncMs: 100",
        "rate: narrow(160_000), delayMs: 100",
    ],
)
def test_half_of_what_is_filmed_is_enough_for_heads_and_the_small_stream_at_once(run: Run, link: str) -> None:
    told = over(run, link)
    assert told["heads"] <= 500
    assert told["small"] <= 600
    assert told["line"] <= 400
    assert told["carried"] >= 0.85  # what is left is used for the bulk


@pytest.mark.parametrize(
    ("link", "most_ms", "carried"),
    [
        ("rate: narrow(40_000)", 1500, 0.5),
        ("rate: narrow(80_000), delayMs: 100", 600, 0.8),
        ("rate: narrow(160_000), delayMs: 300", 900, 0.45),
        ("rate: (ms) => (ms < 6000 ? good : ms % 10_000 < 5000 ? 250_000 : 60_000)", 900, 0.8),
    ],
)
def test_worse_links_hold_them_up_longer_and_not_for_ever(run: Run, link: str, most_ms: int, carried: float) -> None:
    told = over(run, link)
    assert told["heads"] <= most_ms
    assert told["small"] <= most_ms
    assert told["carried"] >= carried


def test_when_the_link_is_good_again_all_of_it_is_sent(run: Run) -> None:
    told = over(run, "rate: (ms) => (ms < 6000 || ms > 30_000 ? good : 160_000)")
    assert told["waiting"] <= 3
    assert not told["slow"]


@pytest.mark.parametrize("link", ["delayMs: 5", "delayMs: 150", "syncMs: 200"])
def test_a_good_link_is_not_taken_for_a_slow_one(run: Run, link: str) -> None:
    told = over(run, f"rate: () => 1_000_000, everyMs: 100, {link}")
    assert told["slowMs"] == 0
    assert told["waiting"] <= 12


def test_where_answers_take_long_a_good_link_keeps_up(run: Run) -> None:
    told = over(run, "rate: () => 1_000_000, everyMs: 100, delayMs: 300")
    assert told["heads"] <= 600
    assert told["carried"] >= 0.28  # of which what is filmed is 0.32
