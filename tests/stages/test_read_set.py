"""Several documents about one event, of several kinds, read together as a user would."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from everyangle.core.statements_json import StatementsFile, statements_from_json

INCIDENT = Path(__file__).parents[2] / "examples" / "incident" / "documents"
PAGES = Path(__file__).parents[1] / "adapters" / "pages"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The output of two runs of the program over the same documents, in processes of their own."""
    out = []
    for number in (1, 2):
        path = tmp_path_factory.mktemp("out") / f"{number}.json"
        files = [str(file) for folder in (INCIDENT, PAGES) for file in sorted(folder.iterdir())]
        command = "import sys; from everyangle.cli.main import run; run(sys.argv[1:])"
        given = ["read", *files, "--json", str(path), "--quiet"]
        subprocess.run([sys.executable, "-c", command, *given], check=True, timeout=120)
        out.append(path.read_bytes())
    return out


@pytest.fixture(scope="module")
def file(written: list[bytes]) -> StatementsFile:
    return statements_from_json(written[0])  # which refuses what is not verbatim


def test_the_same_documents_give_the_same_bytes(written: list[bytes]) -> None:
    assert written[0] == written[1]


def test_every_document_is_read_without_a_fault(file: StatementsFile) -> None:
    assert file.errors == ()
    assert len(file.documents) == len(list(INCIDENT.iterdir())) + len(list(PAGES.iterdir()))
    assert all(read.statements for read in file.documents)
    assert {read.document.language for read in file.documents} == {"en"}


def test_plain_texts_are_the_files_own(file: StatementsFile) -> None:
    plain = [read.document for read in file.documents if read.document.path.endswith(".txt")]
    assert plain
    assert all(document.text == Path(document.path).read_bytes().decode() for document in plain)


def test_the_planted_words_are_found_with_who_says_them(file: StatementsFile) -> None:
    found = {
        (
            Path(read.document.path).name,
            one.speaker.passage.text if one.speaker else "",
            one.cue.act.value if one.cue else "",
        )
        for read in file.documents
        for one in read.statements
        if "left with no choice" in one.content.text or "and he would not answer" in one.content.text
    }
    assert ("04-news-courier.html", "spokesperson Pell Hargrave", "asserts") in found
    assert any(
        name == "json-ld-news.html" and "Whitlock" in speaker and act == "asserts" for name, speaker, act in found
    )


def test_what_is_spoken_has_its_time(file: StatementsFile) -> None:
    (conference,) = [read for read in file.documents if read.document.path.endswith(".srt")]
    text = conference.document.text
    at = text.index("The livestream is incomplete")
    (stretch,) = [timed for timed in conference.document.timed if timed.span.start <= at < timed.span.end]
    assert (stretch.start_s, stretch.speaker) == (45.0, "HARGRAVE")


def test_the_output_says_its_format(written: list[bytes]) -> None:
    assert json.loads(written[0])["format"] == "everyangle.statements/1"
