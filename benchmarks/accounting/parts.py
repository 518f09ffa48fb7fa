"""The benchmark's parts: each measures and words a table."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.accounting import relations, speakers, statements, times, times_peers
from benchmarks.accounting.attributions import AttributionScore, flattened, humans, scored
from benchmarks.accounting.goals import goals
from benchmarks.accounting.matching import f1, percent
from benchmarks.accounting.peers import PEERS, ask
from benchmarks.accounting.polnear import Article, Attribution, articles
from benchmarks.peers.environment import NotMeasuredError
from benchmarks.syncing.goals import goal_table
from benchmarks.syncing.keep import say
from benchmarks.syncing.table import table

from everyangle.accounts.reading import read_statements
from everyangle.accounts.times import mentions
from everyangle.adapters.language_spacy import SpacyLanguage
from everyangle.core.accounts import AccountDocument, TimeMention
from everyangle.core.ids import Digest
from everyangle.testing.corpus import load

MEASURES = (
    "speech cue, ≥ 4 words, F1",
    "pair F1",
    "content exact F1",
    "content any F1",
    "indirect recall",
    "mixed recall",
    "direct recall",
)


@dataclass(frozen=True)
class Given:
    """What the command line names: folders, the part of the data, whether peers are asked; and what parts found.

    Attributes:
        found: figures that have a goal, by their names in :mod:`benchmarks.accounting.goals`; parts add theirs.
    """

    polnear: Path
    tempeval: Path
    gender_gap_tracker: Path
    keep: Path
    development: bool
    peers: bool
    found: dict[str, float] = field(default_factory=dict)


def run(given: Given, names: Sequence[str]) -> None:
    """Print the tables of the parts named, and every figure beside its goal."""
    for name in names:
        say(f"part {name}")
        print(f"### {name}\n\n{PARTS[name](given)}\n", flush=True)
    print(f"### goals\n\n{goal_table(goals(given.found))}\n", flush=True)


def _polnear(given: Given) -> str:
    part = "train" if given.development else "dev"
    folder = given.polnear / "data" / part
    if not (folder / "text").is_dir():
        return (
            f"Not measured: there is no {folder}/text. "
            "Fetch github.com/networkdynamics/PolNeAR and name it (--polnear)."
        )
    every = list(articles(folder))
    score = scored(every, read(every))
    given.found["polnear speech"] = score.speech_f1
    given.found.update({f"polnear {name}": score.f1(name) for name in ("pair", "exact")})
    given.found["polnear indirect"] = score.recall("indirect")
    rows = [["Every Angle", *_cells(score)]]
    if given.peers:
        source = given.gender_gap_tracker if given.gender_gap_tracker.exists() else None
        for name, words in PEERS.items():
            say(f"peer {name}")
            try:
                found = ask(name, every, given.keep, source)
            except NotMeasuredError as error:
                rows.append([words, f"not measured: {error}", *["–"] * (len(MEASURES) - 1)])
            else:
                failed = f" (fails on {found.failed} of {len(every)} texts)" if found.failed else ""
                rows.append([words + failed, *_cells(scored(every, found.attributions))])
    twice = sum(article.second is not None for article in every)
    rows.append([f"a second annotator ({twice} articles)", *_cells(humans(every))])
    gold = sum(len(article.attributions) for article in every)
    return f"PolNeAR, part {part}: {len(every)} articles, {gold} attributions.\n\n{table(['reader', *MEASURES], rows)}"


def read(every: Sequence[Article]) -> dict[str, list[Attribution]]:
    """Return what this software reads in articles."""
    language = SpacyLanguage()
    out = {}
    for article, parsed in zip(every, language.parse(one.text for one in every), strict=True):
        out[article.name] = flattened(article, read_statements(_document(article), parsed))
    return out


def _document(article: Article) -> AccountDocument:
    return AccountDocument(article.name, Digest("0" * 64), article.text, kind="news", language="en")


def _cells(score: AttributionScore) -> list[str]:
    figures = (
        score.speech_f1,
        score.f1("pair"),
        score.f1("exact"),
        score.f1("any"),
        score.recall("indirect"),
        score.recall("mixed"),
        score.recall("direct"),
    )
    return [f"{figure:.1f}" for figure in figures]


def _corpus(given: Given) -> str:
    part = "development" if given.development else "reporting"
    entries = load(part)
    if not entries:
        return f"Not measured: the corpus' {part} part is empty here."
    got = statements.measured(entries, SpacyLanguage())
    found = {
        "refusing": percent(got["refusing right"], got["refusing"]),
        "all right": percent(got["all right"], got["gold"]),
        "nested": f1(got["nested right"], got["nested gold"], got["nested found"]),
        "verbatim": percent(got["verbatim"], got["passages"]),
    }
    given.found.update(found)
    rows = [
        ["declined, denied, does not know: recall", f"{found['refusing']:.1f} %", f"{got['refusing']}"],
        ["statement, speaker and party all right", f"{found['all right']:.1f} %", f"{got['gold']}"],
        ["nested attribution, F1", f"{found['nested']:.1f}", f"{got['nested gold']}"],
        ["statements, F1", f"{f1(got['matched'], got['gold'], got['found']):.1f}", f"{got['gold']}"],
        *(
            [
                f"{name}, of statements found",
                f"{percent(got[f'{name} right'], got['matched']):.1f} %",
                f"{got['matched']}",
            ]
            for name in ("form", "polarity", "modality")
        ),
        ["text equals offsets", f"{found['verbatim']:.1f} %", f"{got['passages']}"],
    ]
    return f"The corpus, {part} part: {len(entries)} documents.\n\n{table(['measure', 'figure', 'of'], rows)}"


def _dates(given: Given) -> str:
    folder = next((path.parent for path in sorted(given.tempeval.rglob("TimeBank")) if path.is_dir()), None)
    if folder is None:
        return (
            f"Not measured: there is no folder TimeBank under {given.tempeval}. "
            "Fetch github.com/jspotter/TempEval-3 and name it (--tempeval)."
        )
    every = times.documents(folder, reporting=not given.development)
    got = times.measured(every)
    given.found["dates"] = got.value_f1
    half = "even half (developed on)" if given.development else "odd half"
    rows = [["Every Angle", f"{got.value_f1:.1f}", f"{got.relaxed_f1:.1f}"]]
    if given.peers:
        rows += [_peer_of_dates(given, name, every) for name in times_peers.PEERS]
    rows.append(["the same, on the corpus", *_corpus_times(given.development)])
    return f"TimeBank and AQUAINT, {half}: {len(every)} documents, {got.gold} expressions.\n\n" + table(
        ["reader", "value F1", "relaxed F1"], rows
    )


def _peer_of_dates(given: Given, name: str, every: Sequence[times.TimedDocument]) -> list[str]:
    """Return a peer's row: another program's figures on the same documents, or why there are none."""
    words = times_peers.PEERS[name]
    say(f"peer {name}")
    try:
        answer = times_peers.ask(name, every, given.keep)
    except NotMeasuredError as error:
        return [words, f"not measured: {error}", "–"]
    failed = f" (fails on {answer.failed} of {len(every)} texts)" if answer.failed else ""
    return [words + failed, f"{answer.score.value_f1:.1f}", f"{answer.score.relaxed_f1:.1f}"]


def _corpus_times(development: bool) -> list[str]:
    """Return the figures on the own corpus' times; a time of day on which no day is told has none, save in news."""
    got = times.Score()
    for entry in load("development" if development else "reporting"):
        document = entry.document
        published = document.published.value if document.published else None
        found = mentions(document.text, published, same_day=document.kind == "news")
        got += times.score([_placed(each) for each in entry.times], map(_placed, found))
    return [f"{got.value_f1:.1f}", f"{got.relaxed_f1:.1f}"]


