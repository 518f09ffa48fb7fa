"""The same content in two places: what is common, and what is each one's own."""

from __future__ import annotations

import numpy as np
import pytest

from everyangle.testing.collection.material import MATERIAL_HZ, Synthesized
from everyangle.testing.collection.replays import Repertoire
from everyangle.testing.scene.paths import Floats

WORLD = Repertoire(4, Synthesized())


def _found_at(part: Floats, whole: Floats) -> tuple[int, float]:
    size = len(part) + len(whole)
    found = np.fft.irfft(np.fft.rfft(whole, size) * np.conj(np.fft.rfft(part, size)))
    return int(np.argmax(found)), float(found.max() / np.std(found))


def test_a_song_is_played_with_a_start_and_a_speed_of_ones_own() -> None:
    rng = np.random.default_rng(1)
    played = [WORLD.song(rng, 30.0) for _ in range(12)]
    again: dict[str, list[Floats]] = {}
    for one in played:
        assert len(one.samples) <= 30 * MATERIAL_HZ
        again.setdefault(one.content, []).append(one.samples)
    both = next(x for x in again.values() if len(x) > 1)
    first, second = (x[: 5 * MATERIAL_HZ] for x in both[:2])
    assert not np.array_equal(first, second)


def test_a_world_may_have_few_songs_and_players_that_keep_time() -> None:
    rng = np.random.default_rng(3)
    world = Repertoire(4, Synthesized(), songs=1, speed_error=0.0)
    played = [world.song(rng, 6.0) for _ in range(8)]
    assert {one.content for one in played} == {"song 0"}
    opening = [one.samples for one in played if not np.array_equal(one.samples, played[0].samples)]
    assert len(opening) < len(played) - 1


def test_a_looped_song_says_its_period() -> None:
    rng = np.random.default_rng(2)
    looped = next(x for x in (WORLD.song(rng, 40.0) for _ in range(60)) if 5 < x.period_s < 16.1)
    step = round(looped.period_s * MATERIAL_HZ)
    assert np.corrcoef(looped.samples[:-step], looped.samples[step:])[0, 1] > 0.8


def test_two_homes_see_the_same_programme_at_the_same_time() -> None:
    one, other = WORLD.broadcast(0, 0.0, 20.0), WORLD.broadcast(0, 0.0, 12.0)
    assert one.content == other.content
    assert np.array_equal(one.samples[: len(other.samples)], other.samples)
    assert not np.array_equal(other.samples, WORLD.broadcast(1, 0.0, 12.0).samples)


@pytest.mark.parametrize("make", ["ring", "announcement"])
def test_what_is_recorded_once_sounds_the_same_again(make: str) -> None:
    rng = np.random.default_rng(3)
    played = [getattr(WORLD, make)(rng) for _ in range(8)]
    one = played[0]
    other = next(x for x in played[1:] if x.content == one.content)
    at, strength = _found_at(other.samples[: 3 * MATERIAL_HZ], one.samples)
    assert at == 0
    assert strength > 10
