// @ts-check
/** One tile of the player for each recording or photo: its picture, its name, and what it does at this moment. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, name, icon } = EA.dom;
  const { span } = EA.moment;
  /** Seconds for which a photo is shown as of now. */
  const PHOTO_S = 4;

  /** @param {Presence} presence @returns {string} what to say of a recording that does not record now */
  function absence(presence) {
    if (presence.state === "before") return `Starts in ${span(presence.until)}`;
    if (presence.state === "after") return `Stopped ${span(presence.since)} ago`;
    if (presence.state === "lost") return `Lost ${span(presence.lost)} here`;
    return "";
  }

  class RecordingTile {
    /** @param {Recording} recording @param {Session} session */
    constructor(recording, session) {
      this.id = recording.id;
      this.recording = recording;
      this.session = session;
      this.media = /** @type {HTMLVideoElement} */ (
        el("video", { playsinline: true, preload: "auto", tabindex: "-1", "aria-label": recording.label })
      );
      this.media.muted = true;
      this.media.disableRemotePlayback = true;
      if (recording.src) this.media.src = recording.src;
      this.follower = new EA.Follower(this.media, recording, session);
      if (!recording.src) this.follower.failed = true;
      this.scope = recording.picture ? null : /** @type {HTMLCanvasElement} */ (el("canvas", { class: "scope" }));
      this.veil = el("p", { class: "veil" });
      this.hear = button("mute", "hear", `Hear ${recording.label}`, () =>
        session.hear(session.heard === recording.id ? null : recording.id),
      );
      this.hear.toggleAttribute("disabled", !recording.sound);
      this.only = button("solo", "only", `Show only ${recording.label}`, () =>
        session.showOnly(session.solo === recording.id ? null : recording.id),
      );
      const picture = el("div", { class: "picture" }, this.media, this.scope || "", this.veil);
      picture.addEventListener("click", () => session.focusOn(recording.id));
      picture.addEventListener("dblclick", () => this.only.click());
      this.node = el("figure", { class: "tile", "data-id": recording.id }, picture, this.#caption());
      this.node.addEventListener("focusin", () => session.focusOn(recording.id));
      EA.peaks.load(recording).then((peaks) => (this.peaks = peaks));
    }

    #caption() {
      const { recording } = this;
      const kind = recording.picture ? (recording.sound ? "" : "no sound") : "sound only";
      return el(
        "figcaption",
        null,
        el("span", { class: "who", title: recording.label }, name(recording.label)),
        kind ? el("span", { class: "kind", text: kind }) : "",
        this.hear,
        this.only,
      );
    }

    /** @param {number} now steady seconds @returns {boolean} settled */
    update(now) {
      const presence = this.session.presence(this.id);
      if (!presence) return true;
      const settled = this.follower.update(presence, now);
      const words = this.follower.failed ? "This browser cannot play this recording" : absence(presence);
      if (this.veil.textContent !== words) this.veil.textContent = words;
      this.node.classList.toggle("absent", Boolean(words));
      if (this.scope) EA.scope.draw(this.scope, this.peaks, presence);
      return settled;
    }

    /** Shows what was decided. */
    show() {
      const { session } = this;
      const heard = session.heard === this.id;
      this.hear.setAttribute("aria-pressed", String(heard));
      if (this.hear.dataset.icon !== String(heard)) {
        this.hear.dataset.icon = String(heard);
        this.hear.replaceChildren(icon(heard ? "sound" : "mute"));
      }
      this.only.setAttribute("aria-pressed", String(session.solo === this.id));
      this.node.classList.toggle("heard", heard);
      this.node.classList.toggle("focused", session.focused === this.id && session.recordings.length > 1);
      this.node.hidden = Boolean(session.solo && session.solo !== this.id);
    }
  }

  class PhotoTile {
    /** @param {Photo} photo @param {Session} session */
    constructor(photo, session) {
      this.id = photo.id;
      this.photo = photo;
      this.session = session;
      this.veil = el("p", { class: "veil" });
      const image = photo.src ? el("img", { src: photo.src, alt: photo.label, loading: "lazy" }) : "";
      this.only = button("solo", "only", `Show only ${photo.label}`, () =>
        session.showOnly(session.solo === photo.id ? null : photo.id),
      );
      const jump = el("button", { class: "plain", type: "button", onclick: () => session.seek(photo.at) }, "photo");
      jump.setAttribute("aria-label", `Go to the moment of the photo ${photo.label}`);
      this.node = el(
        "figure",
        { class: "tile photo", "data-id": photo.id },
        el("div", { class: "picture" }, image, this.veil),
        el("figcaption", null, el("span", { class: "who", title: photo.label }, name(photo.label)), jump, this.only),
      );
    }

    update() {
      const ago = this.session.t - this.photo.at;
      const shown = ago >= -(this.photo.error || 0) - 0.02 && ago < PHOTO_S;
      const words = shown ? "" : ago < 0 ? `Taken in ${span(-ago)}` : `Taken ${span(ago)} ago`;
      if (this.veil.textContent !== words) this.veil.textContent = words;
      this.node.classList.toggle("absent", !shown);
      return true;
    }

    show() {
      const { session } = this;
      this.only.setAttribute("aria-pressed", String(session.solo === this.id));
      this.node.hidden = Boolean(session.solo && session.solo !== this.id);
    }
  }

  /** @param {IconShape} shape @param {string} kind @param {string} label @param {() => void} act */
  function button(shape, kind, label, act) {
    const node = el("button", { type: "button", class: `icon ${kind}`, "aria-label": label, title: label, onclick: act });
    node.setAttribute("aria-pressed", "false");
    node.append(icon(shape));
    return node;
  }

  EA.tiles = { RecordingTile, PhotoTile };
})(window.EveryAngle);
