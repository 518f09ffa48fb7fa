"""Quotations by their marks. All names are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from everyangle.accounts.quotes import quotations


def found(text: str) -> list[str]:
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We waited,” she said. “An hour.”", ["“We waited,”", "“An hour.”"]),
        ('"We waited," she said.', ['"We waited,"']),
        ("''We waited,'' she said.", ["''We waited,''"]),
        ("«We waited», she said.", ["«We waited»"]),
        ("He said ‘we don’t know’ and left.", ["‘we don’t know’"]),
        ("“She said ‘no’ to me,” he said.", ["“She said ‘no’ to me,”"]),
        ("Nothing is quoted.", []),
        ("He is 6’2” tall.", []),
    ],
)
def test_each_pair_of_marks_is_one_quotation(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_quotation_goes_on_where_the_next_line_opens_again() -> None:
    first, second = quotations("“We waited.\n“Nobody came,” she said.")
    assert (first.closed, first.goes_on) == (False, True)
    assert (second.closed, second.goes_on) == (True, False)


def test_a_mark_that_nothing_closes_ends_with_its_line() -> None:
    assert found("“We waited, she said.\nThe end.") == ["“We waited, she said."]
    assert not quotations("“We waited, she said.\nThe end.")[0].goes_on


@given(st.text(alphabet="ab s.,“”\"'‘’«»„\n", max_size=80))
def test_any_marks_give_quotations_in_order_on_one_line_each(text: str) -> None:
    last = 0
    for q in quotations(text):
        assert last <= q.start < q.end <= len(text)
        assert "\n" not in text[q.start : q.end]
        last = q.end
