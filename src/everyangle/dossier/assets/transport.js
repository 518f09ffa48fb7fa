// @ts-check
/** The bar below the pictures: play, frame steps, where we are, speed, sound, link. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, icon } = EA.dom;
  const { clockTime, wallTime, zone, within } = EA.moment;

  class Transport {
    /** @param {Session} session */
    constructor(session) {
      this.session = session;
      const wall = session.component.wall;
      this.play = iconButton("play", "Play", () => session.toggle(), "go");
      this.time = el("output", { class: "time", "aria-label": "Event time", "aria-live": "off" });
      this.wall = el("output", { class: "wall", "aria-label": "Wall time", "aria-live": "off" });
      this.speed = select("Speed", EA.SPEEDS.map((s) => [String(s), `${s}\u00d7`]), (value) =>
        session.setSpeed(Number(value)),
      );
      const heard = session.recordings.filter((r) => r.sound);
      this.sound = select(
        "Sound from",
        [["", "No sound"], ...heard.map((r) => [r.id, r.label])],
        (value) => session.hear(value || null),
      );
      this.volume = /** @type {HTMLInputElement} */ (
        el("input", { type: "range", min: 0, max: 1, step: 0.05, value: 1, "aria-label": "Volume" })
      );
      this.volume.addEventListener("input", () => session.setVolume(Number(this.volume.value)));
      this.grid = iconButton("grid", "Show all cameras", () => session.showOnly(null), "all");
      this.link = iconButton("link", "Copy a link to this moment", () => EA.copy.link(session.t, this.link));
      const help = el("button", { type: "button", class: "icon text", "aria-label": "Keyboard shortcuts", title: "Keyboard shortcuts" }, "?");
      help.addEventListener("click", () => EA.keys.help());
      this.node = el(
        "div",
        { class: "transport", role: "group", "aria-label": "Playback" },
        el(
          "div",
          { class: "buttons" },
          iconButton("back", "One frame back", () => session.step(-1)),
          this.play,
          iconButton("forward", "One frame forward", () => session.step(1)),
        ),
        el("div", { class: "readout" }, this.time, wall ? this.wall : ""),
        el("label", { class: "field" }, el("span", { text: "Speed" }), this.speed),
        el("label", { class: "field sound" }, el("span", { text: "Sound from" }), this.sound),
        el("label", { class: "field volume" }, el("span", { text: "Volume" }), this.volume),
        el("div", { class: "buttons end" }, this.grid, this.link, help),
      );
    }

    /** Shows the passing of time. */
    update() {
      const { session } = this;
      const text = clockTime(session.t, 2);
      if (this.time.textContent !== text) this.time.textContent = text;
      const tie = session.component.wall;
      if (!tie) return;
      const wall = `${wallTime(tie, session.t, 1)} ${zone(tie)}${within(tie)}`;
      if (this.wall.textContent !== wall) this.wall.textContent = wall;
    }

    /** Shows what was decided. */
    show() {
      const { session } = this;
      const playing = session.playing || session.wanted;
      this.play.setAttribute("aria-label", playing ? "Pause" : "Play");
      this.play.title = playing ? "Pause" : "Play";
      this.play.replaceChildren(icon(playing ? "pause" : "play"));
      this.speed.value = String(session.speed);
      this.sound.value = session.heard || "";
      this.volume.value = String(session.volume);
      this.grid.toggleAttribute("disabled", !session.solo);
    }
  }

  /** @param {IconShape} shape @param {string} label @param {() => void} act @param {string} [kind] */
  function iconButton(shape, label, act, kind = "") {
    return el(
      "button",
      { type: "button", class: `icon ${kind}`, "aria-label": label, title: label, onclick: act },
      icon(shape),
    );
  }

  /** @param {string} label @param {string[][]} options @param {(value: string) => void} act */
  function select(label, options, act) {
    const node = /** @type {HTMLSelectElement} */ (el("select", { "aria-label": label }));
    for (const [value, text] of options) node.append(el("option", { value, text }));
    node.addEventListener("change", () => act(node.value));
    return node;
  }

  EA.transport = { Transport };
})(window.EveryAngle);
