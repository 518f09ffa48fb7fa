"""Where a recording goes over from one lag to another: found in noise, by what stands above it; and what is a verse."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.signal import butter, sosfilt

from everyangle.sync import RATE_HZ
from everyangle.sync.evidence import Line, Seconds
from everyangle.sync.jumps import forward_only
from everyangle.sync.match import Match, Piece
from everyangle.sync.turning import CURVE_STEP_S, turning_curve

LENGTH_S = 40
LAG_S = 3.0


def heard(seed: int) -> NDArray[np.float32]:
    """Steady noise between 1.5 and 3 kHz."""
    noise = np.random.default_rng(seed).standard_normal(LENGTH_S * RATE_HZ)
    return np.asarray(0.1 * sosfilt(butter(4, (1500, 3000), "bandpass", fs=RATE_HZ, output="sos"), noise), np.float32)


def rumble(seed: int, level: float) -> NDArray[np.float32]:
    """Steady noise of a recorder's own, below 1 kHz."""
    rng = np.random.default_rng(seed)
    noise = sosfilt(butter(2, (150, 1000), "bandpass", fs=RATE_HZ, output="sos"), rng.standard_normal(50 * RATE_HZ))
    return np.asarray(level * noise, np.float32)


@pytest.mark.parametrize("at_s", [17.0, 18.37, 20.03])
@pytest.mark.parametrize("lost_s", [0.3, 2.0])
@pytest.mark.parametrize("level", [0.01, 0.3])
def test_the_moment_of_a_loss_is_found_in_noise_louder_than_what_is_heard(
    at_s: float, lost_s: float, level: float
) -> None:
    scene = heard(3)
    whole = np.concatenate([np.zeros(round(LAG_S * RATE_HZ), np.float32), scene])
    whole += rumble(1, level)[: len(whole)]
    at, lost = round(at_s * RATE_HZ), round(lost_s * RATE_HZ)
    lossy = np.concatenate([scene[:at], scene[at + lost :]])
    lossy += rumble(2, level)[: len(lossy)]
    first, curve = turning_curve(whole, lossy, 18.0, (13.0, 23.0), (2.0, 35.0), ((LAG_S,), (LAG_S + lost_s,)))
    assert (first + int(np.argmax(curve))) * CURVE_STEP_S == pytest.approx(at_s, abs=0.05)


def piece(first_s: float, last_s: float, lag_s: float, repeated: float, nats: float) -> Piece:
    """A piece of a match in which envelopes of what does not repeat agree by so many nats."""
    nothing = Seconds(0, 0, 0.1, 0.0)
    agree = Seconds(20, 30, 0.1, nats)
    line = Line(lag_s, (first_s + last_s) / 2, 0.0)
    return Piece(first_s, last_s, line, nothing, agree, agree, None, 0.0, 0.0, repeated, tuple(range(int(first_s), 20)))


@pytest.mark.parametrize(
    ("repeated", "nats", "self_lags_s", "kept"),
    [
        (0.2, 15.0, (2.0,), 2),
        (0.8, 60.0, (), 2),
        (0.8, 60.0, (0.52, 1.05), 2),
        (0.8, 60.0, (0.52, 2.03), 1),
        (0.8, 15.0, (), 1),
    ],
)
def test_music_shows_a_loss_where_more_than_its_beat_agrees_and_the_change_is_no_verse(
    repeated: float, nats: float, self_lags_s: tuple[float, ...], kept: int
) -> None:
    match = Match((piece(0, 30, 5.0, repeated, 90.0), piece(30, 60, 7.0, repeated, nats)), (), 60.0)
    assert len(forward_only(match, self_lags_s).pieces) == kept
