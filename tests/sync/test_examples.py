from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from everyangle.core.alignment_json import alignment_fields, alignment_json, document_from_json
from everyangle.testing.sync_examples import NAMES, example

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
SCHEMA = json.loads((FORMATS / "alignment.schema.json").read_bytes())


def kept(name: str) -> bytes:
    return (FORMATS / "examples" / f"alignment-{name}.json").read_bytes()


def close(one: Any, other: Any, within: float) -> bool:
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(close(one[k], other[k], within) for k in one if k != "evidence")
    if isinstance(one, list):
        return len(one) == len(other) and all(close(x, y, within) for x, y in zip(one, other, strict=True))
    if isinstance(one, float):
        return bool(abs(one - other) <= within * max(1.0, abs(one)))
    return bool(one == other)


@pytest.mark.parametrize("name", NAMES)
def test_the_engine_still_gives_the_example(name: str) -> None:
    made = json.loads(json.dumps(alignment_fields(example(name))))
    stored = json.loads(kept(name))
    for recording in (*made["recordings"], *stored["recordings"]):
        del recording["sha256"]
    assert close(made, stored, 0.02)


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_as_the_schema_says(name: str) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator(SCHEMA).validate(json.loads(kept(name)))


@pytest.mark.parametrize("name", NAMES)
def test_an_example_is_read_back_unchanged(name: str) -> None:
    assert alignment_json(document_from_json(kept(name))) == kept(name)


@pytest.mark.parametrize("name", NAMES)
def test_the_arithmetic_of_an_example_holds(name: str) -> None:
    """Used pairs and placements agree on when something happened, within the stated errors."""
    document = document_from_json(kept(name))
    clock = {p.id: p.clock for p in document.solution.placements}
    anchors = [p.component for p in document.solution.placements if p.anchor]
    assert sorted(anchors) == sorted({p.component for p in document.solution.placements})
    for found in document.solution.alignments:
        if found.evidence["used"]:
            assert found.offset_s is not None
            pieces: Any = found.evidence["pieces"]
            piece = max(pieces, key=lambda p: p["b_to_s"] - p["b_from_s"])
            t_b = (piece["b_from_s"] + piece["b_to_s"]) / 2
            t_a = found.offset_s + (1 + found.drift_ppm * 1e-6) * t_b
            gap = clock[found.a].event_from_media(t_a) - clock[found.b].event_from_media(t_b)
            assert abs(gap) <= found.error_s
