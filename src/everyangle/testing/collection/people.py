"""Who films an incident, from where and when, and with what device. Values only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from everyangle.testing.collection.forms import FORMS
from everyangle.testing.collection.levels import Level
from everyangle.testing.collection.places import Layout, post
from everyangle.testing.scene.paths import Path
from everyangle.testing.scene.world import OPEN_AIR, Agc, Enclosure, Lost, Recorder

Rng = np.random.Generator
SECOND_TAKE = 0.1
"""Share of people who stop and start again with the same device."""

AROUND_LOST_S = 60.0
"""Half of the losing streams that are long enough have this much on either side of the stretch they lost."""


@dataclass(frozen=True, slots=True)
class Filming:
    """One recording to be made: the recorder, its device (by number), its form, and the enclosures that it needs."""

    recorder: Recorder
    device: int
    form: str
    needs: tuple[Enclosure, ...] = ()
    speaks: bool = False


def filming(rng: Rng, level: Level, place: Layout, span_s: float, count: int) -> Iterator[Filming]:
    """Yield ``count`` recordings; each overlaps an earlier one by five seconds, or follows one of its device."""
    spans: list[tuple[float, float]] = []
    device, last = 0, None
    while len(spans) < count:
        again = last is not None and rng.random() < SECOND_TAKE
        if again and last is not None:
            start_s = last.recorder.stop_s + float(rng.uniform(2, 20))
            if start_s + 8 > span_s:
                last = None
                continue
            stop_s = min(span_s, start_s + _length(rng, level, span_s))
            last = _again(rng, last, level, len(spans), start_s, stop_s)
        else:
            start_s, stop_s = _span(rng, level, spans, span_s)
            last = _filming(rng, level, place, len(spans), device, (start_s, stop_s))
            device += 1
        spans.append((start_s, stop_s))
        yield last


def _filming(rng: Rng, level: Level, place: Layout, number: int, device: int, span: tuple[float, float]) -> Filming:
    form = str(rng.choice(list(level.forms), p=np.asarray(list(level.forms.values())) / sum(level.forms.values())))
    path, room, needs = post(place, level, rng, f"shelter {device}")
    start_s, stop_s = span
    if room == OPEN_AIR and rng.random() < level.walking:
        path = _walk(rng, path, span)
    recorder = Recorder(
        f"recorder-{number}",
        path,
        start_s,
        stop_s,
        min(16_000, FORMS[form].rate_hz),
        ppm=float(rng.uniform(-level.ppm, level.ppm)),
        room=room,
        full_scale_db=float(rng.uniform(92, 112)),
        noise_db=float(rng.uniform(*level.noise_db)),
        band_hz=(float(rng.uniform(60, 250)), float(rng.uniform(3400, 7400))),
        agc=Agc(float(rng.uniform(-26, -16)), float(rng.uniform(12, 34))) if rng.random() < level.agc else None,
        reverb_s=float(rng.uniform(0.1, 0.5 if place.box is None else 1.1)),
        reverb_db=float(rng.uniform(-18, -8)),
        wind_db=float(rng.uniform(58, 82)) if room == OPEN_AIR and rng.random() < level.windy else None,
        handling_per_min=float(rng.exponential(4)),
        lost=_lost(rng, level, form, span),
        suppress_db=float(rng.uniform(8, 20)) if rng.random() < level.suppress else 0.0,
    )
    return Filming(recorder, device, form, needs, bool(rng.random() < level.speaking))


def _again(rng: Rng, before: Filming, level: Level, number: int, start_s: float, stop_s: float) -> Filming:
    """Return another recording of the same device, from where it last was."""
    old = before.recorder
    x, y, z = old.path.where(old.stop_s)
    recorder = Recorder(
        f"recorder-{number}",
        Path(((start_s, x, y, z),)),
        start_s,
        stop_s,
        old.rate_hz,
        old.ppm,
        old.room,
        old.full_scale_db,
        old.noise_db,
        old.band_hz,
        old.agc,
        old.reverb_s,
        old.reverb_db,
        old.wind_db,
        old.handling_per_min,
        _lost(rng, level, before.form, (start_s, stop_s)),
        old.suppress_db,
    )
    return Filming(recorder, before.device, before.form, (), before.speaks)


def _lost(rng: Rng, level: Level, form: str, span: tuple[float, float]) -> tuple[Lost, ...]:
    """Return what a livestream lost: 0.3 to 6 s, once or twice."""
    start_s, stop_s = span
    if FORMS[form].before is None or rng.random() >= level.losing or stop_s - start_s < 30:
        return ()
    lost_s = float(np.exp(rng.uniform(*np.log((0.3, 6)))))
    if stop_s - start_s > 2 * AROUND_LOST_S + 10 and rng.random() < 0.6:
        return (Lost(float(rng.uniform(start_s + AROUND_LOST_S, stop_s - AROUND_LOST_S - lost_s)), lost_s),)
    first = Lost(float(rng.uniform(start_s + 10, (start_s + stop_s) / 2)), lost_s)
    if rng.random() < 0.3 and stop_s - start_s > 60:
        return (first, Lost(float(rng.uniform(first.from_s + lost_s + 15, stop_s - 8)), float(rng.uniform(0.3, 3))))
    return (first,)


def _walk(rng: Rng, path: Path, span: tuple[float, float]) -> Path:
    """Return a slow walk from a place: a knot every three seconds, within a few metres."""
    x, y, z = path.where(0)
    times = np.arange(span[0] - 1, span[1] + 4, 3.0)
    steps = rng.normal(0, 0.7, (len(times), 2)).cumsum(axis=0).clip(-4, 4)
    return Path(tuple((float(t), x + float(dx), y + float(dy), z) for t, (dx, dy) in zip(times, steps, strict=True)))


def _length(rng: Rng, level: Level, span_s: float) -> float:
    return min(span_s, float(np.exp(rng.uniform(*np.log(level.take_s)))))


def _span(rng: Rng, level: Level, spans: list[tuple[float, float]], span_s: float) -> tuple[float, float]:
    """Return when one more recorder starts and stops, in event seconds."""
    length_s = _length(rng, level, span_s)
    if not spans:
        start_s = float(rng.uniform(0, span_s - length_s))
        return start_s, start_s + length_s
    begin_s, end_s = spans[int(rng.integers(len(spans)))]
    least = min(5.0, length_s, end_s - begin_s)
    low = max(0.0, begin_s + least - length_s)
    high = max(low, min(span_s - length_s, end_s - least))
    start_s = float(rng.uniform(low, high))
    return start_s, start_s + length_s
