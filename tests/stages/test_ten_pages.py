"""Ten pages of ten publishers about one event go in, and a matrix comes out that an editor would only need to trim."""

from __future__ import annotations

import json
from typing import Any

import pytest

from everyangle.cli.main import status_of
from everyangle.testing.news_pages import PAGES, write_pages

WANTED = {
    "Was the passenger hurt?",
    "Was force used?",
    "Did the harbour wardens ask the passenger to leave?",
    "Was Varga pulled?",
    "Was the passenger warned?",
    "How many wardens were there?",
    "When did the wardens arrive?",
}

TRUE = [
    ("no force was used", "pulled him down the gangway"),
    ("no force was used", "had held Varga by the arm"),
    ("nobody was injured", "wrist was broken"),
    ("three wardens", "five wardens"),
    ("the passenger had no ticket", "My brother had a ticket"),
    ("Nobody asked him to leave", "at least five times to leave"),
    ("no phone was taken", "phone was taken by a warden"),
    ("arrival at 19:50", "arrived at 20:05"),
    ("had been warned three times", "There was no warning"),
    ("anyone had pulled Varga by the arm", "pulled him down the gangway"),
    ("No force was used", "they pushed him"),
    ("nobody was injured", "passenger was hurt"),
    ("nobody was injured", "wrist broken"),
]
"""What the pages say that cannot both be."""


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("ten")
    case, out, pages = str(folder / "case"), folder / "ledger.json", folder / "pages"
    pages.mkdir()
    write_pages(pages)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVERYANGLE_HOME", str(folder / "home"))
        for arguments in (
            ["init", case, "--title", "Marrow Quay"],
            ["add", case, str(pages), "--from", "saved"],
            ["build", case],
            ["accounts", "export", case, "--json", str(out)],
        ):
            assert status_of([*arguments, "--quiet"]) == 0, arguments
    return json.loads(out.read_text())


def test_clutter_is_no_account(ledger: Any) -> None:
    assert len({one["sha256"] for one in ledger["documents"]}) == len(PAGES)
    said = " ".join(one["statement"]["content"]["text"] for one in ledger["statements"])
    assert not [word for word in ("Accept", "soups", "ADVERTISEMENT", "gull_77", "Imprint", "letter") if word in said]


def test_the_questions_are_those_that_an_editor_would_ask(ledger: Any) -> None:
    assert {question["title"] for question in ledger["questions"]} >= WANTED
    assert len(ledger["questions"]) <= 2 * len(WANTED)


def test_every_contradiction_told_is_one(ledger: Any) -> None:
    told = contradictions(ledger)
    assert told
    assert not [(a, b) for a, b in told if not any(_meets(x, y, a, b) for x, y in TRUE)]


def test_nearly_all_contradictions_of_the_pages_are_told(ledger: Any) -> None:
    told = contradictions(ledger)
    missed = [(x, y) for x, y in TRUE if not any(_meets(x, y, a, b) for a, b in told)]
    assert len(missed) <= 1, missed


def contradictions(ledger: Any) -> list[tuple[str, str]]:
    words = {one["key"]: " ".join(one["statement"]["content"]["text"].split()) for one in ledger["statements"]}
    return [(words[r["a"]], words[r["b"]]) for r in ledger["relations"] if r["kind"] == "contradict"]


def _meets(x: str, y: str, a: str, b: str) -> bool:
    x, y, a, b = (text.casefold() for text in (x, y, a, b))
    return (x in a and y in b) or (x in b and y in a)
