"""Attributions against PolNeAR: F1 of contents, of pairs of source and content, of statements with a cue of speech.

Sets of tokens are compared (words and marks; white space counts for nothing). A **pair** is right where the contents'
Jaccard index is .5 or more and the sources share a token, or both name nobody; each gold attribution counts once.
**Statements with a speech cue** are those whose cue has a form of a verb of saying (:data:`SPEECH`) or "according" and
whose content has four tokens or more, on either side; precision is of the reader's, recall of the gold's, a pair each.

PolNeAR gives each token to one attribution, the outermost: statements within others are left out before scoring. In a
relative clause its source is the pronoun ("a man **who** said"), where the reader names the man: the pronoun is put in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.accounting.matching import f1, jaccard, paired, percent
from benchmarks.accounting.polnear import Article, Attribution, form, tokens_in

from everyangle.core.accounts import Passage, Statement

SPEECH = frozenset(
    {
        *("say", "says", "said", "saying", "tell", "tells", "told", "telling", "add", "adds", "added", "adding"),
        *("write", "writes", "wrote", "written", "writing", "argue", "argues", "argued", "arguing", "state", "stated"),
        *("states", "stating", "announce", "announces", "announced", "announcing", "declare", "declares", "declared"),
        *("declaring", "explain", "explains", "explained", "explaining", "insist", "insists", "insisted", "insisting"),
        *(
            "acknowledge",
            "acknowledges",
            "acknowledged",
            "acknowledging",
            "warned",
            "warns",
            "warning",
            "admit",
            "admits",
        ),
        *(
            "admitted",
            "admitting",
            "concede",
            "concedes",
            "conceded",
            "conceding",
            "deny",
            "denies",
            "denied",
            "denying",
        ),
        *("confirm", "confirms", "confirmed", "confirming", "reply", "replies", "replied", "replying", "responded"),
        *("testify", "testifies", "testified", "testifying", "allege", "alleges", "alleged", "alleging", "continued"),
        *(
            "recalled",
            "observed",
            "maintain",
            "maintains",
            "maintained",
            "contend",
            "contends",
            "contended",
            "asserted",
        ),
        *("asserts", "asserting", "quipped", "concluded", "according"),
    }
)
"""Forms that are no nouns: "claims", "reports", "remarks" and "comments" are left out."""

FEWEST = 4
RELATIVES = frozenset({"who", "which", "that"})


@dataclass
class AttributionScore:
    """Counts over articles, each by name; see the properties for what they come to."""

    counts: Counter[str] = field(default_factory=Counter)

    def __getitem__(self, name: str) -> int:
        return self.counts[name]

    def f1(self, name: str) -> float:
        """F1 of what is right by a measure: pair, exact, any, cue."""
        return f1(self[name], self["gold"], self["found"])

    @property
    def speech_f1(self) -> float:
        """F1 of statements with a speech cue and four words or more."""
        recall = percent(self["speech recalled"], self["speech gold"])
        precision = percent(self["speech right"], self["speech found"])
        return 2 * recall * precision / (recall + precision) if recall + precision else 0.0

    def recall(self, kind: str) -> float:
        """Recall of direct, mixed or indirect contents at a Jaccard index of .5."""
        return percent(self[f"recalled {kind}"], self[f"gold {kind}"])


def scored(articles: Iterable[Article], answers: Mapping[str, Sequence[Attribution]]) -> AttributionScore:
    """Return the score of answers, by the article's name; without one, nothing was found."""
    total: Counter[str] = Counter()
    for article in articles:
        total += _one(article.attributions, answers.get(article.name, ()))
    return AttributionScore(total)


def humans(articles: Iterable[Article]) -> AttributionScore:
    """Return the score of the second annotator against the first, over the articles that had two."""
    both = [article for article in articles if article.second is not None]
    return scored(both, {article.name: article.second or () for article in both})


def _one(gold: Sequence[Attribution], found: Sequence[Attribution]) -> Counter[str]:
    counts: Counter[str] = Counter({"gold": len(gold), "found": len(found)})

    def near(a: Attribution, b: Attribution) -> float:
        index = jaccard(a.content, b.content)
        return 1 + index if index >= 0.5 else 0.0

    def pair(a: Attribution, b: Attribution) -> float:
        sources = bool(a.source & b.source) or not (a.source or b.source)
        return near(a, b) if sources else 0.0

    pairs = paired(gold, found, pair)
    counts["pair"] = len(pairs)
    counts["exact"] = len(paired(gold, found, lambda a, b: float(a.content == b.content)))
    counts["any"] = len(paired(gold, found, lambda a, b: jaccard(a.content, b.content)))
    counts["cue"] = len(paired(gold, found, lambda a, b: jaccard(a.cue, b.cue)))
    for one in gold:
        counts[f"gold {one.kind}"] += 1
    for i, _ in paired(gold, found, near):
        counts[f"recalled {gold[i].kind}"] += 1
    right = ({i for i, _ in pairs}, {j for _, j in pairs})
    for side, hits, names in ((gold, right[0], ("gold", "recalled")), (found, right[1], ("found", "right"))):
        for index, one in enumerate(side):
            if _speech(one):
                counts[f"speech {names[0]}"] += 1
                counts[f"speech {names[1]}"] += index in hits
    return counts


def _speech(one: Attribution) -> bool:
    return len(one.content) >= FEWEST and not SPEECH.isdisjoint(one.cue_text.lower().split())


def flattened(article: Article, statements: Sequence[Statement]) -> list[Attribution]:
    """Return a reader's statements as PolNeAR has them: the outermost ones, each by its tokens."""
    out = []
    for one in statements:
        if one.within is None:
            cue = one.cue.passage if one.cue else None
            source = one.speaker.passage if one.speaker else None
            spans = [] if source is None else _source(article.text, source, cue)
            out.append(
                Attribution(
                    source=tokens_in(article.numbers, spans),
                    cue=tokens_in(article.numbers, [] if cue is None else list(cue.spans)),
                    content=tokens_in(article.numbers, list(one.content.spans)),
                    cue_text=cue.text if cue else "",
                    kind=form(article.text, list(one.content.spans)),
                )
            )
    return out


def _source(text: str, source: Passage, cue: Passage | None) -> list[tuple[int, int]]:
    """Return a source's spans, or the relative pronoun that stands between it and the cue."""
    if cue is not None:
        end, start = source.spans[-1].end, cue.spans[0].start
        between = text[end:start].strip(" ,")
        if between.lower() in RELATIVES:
            at = text.index(between, end)
            return [(at, at + len(between))]
    return list(source.spans)
