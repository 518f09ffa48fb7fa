"""Quotation marks are told from apostrophes, and tell a statement's form."""

from __future__ import annotations

import pytest

from everyangle.core.accounts import Form, Span
from everyangle.testing.corpus.quoting import depths, form


@pytest.mark.parametrize(
    ("text", "form_of_all"),
    [
        ("“We waited.”", Form.DIRECT),
        ('"We waited."', Form.DIRECT),
        ("‘We didn’t wait, the officers’ van did.’", Form.MIXED),
        ("'We didn't wait.'", Form.DIRECT),
        ("that they “waited”", Form.MIXED),
        ("that the officers’ van didn’t wait", Form.INDIRECT),
        ("that the officers' van didn't wait", Form.INDIRECT),
        ("“We waited.\n“Then we left.”", Form.DIRECT),
        ("“We waited.\nThen we left.", Form.MIXED),
    ],
)
def test_the_marks_tell_the_form(text: str, form_of_all: Form) -> None:
    assert form(text, depths(text), [Span(0, len(text))], 0) == form_of_all


def test_what_is_quoted_within_a_quotation_counts_from_there() -> None:
    text = "“He told us ‘no’ and that he knew,” she said."
    depth = depths(text)
    said, told = text.index("‘no’"), text.index("that he knew")
    assert form(text, depth, [Span(said, said + 4)], depth[text.index("told")]) == Form.DIRECT
    assert form(text, depth, [Span(told, told + 12)], depth[text.index("told")]) == Form.INDIRECT
