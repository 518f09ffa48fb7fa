"""What people say beside placements guides the machine in a case, stands in the log, and survives all else."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from everyangle.cli.main import status_of
from everyangle.testing.scene.encode import FORMATS, write
from everyangle.testing.sync_scenes import F64, Recorder, Source, record, song, street

LEFT, RIGHT, PORCH, BUS = "left.m4a", "right.m4a", "porch.m4a", "bus.m4a"


def sounds() -> dict[str, tuple[F64, str]]:
    """Two phones at a concert, 7 s apart; and a porch and a bus at one incident, 8 s apart, on another evening."""
    concert = [*street(20, 60), Source(song(7, 60), 3, 3, 2.5)]
    incident = street(61, 50)
    made = {
        f"ada/{LEFT}": (concert, Recorder(2.0, 40.0, 1, 1, noise=0.02), "2031-04-17T18:00:00Z"),
        f"ben/{RIGHT}": (concert, Recorder(9.0, 40.0, 4, -2, noise=0.02), "2031-04-17T18:00:08Z"),
        f"cleo/{PORCH}": (incident, Recorder(0.0, 35.0, 5, 5), "2031-05-02T10:00:00Z"),
        f"cleo/{BUS}": (incident, Recorder(8.0, 35.0, -6, 2), "2031-05-02T23:11:00Z"),
    }
    return {
        name: (np.repeat(record(scene, recorder, k).astype(np.float64), 2), said)
        for k, (name, (scene, recorder, said)) in enumerate(made.items())
    }


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case that was built once, with its keys beside it."""
    folder = tmp_path_factory.mktemp("guided")
    for name, (samples, said) in sounds().items():
        path = folder / "received" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, FORMATS["m4a"], samples, 16_000, created=said)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVERYANGLE_HOME", str(folder / "home"))
        patch.setenv("EVERYANGLE_WORK", "serial:")
        case = str(folder / "case")
        assert status_of(["init", case, "--title", "Two evenings", "--quiet"]) == 0
        assert status_of(["add", case, str(folder / "received"), "--quiet"]) == 0
        assert status_of(["build", case, "--quiet"]) == 0
    return folder


