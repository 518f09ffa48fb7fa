"""Questions: statements on one point are grouped, and what people decided about questions comes first.

A question's id is the key of its point. Where two points turn out to be one, because a statement on the one contradicts
a statement on the other, they become one question under the first of their keys; every key still leads to it, so that
what a person decided finds it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from everyangle.accounts.claims import Slots, Status
from everyangle.accounts.points import Point, points_of
from everyangle.accounts.settled import Settled
from everyangle.accounts.titles import title
from everyangle.core.accounts import ANSWERING, Act
from everyangle.core.ledger import LedgerStatement, Question, StatementRelation
from everyangle.core.weighing import By, QuestionSort, QuestionState, RelationKind
from everyangle.record.kinds_accounts import (
    AccountAct,
    QuestionPinned,
    QuestionRenamed,
    QuestionsMerged,
    StatementsGrouped,
)

_LONGEST = 60

ASKING = frozenset({"press", "reporter", "reporters"})
"""Parties that ask questions rather than give accounts."""


@dataclass(slots=True)
class Grouped:
    """Questions with what bears on each.

    Attributes:
        points: for each question's id, the points of each statement by its key.
        alias: for each id that leads elsewhere, where to.
        shown: questions as they are shown, in order.
        hidden: those that a person hid.
        by_person: for each question's id, keys of statements that a person put there.
    """

    points: dict[str, dict[str, list[Point]]] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)
    shown: list[Question] = field(default_factory=list)
    hidden: list[Question] = field(default_factory=list)
    by_person: dict[str, set[str]] = field(default_factory=dict)

    def id_of(self, name: str) -> str:
        """Return the id of the question that a name leads to."""
        for _ in range(len(self.alias) + 1):
            if name not in self.alias:
                return name
            name = self.alias[name]
        return name


def act_of(one: LedgerStatement) -> Act:
    """Return what the speaker does; without a cue it is asserted."""
    return one.statement.cue.act if one.statement.cue is not None else Act.ASSERTS


def group(
    settled: Settled,
    slots: Mapping[str, Slots],
    relations: Sequence[StatementRelation],
    acts: Sequence[AccountAct],
) -> Grouped:
    """Return the questions of a case.

    Args:
        settled: its statements.
        slots: of each statement, by key.
        relations: of the statements, without questions.
        acts: of people, in log order.
    """
    grouped = Grouped()
    for one in settled.statements:
        holds = act_of(one) in ANSWERING
        for point in points_of(slots[one.key].claims) if one.key in slots else ():
            if holds and point.claim.status is Status.UNREAL:
                continue  # what would or may be is no answer
            grouped.points.setdefault(point.key, {}).setdefault(one.key, []).append(point)
    for key, words in settled.asked.items():
        if key in {one.key for one in settled.statements}:
            grouped.points.setdefault(question_id(words, "what"), {}).setdefault(key, [])
    _join(grouped, relations)
    _decide(grouped, settled, acts)
    _show(grouped, settled, acts)
    return grouped


def _join(grouped: Grouped, relations: Iterable[StatementRelation]) -> None:
    """Make one question of points that a relation between statements shows to be one."""
    on: dict[str, set[str]] = {}
    for key, statements in grouped.points.items():
        for statement in statements:
            on.setdefault(statement, set()).add(key)
    for relation in relations:
        if relation.kind is not RelationKind.CONTRADICT or relation.question is None:
            continue
        keys = [sorted(_alike(on.get(s, set()), relation.question)) for s in (relation.a, relation.b)]
        for a, b in zip(*keys, strict=False):
            first, second = sorted((grouped.id_of(a), grouped.id_of(b)))
            if first != second:
                grouped.alias[second] = first
        if not (keys[0] and keys[1]):
            _bear(grouped, on, relation, keys[0] or keys[1])
    for key in sorted(grouped.alias):
        into = grouped.id_of(key)
        for statement, points in grouped.points.pop(key, {}).items():
            grouped.points.setdefault(into, {}).setdefault(statement, []).extend(points)


def _bear(grouped: Grouped, on: Mapping[str, set[str]], relation: StatementRelation, keys: Sequence[str]) -> None:
    """Put statements that contradict each other by what they imply on one question, though their words name another."""
    frame, _, sort = (relation.question or "").partition(":")
    if not keys:
        keys = sorted(
            k for s in (relation.a, relation.b) for k in on.get(s, ()) if k.partition(":")[2].startswith(sort)
        )
    if not frame and not keys:
        return
    into = grouped.points.setdefault(keys[0] if keys else f"{frame}:{sort}", {})
    for statement in (relation.a, relation.b):
        into.setdefault(statement, [])


def _alike(keys: Iterable[str], frame: str) -> list[str]:
    """Return the keys that are about one frame: the part that relations name, with what it asks for."""
    name, _, sort = frame.partition(":")
    return [key for key in keys if key.partition(":")[2] == sort and name in key.partition(":")[0].split("-")]


def _decide(grouped: Grouped, settled: Settled, acts: Sequence[AccountAct]) -> None:
    """Move statements and questions as people decided."""
    for act in acts:
        match act.body:
            case StatementsGrouped(question=question, statements=refs):
                into = grouped.id_of(question) if question else ""
                for ref in refs:
                    key = settled.found.get(ref)
                    if key is not None:
                        _move(grouped, key, into)
            case QuestionsMerged(question=question, into=into):
                old, new = grouped.id_of(question), grouped.id_of(into)
                if old != new:
                    grouped.alias[old] = new
                    for key, points in grouped.points.pop(old, {}).items():
                        grouped.points.setdefault(new, {}).setdefault(key, []).extend(points)
                    grouped.by_person.setdefault(new, set()).update(grouped.by_person.pop(old, set()))
            case _:
                pass


def _move(grouped: Grouped, key: str, into: str) -> None:
    """Put a statement on one question, and take it off those that ask for the same; or off all of them."""
    sort = into.partition(":")[2]
    moved: list[Point] = []
    for name, statements in list(grouped.points.items()):
        if name != into and (not into or not sort or name.partition(":")[2] == sort):
            moved += statements.pop(key, [])
    for keys in grouped.by_person.values():
        keys.discard(key)
    if into:
        grouped.points.setdefault(into, {}).setdefault(key, []).extend(moved)
        grouped.by_person.setdefault(into, set()).add(key)


def _show(grouped: Grouped, settled: Settled, acts: Sequence[AccountAct]) -> None:
    titles: dict[str, str] = {}
    states: dict[str, QuestionState] = {}
    entries: dict[str, list[int]] = {}
    for act in acts:
        body = act.body
        if isinstance(body, QuestionRenamed | QuestionPinned) or (
            isinstance(body, StatementsGrouped) and body.question
        ):
            name = grouped.id_of(body.question)
            entries.setdefault(name, []).append(act.entry)
            if isinstance(body, QuestionPinned):
                states[name] = body.state
                titles.setdefault(name, body.title)
            elif body.title:
                titles[name] = body.title
        elif isinstance(body, QuestionsMerged):
            entries.setdefault(grouped.id_of(body.into), []).append(act.entry)
    for words in settled.asked.values():
        titles.setdefault(grouped.id_of(question_id(words, "what")), words)
    place = {one.key: number for number, one in enumerate(settled.statements)}
    known = {one.key: one for one in settled.statements}
    merged: dict[str, list[str]] = {}
    for name in grouped.alias:
        merged.setdefault(grouped.id_of(name), []).append(name)
    for name in sorted({*grouped.points, *entries}):
        statements = {key: points for key, points in grouped.points.get(name, {}).items() if key in place}
        on = [known[key] for key in sorted(statements, key=place.__getitem__)]
        if name not in entries and name not in titles and not _worth(on):
            continue
        points = [point for one in on if act_of(one) in ANSWERING for point in statements[one.key]]
        points = points or [point for one in on for point in statements[one.key]]
        words = titles.get(name) or (title(points) if points else name)
        question = Question(
            id=name,
            title=words,
            sort=points[0].sort if points else _sort(name),
            statements=tuple(one.key for one in on),
            state=states.get(name, QuestionState.FREE),
            by=By.PERSON if name in titles else By.MACHINE,
            merged=tuple(sorted(merged.get(name, ()))),
            open=len(_answering(on)) < 2,
            entries=tuple(entries.get(name, ())),
        )
        (grouped.hidden if question.state is QuestionState.HIDDEN else grouped.shown).append(question)
    grouped.shown.sort(key=lambda q: _rank(q, known))


def question_id(title: str, sort: str) -> str:
    """Return the id of a question that a person words: its words, and what it asks for."""
    words = re.sub(r"[^a-z0-9]+", "-", title.strip().lower()).strip("-")
    return f"{words[:_LONGEST].strip('-') or 'question'}:{sort}"


def _sort(name: str) -> QuestionSort:
    asked = name.partition(":")[2]
    if asked == "how-often":
        return QuestionSort.HOW_MANY
    return QuestionSort(asked) if asked in {each.value for each in QuestionSort} else QuestionSort.WHAT


def _answering(on: Iterable[LedgerStatement]) -> set[str]:
    return {one.party for one in on if one.party and one.party not in ASKING and act_of(one) in ANSWERING}


def _worth(on: Sequence[LedgerStatement]) -> bool:
    """Whether a question is worth showing unasked: two sides bear on it, and one of them answers.

    Footage and records of nobody's, and people who are named but speak for nobody known, are sides of their own.
    """
    parties = {_side(one) for one in on if one.party not in ASKING and act_of(one) is not Act.DEMANDS} - {""}
    return len(parties) >= 2 and bool(_answering(on))


def _side(one: LedgerStatement) -> str:
    if one.party or not one.speaker:
        return one.party
    return f"{one.speaker}:" if act_of(one) in (Act.SHOWS, Act.REPORTS_RECORD) or one.speaker[0].isupper() else ""


def _rank(question: Question, known: Mapping[str, LedgerStatement]) -> tuple[bool, int, int, str]:
    on = [known[key] for key in question.statements]
    count = Counter(one.party for one in on if one.party)
    return (question.state is not QuestionState.PINNED, -len(count), -len(on), question.id)


def with_questions(statements: Iterable[LedgerStatement], questions: Iterable[Question]) -> list[LedgerStatement]:
    """Return statements with the ids of the questions that they are on."""
    on: dict[str, list[str]] = {}
    for question in questions:
        for key in question.statements:
            on.setdefault(key, []).append(question.id)
    return [replace(one, questions=tuple(on.get(one.key, ()))) for one in statements]
