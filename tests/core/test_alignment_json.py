from __future__ import annotations

import json

import pytest

from everyangle.core.alignment import Alignment, Placement, Solution, Verdict
from everyangle.core.alignment_json import Document, Source, Unread, alignment_json, document_from_json
from everyangle.core.errors import BadInputError
from everyangle.core.stated import Conflict, ConflictKind
from everyangle.core.time import ClockMap, Jump

DOCUMENT = Document(
    Solution(
        (
            Placement("a", 60.0, 0, anchor=True, clock=ClockMap(0.0)),
            Placement("b", 1 / 3, 0, anchor=False, clock=ClockMap(1.23456789, 1.0000123456789, 0.1, (Jump(0.2, 2.0),))),
            Placement("c", 5.0, 1, anchor=True, clock=ClockMap(0.0), reason="it has no sound"),
        ),
        (
            Alignment("a", "b", Verdict.SAME_EVENT, 1.23456789, 12.3456, 0.1, 20.0, 55.5555, (1.23456789,)),
            Alignment("a", "c", Verdict.AMBIGUOUS, None, 0.0, 0.1, 20.0, 5.0, (1.0, 5.9), 4.9, {"used": False}),
        ),
        (Conflict(ConflictKind.PIN, "a", "b", ("b",), 1.23456789, 0.3, 55.5555),),
    ),
    (Source("a", "A.mp4", "0" * 64), Source("b", "B.mp4", "1" * 64), Source("c", "C.mp4", "2" * 64)),
    (Unread("d.mp4", "media-empty", "It is empty."),),
)


def test_a_document_reads_back_as_it_was_but_for_rounding() -> None:
    written = alignment_json(DOCUMENT)
    again = document_from_json(written)
    assert again.sources == DOCUMENT.sources
    assert again.errors == DOCUMENT.errors
    assert again.solution.placements[1].clock == ClockMap(1.234568, 1.000012345679, 0.1, (Jump(0.2, 2.0),))
    assert again.solution.conflicts == (Conflict(ConflictKind.PIN, "a", "b", ("b",), 1.234568, 0.3, 55.556),)
    assert again.solution.alignments[1] == DOCUMENT.solution.alignments[1]
    assert alignment_json(again) == written


def test_keys_are_those_of_the_format() -> None:
    fields = json.loads(alignment_json(DOCUMENT))
    assert list(fields) == ["format", "recordings", "alignments", "conflicts", "errors"]
    assert fields["format"] == "everyangle.alignment/1"
    assert list(fields["recordings"][0]) == [
        "id", "path", "sha256", "duration_s", "component", "anchor", "offset_s", "rate", "error_s", "jumps", "reason",
        "prior",
    ]  # fmt: skip
    assert list(fields["alignments"][0]) == [
        "a", "b", "verdict", "offset_s", "drift_ppm", "error_s", "overlap_s", "score",
        "offsets_s", "period_s", "evidence",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "damage",
    [
        {"format": "everyangle.alignment/2"},
        {"recordings": [{"id": "a"}]},
        {"recordings": 7},
        {"alignments": [{}]},
        {"errors": [{"path": "x"}]},
    ],
)
def test_what_is_no_document_is_refused(damage: dict[str, object]) -> None:
    fields = json.loads(alignment_json(DOCUMENT)) | damage
    with pytest.raises(BadInputError) as caught:
        document_from_json(json.dumps(fields).encode())
    assert caught.value.code == "alignment-malformed"


def test_text_that_is_no_json_is_refused() -> None:
    with pytest.raises(BadInputError):
        document_from_json(b"not json")


def test_a_recording_without_source_is_refused() -> None:
    with pytest.raises(BadInputError):
        alignment_json(Document(DOCUMENT.solution, ()))
