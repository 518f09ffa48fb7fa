"""The accounts on the page: loaded when seen, exact words, signs beside words, moments that play, paper."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from everyangle.dossier.model import Dossier
from everyangle.testing.dossier_accounts import AGENCY, FAMILY, POLICE, SHOP
from everyangle.testing.dossier_page import hostile, write_page

from .test_page_access import _CONTRASTS, _NAMELESS

VIEWS = ("#/matrix", "#/open", "#/measured", "#/parties", "#/statements", "#/question/orders%3Ahow-many")
ATTACK = '</script><img src=x onerror="window.pwned=1">\'"><svg onload=window.pwned=1>\u202e{{ 7*7 }}'


def at(open_page: Any, view: str, **options: Any) -> Any:
    opened = open_page(view, **options)
    opened.page.locator(".accounts-body h3").first.wait_for(state="attached")
    opened.until("s.recordings.length === 5")
    return opened


def statement(written: Any, words: str) -> str:
    statements = written.shows.accounts.statements
    return str(next(one.key for one in statements if words in one.statement.content.text))


def cell(opened: Any, question: str, party: str) -> Any:
    return opened.page.locator(f'.accounts-body tr[data-question="{question}"] td[data-party="{party}"]')


def test_nothing_of_the_accounts_is_loaded_before_they_are_seen(open_page: Any) -> None:
    opened = open_page()
    opened.until("s.recordings.length === 5")
    assert not [url for url in opened.requests if "accounts" in url or "source-" in url]
    opened.page.locator("nav a[href='#accounts']").click()
    opened.page.locator("table.matrix").wait_for()
    assert [url for url in opened.requests if url.endswith("data/accounts.js")]
    assert not [url for url in opened.requests if "source-" in url]
    assert opened.complaints == []


def test_each_cell_holds_the_documents_words_at_the_offsets(open_page: Any, written: Any) -> None:
    opened = at(open_page, "#/matrix")
    ledger = written.shows.accounts
    texts = {d.digest: d.text for d in ledger.documents}
    shown = opened.page.evaluate(
        """[...document.querySelectorAll(".accounts-body .matrix blockquote")].map((quote) => ({
          key: quote.dataset.key,
          pieces: [...quote.querySelectorAll(".piece")].map((p) => [p.dataset.from, p.dataset.to, p.textContent]),
        }))"""
    )
    assert {one["key"] for one in shown} == {one.key for one in ledger.statements}
    for one in shown:
        found = ledger.statement(one["key"])
        assert [(int(a), int(b)) for a, b, _ in one["pieces"]] == list(found.statement.content.spans)
        assert all(texts[found.document][int(a) : int(b)] == words for a, b, words in one["pieces"])


def test_a_cell_says_who_said_it_where_and_when(open_page: Any) -> None:
    opened = at(open_page, "#/matrix")
    said = cell(opened, "film:whether", FAMILY).inner_text()
    assert "Ada Okafor, Statement of the family, said 2 May 2025" in said
    assert "published 3 May 2025, 18:00" in cell(opened, "orders:how-many", AGENCY).inner_text()


def test_contradiction_silence_and_refusal_are_told_in_words(open_page: Any) -> None:
    opened = at(open_page, "#/matrix")
    assert f"contradicts {FAMILY} (in the number: 1 order)" in cell(opened, "orders:how-many", AGENCY).inner_text()
    assert f"contradicts {AGENCY} (in the number: 1 order)" in cell(opened, "orders:how-many", FAMILY).inner_text()
    assert "Does not know" in cell(opened, "orders:how-many", POLICE).inner_text()
    assert "Silent" in cell(opened, "film:whether", POLICE).inner_text()
    assert "Declines to answer" in cell(opened, "wait:how-long", AGENCY).inner_text()
    assert "Changed, 2 May 2025. Says yes" in cell(opened, "film:whether", FAMILY).inner_text()
    signs = "[...document.querySelectorAll('.accounts-body .sign')]"
    assert opened.page.evaluate(f"{signs}.every((one) => one.getAttribute('aria-hidden') === 'true')")
    assert opened.page.evaluate(f"{signs}.every((one) => one.parentElement.textContent.trim().length > 3)")


def test_a_question_of_the_matrix_tells_what_was_measured(open_page: Any) -> None:
    page = at(open_page, "#/matrix").page
    head = page.locator('.accounts-body tr[data-question="orders:how-many"] th').inner_text()
    assert "Measured: 1 moment" in head
    assert "1 piece of footage bears on it" in head


def test_every_party_has_the_same_room_in_the_order_of_names(open_page: Any) -> None:
    opened = at(open_page, "#/matrix")
    heads = opened.page.locator(".matrix thead th")
    assert heads.all_inner_texts()[1:] == sorted([AGENCY, FAMILY, POLICE])
    widths = opened.page.evaluate(
        "[...document.querySelectorAll('.matrix thead th')].slice(1).map((h) => h.offsetWidth)"
    )
    assert max(widths) - min(widths) <= 1
    types = "[...document.querySelectorAll('.matrix td .words')].map((w) => getComputedStyle(w).font)"
    assert len(set(opened.page.evaluate(types))) == 1
    assert f"silent on all these questions: {SHOP}." in opened.page.locator(".accounts-body").inner_text()


def test_a_question_lists_its_statements_with_what_bears_on_them(open_page: Any) -> None:
    opened = at(open_page, "#/question/orders%3Ahow-many")
    text = opened.page.locator(".accounts-body").inner_text()
    for words in (
        "How many orders were given?",
        "Worded by a person, log entry 30. Kept by a person.",
        "contradicts it; stated by a person, log entry 34",
        "judged by nobody",
        "three is not two; stated by a person, log entry 33",
        "what is measured does not fit these words: measured 2 less",
        "cannot be compared",
    ):
        assert words in text, words
    keys = [one.get_attribute("data-key") for one in opened.page.locator(".statements blockquote").all()]
    assert len(keys) == 3


def test_what_bears_on_a_statement_plays_from_its_very_second(open_page: Any, written: Any) -> None:
    opened = at(open_page, "#/question/orders%3Ahow-many")
    opened.page.get_by_role("button", name="Play from 0:04.0: second order").first.click()
    opened.until("s.playing && s.t >= 4 && s.t < 8")
    assert opened.js("s.focused") == written.shows.items[0].digest
    assert opened.page.evaluate("location.hash") == "#t=4"
    assert "Playing from 0:04.0: second order" in opened.page.locator("#said").text_content()
    opened.js("s.pause()")
    opened.page.go_back()
    assert opened.page.evaluate("location.hash") == "#/question/orders%3Ahow-many"
    leads_to(opened.page, "How many orders were given?")
    assert opened.complaints == []


def test_a_statement_is_marked_in_its_sources_text(open_page: Any, written: Any) -> None:
    key = statement(written, "pushed my phone")
    opened = at(open_page, f"#/statement/{key}")
    opened.page.locator(".source-text mark").wait_for()
    assert opened.page.locator(".source-text mark").all_inner_texts() == ["“They pushed my phone down,”"]
    assert opened.page.locator(".source-text .speaker").inner_text() == "Ada Okafor"
    assert opened.page.locator(".source-text .cue").inner_text() == "said"
    assert "📣 Our son" in opened.page.locator(".source-text").inner_text()
    split = statement(written, "Not once")
    opened.page.evaluate(f"location.hash = '#/statement/{split}'")
    opened.page.get_by_text("captain").or_(opened.page.locator(".source-text mark")).first.wait_for()
    assert opened.page.locator(".source-text mark").count() == 2
    assert "published 3 May 2025, 18:00 (json-ld)" in opened.page.locator(".origin").inner_text()


def test_a_source_that_is_not_in_the_dossier_is_said_to_be_so(open_page: Any, written: Any) -> None:
    opened = at(open_page, f"#/statement/{statement(written, 'how many orders')}")
    assert "The document is not part of this dossier." in opened.page.locator(".source-text").inner_text()
    assert opened.complaints == []


def test_people_stand_with_where_their_party_was_read(open_page: Any) -> None:
    text = at(open_page, "#/parties").page.locator(".accounts-body").inner_text()
    assert "Capt. Ruth Amsel, captain" in text
    assert "Read in Press release: The agency" in text
    assert "Read in Press release: Capt. Ruth Amsel" in text
    assert "Stated by a person, log entry 39." in text


def test_an_unknown_address_is_answered(open_page: Any) -> None:
    for view in ("#/question/none", "#/statement/none", "#/statement/%E0%A4%A"):
        assert "No such" in at(open_page, view).page.locator(".accounts-body h3").inner_text()


def test_a_keyboard_reaches_everything(open_page: Any) -> None:
    opened = at(open_page, "#/matrix")
    page = opened.page
    page.locator("nav.views a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    leads_to(page, "Open questions")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#/question/orders%3Ahow-many"
    page.keyboard.press("Enter")
    leads_to(page, "How many orders were given?")
    page.go_back()
    leads_to(page, "Open questions")


def leads_to(page: Any, heading: str) -> None:
    """Wait until a heading has the focus, so that a screen reader says it and Tab goes on from there."""
    page.wait_for_function(
        "(text) => document.activeElement.tagName === 'H3' && document.activeElement.textContent === text", arg=heading
    )


def test_the_arrows_scroll_the_matrix_and_do_not_move_time(open_page: Any) -> None:
    opened = at(open_page, "#/matrix")
    before = opened.js("s.t")
    opened.page.get_by_role("region", name="Accounts matrix, scrolls").focus()
    opened.page.keyboard.press("ArrowRight")
    assert opened.js("s.t") == before


def test_a_screen_reader_finds_a_table_at_every_width(open_page: Any) -> None:
    for width in (1280, 390):
        page = at(open_page, "#/matrix", viewport={"width": width, "height": 800}).page
        table = page.get_by_role("table", name="Questions by parties")
        assert table.get_by_role("rowheader").count() == 3
        assert table.get_by_role("cell").count() == 9


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_names_contrast_and_width_hold_in_every_view(open_page: Any, written: Any, theme: str) -> None:
    opened = at(open_page, VIEWS[0], color_scheme=theme, viewport={"width": 390, "height": 800})
    for view in (*VIEWS, f"#/statement/{statement(written, 'pushed my phone')}"):
        opened.page.evaluate("(view) => { location.hash = view; }", view)
        opened.page.wait_for_function("(view) => document.querySelector('accounts-view').shown === view", arg=view)
        assert opened.page.evaluate(_CONTRASTS) == {}, view
        assert opened.page.evaluate(_NAMELESS) == [], view
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= 390, view
    assert opened.complaints == []


def test_on_paper_every_question_is_told(open_page: Any) -> None:
    opened = at(open_page, "#/statements")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    paper = opened.page.locator(".accounts-paper")
    text = paper.inner_text()
    for words in ("Accounts matrix", "How many orders were given?", "Measured facts", "Parties and people"):
        assert words in text, words
    assert not opened.page.locator(".accounts-body").is_visible()
    assert opened.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert paper.inner_text() == ""


def test_missing_files_are_said_to_be_missing(open_page: Any, copied: Path) -> None:
    (copied / "data/accounts.js").unlink()
    opened = open_page("#/matrix", folder=copied)
    opened.page.get_by_text("Files with the accounts are missing").wait_for()


def test_hostile_texts_stay_texts_in_the_accounts(open_page: Any, copied: Path, written: Any) -> None:
    for path in ("index.html", "data/dossier.js", *(f"data/{p.name}" for p in (copied / "data").glob("*.js"))):
        (copied / path).unlink(missing_ok=True)
    shown: Dossier = hostile(written.shows, ATTACK)
    write_page(copied, shown)
    assert shown.accounts is not None
    opened = at(open_page, "#/matrix", folder=copied)
    for view in (*VIEWS, f"#/statement/{quote(shown.accounts.statements[0].key)}"):
        opened.page.evaluate("(view) => { location.hash = view; }", view)
        opened.page.wait_for_timeout(60)
        assert "{{ 7*7 }}" in opened.page.locator("accounts-view").inner_text()
    assert opened.page.evaluate("window.pwned") is None
    assert (
        opened.page.evaluate("document.querySelectorAll('main img[onerror], main svg[onload], main script').length")
        == 0
    )
    assert "\\u202e" not in json.dumps(opened.page.locator("accounts-view").inner_text())
    assert opened.complaints == []


@pytest.fixture
def copied(written: Any, tmp_path: Path) -> Path:
    """A folder of its own with the tests' dossier."""
    folder = tmp_path / "copied"
    shutil.copytree(written.folder, folder, copy_function=_link)
    return folder


def _link(source: str, target: str) -> None:
    shutil.copy2(source, target) if source.endswith((".html", ".js", ".css")) else Path(target).hardlink_to(source)
