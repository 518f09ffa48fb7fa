"""Regrouping: a person words, splits, merges, keeps or hides questions."""

from __future__ import annotations

from collections.abc import Sequence

from everyangle.accounts.questions import question_id
from everyangle.core.errors import BadInputError, NotFoundError
from everyangle.core.ledger import Ledger, Question
from everyangle.core.weighing import QuestionState
from everyangle.ports.workbench import Workbench
from everyangle.record.kinds_accounts import QuestionPinned, QuestionRenamed, QuestionsMerged, StatementsGrouped
from everyangle.stages.judge import find_statement
from everyangle.stages.load import load
from everyangle.stages.mark import Recorded, note_act
from everyangle.stages.weigh import ledger

_HOLDS = "Nothing was recorded."


def rename(question: str, title: str, why: str, by: str | None, bench: Workbench) -> Recorded:
    """Record how a question is worded.

    Raises:
        EveryAngleError: where there is no such question or no words; nothing was recorded then.
    """
    found = find_question(ledger(load(bench), bench), question)
    entry = note_act(QuestionRenamed(found.id, _worded(title), why), by, bench)
    return Recorded(entry, f"{found.id} reads “{title.strip()}”")


def split(question: str, statements: Sequence[str], title: str, why: str, by: str | None, bench: Workbench) -> Recorded:
    """Record that some statements are on a question of their own, or on another that exists; or on none.

    Args:
        question: the question from which they are taken, or "" for wherever they are.
        statements: as the person names them.
        title: words of the new question, or an existing one's id or title; "" for no question.
        why: the reason.
        by: who acts, or None.
        bench: the case at work.

    Raises:
        EveryAngleError: where that makes no sense; nothing was recorded then.
    """
    found = ledger(load(bench), bench)
    refs = tuple(find_statement(found, text).ref for text in statements)
    if not refs:
        raise BadInputError("statement-unnamed", "No statement is named.", holds=_HOLDS, todo="Name at least one.")
    sort = find_question(found, question).sort.value if question else "what"
    if not title.strip():
        entry = note_act(StatementsGrouped("", None, refs, why), by, bench)
        return Recorded(entry, f"{len(refs)} taken off questions")
    there = next((q for q in (*found.questions, *found.hidden) if _is_named(q, title)), None)
    name = there.id if there is not None else question_id(title, sort)
    entry = note_act(StatementsGrouped(name, None if there is not None else title.strip(), refs, why), by, bench)
    return Recorded(entry, f"{len(refs)} put on {name}")


def merge(question: str, into: str, why: str, by: str | None, bench: Workbench) -> Recorded:
    """Record that two questions are one.

    Raises:
        EveryAngleError: where they are the same or unknown; nothing was recorded then.
    """
    found = ledger(load(bench), bench)
    old, new = find_question(found, question), find_question(found, into)
    if old.id == new.id:
        raise BadInputError("question-alone", "These two are one question already.", holds=_HOLDS)
    entry = note_act(QuestionsMerged(old.id, new.id, why), by, bench)
    return Recorded(entry, f"{old.id} is part of {new.id}")


def pin(question: str, state: QuestionState, why: str, by: str | None, bench: Workbench) -> Recorded:
    """Record that a question is kept, hidden or left to the machine; words that no question has make a new one.

    Raises:
        EveryAngleError: where that makes no sense; nothing was recorded then.
    """
    found = ledger(load(bench), bench)
    there = next((q for q in (*found.questions, *found.hidden) if _is_named(q, question)), None)
    if there is None and (state is not QuestionState.PINNED or " " not in question.strip()):
        there = find_question(found, question)
    name = there.id if there is not None else question_id(question, "what")
    title = there.title if there is not None else _worded(question)
    entry = note_act(QuestionPinned(name, title, state, why), by, bench)
    return Recorded(entry, f"{name} is {state}: “{title}”")


def find_question(found: Ledger, text: str) -> Question:
    """Return the question that a person means by its id or its words.

    Raises:
        NotFoundError: ``question-unknown``.
    """
    there = next((q for q in (*found.questions, *found.hidden) if _is_named(q, text)), None)
    if there is None:
        raise NotFoundError(
            "question-unknown",
            f"No question of this case is {text!r}.",
            holds=_HOLDS,
            todo="See the questions with: everyangle accounts questions CASE",
        )
    return there


def _is_named(question: Question, text: str) -> bool:
    name = text.strip()
    return name in (question.id, *question.merged) or name.casefold() == question.title.casefold()


def _worded(title: str) -> str:
    if not title.strip():
        raise BadInputError("title-empty", "A question needs words.", holds=_HOLDS)
    return title.strip()
