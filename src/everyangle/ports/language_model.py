"""A large language model that answers in text. Trusted with nothing: what it proposes is checked word by word."""

from __future__ import annotations

from typing import Protocol


class LanguageModel(Protocol):
    """Answers a question about a text."""

    name: str
    """How it is named to its server; every statement that it proposes says so."""

    def answer(self, instructions: str, text: str) -> str:
        """Return what the model answers, at most 1 MiB.

        Args:
            instructions: what to do.
            text: with what; it leaves this machine where the model does not run on it.

        Raises:
            StorageError: ``model-unreachable``.
            LimitError: ``model-too-slow`` or ``model-answer-too-large``.
            BadInputError: ``model-answer-malformed``, ``model-refused`` where the server refuses.
        """
        ...
