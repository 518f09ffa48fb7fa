// @ts-check
/** Pictures of evidence as SVG: the correlation over offsets, and which seconds of a recording agree. Draws only. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const NS = "http://www.w3.org/2000/svg";
  /** Heights, in units of chance, that unrelated sound hardly ever reaches. */
  const CHANCE = 5;
  const MINUS = "\u2212";

  /** @param {string} tag @param {Record<string, string | number>} props @param {...(Node | string)} children */
  function svg(tag, props, ...children) {
    const node = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(props)) {
      node.setAttribute(name, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
    }
    node.append(...children);
    return node;
  }

  /**
   * @param {number} width @param {number} height @param {string} label what the picture says, for those who do not see it
   * @param {Node[]} parts @param {string} title @param {string} how to read it
   */
  function figure(width, height, label, parts, title, how) {
    const box = `0 0 ${width} ${height}`;
    const picture = svg("svg", { class: "evidence-picture", viewBox: box, width, height, role: "img", "aria-label": label }, ...parts);
    const caption = EA.dom.el("figcaption", null, EA.dom.el("b", { text: title }), ` ${how}`);
    const node = EA.dom.el("figure", null, caption, picture);
    node.style.width = `${width}px`;
    return node;
  }

  /** @param {number} x @param {number} y @param {string} text @param {"start" | "middle" | "end"} [anchor] @param {string} [kind] */
  function words(x, y, text, anchor = "start", kind = "") {
    return svg("text", { x, y, "text-anchor": anchor, class: kind }, text);
  }

  /** @param {number} x1 @param {number} y1 @param {number} x2 @param {number} y2 @param {string} kind */
  function line(x1, y1, x2, y2, kind) {
    return svg("line", { x1, y1, x2, y2, class: kind });
  }

  /** @param {number} ms @returns {string} */
  function signed(ms) {
    const size = Math.abs(ms);
    const text = size >= 10 ? size.toFixed(0) : size.toFixed(1);
    return Number(text) === 0 ? "0" : (ms < 0 ? MINUS : "+") + text;
  }

  /** @param {number} least @returns {number} the smallest round number that is not less */
  function rounded(least) {
    const unit = 10 ** Math.floor(Math.log10(Math.max(least, 1e-6)));
    return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((k) => k * unit).find((one) => one >= least) || least;
  }

  /**
   * The windows' summed correlation over offsets, with the sources that were told apart.
   * @param {EvidenceProfile} profile @param {number} width pixels @returns {HTMLElement}
   */
  function correlation(profile, width) {
    const [left, right, top, bottom, height] = [34, 12, 8, 34, 160];
    const [w, h] = [width - left - right, height - top - bottom];
    const heights = profile.tenths.map((tenth) => tenth / 10);
    const highest = Math.max(...heights, 2 * CHANCE);
    const most = rounded(highest);
    const end = profile.from + profile.step * (heights.length - 1);
    const x = (/** @type {number} */ ms) => left + ((ms - profile.from) / (end - profile.from)) * w;
    const y = (/** @type {number} */ value) => top + h - (Math.min(value, most) / most) * h;
    const points = heights.map((value, i) => `${x(profile.from + i * profile.step).toFixed(1)},${y(value).toFixed(1)}`);
    const parts = [line(left, top + h, left + w, top + h, "axis")];
    for (let ms = Math.ceil(profile.from / 50) * 50; ms <= end; ms += 50) {
      parts.push(line(x(ms), top + h, x(ms), top + h + 4, "axis"), words(x(ms), top + h + 16, signed(ms), "middle"));
    }
    parts.push(words(left + w, height - 3, "milliseconds around the offset", "end", "muted"));
    parts.push(words(left - 5, top + 5, String(most), "end"), words(left - 5, top + h + 4, "0", "end"));
    parts.push(svg("polygon", { class: "area", points: `${left},${top + h} ${points.join(" ")} ${left + w},${top + h}` }));
    parts.push(svg("polyline", { class: "curve", points: points.join(" ") }));
    parts.push(line(left, y(CHANCE), left + w, y(CHANCE), "chance"));
    parts.push(words(left + 3, y(CHANCE) - 4, "chance stays below", "start", "muted"));
    for (const ms of profile.sources) {
      parts.push(line(x(ms), top, x(ms), top + h, "source"), svg("circle", { class: "source", cx: x(ms), cy: top, r: 3.5 }));
    }
    const sources = profile.sources.map((ms) => `${signed(ms)} ms`).join(", ");
    const found = `${profile.sources.length === 1 ? "One source" : `${profile.sources.length} sources`}: ${sources}`;
    const high = Math.max(...heights).toFixed(1);
    const label = `Correlation over offsets. Highest ${high} times the spread of chance. ${found}.`;
    const how = `How well the waveforms fit at each offset, at most ${high} times the spread of chance. Sound takes 10\u00a0ms for 3.4\u00a0m.`;
    return figure(width, height, label, parts, `${found}.`, how);
  }

  /**
   * Which seconds of a recording agree with another, and by how much each window's own offset is off the line.
   * @param {EvidencePiece[]} pieces @param {number} duration of the recording @param {number} width pixels
   * @returns {HTMLElement}
   */
  function agreement(pieces, duration, width) {
    const [left, right, top, bottom, height] = [34, 12, 8, 34, 160];
    const [w, bar] = [width - left - right, 9];
    const h = height - top - bottom - bar - 8;
    const windows = pieces.flatMap((piece) => piece.windows);
    const off = windows.flatMap(([, ms]) => (ms === null ? [] : [Math.abs(ms)]));
    const most = rounded(Math.max(2, ...off));
    const x = (/** @type {number} */ t) => left + (Math.min(Math.max(t, 0), duration) / Math.max(duration, 1e-6)) * w;
    const y = (/** @type {number} */ ms) => top + h / 2 - (ms / most) * (h / 2);
    const foot = top + h + 8;
    const parts = [svg("rect", { class: "whole", x: left, y: foot, width: w, height: bar })];
    for (const piece of pieces) {
      const [from, to] = [x(piece.from || 0), x(piece.to || 0)];
      parts.push(svg("rect", { class: "shared", x: from, y: top, width: Math.max(1, to - from), height: h }));
      for (const t of piece.agree) {
        parts.push(svg("rect", { class: "agrees", x: x(t), y: foot, width: Math.max(1, x(t + 1) - x(t)), height: bar }));
      }
    }
    parts.push(line(left, y(0), left + w, y(0), "axis"));
    parts.push(words(left - 5, y(most) + 5, signed(most), "end"), words(left - 5, y(-most) + 3, signed(-most), "end"));
    parts.push(words(left - 5, y(0) + 4, "ms", "end", "muted"));
    for (const [t, ms] of windows) {
      if (ms === null) parts.push(line(x(t + 0.5), top + h - 5, x(t + 0.5), top + h - 1, "silent"));
      else parts.push(svg("circle", { class: "window", cx: x(t + 0.5), cy: y(ms), r: 2.4 }));
    }
    const { times } = EA.ruler.marks(0, duration, w / Math.max(duration, 1e-6), 64);
    for (const t of times) {
      parts.push(line(x(t), foot + bar, x(t), foot + bar + 4, "axis"));
      parts.push(words(x(t), foot + bar + 15, EA.moment.clockTime(t, 0), t < duration / 20 ? "start" : "middle"));
    }
    parts.push(words(left + w, height - 3, "seconds of this recording", "end", "muted"));
    const heard = `${off.length} of ${windows.length} one-second windows agree`;
    const label = `Agreement over time. ${heard}, the farthest ${Math.max(0, ...off).toFixed(1)} milliseconds off.`;
    const how = "A dot is a window: how far its own offset is off the line; rows of dots are sources at different distances. Below: seconds whose peaks coincide.";
    return figure(width, height, label, parts, `${heard}.`, how);
  }

  EA.pictures = { correlation, agreement };
})(window.EveryAngle);
