"""A file of marks: it is looked through first, each line is an entry, and a line that fails says where to go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from everyangle.cli.accounts import group
from everyangle.cli.accounts_apply import MARKS
from everyangle.cli.main import status_of

TEXT = "The Quill Harbour Police said the window broke. Its sergeant said she waited 25 minutes.\n"


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVERYANGLE_HOME", str(tmp_path / "home"))
    (tmp_path / "page.txt").write_text(TEXT)
    for words in (
        ["init", "stop", "--title", "A stop"],
        ["add", "stop", "page.txt", "--from", "desk"],
        ["build", "stop"],
    ):
        monkeypatch.chdir(tmp_path)
        assert status_of([*words, "--quiet"]) == 0
    return tmp_path / "stop"


def apply(case: Path, text: str, *options: str) -> int:
    marks = case.parent / "marks.txt"
    marks.write_text(text)
    return status_of(["accounts", "apply", str(case), str(marks), "--quiet", *options])


def pinned(case: Path) -> list[str]:
    out = case.parent / "ledger.json"
    assert status_of(["accounts", "export", str(case), "--json", str(out), "--quiet"]) == 0
    titles = [question["title"] for question in json.loads(out.read_text())["questions"]]
    return sorted(title for title in titles if title.startswith("Who "))


def test_each_line_is_done_and_remarks_are_not(case: Path) -> None:
    text = (
        '# two questions\npin "Who called?" --why "nobody said"\n\npin "Who drove?" --why "open"  # and that is all\n'
    )
    assert apply(case, text, "--by", "desk") == 0
    assert pinned(case) == ["Who called?", "Who drove?"]


@pytest.mark.parametrize("bad", ['pin "Who', "publish out", "apply other.txt", "everyangle accounts pin x"])
def test_nothing_is_done_where_a_line_is_no_mark(case: Path, bad: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert apply(case, f'pin "Who called?" --why "nobody said"\n{bad}\n') == 2
    assert pinned(case) == []
    told = capsys.readouterr().err
    assert "line 2" in told
    assert "Nothing was done." in told


@pytest.mark.parametrize("bad", ["pin", 'confirm "no such words" "nor these" --why "x"'])
def test_a_line_that_fails_keeps_what_was_done_and_says_where_to_go_on(
    case: Path, bad: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, last = 'pin "Who called?" --why "nobody said"', 'pin "Who drove?" --why "open"'
    assert apply(case, f"{first}\n{bad}\n{last}\n") == 2
    assert "--from 2" in capsys.readouterr().err
    assert pinned(case) == ["Who called?"]
    assert apply(case, f"{first}\n# left out\n{last}\n", "--from", "2") == 0
    assert pinned(case) == ["Who called?", "Who drove?"]


def test_marks_end_where_one_is_stopped(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("everyangle.cli.accounts_judge.judge", stopped)
        text = 'confirm "said" "waited" --why "x"\npin "Who drove?" --why "open"\n'
        assert apply(case, text) == 130
    assert "--from 1" in capsys.readouterr().err
    assert pinned(case) == []


def test_a_file_that_is_no_text_is_refused(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    marks = case.parent / "marks.txt"
    marks.write_bytes(b"\xff\xfe\x00pin")
    assert status_of(["accounts", "apply", str(case), str(marks)]) == 2
    assert "Nothing was done." in capsys.readouterr().err


def test_every_mark_is_a_command() -> None:
    assert {command.name for command in group.registered_commands} >= MARKS
