"""The accounts' data files: words at their offsets, only texts that the dossier holds, nothing that could run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from everyangle.core.ledger import Ledger
from everyangle.dossier.accounts_data import accounts_files
from everyangle.dossier.model import Dossier
from everyangle.dossier.render import ACCOUNTS, render


def value(script: bytes) -> Any:
    """Read what a data script sets, as a browser would."""
    return json.loads(script.decode("ascii").splitlines()[-1].partition(" = ")[2].removesuffix(";"))


@pytest.fixture
def shows(written: Any) -> Dossier:
    shows: Dossier = written.shows
    return shows


def test_every_piece_is_the_text_at_its_code_points(shows: Dossier) -> None:
    files = accounts_files(shows)
    data = value(files["data/accounts.js"])
    checked = 0
    for one in data["statements"]:
        path = data["documents"][one["document"]]["text"]
        if path is None:
            continue
        text = value(files[path])[one["part"]]
        for role in ("content", "named", "cue"):
            passage = one[role] or {"spans": [], "pieces": []}
            assert [text[a:b] for a, b in passage["spans"]] == passage["pieces"]
            checked += len(passage["spans"])
    assert checked >= 10


def test_the_text_of_a_document_that_the_dossier_lacks_stays_out(shows: Dossier) -> None:
    files = accounts_files(shows)
    held = {item.digest for item in shows.items}
    assert {path for path in files if "source-" in path} == {
        f"data/source-{d.digest}.js" for d in _ledger(shows).documents if d.digest in held
    }
    assert b"a spokesman said" not in b"".join(files.values())


def test_questions_that_a_person_hid_and_what_was_left_out_are_only_counted(shows: Dossier) -> None:
    data = value(accounts_files(shows)["data/accounts.js"])
    assert data["hidden"] == 1
    assert b"Hidden question" not in b"".join(render(shows).values())


def test_direction_overrides_keep_their_place_and_are_shown(shows: Dossier) -> None:
    ledger = _ledger(shows)
    first = ledger.documents[0]
    turned = replace(first, text=first.text.replace("The agency states", "The\u202eagency\u2028states"))
    files = accounts_files(replace(shows, accounts=replace(ledger, documents=(turned, *ledger.documents[1:]))))
    (text,) = value(files[f"data/source-{first.digest}.js"])
    assert len(text) == len(first.text)
    assert text.startswith("The\ufffdagency\u2028states")


def test_a_dossier_without_statements_has_no_accounts(shows: Dossier) -> None:
    for accounts in (None, Ledger()):
        files = render(replace(shows, accounts=accounts))
        assert not {f"assets/{name}" for name in ACCOUNTS} & files.keys()
        assert "data/accounts.js" not in files
        assert b'id="accounts"' not in files["index.html"]


def _ledger(shows: Dossier) -> Ledger:
    assert shows.accounts is not None
    return shows.accounts
