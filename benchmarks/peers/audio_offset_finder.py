"""Asks audio-offset-finder (BBC): correlation of MFCCs. A score above 10 is "likely to be correct", it says."""

from __future__ import annotations

from importlib import import_module

from benchmarks.peers.answer import NoAnswerError, answer

LIKELY = 10.0


def compare(a: str, b: str) -> tuple[float | None, float, bool]:
    """Return the time at which b begins in a, and its standard score."""
    finder = import_module("audio_offset_finder.audio_offset_finder")
    try:
        found = finder.find_offset_between_files(a, b)
    except finder.InsufficientAudioException as error:
        raise NoAnswerError(str(error)) from error
    score = float(found["standard_score"])
    return float(found["time_offset"]), score, score > LIKELY


if __name__ == "__main__":
    answer(compare)
