"""English by spaCy."""

from __future__ import annotations

from pathlib import Path

import pytest

from everyangle.adapters import language_spacy
from everyangle.adapters.language_spacy import SpacyLanguage
from everyangle.core.errors import IntegrityError, NotFoundError
from everyangle.testing.language_contract import LanguageContract


class TestSpacyLanguage(LanguageContract):
    @pytest.fixture
    def language(self) -> SpacyLanguage:
        return SpacyLanguage()


@pytest.fixture
def unloaded() -> None:
    language_spacy._loaded.cache_clear()


@pytest.mark.usefixtures("unloaded")
def test_a_missing_model_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_spacy, "PACKAGES", ("no_such_package_anywhere",))
    with pytest.raises(NotFoundError, match=r"everyangle\[accounts\]"):
        SpacyLanguage()


@pytest.mark.usefixtures("unloaded")
def test_weights_that_changed_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "tampered_model"
    (package / "tampered_model-3.8.0" / "parser").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "tampered_model-3.8.0" / "parser" / "model").write_bytes(b"other weights")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(language_spacy, "PACKAGES", ("tampered_model",))
    with pytest.raises(IntegrityError, match="tampered_model"):
        SpacyLanguage()


def test_what_was_parsed_lately_is_known_and_no_more_is_kept_than_stated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_spacy, "KEPT_CHARACTERS", 60)
    language = SpacyLanguage()
    first, second = "The window broke.", "She waited there."
    one, again, other = language.parse([first, first, second])
    assert again is one
    assert other.text == second
    (after,) = language.parse(["A much longer text that leaves no room for others."])
    assert after.words
    (anew,) = language.parse([first])
    assert anew is not one
    assert anew == one
