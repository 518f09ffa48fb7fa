"""The bundled, invented incident taken through the whole main job once, for the tests that look at what came out."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from everyangle.cli.main import status_of

ROOT = Path(__file__).parents[2]
INCIDENT = ROOT / "examples" / "incident"


@dataclass(frozen=True, slots=True)
class Job:
    """Where the case and the dossier of the bundled incident lie, and what is known of its recordings."""

    case: Path
    dossier: Path
    truth: dict[str, dict[str, Any]]


@pytest.fixture(scope="session")
def job(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    folder = tmp_path_factory.mktemp("job")
    before = os.environ.get("EVERYANGLE_HOME")
    os.environ["EVERYANGLE_HOME"] = str(folder / "home")
    done = Job(folder / "case", folder / "dossier", _truth())
    for arguments in _commands(done):
        assert status_of(arguments) == 0, arguments
    yield done
    if before is None:
        del os.environ["EVERYANGLE_HOME"]
    else:
        os.environ["EVERYANGLE_HOME"] = before
    shutil.rmtree(folder)


@pytest.fixture
def case(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the built case with keys of its own, to be changed and harmed.

    The keys are copied as well, since a machine that has seen a case grow refuses to continue an older copy.
    """
    home = shutil.copytree(job.case.parent / "home", tmp_path / "home")
    monkeypatch.setenv("EVERYANGLE_HOME", str(home))
    return Path(shutil.copytree(job.case, tmp_path / "case"))


@pytest.fixture
def dossier(job: Job, tmp_path: Path) -> Path:
    """Return a copy of the dossier, to be harmed."""
    return Path(shutil.copytree(job.dossier, tmp_path / "dossier"))


def _truth() -> dict[str, dict[str, Any]]:
    recordings = json.loads((INCIDENT / "truth.json").read_text())["recordings"]
    return {one["file"]: one for one in recordings}


def _commands(job: Job) -> list[list[str]]:
    case, why = str(job.case), "the patrol car's lights match"
    place = ["cctv-pharmacy-ch2.mp4", "--like", "livestream-mira.webm", "--offset", "-12.0", "--within", "0.2"]
    tie = ["--event", "80", "--of", "cctv-pharmacy-ch2.mp4", "--is", "2031-04-17T19:53:00-05:00", "--within", "1"]
    given = [str(INCIDENT / "recordings"), str(INCIDENT / "documents")]
    return [
        ["init", case, "--title", "The stop on Tannery Row", "--by", "tests", "--quiet"],
        ["add", case, *given, "--from", "bundled", "--quiet"],
        ["build", case, "--quiet"],
        ["place", case, *place, "--why", why, "--quiet"],
        ["clock", case, *tie, "--why", "the sign of the pharmacy", "--quiet"],
        ["build", case, "--quiet"],
        ["publish", case, str(job.dossier), "--unredacted", "--why", "all are invented", "--quiet"],
    ]
