"""The custody log in words."""

from __future__ import annotations

from everyangle.record.words import describe, reason
from everyangle.testing.catalogue_contract import digest, sample_log

NAMES = {digest("a"): "a.mp4", digest("b"): "b.wav"}


def _told() -> list[str]:
    return [describe(entry, lambda item: NAMES.get(item, item[:10])) for _, entry in sample_log()]


def test_every_kind_of_entry_is_told() -> None:
    told = _told()
    assert told[0] == "Case opened: “A case”"
    assert told[1].startswith("Received “a.mp4”, 10 bytes, SHA-256 ")
    assert told[4] == (
        "Confirmed the placement of “b.wav”: its start is at 0:12.500 of “a.mp4”, "
        "rate +20.00 ppm, 1 lost stretch, within ±0.03 s"
    )
    assert told[5] == "Placed “b.wav” by hand: its start is at 0:13.000 of “a.mp4”"
    assert told[6] == "Tied 0:01.000 of “a.mp4” to 1970-01-01T00:00:02Z, within ±0.5 s"
    assert told[7].endswith(", error not stated")
    assert told[9].startswith("Made a changed copy of “b.wav”, “a.mp4” (proxy/1), 7 bytes")
    assert "unredacted" in told[10]
    assert told[11].endswith("on an event clock of its own")
    assert told[12] == "Withdrew the placement of “a.mp4” that entry 11 made"
    assert told[13] == "Said that “b.wav” does not belong with “a.mp4”"
    assert told[14] == "Said that “b.wav” does not belong with “a.mp4” at 0:13.000 of it"
    assert told[15] == "Withdrew what entry 13 said of “b.wav” not belonging"
    assert told[16] == "Said that “a.mp4” was recorded by “Ada's old phone”"
    assert told[19] == "Took back that “b.wav” was recorded by any device"
    assert told[21] == "Chose that times that files say are not weighed; devices from: metadata"


def test_names_that_would_disturb_a_terminal_are_made_visible() -> None:
    assert "\n" not in _told()[2]


def test_a_reason_is_told_where_there_is_one() -> None:
    reasons = [reason(entry) for _, entry in sample_log()]
    assert reasons[0] == ""
    assert reasons[4] == "seen on the video"
    assert reasons[10] == "no bystanders"
