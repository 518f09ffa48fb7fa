"""Measures from a playing page how far each picture is from the event clock, by reading the pictures themselves.

Needs a page served over HTTP: on ``file://`` browsers let nobody read a video's pixels.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import Page

from everyangle.testing.dossier_video import BLOCK, CODE_BIAS_MS, CODE_BITS

_READ = f"""
(() => {{
  const session = EveryAngle.app.session;
  const canvas = document.createElement("canvas");
  const paint = canvas.getContext("2d", {{ willReadFrequently: true }});
  const found = [];
  for (const recording of session.recordings) {{
    if (!recording.picture) continue;
    const video = document.querySelector(`.tile[data-id="${{recording.id}}"] video`);
    const presence = session.presence(recording.id);
    if (presence.state !== "recording" || video.readyState < 2) continue;
    const width = {BLOCK * CODE_BITS};
    [canvas.width, canvas.height] = [width, {BLOCK}];
    const top = video.videoHeight - {BLOCK};
    const t = session.t;
    paint.drawImage(video, 0, top, width, {BLOCK}, 0, 0, width, {BLOCK});
    const pixels = paint.getImageData(0, 0, width, {BLOCK}).data;
    let code = 0;
    for (let bit = 0; bit < {CODE_BITS}; bit++) {{
      const at = 4 * ({BLOCK // 2} * width + bit * {BLOCK} + {BLOCK // 2});
      code = code * 2 + (pixels[at] + pixels[at + 1] + pixels[at + 2] > 384 ? 1 : 0);
    }}
    found.push([recording.label, t, (code - {CODE_BIAS_MS}) / 1000, recording.fps]);
  }}
  return found;
}})()
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture as it was shown.

    Attributes:
        label: of the recording.
        t_event: seconds on the page's event clock when it was read.
        t_picture: event time that the picture itself says, in seconds: the frame is right from then on.
        frame_s: for how long it is right.
    """

    label: str
    t_event: float
    t_picture: float
    frame_s: float

    @property
    def late_s(self) -> float:
        """Seconds by which the clock is outside of the frame's time: positive when the picture is late, 0 if right."""
        behind = self.t_event - self.t_picture
        return behind - self.frame_s if behind > self.frame_s else min(0.0, behind)


def pictures(page: Page) -> list[Seen]:
    """Return what every recording that has a picture at this moment shows."""
    return [Seen(label, t, shown, 1 / fps) for label, t, shown, fps in page.evaluate(_READ)]


def wait_until(page: Page, expression: str, timeout_s: float = 15.0) -> None:
    """Wait until a JavaScript expression is true.

    Asked again and again from outside, since the page's policy forbids evaluating strings within.

    Raises:
        TimeoutError: if it does not become true.
    """
    end = time.monotonic() + timeout_s
    while not page.evaluate(f"Boolean({expression})"):
        if time.monotonic() > end:
            raise TimeoutError(f"not true after {timeout_s} s: {expression}")
        time.sleep(0.03)


def settle(page: Page, t_event: float) -> None:
    """Seek the event clock and wait until every recording has arrived."""
    page.evaluate(f"EveryAngle.app.session.seek({t_event})")
    time.sleep(0.1)
    wait_until(page, "[...document.querySelectorAll('.tile video')].every((v) => !v.seeking && v.readyState >= 2)")
    time.sleep(0.15)
