"""Broken lines made whole."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.wrapping import unwrapped

PARAGRAPH = (
    "My brother Joren was driving me home on Thursday evening. They stopped us in Tannery Row just before eight, and I "
    "was filming from the first minute, as I told the officer, who did not answer."
)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("width", [60, 72, 100])
def test_broken_paragraphs_become_whole(width: int, end: str) -> None:
    lines = textwrap.wrap(PARAGRAPH, width)
    text = f"STATEMENT{end}{end}{end.join(lines)}{end}{end}{end.join(lines)}{end}"
    whole = unwrapped(text)
    assert [" ".join(line.split()) for line in whole.split("\n")] == ["STATEMENT", "", PARAGRAPH, "", PARAGRAPH, ""]


@pytest.mark.parametrize(
    "text",
    [
        PARAGRAPH,
        f"{PARAGRAPH}\n{PARAGRAPH}\n",
        "LOFTIN: Sergeant Oster arrived at seven minutes to eight and waited\nHARGRAVE: Our officers did everything.\n",
        "Name given by detainee      TALVIK, Joren, of Wexbourne, Merrow\nName on warrant             TALBECK, Joran\n",
        "20:31   Arrived, handcuffed to the rear, by officers of the agency\n20:33   Handcuffs removed.\n",
        "short\nlines\n",
        "",
    ],
    ids=["one-line", "paragraphs", "turns", "table", "log", "short", "empty"],
)
def test_lines_that_end_on_purpose_stay(text: str) -> None:
    assert unwrapped(text) == text


@given(st.text(st.sampled_from("ab .\n\r\t:-”é😀"), max_size=300))
def test_every_place_stays_where_it_is(text: str) -> None:
    whole = unwrapped(text)
    assert len(whole) == len(text)
    assert all(a == b or (a in "\r\n" and b == " ") for a, b in zip(text, whole, strict=True))
