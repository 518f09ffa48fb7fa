// @ts-check
/**
 * <event-timeline>: the event clock from left to right, a lane for each recording, who recorded when, and the moment.
 * Give it a session. It scrolls natively, zooms with buttons, + and -, or Ctrl and the wheel, and seeks by click,
 * drag and arrow keys.
 */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, name } = EA.dom;
  const { clockTime, wallTime } = EA.moment;
  /** Pixels left and right of the event. */
  const PAD = 14;
  /** Largest width of the whole event in pixels, and pixels per second. */
  const [WIDEST, FINEST] = [12e6, 1200];

  class EventTimeline extends HTMLElement {
    zoom = 1;
    /** Whether a pointer is dragging the moment. */
    held = false;
    said = "";
    drawing = false;
    /** @type {Map<string, Peaks>} */
    peaks = new Map();
    /** @type {Map<string, HTMLImageElement>} */
    strips = new Map();
    canvas = /** @type {HTMLCanvasElement} */ (el("canvas", { "aria-hidden": "true" }));
    slider = el("div", { class: "slider", role: "slider", tabindex: 0, "aria-label": "Moment on the event clock" });
    head = el("div", { class: "playhead" });
    hover = el("div", { class: "hover", hidden: true, "aria-hidden": "true" });
    pane = el("div", { class: "pane" });
    room = el("div", { class: "room" }, this.pane);
    scroller = el("div", { class: "scroller" }, this.room);
    /** @type {Session} */
    current = EA.NOTHING;
    at = EA.lanes.layout(EA.NOTHING.component);
    /** What each recording's lane can open, by id. @type {Map<string, LaneOpening>} */
    openings = new Map();

    set session(session) {
      this.current = session;
      this.openings = new Map(
        [...session.recordings, ...session.photos].map((one) => [one.id, EA.evidence.opening(one, session, () => this.#arrange())]),
      );
      this.#build();
      this.#arrange();
      this.#load();
      session.addEventListener("change", () => this.#draw());
      session.addEventListener("tick", () => this.#tick());
      new ResizeObserver(() => this.#rescale(null)).observe(this.scroller);
      matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
      document.addEventListener("everyangle-theme", () => this.#draw());
    }

    get session() {
      return this.current;
    }

    /** @returns {{from: number, to: number, scale: number}} */
    get view() {
      const scale = this.#fitting() * this.zoom;
      const from = this.current.start + (this.scroller.scrollLeft - PAD) / scale;
      return { from, to: from + this.scroller.clientWidth / scale, scale };
    }

    /** @param {number} factor larger than 1 looks closer; the moment keeps its place @param {number} [x] or this pixel */
    zoomBy(factor, x) {
      const { scale, from } = this.view;
      const place = x === undefined ? (this.current.t - from) * scale : x;
      const inside = place >= 0 && place <= this.scroller.clientWidth ? place : this.scroller.clientWidth / 2;
      const span = Math.max(1e-6, this.current.end - this.current.start);
      const most = Math.max(1, Math.min(FINEST, WIDEST / span) / this.#fitting());
      const zoom = Math.min(most, Math.max(1, this.zoom * factor));
      const t = from + inside / scale;
      this.zoom = zoom;
      this.#rescale({ t, x: inside });
    }

    zoomOut() {
      this.zoomBy(1e-9);
    }

    #fitting() {
      const span = Math.max(1e-6, this.current.end - this.current.start);
      return Math.max(1, this.scroller.clientWidth - 2 * PAD) / span;
    }

    /** @param {{t: number, x: number} | null} keep an event time that shall stand at a pixel */
    #rescale(keep) {
      const scale = this.#fitting() * this.zoom;
      const span = this.current.end - this.current.start;
      this.room.style.width = this.zoom <= 1 ? "100%" : `${Math.ceil(span * scale + 2 * PAD)}px`;
      this.pane.style.width = `${this.scroller.clientWidth}px`;
      if (keep) this.scroller.scrollLeft = (keep.t - this.current.start) * scale + PAD - keep.x;
      this.#draw();
    }

    #build() {
      const { component } = this.current;
      const captions = [
        caption("Cameras recording", ""),
        ...[...component.recordings, ...component.photos].flatMap((one) => {
          const words = "at" in one ? `photo, ${one.placed}` : one.placed;
          const opening = this.openings.get(one.id);
          return opening ? [caption(one.label, words, opening.button), opening.panel] : [caption(one.label, words)];
        }),
      ];
      this.pane.replaceChildren(this.canvas, this.slider, ...captions, this.hover, this.head);
      this.replaceChildren(this.#bar(), this.scroller);
      this.scroller.addEventListener("scroll", () => this.#draw(), { passive: true });
      this.scroller.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
      this.slider.addEventListener("keydown", (event) => this.#key(event));
      EA.pointing.attach(this);
    }

    /** Puts captions and what is open where they belong, and draws. */
    #arrange() {
      const { component } = this.current;
      this.at = EA.lanes.layout(component, (one) => this.openings.get(one.id)?.height() || 0);
      const tops = [this.at.coverageCaption, ...[...this.at.lanes, ...this.at.photos].map((lane) => lane.caption)];
      this.pane.querySelectorAll(".caption").forEach((node, i) => top(node, tops[i]));
      const lanes = [...this.at.lanes, ...this.at.photos];
      [...component.recordings, ...component.photos].forEach((one, i) => {
        const opening = this.openings.get(one.id);
        if (opening) top(opening.panel, lanes[i].track + lanes[i].height + 8);
      });
      this.pane.style.height = `${this.at.height}px`;
      this.#draw();
    }

    #bar() {
      const button = (/** @type {string} */ text, /** @type {string} */ label, /** @type {() => void} */ act) =>
        el("button", { type: "button", class: "icon text", "aria-label": label, title: label, onclick: act }, text);
      return el(
        "div",
        { class: "timeline-bar" },
        el("span", { class: "timeline-title", text: "Timeline" }),
        el("span", {
          class: "timeline-note",
          text: this.current.component.wall
            ? "Event time above, wall time below. Brackets show the stated error."
            : "Event time. It is not tied to wall time. Brackets show the stated error.",
        }),
        button("\u2212", "Zoom out", () => this.zoomBy(1 / 2)),
        button("+", "Zoom in", () => this.zoomBy(2)),
        button("Whole", "Show the whole event", () => this.zoomOut()),
      );
    }

    #load() {
      for (const r of this.current.recordings) {
        EA.peaks.load(r).then((found) => {
          if (found) this.peaks.set(r.id, found);
          this.#draw();
        });
        if (!r.strip) continue;
        const image = new Image();
        image.onload = () => {
          this.strips.set(r.id, image);
          this.#draw();
        };
        image.src = r.strip.src;
      }
    }

    /** @param {number} x pixels from the pane's left edge @returns {number} event time */
    timeAt(x) {
      const { from, scale } = this.view;
      return from + x / scale;
    }

    /** @param {WheelEvent} event */
    #wheel(event) {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const x = event.clientX - this.scroller.getBoundingClientRect().left;
      this.zoomBy(2 ** (-event.deltaY / 200), x);
    }

    /** @param {KeyboardEvent} event */
    #key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const far = event.shiftKey ? 10 : 1;
      /** @type {Record<string, number>} */
      const moves = { ArrowRight: far, ArrowLeft: -far, ArrowUp: far, ArrowDown: -far, PageUp: 30, PageDown: -30 };
      if (event.key in moves) this.current.seek(this.current.t + moves[event.key]);
      else if (event.key === "Home") this.current.seek(this.current.start);
      else if (event.key === "End") this.current.seek(this.current.end);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    /** Draws once, at the next frame. */
    #draw() {
      if (this.drawing) return;
      this.drawing = true;
      requestAnimationFrame(() => {
        this.drawing = false;
        this.#paint();
        this.#tick();
      });
    }

    #paint() {
      const { component } = this.current;
      const [w, h] = EA.paint.fit(this.canvas);
      const paint = this.canvas.getContext("2d");
      if (!paint || !w) return;
      const [view, colour, at] = [this.view, EA.paint.colours(this), this.at];
      paint.clearRect(0, 0, w, h);
      EA.lanes.drawRuler(paint, view, colour, component, at, h);
      EA.lanes.drawCoverage(paint, view, colour, component, at.coverage);
      component.recordings.forEach((recording, i) => {
        const { id } = recording;
        const [peaks, strip] = [this.peaks.get(id) || null, this.strips.get(id) || null];
        const lane = { recording, parts: this.current.pieces.get(id) || [], at: at.lanes[i], peaks, strip };
        EA.lanes.drawLane(paint, view, colour, lane, this.current.heard === id);
      });
      component.photos.forEach((p, i) =>
        EA.lanes.drawPhoto(paint, view, colour, p, at.photos[i]),
      );
    }

    #tick() {
      const { t, playing, start, end, component } = this.current;
      let { from, scale } = this.view;
      const width = this.scroller.clientWidth;
      if (playing && this.zoom > 1 && !this.held && ((t - from) * scale > width * 0.92 || t < from)) {
        this.scroller.scrollLeft = (t - start) * scale + PAD - width * 0.12;
        ({ from, scale } = this.view);
      }
      this.head.style.setProperty("transform", `translateX(${((t - from) * scale).toFixed(2)}px)`);
      const text = clockTime(t, 1) + (component.wall ? `, wall time ${wallTime(component.wall, t)}` : "");
      if (this.said === text) return;
      this.said = text;
      this.slider.setAttribute("aria-valuemin", start.toFixed(1));
      this.slider.setAttribute("aria-valuemax", end.toFixed(1));
      this.slider.setAttribute("aria-valuenow", t.toFixed(1));
      this.slider.setAttribute("aria-valuetext", text);
    }
  }

  /** @param {string} label @param {string} words @param {HTMLElement} [button] */
  function caption(label, words, button) {
    const node = el("div", { class: button ? "caption opens" : "caption" }, name(label), words ? el("small", { text: words }) : "");
    if (button) node.append(button);
    return node;
  }

  /** @param {Element} node @param {number} y */
  function top(node, y) {
    /** @type {HTMLElement} */ (node).style.top = `${y}px`;
  }

  customElements.define("event-timeline", EventTimeline);
})(window.EveryAngle);
