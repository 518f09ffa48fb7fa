"""Reading files: what is wrong with one stops no other, and models are trusted with nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from everyangle.accounts.parsed import Parsed
from everyangle.accounts.reading import read_statements
from everyangle.adapters.documents_walled import WalledDocuments
from everyangle.adapters.language_lazy import LazyLanguage
from everyangle.adapters.work_threads import ThreadWork
from everyangle.core.accounts import AccountDocument, Statement
from everyangle.core.errors import LimitError
from everyangle.core.statements_json import StatementsFile, statements_json
from everyangle.ports.events import Event, Finished, Started, silent
from everyangle.ports.language_model import LanguageModel
from everyangle.stages import read as reading
from everyangle.stages.read_files import ReadPorts, read_files
from everyangle.testing import documents_made as made

TEXT = "“We waited,” Ilse Maron said.\r\nThe agency declined to comment.\r\n"
GERMAN = "Die Behörde erklärte, dass der Mann nicht auf die Fragen der Beamten geantwortet hat und es war so.\n"


@pytest.fixture(scope="module")
def documents() -> Iterator[WalledDocuments]:
    with closing(WalledDocuments()) as walled:
        yield walled


@pytest.fixture
def ports(documents: WalledDocuments) -> ReadPorts:
    return ReadPorts(documents, LazyLanguage(), ThreadWork(2), silent)


def write(folder: Path, **files: bytes) -> list[Path]:
    paths = []
    for name, data in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(data)
        paths.append(path)
    return paths


def contents(file: StatementsFile) -> list[str]:
    return [one.content.text for read in file.documents for one in read.statements]


def test_statements_stand_in_the_file_s_own_text(ports: ReadPorts, tmp_path: Path) -> None:
    file = read_files(write(tmp_path, a__txt=TEXT.encode()), ports)
    (read,) = file.documents
    assert read.document.text == TEXT
    assert read.document.digest == hashlib.sha256(TEXT.encode()).hexdigest()
    assert {"“We waited,”", "to comment"} <= set(contents(file))
    assert file.errors == ()


def test_a_sentence_that_goes_on_in_the_next_line_is_one(ports: ReadPorts, tmp_path: Path) -> None:
    text = "The spokesman of the agency said on Monday evening that nobody had been\n"
    text += "hurt in Orrin Street when the window of the car was broken by officers.\n"
    file = read_files(write(tmp_path, a__txt=text.encode()), ports)
    assert any("been\nhurt" in content for content in contents(file))


def test_what_is_wrong_with_one_file_stops_no_other(ports: ReadPorts, tmp_path: Path) -> None:
    paths = write(
        tmp_path,
        empty__txt=b"",
        good__txt=TEXT.encode(),
        scan__pdf=made.picture_pdf(),
        photo__jpg=b"\xff\xd8\xff\xe0" + bytes(600),
        noise__bin=bytes(range(256)) * 4,
        latin__txt=("Déjà vu: “No,” said Ilse Maron. " * 4).encode("cp1252"),
        german__txt=GERMAN.encode(),
    )
    file = read_files([*paths, tmp_path / "gone.txt", tmp_path], ports)
    assert [(Path(error.path).name, error.code) for error in file.errors] == [
        ("empty.txt", "document-empty"),
        ("scan.pdf", "document-image-only"),
        ("photo.jpg", "document-type-unread"),
        ("noise.bin", "document-type-unread"),
        ("latin.txt", "encoding-guessed"),
        ("gone.txt", "file-missing"),
        (tmp_path.name, "not-a-file"),
        ("german.txt", "language-unread"),
    ]
    names = [Path(read.document.path).name for read in file.documents]
    assert names == ["good.txt", "latin.txt", "german.txt"]
    assert file.documents[2].document.text == GERMAN
    assert file.documents[2].statements == ()


def test_the_same_files_give_the_same_bytes(ports: ReadPorts, tmp_path: Path) -> None:
    paths = write(tmp_path, a__txt=TEXT.encode(), b__html=made.page().encode())
    assert statements_json(read_files(paths, ports)) == statements_json(read_files(paths, ports))


def test_progress_is_told(ports: ReadPorts, tmp_path: Path) -> None:
    told: list[Event] = []
    read_files(
        write(tmp_path, a__txt=TEXT.encode()), ReadPorts(ports.documents, ports.language, ports.waiting, told.append)
    )
    assert [type(event) for event in told if isinstance(event, Started | Finished)] == [Started, Finished] * 2


def test_a_text_beyond_the_limit_is_kept_and_not_parsed(
    ports: ReadPorts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONGEST_TEXT", 20)
    file = read_files(write(tmp_path, a__txt=TEXT.encode()), ports)
    assert [error.code for error in file.errors] == ["text-too-long"]
    assert file.documents[0].document.text == TEXT


@pytest.mark.parametrize("kind", ["srt", "json"])
def test_a_transcript_in_which_nobody_is_named_is_read(ports: ReadPorts, tmp_path: Path, kind: str) -> None:
    words = "He said that nobody came to the car, and that he had waited."
    subtitle = f"1\n00:00:01,000 --> 00:00:04,000\n{words}\n"
    transcript = json.dumps({"segments": [{"start": 1, "end": 4, "text": words}]})
    (tmp_path / f"a.{kind}").write_text(subtitle if kind == "srt" else transcript)
    file = read_files([tmp_path / f"a.{kind}"], ports)
    assert file.errors == ()
    assert any("nobody came" in content for content in contents(file))


def test_a_text_at_which_the_rules_fail_stops_no_other(
    ports: ReadPorts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(document: AccountDocument, parsed: Parsed) -> tuple[Statement, ...]:
        return (_ for _ in ()).throw(IndexError("odd")) if "odd" in document.path else read_statements(document, parsed)

    monkeypatch.setattr(reading, "read_statements", failing)
    file = read_files(write(tmp_path, odd__txt=TEXT.encode(), b__txt=TEXT.encode()), ports)
    assert [(Path(error.path).name, error.code) for error in file.errors] == [("odd.txt", "reading-failed")]
    assert [len(read.statements) > 0 for read in file.documents] == [False, True]


class Scripted:
    """A model that says what it is told to, text by text."""

    name = "scripted"

    def __init__(self, *answers: object) -> None:
        self._answers = iter(answers)

    def answer(self, instructions: str, text: str) -> str:
        assert "copied" in instructions
        assert text
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return json.dumps({"statements": answer})


def asked(model: LanguageModel, ports: ReadPorts, paths: list[Path]) -> StatementsFile:
    return read_files(paths, ReadPorts(ports.documents, ports.language, ports.waiting, silent, model))


def test_what_a_model_proposes_is_marked_and_only_verbatim_words_are_taken(ports: ReadPorts, tmp_path: Path) -> None:
    paths = write(tmp_path, a__txt=b"Rain fell on Orrin Street. The car stood there.\n")
    model = Scripted(
        [
            {"speaker": [], "cue": [], "content": ["The car stood there."], "act": "asserts"},
            {"speaker": [], "cue": [], "content": ["The car was blue."], "act": "asserts"},
        ]
    )
    file = asked(model, ports, paths)
    assert [one.content.text for one in file.documents[0].statements if one.proposed_by == "scripted"] == [
        "The car stood there."
    ]
    (error,) = file.errors
    assert error.code == "proposals-refused"
    assert "1 not verbatim" in error.message


def test_a_model_that_fails_takes_nothing_away(ports: ReadPorts, tmp_path: Path) -> None:
    paths = write(tmp_path, a__txt=TEXT.encode(), b__txt=TEXT.encode())
    without = read_files(paths, ports)
    file = asked(Scripted(LimitError("model-too-slow", "It took too long."), []), ports, paths)
    assert file.documents == without.documents
    assert [(Path(error.path).name, error.code) for error in file.errors] == [("a.txt", "model-too-slow")]
