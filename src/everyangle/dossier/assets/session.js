// @ts-check
/**
 * One event clock and what is being watched on it: the single truth that the player and the timeline both show.
 * Fires "change" when something was decided (play, seek, sound, view), never for time merely passing.
 */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { clock } = EA;
  /** Seconds for which a photo is shown. */
  const PHOTO_S = 4;
  const SPEEDS = [0.25, 0.5, 0.75, 1, 1.5, 2, 4];

  class Session extends EventTarget {
    /** @param {ComponentData} component */
    constructor(component) {
      super();
      this.component = component;
      this.recordings = component.recordings;
      this.photos = component.photos;
      /** @type {Map<string, Piece[]>} */
      this.pieces = new Map(this.recordings.map((r) => [r.id, clock.pieces(r.clock, r.duration)]));
      const [start, end] = extent([...this.pieces.values()].flat(), this.photos);
      this.start = start;
      this.end = end;
      this.clock = clock.stoppedAt(this.start);
      /** Whose sound is heard; null: nobody's. */
      this.heard = longestSound(this.recordings);
      this.heardBefore = this.heard;
      /** Whether play was asked for, though pictures may still be awaited. */
      this.wanted = false;
      this.volume = 1;
      /** The one recording or photo that is shown alone; null: all. @type {string | null} */
      this.solo = null;
      /** The recording that frame steps go by. @type {string | null} */
      this.focused = this.recordings.length ? this.recordings[0].id : null;
      /** Set by the player: resolves when those who should play can. @type {() => Promise<void>} */
      this.ready = async () => {};
    }

    /** @returns {number} event time now, never past the end */
    get t() {
      return Math.min(this.end, clock.position(this.clock, now()));
    }

    get playing() {
      return this.clock.playing;
    }

    get speed() {
      return this.clock.rate;
    }

    async play() {
      if (this.playing) return;
      if (this.t >= this.end - 0.01) this.seek(this.start);
      this.wanted = true;
      await this.ready();
      if (!this.wanted) return;
      this.#set({ playing: true });
    }

    pause() {
      this.wanted = false;
      this.#set({ t: this.t, playing: false });
    }

    toggle() {
      return this.playing || this.wanted ? this.pause() : this.play();
    }

    /** Ends the playing when the end is reached; called on every drawn frame. */
    settle() {
      if (this.playing && clock.position(this.clock, now()) >= this.end) this.pause();
    }

    /** @param {number} t event time; brought within the event */
    seek(t) {
      this.#set({ t: Math.min(this.end, Math.max(this.start, t)) });
    }

    /** @param {number} by frames of the focused recording (of the first one, where it does not record now) */
    step(by) {
      if (this.playing) this.pause();
      const chosen = this.presence(this.focused || "");
      const id = chosen && chosen.state === "recording" ? this.focused : this.recordingNow()[0];
      const r = this.recordings.find((one) => one.id === id);
      const there = r && this.presence(r.id);
      if (r && there && there.state === "recording") this.seek(clock.frameStep(r.clock, r.fps, there.media, by));
      else this.seek(this.t + by / 25);
    }

    /** @param {number} speed event seconds per real second */
    setSpeed(speed) {
      this.#set({ rate: Math.min(4, Math.max(0.25, speed)) });
    }

    /** @param {1 | -1} by steps through SPEEDS */
    faster(by) {
      const at = SPEEDS.findIndex((s) => s >= this.speed - 1e-9);
      this.setSpeed(SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + by))]);
    }

    /** @param {string | null} id whose sound is heard from now on; ignored for a recording without sound */
    hear(id) {
      if (id && !this.recordings.some((r) => r.id === id && r.sound)) return;
      this.heard = id;
      this.heardBefore = id || this.heardBefore;
      this.#tell();
    }

    /** Sound off, or on again. */
    mute() {
      this.hear(this.heard ? null : this.heardBefore);
    }

    /** @param {number} volume 0 to 1 */
    setVolume(volume) {
      this.volume = volume;
      this.#tell();
    }

    /** @param {string | null} id */
    showOnly(id) {
      this.solo = id;
      if (id && this.recordings.some((r) => r.id === id)) this.focused = id;
      this.#tell();
    }

    /** @param {string} id */
    focusOn(id) {
      if (this.focused === id) return;
      this.focused = id;
      this.#tell();
    }

    focusNext() {
      const ids = this.recordings.map((r) => r.id);
      const next = ids[(ids.indexOf(this.focused || "") + 1) % ids.length];
      if (this.solo) this.showOnly(next);
      else if (next) this.focusOn(next);
    }

    /** @param {string} id @param {number} [t] @returns {Presence | null} what a recording does at t, or now */
    presence(id, t = this.t) {
      const parts = this.pieces.get(id);
      return parts ? clock.presence(parts, t) : null;
    }

    /** @returns {string[]} who is recording now */
    recordingNow() {
      const t = this.t;
      return this.recordings.map((r) => r.id).filter((id) => this.presence(id, t)?.state === "recording");
    }

    /** @param {Partial<ClockState>} change */
    #set(change) {
      this.clock = clock.changed(this.clock, now(), change);
      this.#tell();
    }

    #tell() {
      this.dispatchEvent(new Event("change"));
    }
  }

  /** @returns {number} seconds of the browser's steady clock */
  function now() {
    return performance.now() / 1000;
  }

  /**
   * The longest recording with sound: the one that goes quiet least often.
   * @param {Recording[]} recordings @returns {string | null}
   */
  function longestSound(recordings) {
    const sounding = recordings.filter((r) => r.sound).sort((a, b) => b.duration - a.duration);
    return sounding.length ? sounding[0].id : null;
  }

  /** @param {Piece[]} parts @param {Photo[]} photos @returns {[number, number]} first and last event time */
  function extent(parts, photos) {
    const times = [...parts.flatMap((p) => [p.start, p.end]), ...photos.flatMap((p) => [p.at, p.at + PHOTO_S])];
    return times.length ? [Math.min(...times), Math.max(...times)] : [0, 0];
  }

  EA.Session = Session;
  EA.SPEEDS = SPEEDS;
  /** What an element shows before it is given a session. */
  EA.NOTHING = new Session({
    number: -1,
    wall: null,
    recordings: [],
    photos: [],
    coverage: { span: null, segments: [] },
  });
})(window.EveryAngle);
