from __future__ import annotations

import numpy as np
import pytest

from everyangle.sync.features import Features, features_from_sound, from_bytes, sound_digest
from everyangle.sync.landmarks import (
    REPEATS,
    TONAL,
    Peaks,
    coincidences,
    find_peaks,
    hash_peaks,
    repeating,
    self_lags,
)
from everyangle.sync.spectra import F32, FRAMES_PER_S, blocks, frame_count
from everyangle.testing.sync_scenes import Recorder, Source, looped, record, siren, song, speech, street

PLACE = Recorder(0.0, 30.0, noise=0.02)


def flagged(features: Features, flag: int) -> float:
    return float((features.flags & flag > 0).mean())


def flagged_at_first(sound: F32) -> float:
    """Return the share of repeating landmarks among a sound's loudest, before what does not repeat is heard beside."""
    peaks = [find_peaks(block) for block in blocks(sound)]
    both = Peaks(*(np.concatenate([getattr(p, name) for p in peaks]) for name in ("frame", "bin", "tonal")))
    codes, frames, _ = hash_peaks(both, np.zeros(len(both.frame), dtype=np.bool_))
    _, _, flags = hash_peaks(both, repeating(both, self_lags(codes, frames, frame_count(len(sound)))))
    return float((flags & REPEATS > 0).mean())


@pytest.fixture(scope="module")
def talk() -> Features:
    return features_from_sound(record(street(70, 40), PLACE, 1))


def test_features_survive_their_bytes(talk: Features) -> None:
    again = from_bytes(talk.to_bytes())
    assert again.digest == talk.digest
    assert again.duration_s == talk.duration_s
    assert again.self_lags_s == talk.self_lags_s
    for name in ("codes", "frames", "flags", "bands", "novel", "levels"):
        one, other = getattr(again, name), getattr(talk, name)
        assert one.dtype == other.dtype
        assert np.array_equal(one, other)


def test_features_take_a_few_kilobytes_a_second(talk: Features) -> None:
    assert len(talk.to_bytes()) / talk.duration_s < 8000


def test_speech_neither_repeats_nor_is_tonal(talk: Features) -> None:
    assert flagged(talk, REPEATS) < 0.15
    assert flagged(talk, TONAL) < 0.15


def test_what_repeats_is_flagged_and_its_period_known() -> None:
    sounding_loop = record([Source(looped(speech(4, 6.0), 40), 3, 3)], PLACE, 2)
    sounding_wail = record([Source(siren(40, 4.9), 3, 3)], PLACE, 2)
    loop, wail = features_from_sound(sounding_loop), features_from_sound(sounding_wail)
    assert flagged(loop, REPEATS) > 0.6
    assert min(loop.self_lags_s) == pytest.approx(6.0, abs=0.05)
    assert flagged(wail, REPEATS) > 0.4
    assert any(abs(lag - 4.9) < 0.05 for lag in wail.self_lags_s)


def test_what_does_not_repeat_is_heard_beside_what_does() -> None:
    wail = Source(siren(60, 4.9), 15, 5, 8.0)
    street_only, both = (features_from_sound(record(x, PLACE, 2)) for x in (street(22, 50), [*street(22, 50), wail]))

    def likeness(bands: np.ndarray[tuple[int, ...], np.dtype[np.float16]]) -> float:
        return float(np.corrcoef(street_only.bands.ravel().astype(float), bands.ravel().astype(float))[0, 1])

    assert likeness(both.novel) > likeness(both.bands) + 0.05
    assert np.array_equal(street_only.novel, street_only.bands)


def test_sustained_tones_are_flagged() -> None:
    tune = features_from_sound(record([Source(song(4, 40), 3, 3, 3.0)], PLACE, 2))
    assert flagged(tune, TONAL) + flagged(tune, REPEATS) > 0.5


def test_a_long_sound_gives_the_same_landmarks_as_its_pieces_would() -> None:
    sound = record([Source(speech(5, 200.0), 3, 3)], Recorder(0.0, 200.0), 3)
    whole = features_from_sound(sound)
    part = features_from_sound(sound[: 60 * 8000])
    early = whole.frames < 50 * FRAMES_PER_S
    mine = set(zip(whole.codes[early].tolist(), whole.frames[early].tolist(), strict=True))
    theirs = set(zip(part.codes.tolist(), part.frames.tolist(), strict=True))
    assert len(mine & theirs) > 0.98 * len(mine)


def test_the_digest_is_of_the_sound_and_not_of_its_type() -> None:
    whole = np.array([0, 1, -32768, 32767], np.int16)
    assert sound_digest(whole) == sound_digest(whole.astype(np.float32) / np.float32(32768))
    assert sound_digest(whole) != sound_digest(whole[::-1].copy())


def test_coincidences_are_all_pairs_of_equal_hashes_but_the_commonest() -> None:
    codes = np.array([1, 3, 3, 9], np.uint32)
    others = np.array([1, 1, 3, 7, *([9] * 100)], np.uint32)
    i, j = coincidences(codes, others)
    assert sorted(zip(i.tolist(), j.tolist(), strict=True)) == [(0, 0), (0, 1), (1, 2), (2, 2)]
