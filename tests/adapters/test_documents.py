"""Reading documents, behind the wall and right here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from everyangle.adapters.documents_inprocess import InProcessDocuments
from everyangle.adapters.documents_limits import DocumentLimits
from everyangle.adapters.documents_walled import WalledDocuments
from everyangle.core.errors import LimitError
from everyangle.testing import documents_made as made
from everyangle.testing.documents_contract import ARTICLE, DocumentsContract, one, read


@pytest.fixture(scope="module")
def walled() -> Iterator[WalledDocuments]:
    with closing(WalledDocuments()) as documents:
        yield documents


class TestWalled(DocumentsContract):
    @pytest.fixture
    def documents(self, walled: WalledDocuments) -> WalledDocuments:
        return walled


class TestInProcess(DocumentsContract):
    @pytest.fixture
    def documents(self) -> InProcessDocuments:
        return InProcessDocuments()


MANY_WORDS = made.page(["Nobody came to the car, she said. " * 30] * 10_000).encode()


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (DocumentLimits(cpu_s=1), "document-limit-time"),
        (DocumentLimits(wall_s=1), "document-limit-time"),
        (DocumentLimits(memory_bytes=520 << 20), "document-limit-memory"),
    ],
    ids=["processor", "clock", "memory"],
)
def test_what_takes_too_much_is_stopped_and_the_next_document_is_read(limits: DocumentLimits, code: str) -> None:
    with closing(WalledDocuments(limits)) as documents:
        started = time.monotonic()
        with pytest.raises(LimitError) as raised:
            read(documents, MANY_WORDS, "saved.html")
        assert raised.value.code == code
        assert "saved.html" in raised.value.what
        assert time.monotonic() - started < 20
        assert one(documents, ARTICLE.encode(), "next.txt").text == ARTICLE


def test_several_threads_read_at_once(walled: WalledDocuments) -> None:
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(lambda _: one(walled, made.page().encode(), "saved.html").text, range(8)))
    assert len(set(texts)) == 1


@pytest.mark.parametrize(
    ("package", "name", "data"),
    [
        ("pypdfium2", "a.pdf", made.pdf([["Words."]])),
        ("docx", "a.docx", made.docx(["Words."])),
        ("warcio", "a.warc.gz", made.warc([("https://post.example/a", made.page().encode())])),
    ],
)
def test_a_reader_that_is_not_installed_says_what_to_install(package: str, name: str, data: bytes) -> None:
    script = f"""
        import sys
        sys.modules[{package!r}] = None
        from everyangle.adapters.documents_inprocess import InProcessDocuments
        from everyangle.core.errors import BadInputError
        from everyangle.testing.documents_contract import read
        try:
            read(InProcessDocuments(), bytes.fromhex(sys.stdin.read()), {name!r})
        except BadInputError as error:
            print(error.code, error.todo)
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        input=data.hex(),
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        timeout=60,
        check=True,
    )
    assert run.stdout == "reader-missing Install it: pip install 'everyangle[documents]'\n"


def test_an_anonymous_voice_has_no_name(walled: WalledDocuments) -> None:
    cues = "1\n00:00:01,000 --> 00:00:02,000\nMARON: Stop.\n- Why?\n\n2\n00:00:02,000 --> 00:00:03,000\n>> Because.\n"
    document = one(walled, cues.encode(), "talk.srt")
    assert document.text == "MARON: Stop.\nWhy? Because."
    assert [timed.speaker for timed in document.timed] == ["MARON", "", ""]


def test_captions_that_roll_are_said_once(walled: WalledDocuments) -> None:
    cues = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ilse Maron>we were told</v>\n\n"
    cues += "00:02.000 --> 00:04.000\nwe were told\nto wait here\n\nNOTE nothing\n\n"
    cues += "00:04.000 --> 00:05.000\nto wait here\nand we waited\n"
    assert one(walled, cues.encode(), "talk.vtt").text == "Ilse Maron: we were told to wait here and we waited"


def test_the_labels_of_a_whisper_that_tells_voices_apart_are_kept(walled: WalledDocuments) -> None:
    segments = [
        {"start": 0, "end": 1, "text": " Stop.", "speaker": "SPEAKER_01"},
        {"start": 1, "end": 2, "text": " Why?"},
    ]
    document = one(walled, json.dumps({"text": " Stop. Why?", "segments": segments}).encode(), "call.json")
    assert document.text == "SPEAKER_01: Stop.\nWhy?"
