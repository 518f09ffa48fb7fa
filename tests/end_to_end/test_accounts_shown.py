"""The accounts of the bundled incident in its dossier: the documents' words at the offsets, under the seal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from everyangle.cli.main import status_of


def value(path: Path) -> Any:
    return json.loads(path.read_text("ascii").splitlines()[-1].partition(" = ")[2].removesuffix(";"))


def test_each_statement_shown_is_what_its_document_says(job: Any) -> None:
    data = value(job.dossier / "data/accounts.js")
    assert len(data["statements"]) > 50
    for one in data["statements"]:
        text = value(job.dossier / data["documents"][one["document"]]["text"])[one["part"]]
        assert [text[a:b] for a, b in one["content"]["spans"]] == one["content"]["pieces"]


def test_the_parties_of_the_incident_stand_in_its_matrix(job: Any) -> None:
    data = value(job.dossier / "data/accounts.js")
    answering = {
        position["party"]
        for question in data["questions"]
        for position in question["positions"]
        if any(answer["stance"] != "silent" for answer in position["answers"])
    }
    assert {"State Warrant Service", "Wexbourne Police Department", "Talvik family"} <= answering
    assert any(one["kind"] == "contradict" for one in data["relations"])


@pytest.mark.parametrize("which", ["data/accounts.js", "data/source-*.js", "assets/accounts-matrix.js"])
def test_both_verifiers_see_a_change_to_the_accounts(
    dossier: Path, which: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status_of(["verify", str(dossier)]) == 0
    path = next(dossier.glob(which))
    data = path.read_bytes()
    path.write_bytes(data.replace(b"a", b"e", 1))
    capsys.readouterr()
    assert status_of(["verify", str(dossier)]) == 1
    assert path.name in capsys.readouterr().out
    alone = subprocess.run(
        [sys.executable, "-I", str(dossier / "verify.py"), str(dossier)], capture_output=True, text=True, check=False
    )
    assert alone.returncode == 1
    assert path.name in alone.stdout + alone.stderr
