// @ts-check
/**
 * Draws the timeline's canvas: ruler, coverage, and a lane for each recording. Draws only; listens to nothing.
 * `view` takes event time to pixels: x = (t - view.from) * view.scale.
 */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { hatch } = EA.paint;
  /** Heights in CSS pixels. */
  const SIZE = { ruler: 22, wall: 18, coverage: 26, caption: 22, track: 46, between: 8, photo: 26 };

  /**
   * Where each part of the timeline stands.
   * @param {ComponentData} component
   * @param {(one: Recording | Photo) => number} [below] height of what is open below a lane
   * @returns {Layout}
   */
  function layout(component, below = () => 0) {
    const ruler = SIZE.ruler + (component.wall ? SIZE.wall : 0);
    const top = ruler + 4 + SIZE.caption;
    let y = top + SIZE.coverage + SIZE.between;
    const lane = (/** @type {number} */ track, open = 0) => {
      const place = { caption: y, track: y + SIZE.caption, height: track };
      y += SIZE.caption + track + SIZE.between + open;
      return place;
    };
    const lanes = component.recordings.map((recording) => lane(SIZE.track, below(recording)));
    const photos = component.photos.map((photo) => lane(SIZE.photo, below(photo)));
    return { ruler, coverageCaption: ruler + 4, coverage: top, lanes, photos, height: y };
  }

  /** @param {Paint} paint @param {View} view @param {Colours} colour @param {ComponentData} component @param {Layout} at @param {number} height */
  function drawRuler(paint, view, colour, component, at, height) {
    const tie = component.wall;
    paint.font = `11px ${colour("sans")}`;
    paint.textBaseline = "middle";
    const rows = [{ y: SIZE.ruler / 2, origin: 0, label: EA.moment.clockTime, ink: "ink" }];
    if (tie) {
      const label = (/** @type {number} */ t, /** @type {number} */ d) => EA.moment.wallTime(tie, t, Math.min(d, 2));
      const origin = tie.t - ((tie.us / 1e6) % 60);
      rows.push({ y: SIZE.ruler + SIZE.wall / 2 - 2, origin, label, ink: "muted" });
    }
    rows.forEach((row, index) => {
      const { step, times } = EA.ruler.marks(view.from, view.to, view.scale, index ? 110 : 84, row.origin);
      for (const t of times) {
        const x = Math.round((t - view.from) * view.scale) + 0.5;
        paint.fillStyle = colour("line");
        if (index === 0) paint.fillRect(x - 0.5, SIZE.ruler - 5, 1, height);
        else paint.fillRect(x - 0.5, row.y - 6, 1, 12);
        paint.fillStyle = colour(row.ink);
        paint.fillText(row.label(t, EA.ruler.digits(step)), x + 4, row.y);
      }
    });
  }

  /** How many cameras recorded, as steps. @param {Paint} paint @param {View} view @param {Colours} colour @param {ComponentData} component @param {number} y */
  function drawCoverage(paint, view, colour, component, y) {
    const most = Math.max(1, ...component.coverage.segments.map((s) => s[2].length));
    paint.font = `600 11px ${colour("sans")}`;
    paint.textBaseline = "middle";
    for (const [start, end, ids] of component.coverage.segments) {
      const [x, w] = [(start - view.from) * view.scale, (end - start) * view.scale];
      if (x + w < 0 || start > view.to) continue;
      if (!ids.length) {
        hatch(paint, x, y, w, SIZE.coverage, colour("alarm"));
        continue;
      }
      const h = Math.max(5, (ids.length / most) * SIZE.coverage);
      paint.fillStyle = colour("cover");
      paint.fillRect(x, y + SIZE.coverage - h, Math.max(1, w - 1), h);
      const [left, right] = [Math.max(0, x), Math.min(x + w, (view.to - view.from) * view.scale)];
      paint.fillStyle = colour("ink");
      if (right - left > 16) paint.fillText(String(ids.length), left + 5, y + SIZE.coverage - 7);
    }
  }

  /**
   * @param {Paint} paint @param {View} view @param {Colours} colour
   * @param {{recording: Recording, parts: Piece[], at: Track, peaks: Peaks | null, strip: HTMLImageElement | null}} lane
   * @param {boolean} heard
   */
  function drawLane(paint, view, colour, lane, heard) {
    const { recording, parts, at, peaks, strip } = lane;
    const sound = recording.sound ? (recording.strip ? 18 : at.height) : 0;
    const strips = at.height - sound;
    parts.forEach((part, index) => {
      const [x, w] = [(part.start - view.from) * view.scale, (part.end - part.start) * view.scale];
      paint.fillStyle = colour("track");
      paint.fillRect(x, at.track, w, at.height);
      if (strip && recording.strip && strips) drawStrip(paint, view, recording.strip, strip, part, at.track, strips);
      if (peaks && sound) {
        drawWave(paint, view, peaks, part, at.track + strips, sound, colour(heard ? "accent" : "wave"));
      }
      const next = parts[index + 1];
      if (next && next.start > part.end) drawLost(paint, view, colour, part.end, next.start, at);
    });
    const error = recording.clock.error;
    if (error) for (const t of [parts[0].start, parts[parts.length - 1].end]) drawError(paint, view, colour, t, error, at);
  }

  /** @param {Paint} paint @param {View} view @param {Filmstrip} strip @param {HTMLImageElement} image @param {Piece} part @param {number} y @param {number} h */
  function drawStrip(paint, view, strip, image, part, y, h) {
    const tile = (strip.width / strip.height) * h;
    const x0 = (part.start - view.from) * view.scale;
    const x1 = (part.end - view.from) * view.scale;
    const rate = (part.mediaEnd - part.mediaStart) / Math.max(1e-9, x1 - x0);
    paint.save();
    paint.beginPath();
    paint.rect(x0, y, x1 - x0, h);
    paint.clip();
    const first = Math.max(0, Math.floor((0 - x0) / tile));
    const right = Math.min(x1, (view.to - view.from) * view.scale);
    for (let x = x0 + first * tile; x < right; x += tile) {
      const media = part.mediaStart + (x - x0) * rate;
      const n = Math.min(strip.count - 1, Math.max(0, Math.round((media - strip.first) / strip.step)));
      const [column, row] = [n % strip.columns, Math.floor(n / strip.columns)];
      paint.drawImage(image, column * strip.width, row * strip.height, strip.width, strip.height, x, y, tile, h);
    }
    paint.restore();
  }

  /** @param {Paint} paint @param {View} view @param {Peaks} peaks @param {Piece} part @param {number} y @param {number} h @param {string} colour */
  function drawWave(paint, view, peaks, part, y, h, colour) {
    const x0 = Math.max(0, Math.floor((part.start - view.from) * view.scale));
    const x1 = Math.min((view.to - view.from) * view.scale, (part.end - view.from) * view.scale);
    const rate = (part.mediaEnd - part.mediaStart) / (part.end - part.start);
    paint.fillStyle = colour;
    for (let x = x0; x < x1; x++) {
      const from = part.mediaStart + (view.from + x / view.scale - part.start) * rate;
      const size = Math.max(1, EA.peaks.level(peaks, from, from + rate / view.scale) * (h - 2));
      paint.fillRect(x, y + (h - size) / 2, 1, size);
    }
  }

  /** @param {Paint} paint @param {View} view @param {Colours} colour @param {number} start @param {number} end @param {Track} at */
  function drawLost(paint, view, colour, start, end, at) {
    const [x, w] = [(start - view.from) * view.scale, (end - start) * view.scale];
    hatch(paint, x, at.track, w, at.height, colour("alarm"));
    paint.font = `11px ${colour("sans")}`;
    paint.textBaseline = "middle";
    const words = `lost ${EA.moment.span(end - start)}`;
    const width = paint.measureText(words).width + 10;
    if (width > w) return;
    paint.fillStyle = colour("paper");
    paint.fillRect(x + (w - width) / 2, at.track + at.height / 2 - 9, width, 18);
    paint.fillStyle = colour("ink");
    paint.fillText(words, x + (w - width) / 2 + 5, at.track + at.height / 2);
  }

  /** The stated error as a bracket around an edge. @param {Paint} paint @param {View} view @param {Colours} colour @param {number} t @param {number} error @param {Track} at */
  function drawError(paint, view, colour, t, error, at) {
    const [x0, x1] = [(t - error - view.from) * view.scale, (t + error - view.from) * view.scale];
    const y = at.track + at.height + 3.5;
    paint.fillStyle = colour("ink");
    paint.fillRect(x0, y - 0.5, Math.max(1, x1 - x0), 1);
    paint.fillRect(x0, y - 3, 1, 6);
    paint.fillRect(x1, y - 3, 1, 6);
  }

  /** @param {Paint} paint @param {View} view @param {Colours} colour @param {Photo} photo @param {Track} at */
  function drawPhoto(paint, view, colour, photo, at) {
    const x = (photo.at - view.from) * view.scale;
    paint.fillStyle = colour("accent");
    paint.fillRect(x - 1, at.track, 2, at.height - 6);
    paint.beginPath();
    paint.arc(x, at.track + 5, 5, 0, Math.PI * 2);
    paint.fill();
    if (photo.error) drawError(paint, view, colour, photo.at, photo.error, { track: at.track, height: at.height - 6 });
  }

  EA.lanes = { layout, drawRuler, drawCoverage, drawLane, drawPhoto };
})(window.EveryAngle);
