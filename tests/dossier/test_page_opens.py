"""The page opens from ``file://`` by itself: nothing fetched, nothing refused, nothing alive that should be inert."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from everyangle.dossier.render import render
from everyangle.testing.dossier_page import hostile, write_page
from everyangle.testing.dossier_pixels import wait_until

ATTACK = (
    '</script><script>window.pwned=1</script><img src=x onerror="window.pwned=1">'
    "\"'><svg onload=window.pwned=1>\u202egnp.exe\u2028{{ 7*7 }}"
)
AT_ONCE_BYTES = 175_000
"""What is read when the page opens; waveforms and evidence come when they are seen."""
WHOLE_PAGE_BYTES = 300_000


def test_it_opens_from_a_file_without_complaint(open_page: Any) -> None:
    opened = open_page()
    opened.until("s.recordings.length === 5")
    wait_until(opened.page, "[...document.querySelectorAll('.tile video')].every((v) => v.readyState >= 2)")
    assert opened.complaints == []
    assert opened.page.title() == "The stop on Alder Street – dossier"


def test_it_asks_for_nothing_but_its_own_files(open_page: Any, written: Any) -> None:
    opened = open_page()
    opened.until("s.recordings.length === 5")
    opened.js("s.seek(9)")
    opened.page.wait_for_timeout(500)
    assert opened.requests
    assert all(url.startswith(f"file://{written.folder}/") for url in opened.requests)
    asked = {url.split("#")[0].removeprefix(f"file://{written.folder}/") for url in opened.requests}
    assert all((written.folder / path).is_file() for path in asked)


@pytest.mark.parametrize(
    "script",
    [
        "document.head.append(Object.assign(document.createElement('script'), {textContent: 'window.pwned = 1'}))",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.pwned=1\">')",
        "setTimeout('window.pwned = 1')",
        "new Image().src = 'http://127.0.0.1:9/beacon'",
        "fetch('http://127.0.0.1:9/beacon').catch(() => {})",
    ],
)
def test_its_policy_refuses_what_a_hostile_text_would_try(opened: Any, script: str) -> None:
    opened.page.evaluate("window.refused = null")
    opened.page.evaluate(
        "document.addEventListener('securitypolicyviolation', (e) => (window.refused = e.violatedDirective))"
    )
    opened.page.evaluate(f"(() => {{ try {{ {script}; }} catch (error) {{ window.refused = String(error); }} }})()")
    wait_until(opened.page, "window.refused")
    assert opened.page.evaluate("window.pwned") is None


@pytest.fixture
def attacked(written: Any, tmp_path: Path) -> Path:
    """A folder whose page shows hostile texts wherever a person's words can stand."""
    folder = tmp_path / "attacked"
    shutil.copytree(written.folder, folder, copy_function=_link)
    for path in ("index.html", "data/dossier.js"):
        (folder / path).unlink()
    write_page(folder, hostile(written.shows, ATTACK))
    return folder


def _link(source: str, target: str) -> None:
    shutil.copy2(source, target) if source.endswith((".html", ".js", ".css")) else Path(target).hardlink_to(source)


def test_hostile_texts_stay_texts(open_page: Any, attacked: Path) -> None:
    opened = open_page(folder=attacked)
    opened.until("s.recordings.length === 5")
    opened.page.wait_for_timeout(400)
    assert opened.complaints == []
    assert opened.page.evaluate("window.pwned") is None
    assert opened.page.evaluate("document.querySelectorAll('img[onerror], svg[onload], main script').length") == 0
    assert "</script><script>window.pwned=1</script>" in opened.page.locator("h1").inner_text()
    assert "{{ 7*7 }}" in opened.page.locator("h1").inner_text()


def test_direction_overrides_are_shown_not_obeyed(written: Any) -> None:
    files = render(hostile(written.shows, ATTACK))
    for path in ("index.html", "data/dossier.js"):
        text = files[path].decode()
        assert "\u202e" not in text
        assert "\\u202e" not in text


def test_the_page_is_small_without_media(written: Any) -> None:
    files = render(written.shows)
    later = ("/peaks-", "/evidence-", "/source-", "/accounts")
    at_once = {path: content for path, content in files.items() if not any(part in path for part in later)}
    assert sum(map(len, at_once.values())) < AT_ONCE_BYTES
    assert sum(map(len, files.values())) < WHOLE_PAGE_BYTES


def test_everything_that_the_page_names_is_there(written: Any) -> None:
    for path in render(written.shows):
        assert (written.folder / path).is_file()
    for item in written.shows.items:
        assert (written.folder / item.original).is_file()
        assert all((written.folder / d.path).is_file() for d in item.derivatives)


def test_it_can_be_read_without_scripts(open_page: Any) -> None:
    page = open_page(java_script_enabled=False).page
    text = page.locator("main").text_content()
    for words in ("nobody was recording", "Lost stretches", "SHA-256", "python3 verify.py", "Our son was told twice"):
        assert words in text, words
    assert "All persons shown have agreed in writing." in page.locator(".banner").inner_text()


def test_a_recording_that_no_browser_plays_is_said_to_be_so(open_page: Any, attacked: Path, written: Any) -> None:
    first = written.shows.items[0]
    (attacked / first.plays).unlink()
    (attacked / first.plays).write_bytes(b"not a video")
    opened = open_page(folder=attacked)
    veil = opened.page.locator(f'.tile[data-id="{first.digest}"] .veil')
    wait_until(opened.page, f"document.querySelector('.tile[data-id=\"{first.digest}\"] .veil').textContent")
    assert "cannot play" in veil.inner_text()
    opened.js("s.play()")
    opened.until("s.playing")
