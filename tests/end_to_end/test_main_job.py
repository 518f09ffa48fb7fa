"""The main job on the bundled incident: placed where they truly were, published, verified, and rebuilt the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.end_to_end.conftest import INCIDENT, Job

from everyangle.cli.main import status_of

STRANGER_EVENT = "another-day"


def _status(case: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    capsys.readouterr()
    assert status_of(["status", str(case), "--json"]) == 0
    return {item["name"]: item for item in json.loads(capsys.readouterr().out)["items"]}


def test_every_recording_stands_within_50_ms_of_the_known_clock(job: Job, capsys: pytest.CaptureFixture[str]) -> None:
    items = _status(job.case, capsys)
    offsets = {
        name: items[name]["offset_s"] - known["offset_s"]
        for name, known in job.truth.items()
        if known["event"] != STRANGER_EVENT
    }
    shift = offsets["livestream-mira.webm"]
    apart = {name: round(offset - shift, 4) for name, offset in offsets.items()}
    assert len(apart) >= 5
    assert all(abs(x) <= 0.05 for x in apart.values()), apart
    assert {items[name]["component"] for name in offsets} == {0}


def test_the_stranger_is_left_out_with_a_reason(job: Job, capsys: pytest.CaptureFixture[str]) -> None:
    items = _status(job.case, capsys)
    strangers = [name for name, known in job.truth.items() if known["event"] == STRANGER_EVENT]
    assert strangers
    for name in strangers:
        assert not items[name]["placed"]
        assert items[name]["reason"]


def test_case_and_dossier_verify_in_both_programs(job: Job) -> None:
    assert status_of(["verify", str(job.case), "--quiet"]) == 0
    assert status_of(["verify", str(job.dossier), "--quiet"]) == 0
    done = subprocess.run([sys.executable, "-I", job.dossier / "verify.py"], capture_output=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_changed_byte_in_an_original_is_found(case: Path) -> None:
    original = next(p for p in sorted((case / "originals").rglob("*")) if p.is_file() and p.stat().st_size > 1000)
    original.chmod(0o644)
    _flip(original)
    assert status_of(["verify", str(case), "--quiet"]) == 1


@pytest.mark.parametrize("pattern", ["media/*", "items/*/*", "index.html", "data/dossier.js", "proof/proof.json"])
def test_a_changed_byte_in_a_dossier_is_found_by_both_programs(dossier: Path, pattern: str) -> None:
    _flip(sorted(dossier.glob(pattern))[0])
    assert status_of(["verify", str(dossier), "--quiet"]) == 1
    done = subprocess.run([sys.executable, "-I", dossier / "verify.py"], capture_output=True, check=False)
    assert done.returncode == 1


def test_a_rolled_back_copy_of_the_case_is_noticed(case: Path, tmp_path: Path) -> None:
    older = Path(shutil.copytree(case, tmp_path / "older"))
    assert status_of(["note", str(case), "something new", "--quiet"]) == 0
    assert status_of(["verify", str(case), "--quiet"]) == 0
    assert status_of(["verify", str(older), "--quiet"]) == 1


def test_catalogue_and_derived_results_can_be_deleted_and_come_back_the_same(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = _status(case, capsys)
    (case / "catalogue.sqlite").unlink()
    shutil.rmtree(case / "derived")
    assert status_of(["build", str(case), "--quiet"]) == 0
    after = _status(case, capsys)
    assert before.keys() == after.keys()
    for name, item in before.items():
        again = after[name]
        for number in ("offset_s", "error_s"):
            assert item[number] == pytest.approx(again[number], abs=1e-6)
        assert {k: v for k, v in item.items() if not k.endswith("_s")} == {
            k: v for k, v in again.items() if not k.endswith("_s")
        }


def test_a_second_build_makes_nothing_anew(case: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in (case / "derived").rglob("*") if p.is_file()}
    assert status_of(["build", str(case), "--quiet"]) == 0
    assert {p: p.stat().st_mtime_ns for p in (case / "derived").rglob("*") if p.is_file()} == before


def test_a_program_learns_on_what_each_place_rests(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    evidence = {name: item["evidence"] for name, item in _status(case, capsys).items()}
    livestream = evidence["livestream-mira.webm"]
    assert livestream["fate"] == "placed"
    assert livestream["others"] >= 2
    assert livestream["circles"] >= 1
    assert set(livestream["kinds"]) == {"landmarks", "envelope", "phase"}
    assert evidence["street-video-ines.mp4"]["fate"] != "placed"


def test_a_dossier_holds_the_evidence_of_each_place(job: Job) -> None:
    files = sorted((job.dossier / "data").glob("evidence-*.js"))
    told = [json.loads(path.read_text().partition('"] = ')[2].rstrip(";\n")) for path in files]
    assert len(told) >= len(job.truth)  # photos have a lane, too
    used = [one for found in told for one in found["relations"] if one["used"]]
    assert len(used) >= 2 * 5
    for one in used:
        assert one["profile"]["sources"]
        assert sum(len(piece["agree"]) for piece in one["pieces"]) >= 8
        assert all(circle["closes"] < 0.3 for circle in one["circles"])
    by_hand = [found["words"] for found in told if found["stated"]]
    assert "Placed by hand, within \u00b10.20\u00a0s" in by_hand


def test_publishing_is_refused_without_a_reason(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["publish", str(case), str(tmp_path / "out")]) == 4
    assert "--unredacted --why" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_files_align_without_a_case(job: Job, tmp_path: Path) -> None:
    out = tmp_path / "alignment.json"
    names = ["wpd-bodycam-412.mp4", "livestream-mira.webm"]
    files = [str(INCIDENT / "recordings" / name) for name in names]
    assert status_of(["align", *files, "--json", str(out), "--quiet"]) == 0
    document = json.loads(out.read_text())
    assert document["format"] == "everyangle.alignment/1"
    offsets = {Path(r["path"]).name: r["offset_s"] for r in document["recordings"]}
    known = [job.truth[name]["offset_s"] for name in names]
    assert offsets[names[0]] - offsets[names[1]] == pytest.approx(known[0] - known[1], abs=0.05)
    assert {r["component"] for r in document["recordings"]} == {0}


def test_aligning_nothing_readable_is_told_and_ends_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.mp4"
    empty.touch()
    assert status_of(["align", str(empty), str(tmp_path / "missing.mp4")]) == 2
    told = capsys.readouterr().err
    assert "empty.mp4" in told
    assert "missing.mp4" in told


def test_what_cannot_be_read_is_told_and_the_rest_of_the_build_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EVERYANGLE_HOME", str(tmp_path / "home"))
    files = tmp_path / "files"
    files.mkdir()
    (files / "empty.mp4").touch()
    (files / "noise.mov").write_bytes(bytes(range(256)) * 40)
    (files / "words.mp4").write_text("These are words, not a recording.")
    (files / "statement.txt").write_text("The sergeant could not say.")
    case = tmp_path / "case"
    assert status_of(["init", str(case), "--title", "Odd files", "--quiet"]) == 0
    assert status_of(["add", str(case), str(files), "--quiet"]) == 0
    assert status_of(["build", str(case), "--quiet"]) == 0
    items = _status(case, capsys)
    assert {name: item["problem"] is not None for name, item in items.items()} == {
        "empty.mp4": True,
        "noise.mov": True,
        "words.mp4": True,
        "statement.txt": False,
    }
    assert status_of(["verify", str(case), "--quiet"]) == 0


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
