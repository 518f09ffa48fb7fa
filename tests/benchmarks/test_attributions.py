"""Scoring of attributions. All names are invented."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accounting.attributions import flattened, scored
from benchmarks.accounting.polnear import Article, Attribution, articles, form, token_numbers

from everyangle.core.accounts import Act, Cue, Form, Passage, Span, Speaker, Statement

TEXT = "A man who said officers waited there left. “Nobody came,” she said."


def at(words: str, text: str = TEXT) -> Passage:
    start = text.index(words)
    return Passage((Span(start, start + len(words)),), words)


def article() -> Article:
    numbers = token_numbers(TEXT)
    first = Attribution(frozenset({2}), frozenset({3}), frozenset({4, 5, 6}), "said", "indirect")
    second = Attribution(frozenset({14}), frozenset({15}), frozenset({9, 10, 11, 12, 13}), "said", "direct")
    return Article("a", TEXT, (first, second), None, numbers)


def statement(who: str, cue: str, content: str, within: str | None = None) -> Statement:
    return Statement("s1", at(content), Form.INDIRECT, Speaker(at(who)), Cue(at(cue), Act.ASSERTS), within)


def test_a_relative_pronoun_is_the_source_and_inner_statements_are_left_out() -> None:
    found = flattened(
        article(), [statement("A man", "said", "officers waited there"), statement("she", "said", "Nobody", "s1")]
    )
    assert [one.source for one in found] == [frozenset({2})]


def test_pairs_need_half_the_content_and_the_source() -> None:
    here = article()
    half = [Attribution(frozenset({14}), frozenset({15}), frozenset({9, 10, 11}), "said")]
    less = [Attribution(frozenset({14}), frozenset({15}), frozenset({9, 10}), "said")]
    other = [Attribution(frozenset({1}), frozenset({15}), frozenset({9, 10, 11}), "said")]
    assert [scored([here], {"a": found})["pair"] for found in (half, less, other)] == [1, 0, 0]
    assert scored([here], {"a": list(here.attributions)}).f1("exact") == 100


def test_form_is_told_by_the_marks() -> None:
    assert [form(text, [(0, len(text))]) for text in ("“we waited”", "they “waited”", "they waited")] == [
        "direct",
        "mixed",
        "indirect",
    ]


def test_annotations_are_read_from_stand_off_files(tmp_path: Path) -> None:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "a.txt").write_text("She said so. Twice.", encoding="utf-8")
    (tmp_path / "attributions" / "a_0001.ann").write_text(
        "T1\tSource 0 3\tShe\nT2\tCue 4 8\tsaid\nT3\tContent 9 11;13 18\tso Twice\n"
        "E1\tAttribution:T2 Content:T3 Cue:T2 Source:T1\n",
        encoding="utf-8",
    )
    (one,) = articles(tmp_path)
    assert one.attributions[0].content == frozenset({2, 4})
    assert one.attributions[0].cue_text == "said"
