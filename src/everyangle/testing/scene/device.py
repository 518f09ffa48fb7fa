"""What a recorder makes of the sound at its microphone: noise, wind, hands, band, automatic gain, clipping.

Pure arrays; randomness comes as a generator. Not modelled: directional microphones.
"""

from __future__ import annotations

import numpy as np
from scipy.ndimage import minimum_filter1d, uniform_filter1d
from scipy.signal import butter, fftconvolve, istft, sosfilt, stft

from everyangle.testing.scene.paths import Floats
from everyangle.testing.scene.world import Agc, Recorder, pascal_from_db

Rng = np.random.Generator
BLOCK_S = 0.01
FIRST_ECHO_S = 0.012
"""What comes before this is not part of the diffuse tail."""


def with_late_echoes(pressure: Floats, recorder: Recorder, rate_hz: int, rng: Rng) -> Floats:
    """Return the pressure with a diffuse tail that falls by 60 dB in ``reverb_s``; too short a tail is none."""
    if recorder.reverb_s <= FIRST_ECHO_S:
        return pressure
    t = np.arange(int(recorder.reverb_s * rate_hz)) / rate_hz
    tail = rng.standard_normal(len(t)) * 10 ** (-3 * t / recorder.reverb_s)
    tail[t < FIRST_ECHO_S] = 0
    tail *= 10 ** (recorder.reverb_db / 20) / np.sqrt(np.sum(tail**2))
    return pressure + fftconvolve(pressure, tail)[: len(pressure)]


def with_noises(pressure: Floats, recorder: Recorder, rate_hz: int, rng: Rng) -> Floats:
    """Return the pressure with the device's own noise, wind and handling added."""
    out = pressure + rng.standard_normal(len(pressure)) * pascal_from_db(recorder.noise_db)
    if recorder.wind_db is not None:
        out = out + _wind(len(pressure), rate_hz, rng) * pascal_from_db(recorder.wind_db)
    return out + _bumps(len(pressure), recorder, rate_hz, rng)


def digital(pressure: Floats, recorder: Recorder, rate_hz: int) -> Floats:
    """Return digital samples in [-1, 1]: band limit, noise suppression, gain (fixed or automatic) and clipping."""
    low, high = recorder.band_hz
    high = min(high, 0.45 * rate_hz)
    samples = sosfilt(butter(2, (low, high), "bandpass", fs=rate_hz, output="sos"), pressure)
    samples = np.asarray(samples, dtype=np.float64) / pascal_from_db(recorder.full_scale_db)
    if recorder.suppress_db > 0:
        samples = suppressed(samples, recorder.suppress_db, rate_hz)
    if recorder.agc is not None:
        samples = samples * automatic_gain(samples, recorder.agc, rate_hz)
    return np.clip(samples, -1.0, 1.0)


def suppressed(samples: Floats, most_db: float, rate_hz: int) -> Floats:
    """Return samples with what stays near the noise lowered by up to ``most_db``, as telephones do.

    A Wiener gain in each band over a noise floor from minimum statistics (Martin, IEEE Trans. Speech and Audio
    Processing 9, 2001), both smoothed. The phase is kept, so nothing moves in time.
    """
    width = max(64, rate_hz // 32)
    _, _, bands = stft(samples, nperseg=width, noverlap=width // 2, boundary="even")
    power = uniform_filter1d(np.abs(bands) ** 2, 5, axis=1)
    floor = minimum_filter1d(power, max(3, int(1.5 * rate_hz / (width // 2))), axis=1) * 4
    gain = np.clip(1 - floor / (power + 1e-20), 10 ** (-most_db / 20), 1.0)
    gain = uniform_filter1d(gain, 3, axis=1)
    _, out = istft(bands * gain, nperseg=width, noverlap=width // 2, boundary=True)
    out = np.asarray(out, dtype=np.float64)[: len(samples)]
    return np.pad(out, (0, len(samples) - len(out)))


def automatic_gain(samples: Floats, agc: Agc, rate_hz: int) -> Floats:
    """Return the factor, shape of ``samples``, by which automatic gain multiplies them."""
    block = max(1, int(BLOCK_S * rate_hz))
    padded = np.pad(samples, (0, -len(samples) % block)).reshape(-1, block)
    loudness = np.sqrt(np.mean(padded**2, axis=1)) + 1e-9
    wanted = np.minimum(agc.target_db - 20 * np.log10(loudness), agc.max_gain_db)
    fast, slow = (1 - np.exp(-BLOCK_S / tau) for tau in (agc.attack_s, agc.release_s))
    gain_db = np.empty(len(wanted))
    now = float(np.median(wanted))
    for i, goal in enumerate(wanted):
        now += (goal - now) * (fast if goal < now else slow)
        gain_db[i] = now
    centres = (np.arange(len(wanted)) + 0.5) * block
    return np.asarray(10 ** (np.interp(np.arange(len(samples)), centres, gain_db) / 20), dtype=np.float64)


def _wind(count: int, rate_hz: int, rng: Rng) -> Floats:
    """Return gusts of low rumble, RMS about 1, shape (count,)."""
    rumble = sosfilt(butter(2, (20, 300), "bandpass", fs=rate_hz, output="sos"), rng.standard_normal(count))
    knots = max(2, count // rate_hz + 2)
    gusts = np.interp(np.arange(count) / rate_hz, np.arange(knots), rng.random(knots) ** 2)
    windy = np.asarray(rumble, dtype=np.float64) * gusts
    return np.asarray(windy / (np.sqrt(np.mean(windy**2)) + 1e-12), dtype=np.float64)


def _bumps(count: int, recorder: Recorder, rate_hz: int, rng: Rng) -> Floats:
    """Return the thumps of a hand on the device, in pascal, shape (count,)."""
    out = np.zeros(count)
    t = np.arange(int(0.12 * rate_hz)) / rate_hz
    for _ in range(rng.poisson(recorder.handling_per_min * count / rate_hz / 60)):
        at = int(rng.integers(0, max(1, count - len(t))))
        thump = np.exp(-t / 0.02) * np.sin(2 * np.pi * rng.uniform(60, 200) * t + rng.uniform(0, 6.28))
        stop = min(count, at + len(t))
        out[at:stop] += (thump * pascal_from_db(rng.uniform(70, 85)))[: stop - at]
    return out
