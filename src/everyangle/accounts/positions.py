"""Positions: what each party holds on each question, and when it changed. Parties and questions arrive decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from everyangle.accounts.amounts import apart
from everyangle.accounts.claims import Status
from everyangle.accounts.points import Point
from everyangle.accounts.questions import act_of
from everyangle.core.accounts import Act
from everyangle.core.ledger import Answer, LedgerStatement, Position, Question
from everyangle.core.weighing import QuestionSort, Stance

_STANCES: Mapping[Act, Stance] = {
    Act.DECLINES: Stance.DECLINES,
    Act.DOES_NOT_KNOW: Stance.DOES_NOT_KNOW,
    Act.ASKS: Stance.ASKS,
    Act.DEMANDS: Stance.ASKS,
}

_SILENT = (Answer(Stance.SILENT, "", "", ()),)


def positions_of(
    questions: Sequence[Question],
    parties: Sequence[str],
    statements: Mapping[str, LedgerStatement],
    points: Mapping[str, Mapping[str, Sequence[Point]]],
) -> list[Position]:
    """Return for each question and party its position, in the order of both.

    Args:
        questions: as shown.
        parties: their names.
        statements: by key.
        points: of each question, by its id and the statement's key.
    """
    return [
        Position(question.id, party, _answers(question, party, statements, points.get(question.id, {})))
        for question in questions
        for party in parties
    ]


def _answers(
    question: Question, party: str, statements: Mapping[str, LedgerStatement], points: Mapping[str, Sequence[Point]]
) -> tuple[Answer, ...]:
    answers: list[tuple[Answer, Sequence[Point]]] = []
    for key in question.statements:
        one = statements[key]
        if one.party != party:
            continue
        stance, words = _stance(one, question.sort, points.get(key, ()))
        if answers and _goes_on(answers[-1], stance, points.get(key, ()), question.sort):
            last, before = answers[-1]
            joined = Answer(last.stance, last.words or words, last.since, (*last.statements, key))
            answers[-1] = (joined, before)
        else:
            answers.append((Answer(stance, words, one.said_at[:10], (key,)), points.get(key, ())))
    return tuple(answer for answer, _ in answers) or _SILENT


def _stance(one: LedgerStatement, sort: QuestionSort, points: Sequence[Point]) -> tuple[Stance, str]:
    act = act_of(one)
    if act in _STANCES:
        return _STANCES[act], ""
    numbers = [point for point in points if point.amount is not None]
    if sort in (QuestionSort.HOW_LONG, QuestionSort.HOW_MANY) and numbers:
        denied = act is Act.DENIES or numbers[0].claim.negated
        words = numbers[0].amount.words if numbers[0].amount is not None else ""
        return (Stance.DENIES, f"not {words}") if denied else (Stance.ASSERTS, words)
    if sort is QuestionSort.WHEN:
        return (Stance.DENIES if act is Act.DENIES else Stance.ASSERTS), ""
    if sort is QuestionSort.WHETHER and points:
        held = [point for point in points if point.claim.status is not Status.UNREAL]
        if not held:
            return Stance.ASSERTS, ""
        denied = held[0].claim.negated != (act is Act.DENIES)
        return (Stance.DENIES, "no") if denied else (Stance.ASSERTS, "yes")
    return (Stance.DENIES if act is Act.DENIES else Stance.ASSERTS), ""


def _goes_on(last: tuple[Answer, Sequence[Point]], stance: Stance, points: Sequence[Point], sort: QuestionSort) -> bool:
    """Whether a statement says again what the party said last."""
    answer, before = last
    if answer.stance is not stance:
        return False
    if sort not in (QuestionSort.HOW_LONG, QuestionSort.HOW_MANY):
        return True
    pairs = [(p.amount, q.amount) for p in before for q in points if p.amount is not None and q.amount is not None]
    return not pairs or min(apart(a, b) for a, b in pairs) == 0
