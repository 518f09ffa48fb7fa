"""``everyangle read``, run as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from everyangle.cli.main import status_of
from everyangle.testing import documents_made as made

SCHEMA = Path(__file__).parents[2] / "docs" / "formats" / "statements.schema.json"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "a.html").write_text(made.page())
    (tmp_path / "b.pdf").write_bytes(made.encrypted_pdf())
    (tmp_path / "c.txt").write_text("The agency declined to comment.\n")
    return [str(tmp_path / name) for name in ("a.html", "b.pdf", "c.txt")]


def test_statements_are_written_and_told(files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out.json"
    assert status_of(["read", *files, "--json", str(out), "--progress", "none"]) == 0
    fields = json.loads(out.read_bytes())
    jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text())).validate(fields)
    assert [document["path"] for document in fields["documents"]] == [files[0], files[2]]
    assert [(error["path"], error["code"]) for error in fields["errors"]] == [(files[1], "document-encrypted")]
    told = capsys.readouterr().out
    assert "declines: to comment" in told
    assert "The Example Post" in told
    assert "[document-encrypted]" in told


def test_the_output_can_be_a_program_s(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["read", files[2], "--json", "-", "--quiet"]) == 0
    assert json.loads(capsys.readouterr().out)["format"] == "everyangle.statements/1"


def test_nothing_read_is_a_failure_that_is_written_down(
    files: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.json"
    assert status_of(["read", files[1], str(tmp_path), "--json", str(out), "--quiet"]) == 2
    fields = json.loads(out.read_bytes())
    assert fields["documents"] == []
    assert [error["code"] for error in fields["errors"]] == ["document-encrypted", "not-a-file"]
    assert "document-encrypted" in capsys.readouterr().out


def test_a_server_without_a_model_is_half_named(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert status_of(["read", files[2], "--reader", "http://127.0.0.1:9/v1"]) == 2
    assert "reader-half-named" in capsys.readouterr().err


def test_a_server_that_is_not_there_takes_nothing_away(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    given = ["read", files[2], "--reader", "http://127.0.0.1:9/v1", "--model", "m", "--json", "-"]
    assert status_of(given) == 0
    fields = json.loads(capsys.readouterr().out)
    assert [error["code"] for error in fields["errors"]] == ["model-unreachable"]
    assert len(fields["documents"][0]["statements"]) == 1


def test_without_the_parser_it_says_what_to_install(files: list[str]) -> None:
    script = "import sys; sys.modules['spacy'] = None; from everyangle.cli.main import status_of; "
    script += f"sys.exit(status_of(['read', {files[2]!r}, '--quiet']))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 2
    assert "pip install 'everyangle[accounts]'" in ran.stderr
