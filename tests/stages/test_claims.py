"""Whoever was shown a code can prove later which recordings are theirs, and nobody else can."""

from __future__ import annotations

from pathlib import Path

import pytest

from everyangle.capture.frames import Kind
from everyangle.cli.main import status_of
from everyangle.core.errors import NotFoundError
from everyangle.stages.claims import claimed
from everyangle.testing.capture_client import Phone
from everyangle.testing.capture_house import House
from everyangle.testing.capture_server import Grounds

CODE = "C1B6G-1P9Z6-1RKFA-0QD3G-ZNQZB"
GRACE_S = 16.0


@pytest.fixture
def grounds(tmp_path: Path) -> Grounds:
    """A case with recordings of three phones, of which one was shown the code, and came back with words."""
    made = Grounds(tmp_path)
    made.make()
    house, token = House(made).open(), made.token()
    for claim in ("AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", CODE, None):
        phone = Phone(token, claim=claim)
        house.begin(phone)
        house.send(phone, [phone.chunk(b"seen"), phone.note(Kind.END, why="stopped")])
        house.look(GRACE_S)
        if claim == CODE:
            house.begin(phone)
            house.send(phone, [phone.note(Kind.WORDS, words="I stood at the corner.")])
            house.look(GRACE_S)
    house.close()
    return made


@pytest.mark.parametrize(
    "written", [CODE, CODE.lower(), f" {CODE.replace('-', ' ')} ", CODE.replace("0", "o").replace("1", "l")]
)
def test_whoever_knows_the_code_is_told_its_recording(grounds: Grounds, written: str) -> None:
    (one,) = claimed(grounds.case(), written)
    with grounds.case().originals.open(one.item) as file:
        assert b"I stood at the corner." in file.read(10_000)


@pytest.mark.parametrize("wrong", ["", CODE[:-1], CODE[::-1], "AAAAA"])
def test_whoever_does_not_is_told_of_none(grounds: Grounds, wrong: str) -> None:
    with pytest.raises(NotFoundError, match="No recording of this case"):
        claimed(grounds.case(), wrong)


def test_the_command_says_which_and_since_when(
    grounds: Grounds, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EVERYANGLE_HOME", str(grounds.home))
    (one,) = claimed(grounds.case(), CODE)
    assert status_of(["invite", str(grounds.case_folder), "--claim", CODE]) == 0
    told = capsys.readouterr().out
    assert one.item[:10] in told
    assert "2026" in told
    assert status_of(["invite", str(grounds.case_folder), "--claim", "AAAAA"]) != 0
