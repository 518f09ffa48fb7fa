"""Playing, seeking, stepping, listening: with the pointer, the keyboard and the address."""

from __future__ import annotations

from typing import Any

import pytest

from everyangle.testing.dossier_pixels import wait_until


def digest(written: Any, label: str) -> str:
    return next(str(item.digest) for item in written.shows.items if item.name.startswith(label))


@pytest.mark.parametrize(
    ("hash_", "t"), [("#t=8.25", 8.25), ("#t=0:09.5", 9.5), ("#t=0:00:03", 3.0), ("#t=-1", -1.0), ("#t=%2D0:01", -1.0)]
)
def test_the_address_opens_a_moment(open_page: Any, hash_: str, t: float) -> None:
    opened = open_page(hash_)
    opened.until(f"Math.abs(s.t - {t}) < 1e-6")


@pytest.mark.parametrize("hash_", ["#t=", "#t=abc", "#t=1:2:3:4", "#t=%E0%A4%A", "#coverage"])
def test_other_addresses_open_at_the_start(open_page: Any, hash_: str) -> None:
    opened = open_page(hash_)
    opened.until("s.t === 0")
    assert opened.complaints == []


def test_the_address_follows_a_seek_and_a_changed_address_is_followed(opened: Any) -> None:
    opened.js("s.seek(7.125)")
    wait_until(opened.page, "location.hash === '#t=7.13'")
    opened.page.evaluate("location.hash = '#t=2'")
    opened.until("s.t === 2")


def test_the_play_button_plays_and_pauses(opened: Any) -> None:
    opened.page.get_by_role("button", name="Play", exact=True).click()
    opened.until("s.playing && s.t > 4.2")
    opened.page.get_by_role("button", name="Pause", exact=True).click()
    opened.until("!s.playing")
    t = opened.js("s.t")
    opened.page.wait_for_timeout(200)
    assert opened.js("s.t") == t
    wait_until(opened.page, "[...document.querySelectorAll('video')].every((v) => v.paused)")


def test_playing_ends_at_the_end(opened: Any) -> None:
    opened.js("s.seek(s.end - 0.3)")
    opened.js("s.play()")
    opened.until("!s.playing && s.t === s.end")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ArrowRight", "Math.abs(s.t - 5) < 1e-9"),
        ("ArrowLeft", "Math.abs(s.t - 3) < 1e-9"),
        ("Shift+ArrowRight", "Math.abs(s.t - 14) < 1e-9"),
        ("Home", "s.t === s.start"),
        ("End", "s.t === s.end"),
        ("]", "s.speed === 1.5"),
        ("[", "s.speed === 0.75"),
        ("s", "s.solo === s.focused"),
        ("n", "s.focused === s.recordings[1].id"),
        ("m", "s.heard === null"),
        (" ", "s.playing"),
        ("k", "s.playing"),
    ],
)
def test_every_key_does_what_the_help_says(opened: Any, key: str, expected: str) -> None:
    opened.page.keyboard.press(key)
    opened.until(expected)


def test_a_key_typed_into_a_field_is_left_to_the_field(opened: Any) -> None:
    opened.page.get_by_label("Volume").focus()
    opened.page.keyboard.press("Home")
    assert opened.js("s.volume") == 0
    assert opened.js("s.t") == 4


def test_frames_are_stepped_by_the_focused_camera(opened: Any, written: Any) -> None:
    shop = digest(written, "Shop")
    opened.js(f"s.focusOn('{shop}')")
    opened.page.keyboard.press(".")
    first = opened.js("s.t")
    opened.page.keyboard.press(".")
    second = opened.js("s.t")
    assert second - first == pytest.approx(0.9998 / 15, abs=1e-4)
    opened.page.keyboard.press(",")
    assert opened.js("s.t") == pytest.approx(first, abs=1e-6)


def test_exactly_one_recording_is_heard(opened: Any, written: Any) -> None:
    phone = digest(written, "Phone")
    opened.page.get_by_role("button", name="Hear Phone on the balcony").click()
    wait_until(opened.page, f"EveryAngle.app.session.heard === '{phone}'")
    heard = (
        "[...document.querySelectorAll('.tile video')].filter((v) => !v.muted).map((v) => v.getAttribute('aria-label'))"
    )
    # A tile follows the choice when it is drawn next; until then the one that was heard before goes on.
    wait_until(opened.page, f"{heard}.join() !== 'Livestream of a passer-by'")
    assert opened.page.evaluate(heard) == ["Phone on the balcony"]
    opened.page.get_by_label("Sound from").select_option("")
    wait_until(opened.page, f"{heard}.length === 0")


def test_a_silent_camera_cannot_be_heard(opened: Any, written: Any) -> None:
    before = opened.js("s.heard")
    assert opened.page.get_by_role("button", name="Hear Shop, camera over the door").is_disabled()
    opened.js(f"s.hear('{digest(written, 'Shop')}')")
    assert opened.js("s.heard") == before


