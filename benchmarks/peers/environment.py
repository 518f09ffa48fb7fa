"""Where peers live: a Python environment for each in the cache, its packages pinned by hash; sources by commit."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent


class NotMeasuredError(Exception):
    """A peer could not be run here; the message says why."""


def python_of(name: str, keep: Path, from_source: str = "") -> Path:
    """Return the Python of an environment that holds what ``NAME.txt`` pins, made where it is not there yet.

    Args:
        name: of the file of pins.
        keep: the cache.
        from_source: a package of which no wheel is published, or "".

    Raises:
        NotMeasuredError: if it cannot be made.
    """
    pins = HERE / f"{name}.txt"
    wanted = hashlib.sha256(sys.version.encode() + pins.read_bytes()).hexdigest()
    folder = keep / "peers" / name
    python, stamp = folder / "bin" / "python", folder / "everyangle.stamp"
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    print(f"setting up {name}", file=sys.stderr, flush=True)
    try:
        venv.create(folder, clear=True, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NotMeasuredError(f"no environment could be made ({error})") from error
    install: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "-qq",
        "--disable-pip-version-check",
        "--require-hashes",
    ]
    built = ["--no-binary", from_source] if from_source else []
    done = said([*install, "--only-binary", ":all:", *built, "--requirement", pins])
    if done:
        raise NotMeasuredError(f"its packages could not be installed ({done})")
    stamp.write_text(wanted)
    return python


def source_of(name: str, address: str, commit: str, keep: Path, given: Path | None) -> Path:
    """Return a folder with a peer's source: the one given, or else one in the cache, fetched where it is not there yet.

    Args:
        name: of the folder in the cache.
        address: of its Git repository.
        commit: the one to measure.
        keep: the cache.
        given: a folder with its source, or a repository.

    Raises:
        NotMeasuredError: if there is none.
    """
    folder = keep / "peers" / f"{name}-{commit[:12]}"
    if folder.exists():
        return folder
    if given is not None and not given.exists():
        raise NotMeasuredError(f"{given} does not exist")
    need("git")
    print(f"fetching {name}", file=sys.stderr, flush=True)
    part = folder.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.parent.mkdir(parents=True, exist_ok=True)
    wrong = said(["git", "clone", "--quiet", "--no-checkout", given or address, part])
    wrong = wrong or said(["git", "-C", part, "checkout", "--quiet", commit])
    if wrong:
        raise NotMeasuredError(f"its source could not be fetched ({wrong}); name a copy of its repository")
    part.rename(folder)
    return folder


def need(program: str) -> None:
    """Make sure that a program is there.

    Raises:
        NotMeasuredError: if it is not.
    """
    if shutil.which(program) is None:
        raise NotMeasuredError(f"it needs {program}, which is not installed here")


def said(command: list[str | Path], folder: Path | None = None, limit_s: float = 600) -> str:
    """Run a command; return "" where it succeeded, or else what it said last."""
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=limit_s,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if done.returncode == 0 else last_line(done.stderr or done.stdout) or f"status {done.returncode}"


def last_line(text: str) -> str:
    """Return the last line that says something, no longer than a cell of a table."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1].replace("|", "/")[:160] if lines else ""
