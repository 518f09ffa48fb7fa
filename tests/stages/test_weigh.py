"""A case's ledger: what people decide stands in the log, outranks the machine, and survives all else. Invented."""

from __future__ import annotations

import csv
import json
import shutil
import wave
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from everyangle import app
from everyangle.cli.main import status_of
from everyangle.core.ledger import Ledger
from everyangle.core.ledger_json import ledger_fields, ledger_json
from everyangle.core.weighing import By, RelationKind, Slot, Stance
from everyangle.stages.load import load
from everyangle.stages.weigh import ledger

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "formats" / "ledger.schema.json").read_bytes())

HARBOUR = """STATEMENT OF THE HARBOUR OFFICE
2 May 2031

Our wardens negotiated with the skipper for about 25 minutes. The permit was shown to him through the window. Six
wardens took part. The engine was running.
"""

FAMILY = """STATEMENT OF THE VEY FAMILY
3 May 2031

They never showed us a permit. Nobody negotiated at all. They did not negotiate with the skipper for 25 minutes. The
engine of the boat was off.
"""

NEWS = """Skipper held at Lantern Quay

By Ruth Immel, 4 May 2031

The Harbour Office said on Sunday that its wardens had waited for 25 minutes. The Harbour Office declined to say whether
the permit was shown to the skipper.
"""

TABLE = """Quote;Speaker;Party;Date;Topic
"The boat was ""empty"", I saw it.";Nele Brandis;witnesses;2031-05-03;Was the boat empty?
They waited four minutes.;Nele Brandis;witnesses;2031-05-03;
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with three documents, with its keys beside it."""
    folder = tmp_path_factory.mktemp("weighed")
    received = folder / "received"
    received.mkdir()
    for name, text in (("harbour.txt", HARBOUR), ("family.txt", FAMILY), ("news.txt", NEWS)):
        (received / name).write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVERYANGLE_HOME", str(folder / "home"))
        assert status_of(["init", str(folder / "case"), "--title", "Lantern Quay", "--quiet"]) == 0
        assert status_of(["add", str(folder / "case"), str(received), "--quiet"]) == 0
    return folder


