"""The format's page, schema and examples say what the program writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from everyangle.core.accounts import Act
from everyangle.core.statements_json import StatementsFile, statements_from_json, statements_json

FORMATS = Path(__file__).parents[2] / "docs" / "formats"
EXAMPLES = sorted((FORMATS / "examples").glob("statements-*.json"))


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((FORMATS / "statements.schema.json").read_text()))


def test_there_are_five_examples() -> None:
    assert len(EXAMPLES) == 5


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_what_the_program_reads_and_writes(path: Path, schema: jsonschema.Draft202012Validator) -> None:
    data = path.read_bytes()
    schema.validate(json.loads(data))
    assert statements_json(statements_from_json(data)) == data
    assert f"examples/{path.name}" in (FORMATS / "statements.md").read_text()


def test_an_empty_file_is_one(schema: jsonschema.Draft202012Validator) -> None:
    schema.validate(json.loads(statements_json(StatementsFile(()))))


def test_every_act_is_explained() -> None:
    page = (FORMATS / "statements.md").read_text()
    assert [act for act in Act if act.value not in page] == []


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("format",), "everyangle.statements/2"),
        (("documents", 0, "sha256"), "x"),
        (("documents", 0, "published"), "yesterday"),
        (("documents", 0, "kind"), "blog"),
        (("documents", 0, "statements", 0, "form"), "spoken"),
        (("documents", 0, "statements", 0, "content", "spans"), []),
        (("documents", 0, "statements", 0, "content", "spans", 0), [1, 2, 3]),
        (("documents", 0, "statements", 0, "cue", "act"), "says"),
    ],
)
def test_the_schema_refuses_what_is_none(
    place: tuple[Any, ...], value: object, schema: jsonschema.Draft202012Validator
) -> None:
    fields = json.loads(EXAMPLES[0].read_bytes())
    schema.validate(fields)
    inner = fields
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert not schema.is_valid(fields)
