"""Headlines written like prose. All names are invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.headlines import plain


def test_words_that_the_text_writes_small_lose_their_capitals_and_names_keep_them() -> None:
    lines = ["Port Ellery Officer Denies Breaking Window", "An officer from Port Ellery denied breaking a window."]
    assert plain("\n".join(lines), lines) == ["Port Ellery officer denies breaking window", lines[1]]


def test_prose_and_capitals_alone_are_left_as_they_are() -> None:
    lines = ["Dana Whitlock said she waited.", "OFFICERS WAITED BEFORE BREAKING WINDOW"]
    assert plain("\n".join(lines), lines) == lines


@given(st.lists(st.text(max_size=60), max_size=4))
def test_lines_keep_their_lengths(lines: list[str]) -> None:
    assert [len(line) for line in plain("\n".join(lines), lines)] == [len(line) for line in lines]
