"""Documents damaged at random: each is read or refused, and no reader fails in another way."""

from __future__ import annotations

import json
from random import Random

import pytest

from everyangle.adapters.documents_inprocess import InProcessDocuments
from everyangle.core.errors import EveryAngleError
from everyangle.core.kinds import HEAD_BYTES, document_type
from everyangle.testing import documents_made as made
from everyangle.testing.documents_contract import printed, read

ADDRESS = "https://post.example/a"
PAGE = made.page().encode()
SPEECH = {"start_s": 0, "end_s": 1.5, "speaker": "A", "text": "hello"}
WHOLE = {
    "a.html": PAGE,
    "a.mhtml": made.mhtml(made.page()),
    "a.warc": made.warc([(ADDRESS, PAGE)], packed=False),
    "a.warc.gz": made.warc([(ADDRESS, PAGE)]),
    "a.wacz": made.wacz([made.warc([(ADDRESS, PAGE)])], [ADDRESS]),
    "a.pdf": made.pdf([printed(made.PARAGRAPHS)] * 2, "/Title (x) /CreationDate (D:20310505080000Z)"),
    "a.docx": made.docx(made.PARAGRAPHS, "t"),
    "a.md": b"---\ntitle: x\n---\n# A *b*\n\ntext [a](b) `c`\n> q\n- x\n```\nf\n```\n",
    "a.srt": b"1\n00:00:01,000 --> 00:00:02,000\nMARON: Stop.\n- Why?\n\n2\n00:00:02,000 --> 00:00:03,000\n>> So.\n",
    "a.vtt": b"WEBVTT x\n\n00:01.000 --> 00:02.000\n<v A B>we were</v>\n\n00:04.000 --> 00:05.000\nto &amp; wait\n",
    "a.json": json.dumps({"format": "everyangle.transcript/1", "segments": [SPEECH]}).encode(),
    "a.txt": "“Odd, she said. 5 May 2031\n".encode(),
}


def damaged(data: bytes, random: Random) -> bytes:
    """Return bytes cut off, altered, repeated, with a hole, or with other bytes in them."""
    at = random.randrange(len(data))
    to = at + random.randrange(200)
    match random.randrange(5):
        case 0:
            return data[:at]
        case 1:
            changed = bytearray(data)
            for _ in range(random.randrange(1, 30)):
                changed[random.randrange(len(data))] = random.randrange(256)
            return bytes(changed)
        case 2:
            return data[:at] + data[at:to] * random.randrange(1, 50) + data[to:]
        case 3:
            return data[:at] + data[to:]
        case _:
            return data[:at] + PAGE[random.randrange(len(PAGE)) :][:300] + data[at:]


@pytest.mark.parametrize("name", WHOLE)
def test_a_damaged_document_is_read_or_refused(name: str) -> None:
    random, documents = Random(f"7 {name}"), InProcessDocuments()
    outcomes = set()
    for _ in range(60):
        data = damaged(WHOLE[name], random)
        if document_type(data[:HEAD_BYTES], name) is None:
            continue
        try:
            texts = [one.text.encode() for one in read(documents, data, name).documents]
            outcomes.add("read" if all(texts) else "nothing")
        except EveryAngleError as error:
            outcomes.add(error.code)
    assert "nothing" not in outcomes
    assert outcomes