def test_one_camera_can_be_shown_alone(opened: Any) -> None:
    tiles = opened.page.locator("#watch .tile:visible")
    assert tiles.count() == 6
    opened.page.get_by_role("button", name="Show only Patrol car, dash camera").click()
    assert tiles.count() == 1
    opened.page.get_by_role("button", name="Show all cameras").click()
    assert tiles.count() == 6


def test_a_camera_that_does_not_record_says_since_when(opened: Any, written: Any) -> None:
    def veil(label: str) -> str:
        text: str = opened.page.locator(f'.tile[data-id="{digest(written, label)}"] .veil').inner_text()
        return text

    opened.js("s.seek(0.4)")
    opened.page.wait_for_timeout(150)
    assert veil("Phone") == "Starts in 2.0 s"
    opened.js("s.seek(4)")
    opened.page.wait_for_timeout(150)
    assert veil("Livestream") == "Lost 2.4 s here"
    assert veil("Phone") == ""
    opened.js("s.seek(16.4)")
    opened.page.wait_for_timeout(150)
    assert veil("Patrol car") == "Stopped 0.4 s ago"


def test_a_photo_appears_at_its_moment(opened: Any, written: Any) -> None:
    photo = opened.page.locator(f'.tile[data-id="{digest(written, "Photo")}"] .veil')
    opened.js("s.seek(7)")
    opened.page.wait_for_timeout(150)
    assert photo.inner_text() == "Taken in 2.0 s"
    opened.js("s.seek(9.1)")
    opened.page.wait_for_timeout(150)
    assert photo.inner_text() == ""


def test_the_timeline_seeks_where_it_is_clicked_and_dragged(opened: Any) -> None:
    slider = opened.page.locator("#watch .slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    middle = box["x"] + box["width"] / 2
    opened.page.mouse.move(middle, box["y"] + 60)
    opened.page.mouse.down()
    halfway = opened.js("(s.start + s.end) / 2")
    assert opened.js("s.t") == pytest.approx(halfway, abs=0.1)
    opened.page.mouse.move(middle + 100, box["y"] + 60)
    opened.page.mouse.up()
    assert opened.js("s.t") > halfway + 1


def test_the_timeline_is_a_slider_for_the_keyboard(opened: Any) -> None:
    slider = opened.page.get_by_role("slider", name="Moment on the event clock")
    slider.focus()
    opened.page.keyboard.press("ArrowRight")
    assert opened.js("s.t") == 5
    opened.page.wait_for_timeout(100)
    assert slider.get_attribute("aria-valuenow") == "5.0"
    assert slider.get_attribute("aria-valuetext") == "0:05.0, wall time 10:04:17"


def test_the_timeline_zooms_around_the_moment(opened: Any) -> None:
    place = "(EveryAngle.app.session.t - EveryAngle.app.timeline.view.from) * EveryAngle.app.timeline.view.scale"
    opened.js("s.seek(8)")
    before = opened.page.evaluate(place)
    opened.page.keyboard.press("+")
    opened.page.keyboard.press("+")
    assert opened.page.evaluate("EveryAngle.app.timeline.zoom") == 4
    assert opened.page.evaluate(place) == pytest.approx(before, abs=2)
    opened.page.keyboard.press("0")
    assert opened.page.evaluate("EveryAngle.app.timeline.zoom") == 1


def test_a_listed_moment_leads_to_the_player(opened: Any) -> None:
    opened.page.locator("#coverage a.moment", has_text="0:03.5").first.click()
    opened.until("Math.abs(s.t - 3.5) < 0.01")


def test_recordings_apart_play_on_their_own_clock(opened: Any) -> None:
    opened.page.locator("#others summary").click()
    opened.until("s.component.number !== 0")
    assert opened.js("[s.start, s.end, s.component.wall]") == [0, 4, None]
    assert "No sound in common" in opened.page.locator("#others summary").inner_text()


def test_the_link_to_a_moment_is_copied(open_page: Any) -> None:
    opened = open_page("#t=6.5", permissions=["clipboard-read", "clipboard-write"])
    opened.until("s.t === 6.5")
    opened.page.get_by_role("button", name="Copy a link to this moment").click()
    wait_until(opened.page, "document.getElementById('said').textContent.includes('copied')")
    assert opened.page.evaluate("navigator.clipboard.readText()").endswith("/index.html#t=6.5")


def test_help_lists_the_keys_and_closes(opened: Any) -> None:
    opened.page.keyboard.press("?")
    dialog = opened.page.get_by_role("dialog", name="Keyboard")
    assert "Play or pause" in dialog.inner_text()
    opened.page.keyboard.press("Escape")
    assert dialog.count() == 0


def test_the_log_shows_exact_entries_and_the_publication(opened: Any) -> None:
    log = opened.page.locator("#custody")
    assert log.locator("details.exact").count() == log.locator("li").count()
    assert "This dossier was published" in log.locator("li").last.inner_text()
    assert "3 other entries that are not disclosed" in opened.page.locator("#proofs").inner_text()
    assert opened.page.locator("#proof-key").inner_text().startswith("everyangle/case-key/")
