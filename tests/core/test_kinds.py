"""What kind of item some bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.core.kinds import HEAD_BYTES, document_type, named_like_media


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.7\n", "x.mp4", "application/pdf"),
        (b"<!DOCTYPE html><p>", "page", "text/html"),
        (b"\xef\xbb\xbf\n <!-- saved --> <html lang=en>", "page.txt", "text/html"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "list.m3u8", "text/plain"),
        (b"The sergeant said that \xc3\xa9", "a.txt", "text/plain"),
        ("Überfall".encode("latin-1") + b" " * 40 + b"plain words enough", "a.txt", "text/plain"),
        ("words".encode("utf-16"), "a.txt", "text/plain"),
        (b"1\n00:00:01,000 --> 00:00:02,000\nStep out\n", "a.srt", "application/x-subrip"),
        (b"<p>A part of a page</p>", "part.html", "text/html"),
        (b"\x1f\x8b\x08\x00rest", "a.warc.gz", "application/warc"),
        (b"\x1f\x8b\x08\x00rest", "a.gz", None),
        (b"window.x = 1;", "page_files/x.js", "text/javascript"),
        (b"PK\x03\x04rest", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"PK\x03\x04rest", "a.zip", None),
        (b"\x00\x00\x00\x18ftypmp42", "a.txt", None),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.jpg", None),
        (b"", "empty.txt", None),
    ],
)
def test_the_bytes_decide(head: bytes, name: str, expected: str | None) -> None:
    assert document_type(head, name) == expected


def test_a_text_cut_inside_a_character_is_still_text() -> None:
    head = ("é" * HEAD_BYTES).encode()[: HEAD_BYTES + 1][:HEAD_BYTES]
    assert document_type(head[:-1] + "é".encode()[:1], "a.txt") == "text/plain"


def test_a_name_can_promise_media() -> None:
    assert named_like_media("CLIP.MP4")
    assert not named_like_media(".mp4")
    assert not named_like_media("mp4")


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_get_an_answer(head: bytes, name: str) -> None:
    answer = document_type(head, name)
    assert answer is None or "/" in answer
