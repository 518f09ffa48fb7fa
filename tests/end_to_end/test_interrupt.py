"""Interrupting long work leaves nothing half done, and the same command goes on from there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import pytest
from tests.end_to_end.conftest import INCIDENT

from everyangle.cli.main import status_of


def _ctrl_c(process: int) -> None:
    """Do as a terminal does: interrupt the whole group of processes."""
    os.killpg(process, signal.SIGINT)


def _stop(process: int) -> None:
    """Do as a service manager does: ask the one process to end."""
    os.kill(process, signal.SIGTERM)


@pytest.mark.parametrize("step", ["sounds", "features", "copies"])
@pytest.mark.parametrize("interrupt", [_ctrl_c, _stop])
def test_an_interrupted_build_can_be_run_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, interrupt: Callable[[int], None], step: str
) -> None:
    monkeypatch.setenv("EVERYANGLE_HOME", str(tmp_path / "home"))
    case = tmp_path / "case"
    recordings = [str(INCIDENT / "recordings" / name) for name in ("agency-dashcam.mp4", "voice-memo-fairlie.m4a")]
    assert status_of(["init", str(case), "--title", "Interrupted", "--quiet"]) == 0
    assert status_of(["add", str(case), *recordings, "--quiet"]) == 0
    # A shell that starts something in the background has it ignore interrupts; this is about one in the foreground.
    listening = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    command = [sys.executable, "-c", f"{listening}; from everyangle.cli.main import run; run()"]
    with subprocess.Popen(
        [*command, "build", str(case), "--progress", "json"], stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stderr is not None
        told = _read_until(running.stderr, f'"step": "{step}"')
        interrupt(running.pid)
        told += running.stderr.read()
        assert running.wait(timeout=30) == 130
    assert "Nothing is half done" in told
    assert "Traceback" not in told
    assert _children(running.pid) == []
    assert not list((case / "derived").rglob(".new-*"))
    assert status_of(["verify", str(case), "--quiet"]) == 0
    assert status_of(["build", str(case), "--quiet"]) == 0
    assert status_of(["publish", str(case), str(tmp_path / "out"), "--unredacted", "--why", "invented", "--quiet"]) == 0
    assert status_of(["verify", str(tmp_path / "out"), "--quiet"]) == 0


def _read_until(stream: IO[str], wanted: str) -> str:
    told = ""
    for line in stream:
        told += line
        if wanted in line:
            return told
    raise AssertionError(told)


def _children(group: int) -> list[str]:
    """Return the command lines of processes that are still in an ended process's session, after a moment of grace."""
    for _ in range(50):
        left = subprocess.run(
            ["ps", "-o", "args=", "--sid", str(group)], capture_output=True, text=True, check=False
        ).stdout.splitlines()
        if not left:
            return []
        time.sleep(0.1)
    return left
