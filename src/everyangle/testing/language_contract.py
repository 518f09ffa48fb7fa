"""What every parser must do. Subclass :class:`LanguageContract` and give it a ``language`` fixture (English)."""

from __future__ import annotations

import pytest

from everyangle.accounts.parsed import Parsed
from everyangle.ports.language import Language

TEXTS = (
    "Officers waited, Sgt. Dana Whitlock said.\nShe didn’t say why.",
    "  “It took an hour,” she said — twice.\r\n\r\n\tNobody  answered 🙂. ",
    "",
    " \n\t\n",
    'An odd " mark.\u2028A line\u00a0of its own',
    "1\n2",
)
"""Invented: titles, apostrophes, odd marks, blank lines, line ends of every kind, nothing at all."""


def check(parsed: Parsed) -> None:
    """Raise AssertionError unless the values hold together."""
    last = 0
    for word in parsed.words:
        assert last <= word.start < word.end <= len(parsed.text)
        assert parsed.text[word.start : word.end] == word.text
        assert word.text.strip() == word.text
        last = word.end
    expected = 0
    for first, after in parsed.sentences:
        assert first == expected < after
        assert sum(parsed.words[i].head == i for i in range(first, after)) == 1
        assert all(first <= parsed.words[i].head < after for i in range(first, after))
        expected = after
    assert expected == len(parsed.words)
    between = "".join(
        parsed.text[a:b]
        for a, b in zip(
            [0, *(word.end for word in parsed.words)],
            [*(word.start for word in parsed.words), len(parsed.text)],
            strict=True,
        )
    )
    assert not between.strip()


class LanguageContract:
    """Behaviours of the language port."""

    @pytest.mark.parametrize("text", TEXTS)
    def test_words_stand_where_they_say_and_cover_the_text(self, language: Language, text: str) -> None:
        """Nothing but white space is left out, and each sentence is one tree."""
        (parsed,) = language.parse([text])
        assert parsed.text == text
        check(parsed)

    def test_texts_come_in_order_and_do_not_touch_each_other(self, language: Language) -> None:
        """A text gives the same alone as among others."""
        together = list(language.parse(TEXTS))
        alone = [next(iter(language.parse([text]))) for text in TEXTS]
        assert together == alone

    def test_no_sentence_reaches_over_a_line(self, language: Language) -> None:
        """Paragraphs are lines."""
        (parsed,) = language.parse(["The mayor of\nPort Ellery said so."])
        for first, after in parsed.sentences:
            assert "\n" not in parsed.text[parsed.words[first].start : parsed.words[after - 1].end]

    def test_grammar_is_named_as_the_readers_expect(self, language: Language) -> None:
        """Subjects, clauses and lemmas of a plain sentence."""
        (parsed,) = language.parse(["The sergeant said that officers waited."])
        words = {word.text: word for word in parsed.words}
        assert words["said"].lemma == "say"
        assert (words["sergeant"].dep, words["waited"].dep) == ("nsubj", "ccomp")
        assert parsed.words[words["sergeant"].head].text == "said"
        assert (words["said"].tag, words["said"].pos) == ("VBD", "VERB")

    def test_a_very_long_line_is_parsed(self, language: Language) -> None:
        """Memory is bounded, and nothing is lost."""
        text = "She said so. " * 3000
        (parsed,) = language.parse([text])
        check(parsed)
        assert len(parsed.words) == 12_000

    def test_the_recipe_names_the_model(self, language: Language) -> None:
        """Keys of derived results depend on it."""
        assert language.recipe
        assert language.language == "en"
