"""``everyangle invite`` and ``everyangle serve`` as a person uses them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from everyangle.cli.main import status_of
from everyangle.testing.capture_server import Grounds


@pytest.fixture
def grounds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Grounds:
    made = Grounds(tmp_path)
    made.make()
    monkeypatch.setenv("EVERYANGLE_HOME", str(made.home))
    monkeypatch.delenv("EVERYANGLE_URL", raising=False)
    return made


def told(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    capsys.readouterr()
    assert status_of(arguments) == status
    out = capsys.readouterr()
    return out.out if status == 0 else out.err


def test_a_link_is_shown_once_as_an_address_and_a_code_listed_and_revoked(
    grounds: Grounds, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    case, png = str(grounds.case_folder), tmp_path / "code.png"
    words = ["--label", "Neighbours", "--expires", "7d", "--uses", "3", "--url", "https://record.example/"]
    shown = told(capsys, "invite", case, *words, "--png", str(png))
    address = re.search(r"https://record\.example/w/#([A-Za-z0-9_-]{22})", shown)
    assert address
    assert "█" in shown or "▀" in shown
    assert png.read_bytes().startswith(b"\x89PNG")
    listed = told(capsys, "invite", case, "--list")
    assert "Neighbours" in listed
    assert "0 of 3 used" in listed
    assert address[1] not in listed
    assert "Revoked" in told(capsys, "invite", case, "--revoke", address[0], "--why", "seen on a wall")
    assert "revoked" in told(capsys, "invite", case, "--list")
    log = told(capsys, "log", case)
    assert "Made invitation" in log
    assert "for 3 devices" in log
    assert "Revoked invitation" in log
    assert address[1] not in log
    assert told(capsys, "verify", case)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--revoke", "0123456789"], "link-missing"),
        (["--revoke", ""], "link-missing"),
        (["--expires", "2001-01-01T00:00:00Z"], "expires-past"),
        (["--expires", "soon"], "time-malformed"),
    ],
)
def test_what_cannot_be_is_told(
    grounds: Grounds, capsys: pytest.CaptureFixture[str], arguments: list[str], code: str
) -> None:
    assert code in told(capsys, "invite", str(grounds.case_folder), *arguments, status=2)


def test_a_case_is_not_served_by_itself_and_a_certificate_not_without_its_key(
    grounds: Grounds, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "root-is-case" in told(capsys, "serve", str(grounds.case_folder), status=2)
    assert "root-missing" in told(capsys, "serve", str(grounds.root / "nothing"), status=2)
    assert "tls-halved" in told(capsys, "serve", str(grounds.root), "--tls-cert", "chain.pem", status=2)
