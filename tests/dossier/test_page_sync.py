"""Every camera stays on the event clock, measured by reading the pictures while they play."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from everyangle.testing.dossier_pixels import Seen, pictures, settle, wait_until

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def opened_once(browser: Browser, served_page: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    page = context.new_page()
    page.goto(served_page)
    wait_until(page, "[...document.querySelectorAll('.tile video')].every((v) => v.readyState >= 3)")
    yield page
    context.close()


@pytest.fixture
def page(opened_once: Page) -> Page:
    opened_once.evaluate("EveryAngle.app.session.pause(), EveryAngle.app.session.setSpeed(1)")
    return opened_once


def settled(page: Page, t: float) -> list[Seen]:
    settle(page, t)
    return pictures(page)


def steadiest(page: Page, windows: int, *, window_s: float = 1.5, warm_s: float = 2.0) -> dict[str, float]:
    """Play, look through several windows of time, and return how late each recording was in the steadiest one.

    A computer that is briefly busy with something else delays pictures whatever the page does; one that follows the
    clock shows it in the windows in between, and one that does not is late in all of them.
    """
    page.evaluate("EveryAngle.app.session.play()")
    time.sleep(warm_s)
    measured = [late(_looked(page, window_s)) for _ in range(windows)]
    page.evaluate("EveryAngle.app.session.pause()")
    return min(measured, key=lambda found: max(found.values()))


def _looked(page: Page, seconds: float) -> list[Seen]:
    found: list[Seen] = []
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found += pictures(page)
        time.sleep(0.05)
    return found


def late(found: list[Seen]) -> dict[str, float]:
    """The largest distance from the clock in frames that most pictures (19 of 20) of each recording keep to."""
    labels = {one.label for one in found}
    sizes = {label: sorted(abs(one.late_s) / one.frame_s for one in found if one.label == label) for label in labels}
    return {label: values[int(len(values) * 0.95) - 1] for label, values in sizes.items()}


def test_a_seek_shows_the_very_frame_of_every_camera(page: Page) -> None:
    for t in (4.51, 9.013, 1.27):
        found = settled(page, t)
        assert found
        assert all(one.late_s == 0 for one in found), found


def test_playing_keeps_every_camera_within_one_frame(page: Page) -> None:
    settled(page, 4.0)
    found = steadiest(page, 5)
    assert len(found) == 4
    assert max(found.values()) <= 1.0, found


def test_cameras_catch_up_after_a_lost_stretch(page: Page) -> None:
    settled(page, 2.9)
    found = steadiest(page, 5, warm_s=3.6)
    assert found["Livestream of a passer-by"] <= 1.0, found


@pytest.mark.parametrize("speed", [0.5, 2])
def test_speeds_keep_step_too(page: Page, speed: float) -> None:
    settled(page, 6.5)
    page.evaluate(f"EveryAngle.app.session.setSpeed({speed})")
    found = steadiest(page, 2, window_s=1.2)
    assert max(found.values()) <= 1.0 * max(1, speed), found


def test_a_camera_that_does_not_follow_is_seen_as_late(page: Page) -> None:
    settled(page, 4.0)
    page.evaluate(
        "EveryAngle.Follower.prototype.update = ((follow) => function (presence, now) {"
        " const settled = follow.call(this, presence, now);"
        " if (this.recording.label.startsWith('Phone') && !this.media.paused) this.media.playbackRate = 0.9;"
        " return settled; })(window.followed = EveryAngle.Follower.prototype.update), undefined"
    )
    found = steadiest(page, 3)
    page.evaluate("EveryAngle.Follower.prototype.update = window.followed, undefined")
    assert found["Phone on the balcony"] > 1.0, found


def test_the_clock_runs_at_its_speed(page: Page) -> None:
    settled(page, 4.0)
    page.evaluate("EveryAngle.app.session.setSpeed(2)")
    page.evaluate("EveryAngle.app.session.play()")
    wait_until(page, "EveryAngle.app.session.playing")
    first = page.evaluate("[EveryAngle.app.session.t, performance.now()]")
    time.sleep(1.0)
    second = page.evaluate("[EveryAngle.app.session.t, performance.now()]")
    assert (second[0] - first[0]) / ((second[1] - first[1]) / 1000) == pytest.approx(2.0, rel=0.01)


def test_sound_only_recordings_follow_as_well(page: Page) -> None:
    settled(page, 4.0)
    page.evaluate("EveryAngle.app.session.play()")
    time.sleep(3.0)
    drifts = page.evaluate("document.querySelector('multi-player').drifts()")
    assert len(drifts) == 5
    assert all(abs(one["drift"]) < 0.04 for one in drifts), drifts
