"""The parser, once for all tests of the accounts. All names and events are invented."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from everyangle.accounts.reading import read_statements
from everyangle.adapters.language_spacy import SpacyLanguage
from everyangle.core.accounts import AccountDocument, Statement
from everyangle.core.ids import Digest

Read = Callable[[str], tuple[Statement, ...]]


@pytest.fixture(scope="session")
def language() -> SpacyLanguage:
    return SpacyLanguage()


@pytest.fixture(scope="session")
def read(language: SpacyLanguage) -> Read:
    """Return the statements of a text."""

    def statements(text: str) -> tuple[Statement, ...]:
        (parsed,) = language.parse([text])
        return read_statements(AccountDocument("a.txt", Digest("0" * 64), text), parsed)

    return statements
