// @ts-check
/** The picture of a recording that has only sound: its level around this moment. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /** Seconds shown on each side of now. */
  const SIDE_S = 4;
  /** Pixels from one bar to the next. */
  const PITCH = 5;

  /** @param {HTMLCanvasElement} canvas @param {Peaks | null} peaks @param {Presence} presence */
  function draw(canvas, peaks, presence) {
    const [w, h] = EA.paint.fit(canvas);
    const paint = canvas.getContext("2d");
    if (!paint || !w) return;
    paint.clearRect(0, 0, w, h);
    if (!peaks || presence.state !== "recording") return;
    const bars = Math.floor(w / PITCH);
    const step = (2 * SIDE_S) / bars;
    const first = Math.floor((presence.media - SIDE_S) / step);
    for (let i = 0; i <= bars; i++) {
      const from = (first + i) * step;
      const x = ((from - presence.media + SIDE_S) / step) * PITCH;
      const size = Math.max(1, EA.peaks.level(peaks, from, from + step) * h * 0.7);
      paint.fillStyle = from <= presence.media ? "#e8e4dc" : "#8f8b84";
      paint.fillRect(x, (h - size) / 2, PITCH - 2, size);
    }
    paint.fillStyle = "#e8825a";
    paint.fillRect(w / 2, h * 0.1, 1.5, h * 0.8);
  }

  EA.scope = { draw };
})(window.EveryAngle);
