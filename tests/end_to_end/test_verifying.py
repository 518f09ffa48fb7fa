"""Verifying a harmed case: a verdict that names what is wrong, where opening the case to work on it is refused."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from everyangle.cli.main import status_of


def verdict(case: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    status = status_of(["verify", str(case), "--json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    "harm", [b"", b"not a note", b"somewhere/else\n1\nAAAA\n\n"], ids=["empty", "other", "foreign"]
)
def test_a_damaged_checkpoint_is_named_in_a_verdict(
    case: Path, capsys: pytest.CaptureFixture[str], harm: bytes
) -> None:
    checkpoint = case / "log" / "checkpoint"
    checkpoint.chmod(0o644)
    checkpoint.write_bytes(harm)
    status, found = verdict(case, capsys)
    assert status == 1
    assert not found["ok"]
    assert "log/checkpoint" in {one["place"] for one in found["consistent"]["findings"]}
    assert status_of(["note", str(case), "no", "--quiet"]) != 0


def test_a_key_that_others_can_read_keeps_nobody_from_verifying(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (Path(os.environ["EVERYANGLE_HOME"]) / "keys").rglob("*"):
        if path.is_file():
            path.chmod(0o644)
    status, found = verdict(case, capsys)
    assert status == 0
    assert found["ok"]
    assert "key-exposed" in {one["code"] for one in found["signed"]["notices"]}
