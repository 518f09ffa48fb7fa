"""From a parsed document to its statements: who said what, in which words, where.

Deterministic: the same document and the same parse give the same statements. What a text says about its own writer is
not read, nor who a pronoun means (see :mod:`everyangle.accounts.people`).
"""

from __future__ import annotations

from everyangle.accounts import quantities, times
from everyangle.accounts.acts import act
from everyangle.accounts.continuing import go_on
from everyangle.accounts.cues import cued
from everyangle.accounts.found import Found
from everyangle.accounts.marks import Marks
from everyangle.accounts.nesting import nest
from everyangle.accounts.parsed import Parsed
from everyangle.accounts.pieces import Pieces
from everyangle.accounts.repairs import repaired
from everyangle.accounts.tone import form, modality, polarity
from everyangle.accounts.tree import Tree
from everyangle.accounts.turns import turns
from everyangle.accounts.when import inside, said_at
from everyangle.core.accounts import AccountDocument, Cue, Passage, Span, Speaker, Statement


def read_statements(document: AccountDocument, parsed: Parsed) -> tuple[Statement, ...]:
    """Return a document's statements, in order of their first words.

    Args:
        document: its text must be the one that was parsed.
        parsed: the text's grammar.
    """
    if parsed.text != document.text:
        raise ValueError("the parse is of another text")
    tree = repaired(parsed)
    marks = Marks(tree)
    found = find(tree, marks, document.kind)
    published = document.published.value if document.published else None
    whens = times.mentions(document.text, published, same_day=document.kind == "news")
    counts = quantities.mentions(document.text)
    order = sorted(found, key=lambda one: (one.whole[0][0], one.at))
    ids = {id(one): f"s{number}" for number, one in enumerate(order, 1)}
    return tuple(
        Statement(
            id=ids[id(one)],
            content=passage(tree, one.content),
            form=form(tree, marks, one),
            speaker=Speaker(passage(tree, one.source)) if one.source else None,
            cue=Cue(passage(tree, one.cue), one.act) if one.cue else None,
            within=ids[id(one.within)] if one.within else None,
            polarity=polarity(tree, one),
            modality=modality(tree, one),
            said_at=said_at(tree, one, whens),
            times=inside(tree, one, whens),
            quantities=inside(tree, one, counts),
        )
        for one in order
    )


def find(tree: Tree, marks: Marks, kind: str = "other") -> list[Found]:
    """Return the statements of a text of a kind that :class:`AccountDocument` names."""
    labelled = turns(tree, marks, kind)
    found = list(cued(tree, marks))
    go_on(tree, marks, found)
    found += labelled
    for one in found:
        one.act = act(tree, one)
    return nest(tree, marks, found)


def passage(tree: Tree, pieces: Pieces) -> Passage:
    """Return ranges of words as spans of the text, with their words."""
    spans = tuple(Span(tree.words[a].start, tree.words[b - 1].end) for a, b in pieces)
    return Passage(spans, " ".join(tree.text[start:end] for start, end in spans))