def _placed(each: TimeMention) -> times.Found:
    return each.span.start, each.span.end, each.value


def _speakers(given: Given) -> str:
    part = "development" if given.development else "reporting"
    got = speakers.measured(load(part))
    if not got.speakers:
        return f"Not measured: the corpus' {part} part is empty here."
    rows = [
        [name, f"{percent(right, got.speakers):.1f} %", f"{got.speakers}"]
        for name, right in (("who it is", got.who), ("for which party", got.party), ("both", got.both))
    ]
    head = f"Speakers of the corpus, {part} part, their words given as a person marked them."
    return f"{head}\n\n{table(['measure', 'right', 'of'], rows)}"


def _relations(given: Given) -> str:
    part = "development" if given.development else "reporting"
    got = relations.measure_relations(part, SpacyLanguage())
    if not got.pairs:
        return f"Not measured: the corpus' {part} part has no pairs here."
    given.found["false contradict"] = 100 * got.false_contradict
    given.found["contradictions"] = 100 * got.found
    head = f"Pairs of statements of the corpus, {part} part, judged by a person: {got.pairs} pairs."
    return f"{head}\n\n{table(['measure', 'figure', 'of', 'goal'], relations.rows(got))}"


def _speed(given: Given) -> str:
    """Read the corpus' development part over and over: the text of figures is left alone."""
    texts = [entry.document.text for entry in load("development")] * 4
    if not texts:
        return "Not measured: the corpus is empty here."
    language = SpacyLanguage()
    list(language.parse(texts[:1]))
    begun = time.process_time()
    tokens = found = 0
    for text, parsed in zip(texts, language.parse(texts), strict=True):
        document = AccountDocument("text", Digest("0" * 64), text, kind="news", language="en")
        found += len(read_statements(document, parsed))
        tokens += len(parsed.words)
    taken = time.process_time() - begun
    given.found["speed"] = tokens / taken
    rows = [["text to statements", f"{tokens / taken:,.0f}", f"{tokens:,}", f"{found:,}"]]
    return table(["measure", "tokens per CPU second", "tokens", "statements"], rows)


PARTS: dict[str, Callable[[Given], str]] = {
    "polnear": _polnear,
    "corpus": _corpus,
    "relations": _relations,
    "speakers": _speakers,
    "dates": _dates,
    "speed": _speed,
}
