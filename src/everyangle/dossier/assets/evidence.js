// @ts-check
/**
 * <lane-evidence>: why a recording stands where it stands. Give it a recording; it loads the recording's data file and
 * shows the words, what a person stated, and each other recording with its pictures and circles.
 */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, name } = EA.dom;
  const { clockTime } = EA.moment;
  /** Pixels from which on two pictures stand side by side. */
  const SIDE_BY_SIDE = 720;

  class LaneEvidence extends HTMLElement {
    width = 0;
    /** @type {Recording | Photo | null} */
    recording = null;
    /** @type {Session} */
    session = EA.NOTHING;
    /** @type {(() => void)[]} */
    drawings = [];
    watcher = new ResizeObserver(() => this.#draw());

    /** Loads what it shows, the first time that it is wanted. */
    show() {
      this.watcher.observe(this);
      if (this.recording && !this.childElementCount) this.#load(this.recording);
    }

    /** @param {Recording | Photo} recording */
    async #load(recording) {
      this.replaceChildren(el("p", { class: "muted", text: "Loading its evidence." }));
      await EA.datafile.load(recording.evidence);
      const found = (window.EVERYANGLE_EVIDENCE || {})[recording.id];
      this.drawings = [];
      if (found) this.replaceChildren(...this.#parts(found));
      else this.replaceChildren(el("p", { text: "The file with its evidence could not be read." }));
      this.width = 0;
      this.#draw();
    }

    /** Draws the pictures anew where the room for them changed. */
    #draw() {
      if (this.clientWidth === this.width) return;
      this.width = this.clientWidth;
      for (const draw of this.drawings) draw();
    }

    /** @param {Evidence} found @returns {Node[]} */
    #parts(found) {
      const used = found.relations.filter((one) => one.used);
      const rest = found.relations.filter((one) => !one.used);
      const parts = [el("p", { class: "evidence-words", text: `${found.words}.` }), facts(found)];
      if (used.length) parts.push(heading("It rests on", used.length), ...used.map((one, i) => this.#relation(one, found, i === 0)));
      if (rest.length) parts.push(heading("Not used", rest.length), ...rest.map((one, i) => this.#relation(one, found, !used.length && i === 0)));
      if (found.alone) parts.push(el("p", { class: "muted", text: found.alone }));
      return parts;
    }

    /** @param {EvidenceRelation} one @param {Evidence} found @param {boolean} open @returns {HTMLElement} */
    #relation(one, found, open) {
      const summary = el("summary", null, name(label(one.other)), el("small", { text: ` ${headline(one)}` }));
      const details = el("details", { class: "relation", open }, summary);
      const fill = () => {
        if (details.childElementCount > 1 || !details.hasAttribute("open")) return;
        details.append(...this.#body(one, found));
        for (const draw of this.drawings) draw();
      };
      details.addEventListener("toggle", fill);
      fill();
      return details;
    }

    /** @param {EvidenceRelation} one @param {Evidence} found @returns {Node[]} */
    #body(one, found) {
      const parts = [];
      if (one.whyNot) parts.push(el("p", { text: `${capital(one.whyNot)}.` }));
      if (one.candidates.length) parts.push(el("p", { text: candidates(one) }));
      if (!one.used && one.stretch) parts.push(el("p", { text: shared(one.stretch) }));
      if (one.times) parts.push(el("p", { text: `${one.times}.` }));
      const pictures = el("div", { class: "pictures" });
      const { profile, pieces } = one;
      /** @type {((width: number) => HTMLElement)[]} */
      const drawn = [];
      if (pieces && pieces.length) drawn.push((width) => EA.pictures.agreement(pieces, found.duration, width));
      if (profile) drawn.push((width) => EA.pictures.correlation(profile, width));
      this.drawings.push(() => {
        const room = pictures.clientWidth;
        if (!room) return;
        const width = drawn.length > 1 && room >= SIDE_BY_SIDE ? Math.min(620, (room - 24) / 2) : Math.min(620, room);
        pictures.replaceChildren(...drawn.map((draw) => draw(Math.floor(width))));
      });
      if (drawn.length) parts.push(pictures);
      if (this.recording && "clock" in this.recording) parts.push(...listening(one, this.recording, this.session));
      parts.push(...kinds(one), circles(one), measured(one));
      return parts;
    }
  }

  /** @param {string} words @param {number} count @returns {HTMLElement} */
  function heading(words, count) {
    return el("h4", { text: `${words} ${count} ${count === 1 ? "recording" : "recordings"}` });
  }

  /** @param {Evidence} found @returns {HTMLElement} */
  function facts(found) {
    const list = el("ul", { class: "facts-list" });
    if (found.reason) list.append(el("li", { text: `${capital(found.reason)}` }));
    if (found.clock && found.clock !== "evenly") list.append(el("li", { text: `Its clock runs ${found.clock} against the others.` }));
    if (found.prior) list.append(el("li", { text: `${capital(found.prior)}.` }));
    for (const words of found.conflicts) list.append(el("li", { class: "conflict", text: `The sound contradicts what was said: ${words}.` }));
    for (const [at, lost] of found.lost) list.append(el("li", { text: `It lost ${lost.toFixed(2)} s at ${clockTime(at)} of its own time.` }));
    if (found.stated) {
      const { said, why, entry } = found.stated;
      list.append(
        el("li", null, "A person stated ", said ? el("bdi", { text: said }) : "where it belongs", `, log entry ${entry}`, why ? ": " : ".", why ? el("q", null, name(why)) : ""),
      );
    }
    return list;
  }

  /** @param {string} id @returns {string} */
  function label(id) {
    return window.EVERYANGLE_DATA?.names[id] || id.slice(0, 8);
  }

  /** @param {EvidenceRelation} one @returns {string} */
  function headline(one) {
    if (one.starts === null) return one.finding;
    const start = one.starts < 0 ? `began ${(-one.starts).toFixed(2)} s before this one` : `begins at ${clockTime(one.starts, 2)} of this one`;
    return one.used ? `${start}, ${one.error}; ${one.overlap} in common` : `${one.finding}`;
  }

  /** @param {EvidenceRelation} one @returns {string} */
  function candidates(one) {
    const starts = one.candidates.map((t) => clockTime(t, 2)).join(" or ");
    const period = one.period === null ? "" : `, every ${one.period.toFixed(2)} s`;
    return `The other one may begin at ${starts} of this one${period}.`;
  }

  /** @param {[number, number, number, number]} stretch @returns {string} */
  function shared([from, to, theirs, until]) {
    return `${clockTime(from)} to ${clockTime(to)} of this one sounds like ${clockTime(theirs)} to ${clockTime(until)} of the other.`;
  }

  /**
   * Buttons that play the longest stretch that agrees, heard through this recording or through the other.
   * @param {EvidenceRelation} one @param {Recording} recording @param {Session} session @returns {HTMLElement[]}
   */
  function listening(one, recording, session) {
    if (!one.listen) return [];
    const [from, to] = one.listen.map((t) => EA.clock.eventFromMedia(recording.clock, t));
    const play = (/** @type {string} */ id) => {
      session.hear(id);
      session.seek(from);
      session.play();
    };
    const button = (/** @type {string} */ id, /** @type {string} */ text) =>
      el("button", { type: "button", class: "plain", text, "aria-label": `Listen from ${clockTime(from)} through ${label(id)}`, onclick: () => play(id) });
    const there = session.recordings.find((r) => r.id === one.other && r.sound);
    const words = `Longest stretch that agrees: ${clockTime(from)} to ${clockTime(to)} of event time. Listen through `;
    const buttons = [button(recording.id, "this one"), ...(there ? [" ", button(one.other, "the other")] : [])];
    return [el("p", { class: "listen" }, words, ...buttons)];
  }

  /** @param {EvidenceRelation} one @returns {HTMLElement[]} */
  function kinds(one) {
    if (!one.kinds.length) return [];
    const rows = one.kinds.map((kind) =>
      el(
        "tr",
        null,
        el("th", { scope: "row", text: kind.name }),
        el("td", { text: `${kind.agreeing} of ${kind.looked} ${kind.unit} agree` }),
        el("td", { text: `${kind.nats.toFixed(0)} nats` }),
      ),
    );
    const caption = el("caption", { class: "muted", text: "Kinds of evidence; 12 nats are one in 160,000 by chance" });
    return [el("table", { class: "kinds" }, caption, el("tbody", null, ...rows))];
  }

  /** @param {EvidenceRelation} one @returns {HTMLElement} */
  function circles(one) {
    if (!one.used) return el("p", { hidden: true });
    if (!one.circles.length) return el("p", { class: "muted", text: "No third recording confirms this offset." });
    const parts = one.circles.flatMap((circle, i) => [i ? ", " : "", name(label(circle.with)), ` (${milliseconds(circle.closes)})`]);
    const words = one.circles.length === 1 ? "A third recording confirms it; the way around misses its start by: " : "Third recordings confirm it; the ways around miss their start by: ";
    return el("p", { class: "circles" }, words, ...parts);
  }

  /** @param {EvidenceRelation} one @returns {HTMLElement} */
  function measured(one) {
    const parts = [`Evidence ${one.nats} nats.`];
    if (one.residual !== null) {
      const rate = `this one’s clock would run ${Math.abs(one.drift).toFixed(0)} ppm ${one.drift < 0 ? "slower" : "faster"} than the other’s`;
      const place = `the other would stand ${milliseconds(Math.abs(one.residual))} ${one.residual < 0 ? "earlier" : "later"} than by all together`;
      parts.push(`By this pair alone ${rate}, and ${place}.`);
    }
    if (one.repeated) parts.push(`${percent(one.repeated)} of the coinciding peaks repeat within a recording.`);
    if (one.tonal) parts.push(`${percent(one.tonal)} lie on sustained tones.`);
    return el("p", { class: "muted", text: parts.join(" ") });
  }

  /** @param {number} seconds @returns {string} */
  function milliseconds(seconds) {
    const ms = seconds * 1000;
    return `${ms >= 10 ? ms.toFixed(0) : ms.toFixed(1)} ms`;
  }

  /** @param {number} share @returns {string} */
  function percent(share) {
    return `${Math.round(share * 100)} %`;
  }

  /** @param {string} text @returns {string} */
  function capital(text) {
    return text.slice(0, 1).toUpperCase() + text.slice(1);
  }

  customElements.define("lane-evidence", LaneEvidence);

  /**
   * A lane's button, and what it opens; `changed` is told when the room that it takes changes.
   * @param {Recording | Photo} recording @param {Session} session @param {() => void} changed
   * @returns {LaneOpening}
   */
  function opening(recording, session, changed) {
    const id = `evidence-${recording.id}`;
    const panel = /** @type {LaneEvidence} */ (el("lane-evidence", { id, class: "lane-evidence", role: "region", hidden: true }));
    panel.setAttribute("aria-label", `Evidence for the place of ${recording.label}`);
    panel.recording = recording;
    panel.session = session;
    const button = el("button", { type: "button", class: "plain evidence-button", "aria-expanded": "false", "aria-controls": id, "aria-label": `Evidence for ${recording.label}`, text: "Evidence" });
    const watcher = new ResizeObserver(changed);
    const set = (/** @type {boolean} */ open) => {
      panel.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (open) panel.show();
      if (open) watcher.observe(panel);
      else watcher.unobserve(panel);
      changed();
    };
    button.addEventListener("click", () => set(panel.hidden));
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      set(false);
      button.focus();
    });
    return { button, panel, height: () => (panel.hidden ? 0 : panel.offsetHeight + 10) };
  }

  EA.evidence = { opening };
})(window.EveryAngle);