@pytest.fixture
def case(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVERYANGLE_HOME", str(shutil.copytree(whole / "home", tmp_path / "home")))
    monkeypatch.setenv("EVERYANGLE_WORK", "serial:")
    return Path(shutil.copytree(whole / "case", tmp_path / "case"))


def do(*arguments: object) -> int:
    return status_of([*map(str, arguments), "--quiet"])


def status(case: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    capsys.readouterr()
    assert status_of(["status", str(case), "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def together(found: dict[str, Any], one: str, other: str) -> bool:
    where = {row["name"]: row["component"] for row in found["items"] if row["placed"]}
    return one in where and where[one] == where.get(other)


def test_times_place_the_concert_until_people_choose_otherwise(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = status(case, capsys)
    assert together(found, LEFT, RIGHT)
    assert together(found, PORCH, BUS)
    assert sum(row["prior"] is not None for row in found["items"]) == 1
    assert do("build", case, "--no-metadata", "--why", "copies") == 0
    found = status(case, capsys)
    assert not together(found, LEFT, RIGHT)
    assert together(found, PORCH, BUS)
    assert found["hints"] == {"metadata": False, "device_from": "none"}
    assert do("build", case, "--metadata", "--why", "originals after all") == 0
    assert together(status(case, capsys), LEFT, RIGHT)


def test_choices_survive_without_catalogue_and_derived_results(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert do("build", case, "--no-metadata", "--device-from", "folder", "--why", "copies") == 0
    assert do("place", case, LEFT, "--device", "phone-2", "--why", "she said so") == 0
    assert do("place", case, PORCH, "--reject", LEFT, "--why", "another evening") == 0
    assert do("build", case) == 0
    before = status(case, capsys)
    (case / "catalogue.sqlite").unlink()
    shutil.rmtree(case / "derived")
    assert status(case, capsys)["built"] is False
    assert do("build", case) == 0
    after = status(case, capsys)
    assert after == before
    assert after["hints"] == {"metadata": False, "device_from": "folder"}
    assert list(after["devices"].values()) == ["phone-2"]
    assert [r["why"] for r in after["rejected"]] == ["another evening"]
    assert status_of(["status", str(case)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Times and devices that files say of themselves are not weighed." in shown
    assert "left.m4a was recorded by “phone-2”, a person says." in shown
    assert "porch.m4a does not belong with left.m4a, a person says (another evening)." in shown
    assert status_of(["verify", str(case)]) == 0


def test_a_choice_that_holds_already_is_not_logged_again(case: Path) -> None:
    assert do("build", case, "--no-metadata", "--why", "copies") == 0
    before = (case / "log" / "checkpoint").read_bytes()
    assert do("build", case, "--no-metadata", "--why", "copies") == 0
    assert (case / "log" / "checkpoint").read_bytes() == before


def test_one_folders_recordings_that_overlap_are_refused_and_reported(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert do("build", case, "--device-from", "folder", "--why", "one folder each") == 0
    found = status(case, capsys)
    assert not together(found, PORCH, BUS)
    assert together(found, LEFT, RIGHT)
    (conflict,) = found["conflicts"]
    assert conflict["kind"] == "device"
    assert conflict["by_s"] == pytest.approx(27.0, abs=1.0)
    assert status_of(["status", str(case)]) == 0
    assert "said to be of one device" in " ".join(capsys.readouterr().out.split())


def test_a_stated_device_outranks_the_folder_and_can_be_taken_back(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert do("build", case, "--device-from", "folder", "--why", "one folder each") == 0
    assert do("place", case, BUS, "--device", "the bus", "--why", "it hangs there") == 0
    assert do("build", case) == 0
    assert together(status(case, capsys), PORCH, BUS)
    assert do("place", case, BUS, "--device", "the bus", "--withdraw", "--why", "not sure") == 0
    assert do("build", case) == 0
    assert not together(status(case, capsys), PORCH, BUS)
    assert do("place", case, BUS, "--device", "the bus", "--withdraw") == 4


def test_a_rejection_parts_two_recordings_until_it_is_withdrawn(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert do("place", case, BUS, "--reject", PORCH, "--offset", "20", "--why", "not there") == 0
    assert do("build", case) == 0
    assert together(status(case, capsys), PORCH, BUS)
    assert do("place", case, BUS, "--reject", PORCH, "--offset", "8.2", "--within", "0.5", "--why", "not there") == 0
    assert do("build", case) == 0
    found = status(case, capsys)
    assert not together(found, PORCH, BUS)
    assert [c["kind"] for c in found["conflicts"]] == ["rejection"]
    assert do("place", case, BUS, "--reject", PORCH, "--withdraw", "--why", "there after all") == 0
    assert do("build", case) == 0
    found = status(case, capsys)
    assert together(found, PORCH, BUS)
    assert (found["rejected"], found["conflicts"]) == ([], [])


def test_a_hand_placement_that_the_sound_contradicts_is_reported_by_how_much(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert do("place", case, BUS, "--like", PORCH, "--offset", "15", "--within", "0.5", "--why", "a flash") == 0
    assert do("build", case) == 0
    found = status(case, capsys)
    assert together(found, PORCH, BUS)
    (conflict,) = found["conflicts"]
    assert (conflict["kind"], len(conflict["pinned"])) == ("pin", 1)
    assert conflict["by_s"] == pytest.approx(7.0, abs=0.2)
    assert do("place", case, BUS, "--like", PORCH, "--offset", "8.1", "--within", "0.5", "--why", "seen again") == 0
    assert do("build", case) == 0
    assert status(case, capsys)["conflicts"] == []


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([BUS, "--reject", BUS], 2),
        ([BUS, "--reject", "nobody.m4a"], 2),
        ([BUS, "--reject", PORCH, "--device", "x"], 2),
        ([BUS, "--reject", PORCH, "--confirm"], 2),
        ([BUS, "--reject", PORCH, "--within", "1"], 2),
        ([BUS, "--reject", PORCH, "--withdraw"], 4),
        ([BUS, "--reject", PORCH, "--offset", "soon"], 2),
        ([BUS, "--device", " "], 2),
        ([BUS, "--device", "x", "--at", "5"], 2),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_recorded(
    case: Path, arguments: list[str], expected: int
) -> None:
    before = (case / "log" / "checkpoint").read_bytes()
    assert do("place", case, *arguments) == expected
    assert (case / "log" / "checkpoint").read_bytes() == before


def test_what_a_person_placed_together_cannot_be_rejected_beside_it(case: Path) -> None:
    assert do("place", case, BUS, "--like", PORCH, "--offset", "8", "--why", "seen") == 0
    assert do("place", case, PORCH, "--reject", BUS) == 3
