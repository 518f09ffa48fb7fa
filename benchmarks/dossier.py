"""The dossier's page in a real browser: seconds until it plays, bytes without media, distance from the clock.

Every picture of the dossier that is made here says at which event time it was taken; after a minute of playing,
pictures are read and compared with the page's clock. A distance is how far the clock is outside of the time for which
the shown frame is right, in frames of that recording. Takes about 100 seconds on an idle machine.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from everyangle.dossier.model import Dossier
from everyangle.dossier.render import render
from everyangle.testing.dossier_page import write_dossier
from everyangle.testing.dossier_pixels import Seen, pictures, settle, wait_until
from everyangle.testing.dossier_served import served

FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]
EVENT_S = 80.0
PLAYED_S = 60.0
READ_S = 5.0


def main() -> None:
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        dossier = write_dossier(folder, seconds=EVENT_S)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        plays_s = sorted(seconds_until_it_plays(browser, folder) for _ in range(5))
        with served(folder) as address:
            found = after_a_minute(browser, address)
        browser.close()
    print("| figure | value |\n|---|---|")
    print(f"| seconds from opening to playing (median of 5; worst) | {plays_s[2]:.2f}; {plays_s[-1]:.2f} |")
    for what, count in sizes(dossier).items():
        print(f"| {what} | {count / 1000:.0f} kB |")
    for label in sorted({one.label for one in found}):
        print(f"| after {PLAYED_S:.0f} s: {label} | {distances([one for one in found if one.label == label])} |")


def seconds_until_it_plays(browser: Browser, folder: Path) -> float:
    """Return the seconds from opening the file until the event clock runs with pictures."""
    page = browser.new_page(viewport={"width": 1600, "height": 1000})
    begin = time.monotonic()
    page.goto(f"file://{folder}/index.html", wait_until="commit")
    wait_until(page, "window.EveryAngle && EveryAngle.app && EveryAngle.app.session")
    page.evaluate("void EveryAngle.app.session.play()")
    wait_until(page, "EveryAngle.app.session.playing")
    seconds = time.monotonic() - begin
    page.close()
    return seconds


def sizes(dossier: Dossier) -> dict[str, int]:
    """Return the bytes of the page without media, originals and filmstrips."""
    files = render(dossier)
    waves = sum(len(content) for path, content in files.items() if "/peaks-" in path)
    evidence = sum(len(content) for path, content in files.items() if "/evidence-" in path)
    recordings = sum(len(item.peaks.levels) > 0 for item in dossier.items if item.peaks)
    return {
        "page without media, waveforms and evidence": sum(map(len, files.values())) - waves - evidence,
        f"waveforms of {recordings} recordings, loaded when seen": waves,
        "evidence of all recordings, each loaded when opened": evidence,
    }


def after_a_minute(browser: Browser, address: str) -> list[Seen]:
    """Play for a minute, undisturbed, then read pictures for a few seconds."""
    page: Page = browser.new_page(viewport={"width": 1600, "height": 1000})
    page.goto(f"{address}/index.html")
    wait_until(page, "window.EveryAngle && EveryAngle.app && EveryAngle.app.session")
    settle(page, 3.0)
    page.evaluate("void EveryAngle.app.session.play()")
    time.sleep(PLAYED_S)
    found: list[Seen] = []
    end = time.monotonic() + READ_S
    while time.monotonic() < end:
        found += pictures(page)
        time.sleep(0.05)
    page.close()
    return found


def distances(found: list[Seen]) -> str:
    """Return how far pictures were from the clock, in words."""
    frames = sorted(abs(one.late_s) / one.frame_s for one in found)
    right = sum(frame == 0 for frame in frames) / len(frames)
    most = frames[int(len(frames) * 0.95)]
    worst = max(abs(one.late_s) for one in found)
    return (
        f"{right:.0%} the exact frame; 95 % within {most:.2f} frames; worst {worst * 1000:.0f} ms ({len(found)} read)"
    )


if __name__ == "__main__":
    main()
