"""Stamping a case's checkpoint at authorities of this machine, with openssl as the second opinion."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path

import pytest

from everyangle.adapters.timestamps_rfc3161 import HttpAuthority
from everyangle.record import kinds
from everyangle.stages.acts import Act, record
from everyangle.stages.audit import audit_case
from everyangle.stages.stamp import stamp
from everyangle.testing.cases import Place, place_below
from everyangle.testing.tsa import LocalAuthority


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = place_below(tmp_path)
    place.new()
    return place


def tsa_folder(tmp_path: Path, name: str) -> Path:
    folder = tmp_path / name
    folder.mkdir()
    return folder


@pytest.mark.parametrize("chain", [False, True])
def test_a_stamp_is_kept_and_openssl_accepts_it_by_the_printed_command(
    place: Place, tmp_path: Path, chain: bool
) -> None:
    case = place.open()
    with LocalAuthority(tsa_folder(tmp_path, "tsa"), chain=chain) as authority:
        result = stamp(case, [HttpAuthority(authority.url)])
        trust = f"{authority.root} -untrusted {authority.intermediate}"
    assert result.failed == ()
    record(case, [Act(kinds.NoteAdded(None))])
    (kept,) = audit_case(case).existed.stamps
    assert kept.size == 1
    command = shlex.split(kept.command.replace("AUTHORITY.pem", trust))
    assert subprocess.run(command, capture_output=True).returncode == 0
    response = place.case / kept.place
    whole = response.read_bytes()
    response.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert subprocess.run(command, capture_output=True).returncode != 0


def test_several_authorities_stamp_one_checkpoint_and_one_that_fails_does_not_stop_them(
    place: Place, tmp_path: Path
) -> None:
    case = place.open()
    with (
        LocalAuthority(tsa_folder(tmp_path, "one")) as one,
        LocalAuthority(tsa_folder(tmp_path, "broken"), spoil=b"no") as broken,
        LocalAuthority(tsa_folder(tmp_path, "two"), chain=True) as two,
    ):
        result = stamp(case, [HttpAuthority(authority.url) for authority in (one, broken, two)])
    assert [kept.url for kept in result.kept] == [one.url, two.url]
    assert [(failed.url, failed.error.code) for failed in result.failed] == [(broken.url, "stamp-refused")]
    verdict = audit_case(case)
    assert verdict.ok
    assert len(verdict.existed.stamps) == 2
