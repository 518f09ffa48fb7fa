"""Sound arrives when and as loud as physics says, and on the device's own clock."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from everyangle.testing.scene import device, effects
from everyangle.testing.scene.film import Take, planned_clock, record
from everyangle.testing.scene.paths import Floats, Path, still
from everyangle.testing.scene.propagation import hear
from everyangle.testing.scene.world import (
    SPEED_OF_SOUND,
    Agc,
    Enclosure,
    Leak,
    Lost,
    Recorder,
    Scene,
    Source,
    Surface,
)

RATE = 16_000
QUIET = Recorder("quiet", still(0, 0), 10.0, 20.0, RATE, noise_db=-40, band_hz=(20, 7_000), full_scale_db=90)


def _click(at_s: float, path: Path, room: str = "") -> Source:
    return Source("click", effects.click(RATE), at_s - 1 / RATE, path, 80.0, room)


def _heard(source: Source, surfaces: tuple[Surface, ...] = (), enclosures: tuple[Enclosure, ...] = ()) -> Floats:
    """Return the pressure at the recorder from event time 10 s on."""
    return hear(Scene(RATE, (source,), surfaces, enclosures), QUIET, 10.0, 10 * RATE)


def _peaks(samples: Floats, count: int, apart: int = 400) -> list[int]:
    """Return the indices of the loudest samples, at least so far apart, in order."""
    left, found = np.abs(samples), []
    for _ in range(count):
        found.append(int(np.argmax(left)))
        left = left.copy()
        left[max(0, found[-1] - apart) : found[-1] + apart] = 0
    return sorted(found)


def _record(recorder: Recorder, *sources: Source) -> Take:
    return record(Scene(RATE, sources), recorder, np.random.default_rng(1))


@pytest.mark.parametrize("metres", [3.43, 34.3, 68.6])
def test_a_click_arrives_after_its_distance_at_343_metres_a_second(metres: float) -> None:
    [peak] = _peaks(_heard(_click(12.0, still(metres, 0))), 1)
    assert abs(peak / RATE - (2.0 + metres / SPEED_OF_SOUND)) <= 1 / RATE


def test_twice_the_distance_is_half_as_loud() -> None:
    tone = np.sin(2 * np.pi * 300 * np.arange(RATE) / RATE)
    near, far = (np.abs(_heard(Source("tone", tone, 12.0, still(m, 0, 1.5), 80))).max() for m in (4.0, 8.0))
    assert near / far == pytest.approx(2, rel=0.02)


def test_diffuse_sound_is_as_loud_everywhere_and_tells_no_two_recorders_of_a_common_clock() -> None:
    rng = np.random.default_rng(3)
    town = Source("town", effects.traffic(RATE, 30, rng), 0.0, still(0, 0), 60.0, diffuse=True)
    other = replace(QUIET, name="other", path=still(40, 0))
    first, second = (hear(Scene(RATE, (town,)), r, 10.0, 10 * RATE) for r in (QUIET, other))
    assert np.std(first) == pytest.approx(np.std(second), rel=0.35)
    products = np.fft.irfft(np.fft.rfft(first, 2 * len(first)) * np.conj(np.fft.rfft(second, 2 * len(second))))
    assert np.abs(products).max() < 0.5 * np.linalg.norm(first) * np.linalg.norm(second)


def test_a_wall_sends_an_echo_from_the_mirror_image() -> None:
    samples = _heard(_click(12.0, still(6, 0)), surfaces=(Surface(1, 20.0, 0.8),))
    direct, echo = _peaks(samples, 2)
    longer_m = np.hypot(6, 40) - 6
    assert (echo - direct) / RATE == pytest.approx(longer_m / SPEED_OF_SOUND, abs=2 / RATE)


def test_what_stands_behind_a_wall_sends_no_echo_from_it() -> None:
    plain, behind = (_heard(_click(12.0, still(6, 0)), surfaces=s) for s in ((), (Surface(0, 3.0, 0.8),)))
    assert np.array_equal(plain, behind)


def test_a_source_that_comes_nearer_sounds_higher() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(4 * RATE) / RATE)
    comes = Path(((11, 100, 0, 1.5), (15, 20, 0, 1.5)))
    samples = _heard(Source("tone", tone, 11.0, comes, 80))[2 * RATE : 4 * RATE]
    hz = float(np.argmax(np.abs(np.fft.rfft(samples * np.hanning(len(samples))))) / 2)
    assert hz == pytest.approx(1000 / (1 - 20 / SPEED_OF_SOUND), abs=1.5)


def test_a_closed_car_keeps_sound_in_until_its_window_breaks() -> None:
    car = Enclosure("car", (Leak(-100, 20, 20_000), Leak(15, 2, 20_000)))
    sources = (_click(t, still(5, 0), room="car") for t in (12.0, 16.0))
    closed, broken = (np.abs(_heard(s, enclosures=(car,))).max() for s in sources)
    assert 20 * np.log10(broken / closed) == pytest.approx(18, abs=0.1)


@pytest.mark.parametrize("ppm", [-50.0, 0.0, 200.0])
def test_a_click_stands_where_the_recorders_clock_says(ppm: float) -> None:
    recorder = replace(QUIET, ppm=ppm, stop_s=60.0, rate_hz=48_000)
    take = _record(recorder, _click(58.0, still(1, 0)))
    [peak] = _peaks(take.samples, 1)
    assert take.clock.event_from_media(peak / 48_000) == pytest.approx(58.0 + 1 / SPEED_OF_SOUND, abs=2e-4)
    assert take.clock.rate == 1 + ppm * 1e-6


def test_a_lost_stretch_is_missing_and_the_clock_knows_it() -> None:
    recorder = replace(QUIET, ppm=30, lost=(Lost(13.0, 2.5),))
    clicks = (_click(t, still(0.5, 0)) for t in (12.0, 14.0, 17.0))
    take = _record(recorder, *clicks)
    before, after = _peaks(take.samples, 2)
    events = [take.clock.event_from_media(p / RATE) for p in (before, after)]
    assert events == pytest.approx([12.0 + 0.5 / 343, 17.0 + 0.5 / 343], abs=2e-4)
    assert take.duration_s == pytest.approx(7.5, abs=1e-3)
    assert take.clock == planned_clock(recorder)
    left = np.delete(np.abs(take.samples), np.r_[before - 400 : before + 400, after - 400 : after + 400])
    assert left.max() < 0.02 * np.abs(take.samples).max()


def test_a_low_sample_rate_lets_nothing_alias() -> None:
    tone = Source("tone", np.sin(2 * np.pi * 6000 * np.arange(8 * RATE) / RATE), 11.0, still(1, 0), 90)
    take = _record(replace(QUIET, rate_hz=8_000, band_hz=(20, 3_500)), tone)
    assert np.abs(take.samples[16_000:48_000]).max() < 1e-3


def test_samples_stay_within_full_scale_however_loud() -> None:
    take = _record(QUIET, Source("horn", effects.siren(RATE, 4.0), 12.0, still(0.5, 0), 130))
    assert np.abs(take.samples).max() == 1.0


def test_automatic_gain_lifts_what_is_quiet_and_presses_what_is_loud() -> None:
    rng = np.random.default_rng(2)
    quiet, loud = 0.002 * rng.standard_normal(4 * RATE), 0.4 * rng.standard_normal(4 * RATE)
    gain = device.automatic_gain(np.concatenate([quiet, loud]), Agc(-20, 30, 0.02, 0.5), RATE)
    assert gain[3 * RATE] == pytest.approx(10 ** (30 / 20), rel=0.1)
    assert gain[7 * RATE] == pytest.approx(0.25, rel=0.2)


def test_the_same_generator_gives_the_same_take_and_another_does_not() -> None:
    recorder = replace(QUIET, noise_db=40, wind_db=50, handling_per_min=30, reverb_s=0.3)
    scene = Scene(RATE, (_click(12.0, still(2, 0)),))
    one, same, other = (record(scene, recorder, np.random.default_rng(s)).samples for s in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_a_tail_too_short_to_hear_changes_nothing() -> None:
    pressure = np.ones(4000)
    recorder = replace(QUIET, reverb_s=0.01)
    assert np.array_equal(device.with_late_echoes(pressure, recorder, 8000, np.random.default_rng(3)), pressure)