@pytest.fixture(scope="module")
def judged(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same case after an act of each kind that needs no recording."""
    folder = tmp_path_factory.mktemp("judged")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVERYANGLE_HOME", str(shutil.copytree(whole / "home", folder / "home")))
        decide_everything(Path(shutil.copytree(whole / "case", folder / "case")))
    return folder


@pytest.fixture
def decided_case(judged: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVERYANGLE_HOME", str(shutil.copytree(judged / "home", tmp_path / "home")))
    return Path(shutil.copytree(judged / "case", tmp_path / "case"))


@pytest.fixture
def case(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("EVERYANGLE_HOME", str(shutil.copytree(whole / "home", tmp_path / "home")))
    return Path(shutil.copytree(whole / "case", tmp_path / "case"))


def weighed(case: Path) -> Ledger:
    with app.open_bench(case) as bench:
        return ledger(load(bench), bench)


def accounts(case: Path, command: str, *arguments: str) -> int:
    return status_of(["accounts", command, str(case), *arguments, "--quiet"])


def decided(case: Path, command: str, *arguments: str) -> None:
    assert accounts(case, command, *arguments, "--why", "read again") == 0


def key(found: Ledger, words: str) -> str:
    (one,) = (one.key for one in found.statements if words in one.statement.content.text)
    return one


def relation(found: Ledger, a: str, b: str) -> tuple[RelationKind, By]:
    keys = {key(found, a), key(found, b)}
    (one,) = (r for r in found.relations if {r.a, r.b} == keys)
    return one.kind, one.by


NEVER, SHOWN, OFF, RUNNING = "never showed us", "The permit was shown", "boat was off", "engine was running"


def test_parties_speak_in_what_they_published_and_contradict_each_other(case: Path) -> None:
    found = weighed(case)
    assert {"Harbour Office", "Vey family"} <= {party.name for party in found.parties}
    told = {(r.slot, r.by) for r in found.relations if r.kind is RelationKind.CONTRADICT}
    assert told == {(Slot.POLARITY, By.MACHINE)}
    assert relation(found, NEVER, SHOWN) == relation(found, OFF, RUNNING) == (RelationKind.CONTRADICT, By.MACHINE)


def test_each_party_has_a_position_on_each_question(case: Path) -> None:
    found = weighed(case)
    question = found.question("show-permit:whether")
    assert question is not None
    assert question.title == "Was the permit shown?"
    stances = {p.party: [a.stance for a in p.answers] for p in found.positions if p.question == question.id}
    assert stances["Vey family"] == [Stance.DENIES]
    assert stances["Harbour Office"] == [Stance.ASSERTS, Stance.DECLINES]
    assert len(found.positions) == len(found.questions) * len([p for p in found.parties if p.name])


def test_quotes_are_the_text_at_their_places(case: Path) -> None:
    found = weighed(case)
    texts = {one.digest: one.text for one in found.documents}
    for one in found.statements:
        spans = one.statement.content.spans
        assert " ".join(texts[one.document][a:b] for a, b in spans) == one.statement.content.text


def decide_everything(case: Path) -> None:
    """Do one act of each kind that needs no recording."""
    found = weighed(case)
    never, shown, off = key(found, NEVER), key(found, SHOWN), key(found, OFF)
    decided(case, "correct", never, "--who", "Anselm Vey", "--role", "skipper's brother")
    decided(case, "correct", "--in", "news.txt", "--quote", "Skipper held", "--who", "The Herald", "--act", "asserts")
    decided(case, "correct", key(found, "Nobody negotiated"), "--leave-out")
    decided(case, "party", "Anselm Vey", "Vey family and friends")
    decided(case, "rename", "show-permit:whether", "Did the skipper see the permit?")
    decided(case, "split", off, "--to", "Was the engine off the whole time?")
    decided(case, "pin", "Who called the tow boat?")
    decided(case, "pin", "on-engine:whether", "--hide")
    decided(case, "confirm", never, shown)
    decided(case, "reject", off, key(found, RUNNING))
    decided(case, "link", never, "context", "--item", "news.txt")
    decided(case, "merge", "was-the-engine-off-the-whole-time:what", "on-engine:whether")


def test_what_people_decide_outranks_the_machine(decided_case: Path) -> None:
    found = weighed(decided_case)
    never = found.statement(key(found, NEVER))
    assert never is not None
    assert (never.speaker, never.party) == ("Anselm Vey", "Vey family and friends")
    assert [one.statement.content.text for one in found.left_out] == ["Nobody negotiated at all."]
    assert found.statement(key(found, "Skipper held")) is not None
    titles = {question.title: question for question in found.questions}
    assert titles["Did the skipper see the permit?"].by is By.PERSON
    assert titles["Who called the tow boat?"].statements == ()
    assert relation(found, NEVER, SHOWN) == (RelationKind.CONTRADICT, By.PERSON)
    assert relation(found, OFF, RUNNING) == (RelationKind.LEAVES_OPEN, By.PERSON)
    assert [one.id for one in found.hidden] == ["on-engine:whether"]
    assert [one.statement for one in found.bearings] == [never.key]
    assert found.warnings == ()


def test_catalogue_and_derived_can_be_deleted(decided_case: Path) -> None:
    before = ledger_json(weighed(decided_case))
    (decided_case / "catalogue.sqlite").unlink()
    shutil.rmtree(decided_case / "derived")
    assert ledger_json(weighed(decided_case)) == before
    assert status_of(["verify", str(decided_case)]) == 0


def test_an_act_can_be_taken_back(case: Path) -> None:
    before = weighed(case)
    decided(case, "correct", key(before, NEVER), "--leave-out")
    with app.open_case(case) as ports:
        last = ports.log.size - 1
    assert weighed(case).left_out
    decided(case, "withdraw", str(last))
    assert ledger_fields(weighed(case)) == ledger_fields(before)


def test_a_corrected_quote_is_found_by_the_stretch_that_was_read(case: Path) -> None:
    read = key(weighed(case), RUNNING)
    decided(case, "correct", read, "--quote", "engine was running")
    decided(case, "correct", read, "--who", "Warden Ilse Korn")
    one = weighed(case).statement(read)
    assert one is not None
    assert (one.statement.content.text, one.speaker) == ("engine was running", "Warden Ilse Korn")


@pytest.mark.parametrize(
    ("command", "arguments", "status"),
    [
        ("correct", ["nothing like it", "--who", "X", "--why", "w"], 2),
        ("correct", ["--in", "news.txt", "--quote", "not there", "--why", "w"], 2),
        ("correct", ["--why", "w"], 2),
        ("rename", ["no-such:whether", "Who?"], 2),
        ("confirm", [NEVER, "took part", "--why", "w"], 4),
        ("confirm", [NEVER, NEVER, "--why", "w"], 2),
        ("link", [NEVER, "supports", "--why", "w"], 2),
        ("party", ["Nobody Known", "X", "--why", "w"], 2),
        ("withdraw", ["99", "--why", "w"], 2),
        ("measure", ["no moment", "--why", "w"], 2),
    ],
)
def test_an_act_that_makes_no_sense_records_nothing(
    case: Path, command: str, arguments: list[str], status: int
) -> None:
    with app.open_case(case) as ports:
        before = ports.log.size
    assert accounts(case, command, *arguments) == status
    with app.open_case(case) as ports:
        assert ports.log.size == before


def test_a_table_is_taken_in_row_by_row(case: Path, tmp_path: Path) -> None:
    table = tmp_path / "desk.csv"
    table.write_text(TABLE, encoding="utf-8")
    assert accounts(case, "import", str(table)) == 0
    found = weighed(case)
    said = [one for one in found.statements if one.speaker == "Nele Brandis"]
    assert [(one.party, one.said_at) for one in said] == [("witnesses", "2031-05-03")] * 2
    assert {q.title for q in found.questions} >= {"Was the boat empty?"}
    assert [q.value for one in said for q in one.statement.quantities] == [4]


def test_faults_of_a_table_are_told_by_row(case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "desk.csv"
    table.write_text("Quote,Date,Act\n,2031,asserts\nYes.,last week,asserts\nNo.,2031,shouts\nGone.,2031,denies\n")
    with app.open_case(case) as ports:
        before = ports.log.size
    assert accounts(case, "import", str(table)) == 2
    words = capsys.readouterr().err
    assert "row 2, Quote: nothing is said in it" in words
    assert "row 3, Date: 'last week' is no date" in words
    assert "row 4, Act: 'shouts' is no act" in words
    with app.open_case(case) as ports:
        assert ports.log.size == before
    assert accounts(case, "import", str(table), "--partly") == 1
    assert key(weighed(case), "Gone.")


def test_a_table_of_other_headings_is_mapped(case: Path, tmp_path: Path) -> None:
    table = tmp_path / "desk.csv"
    table.write_text("Zitat,Wer\nAll quiet.,Nele Brandis\n")
    assert accounts(case, "import", str(table)) == 2
    assert accounts(case, "import", str(table), "--column", "content=Zitat", "--column", "who=Name") == 2
    assert accounts(case, "import", str(table), "--column", "content=Zitat", "--column", "who=Wer") == 0
    assert weighed(case).statement(key(weighed(case), "All quiet.")) is not None


def test_the_export_is_as_its_schema_says(decided_case: Path, tmp_path: Path) -> None:
    out, rows = tmp_path / "ledger.json", tmp_path / "statements.csv"
    assert accounts(decided_case, "export", "--json", str(out), "--csv", str(rows)) == 0
    told: dict[str, Any] = json.loads(out.read_bytes())
    Draft202012Validator(SCHEMA).validate(told)
    with rows.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["key"] for row in table] == [one["key"] for one in told["statements"]]
    assert [row["content"] for row in table] == [one["statement"]["content"]["text"] for one in told["statements"]]


def test_people_are_told_with_where_their_party_was_read(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Report\n\nSgt. Dana Whitlock of the Harbour Office said the quay was closed. Inspector Cal Reyes of the "
    text += "Harbour Office was there.\n"
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    assert status_of(["add", str(case), str(tmp_path / "report.txt"), "--quiet"]) == 0
    found = weighed(case)
    people = {p.name: (party.name, p) for party in found.parties for p in party.people}
    name, dana = people["Dana Whitlock"]
    assert name == "Harbour Office"
    assert dana.statements
    assert "Harbour Office" in dana.read_at[0].words
    texts = {one.digest: one.text for one in found.documents}
    for _, person in people.values():
        for at in person.read_at:
            assert texts[at.document][at.span.start : at.span.end] == at.words
    assert accounts(case, "party", "Dana Whitlock", "Harbour Police", "--why", "she signs for them") == 0
    (stated,) = (p for party in weighed(case).parties for p in party.people if p.name == "Dana Whitlock")
    assert (stated.party, stated.read_at) == ("Harbour Police", ())
    capsys.readouterr()
    assert status_of(["accounts", "people", str(case)]) == 0
    told = capsys.readouterr().out
    assert "Harbour Police: 1 person" in told
    assert f"stated by a person in entry {stated.entry}" in told


def test_commands_tell_the_ledger(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["list"], ["questions"], ["show", "parties"], ["show", NEVER], ["show", "show-permit:whether"]):
        assert status_of(["accounts", arguments[0], str(case), *arguments[1:]]) == 0
    words = capsys.readouterr().out
    assert "They never showed us a permit." in words
    assert "Was the permit shown?" in words
    assert "contradict (polarity)" in words


def test_claims_stand_beside_what_is_measured_and_denials_do_not(case: Path, tmp_path: Path) -> None:
    clip = tmp_path / "quay.wav"
    with wave.open(str(clip), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
        file.writeframes(bytes(2 * 8000 * 20))
    assert status_of(["add", str(case), str(clip), "--quiet"]) == 0
    for label, at in (("boat stops", "0:02.0"), ("rope is cut", "0:12.0")):
        decided(case, "moment", label, "--at", at, "--of", "quay.wav", "--within", "0.1")
    decided(case, "measure", "boat stops", "rope is cut", "--question", "negotiate-skipper:how-long")
    (made,) = weighed(case).measures
    assert made.question == "negotiate-skipper:how-long"
    assert {claim.words for claim in made.claims} == {"about 25 minutes"}


def test_words_and_times_are_proposed_where_recordings_hold_them(case: Path, tmp_path: Path) -> None:
    for name, seconds in (("quay.wav", 20), ("pier.wav", 25)):
        with wave.open(str(tmp_path / name), "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", "not compressed"))
            file.writeframes(bytes(2 * 8000 * seconds))
    spoken = "1\n00:00:05,000 --> 00:00:08,000\nThe engine of the boat was off, I tell you.\n"
    (tmp_path / "quay.srt").write_text(spoken, encoding="utf-8")
    release = "STATEMENT OF THE HARBOUR OFFICE\n2 May 2031\n\nA line broke at 19:53.\n"
    (tmp_path / "later.txt").write_text(release, encoding="utf-8")
    names = [str(tmp_path / name) for name in ("quay.wav", "pier.wav", "quay.srt", "later.txt")]
    assert status_of(["add", str(case), *names, "--quiet"]) == 0
    assert status_of(["place", str(case), "pier.wav", "--like", "quay.wav", "--offset", "2", "--why", "seen"]) == 0
    tie = ["--event", "0:00", "--is", "2031-05-01T19:52:50-05:00", "--why", "a sign"]
    assert status_of(["build", str(case), "--quiet"]) == 0
    assert status_of(["clock", str(case), *tie, "--quiet"]) == 0
    found = weighed(case)
    paths = {one.digest: one.path for one in found.documents}
    texts = {one.key: (paths[one.document], one.statement.content.text) for one in found.statements}
    (off,) = (name for name, (path, text) in texts.items() if path == "family.txt" and OFF in text)
    (spoken_off,) = (name for name, (path, text) in texts.items() if path == "quay.srt" and OFF in text)
    reasons = {one.statement: one.reason for one in found.candidates}
    assert reasons[off] == "“The engine of the boat was off” is heard at 0:05, by the transcript quay.srt"
    assert reasons[spoken_off] == "it is heard at 0:05, by the transcript quay.srt"
    (told,) = (one for one in found.candidates if one.statement == key(found, "A line broke"))
    assert told.reason == "it gives a time at which this recording runs, as 1 other does: 0:10"
    assert told.from_s == pytest.approx(10.0)
    assert accounts(case, "link", off, "supports", "--item", "quay.wav", "--why", "heard") == 0
    assert off not in {one.statement for one in weighed(case).candidates}
