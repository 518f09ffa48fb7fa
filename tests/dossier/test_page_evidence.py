"""A lane opens its evidence: by pointer and keyboard, named for who cannot see it, and only then loaded."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from everyangle.testing.dossier_pixels import wait_until

BALCONY = "Evidence for Phone on the balcony"


def digest(written: Any, label: str) -> str:
    return next(str(item.digest) for item in written.shows.items if item.name.startswith(label))


def said(panel: Any) -> str:
    """What a panel says, with plain spaces."""
    return str(panel.inner_text()).replace("\u00a0", " ")


def open_lane(opened: Any, written: Any, label: str) -> Any:
    opened.page.get_by_role("button", name=f"Evidence for {label}").click()
    panel = opened.page.locator(f"#evidence-{digest(written, label)}")
    panel.locator(".evidence-words").wait_for()
    return panel


def test_evidence_is_loaded_when_it_is_wanted(open_page: Any, written: Any) -> None:
    opened = open_page()
    opened.until("s.recordings.length === 5")
    assert not [url for url in opened.requests if "evidence-" in url]
    open_lane(opened, written, "Phone on the balcony")
    asked = [url for url in opened.requests if "evidence-" in url]
    assert [url.rpartition("evidence-")[2] for url in asked] == [f"{digest(written, 'Phone on the balcony')}.js"]
    assert opened.complaints == []


def test_a_lane_says_how_well_it_is_placed_and_on_what_it_rests(opened: Any, written: Any) -> None:
    panel = open_lane(opened, written, "Phone on the balcony")
    text = said(panel)
    assert "Placed within ±0.02 s by sound, confirmed by a person." in text
    assert "The siren at 0:07 is heard in both at the same moment." in text
    assert "It rests on 2 recordings" in text
    assert "10 of 11 seconds agree" not in text
    assert "9 of 11 seconds agree" in text
    assert "A third recording confirms it; the way around misses its start by: Pocket recorder (6.0 ms)" in text


def test_a_hand_placement_says_what_the_person_stated(opened: Any, written: Any) -> None:
    text = said(open_lane(opened, written, "Shop, camera over the door"))
    assert "Placed by hand, within ±0.50 s." in text
    assert "--like 'Patrol car' --offset 3.0" in text
    assert "The headlights turn off at the same moment in both pictures." in text
    assert "It has no sound that could be compared." in text


def test_a_photo_says_what_the_person_stated(opened: Any, written: Any) -> None:
    text = said(open_lane(opened, written, "Photo from the bus stop"))
    assert "Placed by hand, within ±0.50 s." in text
    assert "The flash is seen in two videos." in text
    assert "sound" not in text


def test_a_recording_apart_says_why_and_where_it_might_stand(opened: Any, written: Any) -> None:
    opened.page.locator("#others summary").first.click()
    text = said(open_lane(opened, written, "Clip from another evening"))
    assert "No sound in common with any other recording." in text
    assert "Not used 1 recording" in text
    assert "What they share repeats every 8.00 s." in text
    assert "may begin at −0:11.00 or −0:03.00 of this one, every 8.00 s" in text


def test_the_pictures_show_windows_and_sources_and_say_so(opened: Any, written: Any) -> None:
    panel = open_lane(opened, written, "Phone on the balcony")
    pictures = panel.locator("details[open] svg")
    assert pictures.count() == 2
    labels = [pictures.nth(n).get_attribute("aria-label") for n in range(2)]
    assert "9 of 11 one-second windows agree, the farthest 14." in labels[0]
    assert "2 sources: −14 ms, +9.0 ms" in labels[1] or "2 sources: −12 ms, +12 ms" in labels[1]
    assert panel.locator("details[open] circle.window").count() == 9
    assert panel.locator("details[open] circle.source").count() == 2


def test_the_lanes_below_make_room_and_close_again(opened: Any, written: Any) -> None:
    tops = "[...document.querySelectorAll('#watch .caption')].map((node) => node.offsetTop)"
    before = opened.page.evaluate(tops)
    panel = open_lane(opened, written, "Patrol car, dash camera")
    panel.locator("svg").first.wait_for()
    opened.page.wait_for_timeout(200)
    height = panel.evaluate("(node) => node.offsetHeight")
    assert height > 200
    after = opened.page.evaluate(tops)
    lane = 2  # below the coverage and the livestream, which began earlier
    assert after[: lane + 1] == before[: lane + 1]
    assert after[lane + 1 :] == [pytest.approx(y + height + 10, abs=1) for y in before[lane + 1 :]]
    opened.page.get_by_role("button", name="Evidence for Patrol car, dash camera").click()
    wait_until(opened.page, f"JSON.stringify({tops}) === '{json.dumps(before, separators=(',', ':'))}'")


def test_the_keyboard_opens_and_closes_it(opened: Any) -> None:
    button = opened.page.get_by_role("button", name=BALCONY)
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    opened.page.keyboard.press("Enter")
    assert button.get_attribute("aria-expanded") == "true"
    panel = opened.page.get_by_role("region", name="Evidence for the place of Phone on the balcony")
    assert button.get_attribute("aria-controls") == panel.get_attribute("id")
    panel.locator(".evidence-words").wait_for()
    opened.page.keyboard.press("Tab")
    inside = "document.activeElement.closest('lane-evidence') !== null"
    assert opened.page.evaluate(inside)
    opened.page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert opened.page.evaluate("document.activeElement.getAttribute('aria-label')") == BALCONY


def test_a_second_relation_draws_its_pictures_when_it_is_opened(opened: Any, written: Any) -> None:
    panel = open_lane(opened, written, "Phone on the balcony")
    assert panel.locator("svg").count() == 2
    panel.locator("summary").nth(1).click()
    wait_until(opened.page, "document.querySelectorAll('#watch lane-evidence:not([hidden]) svg').length === 4")


@pytest.mark.parametrize("width", [320, 400, 768, 1600])
def test_it_fits_any_width(open_page: Any, written: Any, width: int) -> None:
    opened = open_page("#t=4", viewport={"width": width, "height": 800})
    opened.until("s.recordings.length === 5")
    panel = open_lane(opened, written, "Phone on the balcony")
    opened.page.wait_for_timeout(200)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    room = panel.bounding_box()
    for n in range(panel.locator("svg").count()):
        picture = panel.locator("svg").nth(n).bounding_box()
        assert picture["x"] + picture["width"] <= room["x"] + room["width"]


def test_the_pictures_follow_the_width(open_page: Any, written: Any) -> None:
    opened = open_page("#t=4", viewport={"width": 1400, "height": 800})
    opened.until("s.recordings.length === 5")
    panel = open_lane(opened, written, "Phone on the balcony")
    wide = panel.locator("svg").first.bounding_box()["width"]
    opened.page.set_viewport_size({"width": 420, "height": 800})
    opened.page.wait_for_timeout(300)
    assert panel.locator("svg").first.bounding_box()["width"] < wide


def test_a_file_that_is_gone_is_said_to_be_so(open_page: Any, written: Any, tmp_path: Any) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(written.folder, folder)
    for path in folder.glob("data/evidence-*.js"):
        path.unlink()
    opened = open_page(folder=folder)
    opened.until("s.recordings.length === 5")
    opened.page.get_by_role("button", name=BALCONY).click()
    opened.page.get_by_text("The file with its evidence could not be read.").wait_for()


def test_the_longest_stretch_can_be_heard_through_either(opened: Any, written: Any) -> None:
    panel = open_lane(opened, written, "Phone on the balcony")
    assert "Longest stretch that agrees: 0:02.4 to 0:13.4 of event time." in said(panel)
    panel.get_by_role("button", name="Listen from 0:02.4 through Patrol car, dash camera").click()
    opened.until(f"s.playing && s.heard === '{digest(written, 'Patrol car')}' && s.t >= 2.4 && s.t < 4")
    panel.get_by_role("button", name="Listen from 0:02.4 through Phone on the balcony").click()
    opened.until(f"s.playing && s.heard === '{digest(written, 'Phone on the balcony')}'")
    opened.js("s.pause()")
