"""The page is for everybody: names for every control, contrast, narrow screens, keyboards, paper."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

_NAMELESS = """
[...document.querySelectorAll("button, a[href], input, select, summary, [role=slider], [tabindex='0'], img, video")]
  .filter((node) => node.offsetParent !== null)
  .filter((node) => {
    const named = node.getAttribute("aria-label") || node.getAttribute("alt") || node.textContent.trim();
    return !named;
  })
  .map((node) => node.outerHTML.slice(0, 120))
"""

_CONTRASTS = """
(() => {
  const parse = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const linear = [r, g, b].map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const found = {};
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || node.offsetParent === null || node.closest(".picture, [disabled], #said, option")) continue;
    const style = getComputedStyle(node);
    const [a, b] = [light(parse(style.color)), light(ground(node))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) found[`${node.tagName}.${node.className} ${style.color}`] = ratio;
  }
  return found;
})()
"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_text_has_enough_contrast(open_page: Any, theme: str) -> None:
    opened = open_page("#t=4", color_scheme=theme)
    opened.until("s.recordings.length === 5")
    opened.page.get_by_role("button", name="Evidence for Phone on the balcony").click()
    opened.page.locator(".evidence-words").wait_for()
    assert opened.page.evaluate(_CONTRASTS) == {}


def test_every_control_and_picture_has_a_name(open_page: Any) -> None:
    opened = open_page("#t=4")
    opened.until("s.recordings.length === 5")
    opened.page.get_by_role("button", name="Evidence for Phone on the balcony").click()
    opened.page.locator(".evidence-words").wait_for()
    assert opened.page.evaluate(_NAMELESS) == []


def test_headings_follow_one_another(open_page: Any) -> None:
    page = open_page().page
    levels = page.evaluate("[...document.querySelectorAll('h1, h2, h3')].map((h) => Number(h.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_ids_are_unique_and_labels_exist(open_page: Any) -> None:
    page = open_page().page
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((node) => node.id)")
    assert len(ids) == len(set(ids))
    labels = page.evaluate(
        "[...document.querySelectorAll('[aria-labelledby]')].map((n) => n.getAttribute('aria-labelledby'))"
    )
    assert set(labels) <= set(ids)


@pytest.mark.parametrize("width", [320, 390, 768, 1600])
def test_no_width_needs_scrolling_sideways(open_page: Any, width: int) -> None:
    opened = open_page("#t=4", viewport={"width": width, "height": 800})
    opened.until("s.recordings.length === 5")
    opened.page.wait_for_timeout(150)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_keyboard_reaches_the_player_and_sees_where_it_is(open_page: Any) -> None:
    opened = open_page("#t=4")
    opened.until("s.recordings.length === 5")
    reached = []
    for _ in range(28):
        opened.page.keyboard.press("Tab")
        reached.append(
            opened.page.evaluate(
                "[document.activeElement.getAttribute('aria-label') || document.activeElement.textContent.trim(),"
                " parseFloat(getComputedStyle(document.activeElement).outlineWidth)]"
            )
        )
    names = [name for name, _ in reached]
    assert names[0] == "Skip to the player"
    assert "Play" in names
    assert "Hear Patrol car, dash camera" in names
    assert all(outline >= 2 for _, outline in reached), reached


def test_dark_can_be_chosen_and_is_kept(open_page: Any) -> None:
    opened = open_page(color_scheme="light")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = opened.page.evaluate(colour)
    opened.page.get_by_role("button", name="Dark appearance").click()
    dark = opened.page.evaluate(colour)
    assert dark != light
    opened.page.reload()
    assert opened.page.evaluate(colour) == dark


def test_on_paper_the_documents_are_unfolded_and_controls_are_gone(open_page: Any) -> None:
    opened = open_page()
    opened.until("s.recordings.length === 5")
    opened.page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert opened.page.get_by_text("We ask that every recording be kept").is_visible()
    assert not opened.page.locator("#watch .transport").is_visible()


def test_motion_is_calm_for_those_who_ask(open_page: Any) -> None:
    opened = open_page(reduced_motion="reduce")
    assert opened.page.evaluate("getComputedStyle(document.getElementById('said')).transitionDuration") in {
        "0s",
        "none",
    }
