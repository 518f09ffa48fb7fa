"""Dossiers as folders: links, pipes, folders in the wrong place, and the verifier as the program that a reader runs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from everyangle.testing.dossier_cases import SealedDossier, random_dossier, random_plan, seal, write_dossier
from everyangle.testing.dossier_damage import WHOLE_FILE

Judge = Callable[..., Any]
Spoil = Callable[[Path], object]


@pytest.fixture(scope="module")
def dossier() -> SealedDossier:
    return next(
        made
        for seed in range(100)
        if len((made := random_dossier(seed)).plan.stamped) == 2
        and any(path.startswith("media/") for path in made.files)
        and made.plan.openings
    )


@pytest.fixture
def folder(tmp_path: Path, dossier: SealedDossier) -> Path:
    write_dossier(tmp_path / "dossier", dossier.files)
    return tmp_path / "dossier"


def _replace_with_link(folder: Path, path: str, *, absolute: bool) -> None:
    place = folder / path
    elsewhere = folder.parent / "elsewhere"
    place.rename(elsewhere)
    place.symlink_to(elsewhere if absolute else os.path.relpath(elsewhere, place.parent))


def _replace_with_pipe(folder: Path, path: str) -> None:
    (folder / path).unlink()
    os.mkfifo(folder / path)


def _replace_with_folder(folder: Path, path: str) -> None:
    (folder / path).unlink()
    (folder / path).mkdir()


def _sparse(folder: Path, path: str) -> None:
    with (folder / path).open("r+b") as stream:
        stream.truncate(1 << 40)


SPOILERS: dict[str, Spoil] = {
    **{
        f"{name} in place of {path}": lambda folder, path=path, act=act: act(folder, path)  # type: ignore[misc]
        for path in ("index.html", "manifest.json", "proof/checkpoint", "proof/proof.json", "proof/proof.js")
        for name, act in {
            "a link": lambda folder, path: _replace_with_link(folder, path, absolute=True),
            "a relative link": lambda folder, path: _replace_with_link(folder, path, absolute=False),
            "a pipe": _replace_with_pipe,
            "a folder": _replace_with_folder,
            "a terabyte": _sparse,
        }.items()
    },
    "a link in place of a folder": lambda folder: _replace_with_link(folder, "assets", absolute=True),
    "a link in place of the proofs": lambda folder: _replace_with_link(folder, "proof", absolute=True),
    "a link in place of the stamps": lambda folder: _replace_with_link(folder, "proof/stamps", absolute=False),
    "a link that nobody listed": lambda folder: (folder / "more").symlink_to("index.html"),
    "a link to nowhere": lambda folder: (folder / "more").symlink_to("nowhere"),
    "a link to itself": lambda folder: (folder / "more").symlink_to("more"),
    "a pipe that nobody listed": lambda folder: os.mkfifo(folder / "more"),
    "an empty folder": lambda folder: (folder / "more").mkdir(),
    "an empty folder among the proofs": lambda folder: (folder / "proof" / "more").mkdir(),
    "deep folders": lambda folder: (folder / "/".join("x" * 200)).mkdir(parents=True),
    "a name that is no text": lambda folder: Path(os.fsdecode(os.fsencode(folder) + b"/\xff\x1b")).write_bytes(b""),
    "no assets": lambda folder: shutil.rmtree(folder / "assets"),
    "no proofs": lambda folder: shutil.rmtree(folder / "proof"),
}


@pytest.mark.parametrize("spoil", SPOILERS.values(), ids=SPOILERS.keys())
def test_what_is_no_plain_file_is_refused_by_both_and_never_waited_for(
    judge_folder: Judge, folder: Path, spoil: Spoil
) -> None:
    spoil(folder)
    judgement = judge_folder(folder)
    assert judgement.accepted == (False, False)
    assert judgement.agree


def test_a_file_browser_s_own_file_is_named_as_such(verifier: Any, folder: Path) -> None:
    (folder / ".DS_Store").write_bytes(b"")
    check = verifier.Verification(folder)
    assert not check.run()
    problems = [problem for c in check.checks for problem in c.problems]
    assert problems == [".DS_Store does not belong to the dossier (your computer's file browser made it: delete it)"]


def test_a_file_that_changes_while_it_is_read_is_refused(verifier: Any, folder: Path) -> None:
    expected = verifier.File("0" * 64, (folder / "index.html").stat().st_size)
    (folder / "index.html").write_bytes(b"x" * (expected.size + 1))
    assert "bytes instead of" in verifier.file_problem(folder, "index.html", expected)
    with pytest.raises(verifier.DossierError, match="more than it may have"):
        list(verifier.file_chunks(folder, "index.html", expected.size))


def run(verifier_file: Path, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", "-W", "error", verifier_file, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, **options)


def test_the_program_passes_a_whole_dossier_with_the_trusted_key(
    verifier_file: Path, folder: Path, dossier: SealedDossier, tmp_path: Path
) -> None:
    key = str(dossier.plan.key.public)
    (tmp_path / "key.txt").write_text(key + "\n")
    for given in (key, tmp_path / "key.txt"):
        result = run(verifier_file, folder, "--key", given)
        assert result.returncode == 0, result.stdout
        assert result.stderr == ""
        assert "The sealing key is the one you gave." in result.stdout
        assert "VERDICT      PASS" in result.stdout
    assert "FAIL" not in result.stdout
    assert f"of {dossier.tree.size:,} log entries are disclosed" in result.stdout
    assert result.stdout.count("openssl ts -verify") == 2


def test_the_program_that_lies_in_a_dossier_checks_that_dossier(verifier_file: Path, tmp_path: Path) -> None:
    plan = random_plan(3)
    own = seal(replace(plan, payload={**plan.payload, "verify.py": verifier_file.read_bytes()}))
    write_dossier(tmp_path / "dossier", own.files)
    result = run(tmp_path / "dossier" / "verify.py", cwd=tmp_path)
    assert result.returncode == 0, result.stdout
    assert not (tmp_path / "dossier" / "__pycache__").exists()
    assert "NOT CHECKED  Whose key it is." in result.stdout


def test_the_program_reports_to_programs(verifier_file: Path, folder: Path, dossier: SealedDossier) -> None:
    report = json.loads(run(verifier_file, folder, "--json").stdout)
    assert report["verdict"] == "pass"
    assert report["entries"]["total"] == dossier.tree.size
    assert report["key"] == str(dossier.plan.key.public)
    assert {check["result"] for check in report["checks"]} == {"PASS", "NOT CHECKED"}
    (folder / "index.html").write_bytes(b"changed")
    result = run(verifier_file, folder, "--json")
    assert result.returncode == 1
    report = json.loads(result.stdout)
    assert report["verdict"] == "fail"
    assert [check["code"] for check in report["checks"] if check["result"] == "FAIL"] == ["files"]


def test_the_program_refuses_damaged_dossiers_and_a_stranger_s_key(
    verifier_file: Path, dossier: SealedDossier, tmp_path: Path
) -> None:
    rng = Random(1)
    for number, damage in enumerate(WHOLE_FILE[:6]):
        files = None
        while files is None:
            files = damage(dossier, rng)
        write_dossier(tmp_path / str(number), files)
        result = run(verifier_file, tmp_path / str(number))
        assert (result.returncode, result.stderr) == (1, "")
        assert "VERDICT      FAIL" in result.stdout
        assert "Do not rely on this copy." in result.stdout
    write_dossier(tmp_path / "whole", dossier.files)
    stranger = str(random_dossier(10**6).plan.key.public)
    result = run(verifier_file, tmp_path / "whole", "--key", stranger)
    assert result.returncode == 1
    assert "sealed with another key than the one you gave" in result.stdout


def test_names_from_a_dossier_cannot_disturb_the_terminal(verifier_file: Path, folder: Path) -> None:
    (folder / "\x1b[2Jclear\u202e").write_bytes(b"")
    result = run(verifier_file, folder, env={"PYTHONIOENCODING": "ascii"})
    assert result.returncode == 1
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
