"""The words of weighing: how statements, positions, questions and footage stand to each other. Names only."""

from __future__ import annotations

from enum import StrEnum


class RelationKind(StrEnum):
    """How one statement stands to another."""

    AGREE = "agree"
    CONTRADICT = "contradict"
    NARROWS = "narrows"
    LEAVES_OPEN = "leaves-open"


class Slot(StrEnum):
    """In what two statements that contradict each other differ."""

    NUMBER = "number"
    TIME = "time"
    POLARITY = "polarity"
    ACTOR = "actor"
    OBJECT = "object"


class BearingKind(StrEnum):
    """What footage or an item means for a statement, as a person sees it."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    CONTEXT = "context"
    NONE = "none"
    """It has nothing to do with the statement, though it was proposed."""


class Edge(StrEnum):
    """An end of a moment."""

    START = "start"
    END = "end"


class MeasureSort(StrEnum):
    """What is measured: the time between two moments, the wall time of one, or how many there are."""

    INTERVAL = "interval"
    TIME = "time"
    COUNT = "count"


class QuestionState(StrEnum):
    """Whether a person keeps a question, hides it, or leaves it to the machine."""

    PINNED = "pinned"
    HIDDEN = "hidden"
    FREE = "free"


class Stance(StrEnum):
    """What a party does about a question."""

    ASSERTS = "asserts"
    """It answers: yes to a question of whether, or with a number, a time, a name."""
    DENIES = "denies"
    """It answers no."""
    DECLINES = "declines"
    DOES_NOT_KNOW = "does-not-know"
    ASKS = "asks"
    """It asks or demands, which is no answer."""
    SILENT = "silent"
    """Nothing that it said bears on the question."""


class QuestionSort(StrEnum):
    """What a question asks for."""

    WHETHER = "whether"
    HOW_LONG = "how-long"
    HOW_MANY = "how-many"
    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    WHAT = "what"


class By(StrEnum):
    """Who decided something: the machine proposed it, or a person did it (in the log)."""

    MACHINE = "machine"
    PERSON = "person"
