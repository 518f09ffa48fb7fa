"""What is planted in the documents of the bundled incident stands in its ledger, marked as in the demo."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from everyangle.cli.main import status_of

ROOT = Path(__file__).parents[2]
SERVICE, POLICE, FAMILY = "State Warrant Service", "Wexbourne Police Department", "Talvik family"
COUNSEL, WITNESSES = "Open Street Counsel", "witnesses"

QUESTIONS = {
    "How long was it until the window was broken?": {SERVICE, POLICE, FAMILY, COUNSEL},
    "How long did the officers negotiate?": {SERVICE, FAMILY},
    "How long from the sergeant's arrival to the broken window?": {POLICE},
    "Was the warrant shown?": {SERVICE, POLICE, FAMILY},
    "How often was the warrant asked for?": {FAMILY, COUNSEL},
    "How many warnings were there?": {SERVICE, POLICE, COUNSEL},
    "Did the driver identify himself?": {SERVICE, FAMILY},
    "Was the engine on?": {SERVICE, POLICE, FAMILY},
    "How many officers were there?": {SERVICE, POLICE, COUNSEL},
    "How many blows were there?": {SERVICE, POLICE, COUNSEL},
    "How many windows were broken?": {WITNESSES},
    "Was anyone injured?": {SERVICE, POLICE, FAMILY},
    "When was the arrest?": {SERVICE, POLICE},
    "Is the agency's recording complete?": {SERVICE, COUNSEL},
    "Were local police there from the beginning, and did they support the decision?": {SERVICE, POLICE},
}
"""Each question, and who answers it."""

CONTRADICTED = [
    ("negotiated with him for about 25 minutes", "Less than three minutes", "machine"),
    ("its officers negotiated for about 25 minutes", "less than four minutes after the car came to a halt", "person"),
    (
        "They negotiated for about 25 minutes before they acted",
        "The window was broken about four minutes later",
        "machine",
    ),
    ("negotiated with him for about 25 minutes", "Nobody negotiated at all", "machine"),
    ("The warrant was shown to him through the window", "They never showed us a warrant", "machine"),
    ("The warrant was shown to him through the window", "shown to detainee for the first time", "person"),
    ("that he was warned at least six times", "that she had heard one warning", "machine"),
    ("on at least six occasions", "We count one warning", "person"),
    ("on at least six occasions", "that they would break the window", "person"),
    ("refused to do so", "he spelled it", "person"),
    ("Throughout the encounter the engine was running", "The engine was off the whole time", "machine"),
    ("Throughout the encounter the engine was running", "The engine of the car was off", "machine"),
    ("Three officers of the Service took part", "Two officers of the Service were with", "machine"),
    ("that three officers took part", "The recordings show two", "person"),
    ("A single, controlled strike", "struck the driver's window twice", "person"),
    ("to break two windows", "A single window was broken", "person"),
    ("Nobody was injured", "His arm was cut open", "machine"),
    ("Nobody was injured", "He was bleeding from the left forearm", "person"),
    ("20:17", "One in custody", "person"),
    ("recorded the stop in full", "ends about one minute after the stop", "person"),
    ("Local police were present from the beginning", "I arrived at 19:53", "person"),
    ("Local police were present from the beginning", "the decision to break the window", "person"),
]
"""What cannot both be, and who tells it."""

OPEN = ["Was anything cut out?", "From when to when did the officers negotiate?"]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The ledger of the documents alone, after what the demo marks."""
    folder = tmp_path_factory.mktemp("planted")
    case, out = str(folder / "case"), folder / "ledger.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVERYANGLE_HOME", str(folder / "home"))
        for arguments in (
            ["init", case, "--title", "The stop on Tannery Row"],
            ["add", case, str(ROOT / "examples/incident/documents"), "--from", "bundled"],
            ["build", case],
            ["accounts", "apply", case, str(ROOT / "script/lib/demo-marks.txt")],
            ["accounts", "export", case, "--json", str(out)],
        ):
            assert status_of([*arguments, "--quiet"]) == 0, arguments
    return json.loads(out.read_text())


def words(statement: Any) -> str:
    return " ".join(statement["statement"]["content"]["text"].split())


def test_every_planted_question_is_there_with_who_answers_it(ledger: Any) -> None:
    found = {question["title"]: question["id"] for question in ledger["questions"]}
    assert set(QUESTIONS) <= set(found), set(QUESTIONS) - set(found)
    answering: dict[str, set[str]] = {}
    for position in ledger["positions"]:
        if any(answer["stance"] != "silent" for answer in position["answers"]):
            answering.setdefault(position["question"], set()).add(position["party"])
    missing = {title: parties - answering.get(found[title], set()) for title, parties in QUESTIONS.items()}
    assert not {title: parties for title, parties in missing.items() if parties}


def test_every_planted_contradiction_is_told(ledger: Any) -> None:
    statements = {one["key"]: words(one) for one in ledger["statements"]}
    told = {(r["a"], r["b"], r["by"]) for r in ledger["relations"] if r["kind"] == "contradict"}
    texts = {(statements[a], statements[b], by) for a, b, by in told if a in statements and b in statements}
    missing = [
        (x, y, by)
        for x, y, by in CONTRADICTED
        if not any(who == by and ((x in a and y in b) or (x in b and y in a)) for a, b, who in texts)
    ]
    assert not missing


@pytest.mark.parametrize("title", OPEN)
def test_what_nobody_answers_is_an_open_question(ledger: Any, title: str) -> None:
    assert [question["open"] for question in ledger["questions"] if question["title"] == title] == [True]


def test_no_title_asks_after_nothing(ledger: Any) -> None:
    titles = [question["title"] for question in ledger["questions"]]
    assert not [title for title in titles if title.startswith(("Did it ", "Did anyone take?", "How many : "))]
