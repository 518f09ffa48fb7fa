// @ts-check
/**
 * Keeps one audio or video element on the event clock. Decides nothing: follow.js says what to do about drift.
 * Call update() on every drawn frame; it returns whether the element stands where it should.
 */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /** Seconds between two corrections; between them, measurements of drift are averaged. */
  const EVERY_S = 0.1;
  /** The same where the pictures themselves are measured, of which there are fewer. */
  const PICTURES_EVERY_S = 0.25;
  /** Paused: closer than this to the wanted media time needs no seek. */
  const SAME_S = 0.0005;

  class Follower {
    /** @param {HTMLMediaElement} media @param {Recording} recording @param {Session} session */
    constructor(media, recording, session) {
      this.media = media;
      this.recording = recording;
      this.session = session;
      /** Media seconds ahead (+) or behind (-) at the last measurement; null when not playing. @type {number | null} */
      this.drift = null;
      this.failed = false;
      /** How far ahead to aim a seek, and how early to start, in real seconds; both learnt. */
      this.lead = 0.12;
      this.early = 0.05;
      /** What the next measurement of drift will tell about. @type {"seek" | "start" | null} */
      this.landing = null;
      /** Set in motion just before the clock. */
      this.begun = false;
      /** @type {number[]} */
      this.samples = [];
      this.corrected = 0;
      /** Pictures shown since the last correction: media seconds, and when on the steady clock. @type {{media: number, at: number}[]} */
      this.shown = [];
      /**
       * Drift in seconds that is left alone. Where pictures are measured, two fifths of one: each change of rate makes the
       * browser time them anew, so fewer changes keep better step.
       */
      this.calm = recording.picture && recording.fps ? Math.max(EA.follow.CALM_S, 0.4 / recording.fps) : EA.follow.CALM_S;
      this.#watch();
      media.addEventListener("error", () => (this.failed = true));
    }

    /** @param {Presence} presence @param {number} now steady seconds @returns {boolean} settled */
    update(presence, now) {
      this.#sound();
      if (this.failed) return true;
      if (presence.state !== "recording") return this.#rest(presence);
      return this.session.playing ? this.#run(presence.media, now) : this.#stand(presence.media);
    }

    /** @returns {boolean} whether it could show the present moment at once */
    get ready() {
      return this.failed || (this.media.readyState >= 3 && !this.media.seeking);
    }

    /** Sets it in motion; resolves when it moves, or will not. @returns {Promise<void>} */
    async begin() {
      if (this.failed) return;
      this.begun = true;
      this.media.playbackRate = this.session.speed / this.recording.clock.rate;
      await this.media.play().catch(() => {});
    }

    /**
     * Notes which picture is shown when. What a browser calls the current time can be a frame or more away from the
     * picture on the screen, and differently so each time it begins to play. A picture counts from when it was handed
     * over to be drawn, which is what can be read off the page; a screen shows it up to two refreshes later.
     */
    #watch() {
      const { media } = this;
      if (!(media instanceof HTMLVideoElement) || !this.recording.picture || !media.requestVideoFrameCallback) return;
      media.requestVideoFrameCallback((_, frame) => {
        if (!media.paused && !media.seeking) this.shown.push({ media: frame.mediaTime, at: frame.presentationTime / 1000 });
        this.#watch();
      });
    }

    #sound() {
      const { media, session } = this;
      const muted = session.heard !== this.recording.id;
      if (media.muted !== muted) media.muted = muted;
      if (media.volume !== session.volume) media.volume = session.volume;
    }

    /** Not recording now: wait at the place where it will go on. @param {Presence} presence */
    #rest(presence) {
      const { media, session } = this;
      const soon = session.playing && "until" in presence && presence.until < this.early * session.speed;
      if (soon && media.paused && media.readyState >= 3 && !media.seeking) this.#start();
      if (soon) return false;
      if (!media.paused) media.pause();
      this.drift = null;
      if (presence.state === "after" || media.seeking || media.readyState < 1) return !media.seeking;
      const next = (session.pieces.get(this.recording.id) || []).find((p) => p.start > session.t);
      if (next && Math.abs(media.currentTime - next.mediaStart) > 0.02) media.currentTime = next.mediaStart;
      return !media.seeking;
    }

    /** @param {number} wanted media seconds */
    #stand(wanted) {
      const { media } = this;
      if (this.begun && this.session.wanted) return false;
      if (!media.paused) media.pause();
      this.begun = false;
      this.drift = null;
      this.samples = [];
      this.shown = [];
      if (media.readyState < 1 || media.seeking) return false;
      if (Math.abs(media.currentTime - wanted) > SAME_S) {
        media.currentTime = wanted;
        return false;
      }
      return true;
    }

    /** @param {number} wanted media seconds @param {number} now */
    #run(wanted, now) {
      const { media } = this;
      const rate = this.session.speed / this.recording.clock.rate;
      if (media.readyState < 1 || media.seeking) return false;
      if (media.paused) this.#start();
      this.begun = false;
      this.samples.push(media.currentTime - wanted);
      const calmly = this.shown.length && !this.landing;
      if (now - this.corrected < (calmly ? PICTURES_EVERY_S : EVERY_S)) return false;
      const drift = this.shown.length
        ? median(this.shown.map((one) => one.media - wanted - (one.at - now) * rate))
        : median(this.samples);
      this.drift = drift;
      this.samples = [];
      this.shown = [];
      this.corrected = now;
      if (media.readyState >= 3) this.#correct(drift, wanted, rate);
      return false;
    }

    #start() {
      this.media.play().catch(() => {});
      this.landing = "start";
      this.corrected = performance.now() / 1000;
    }

    /** @param {number} drift @param {number} wanted @param {number} rate */
    #correct(drift, wanted, rate) {
      const { media } = this;
      if (this.landing === "seek") this.lead = EA.follow.learnedLead(this.lead, drift, rate);
      if (this.landing === "start") this.early = EA.follow.learnedLead(this.early, drift, rate);
      this.landing = null;
      const next = EA.follow.correction(drift, rate, this.calm);
      if (Math.abs(media.playbackRate - next.rate) > 0.001) media.playbackRate = next.rate;
      if (next.act !== "seek") return;
      media.currentTime = Math.min(wanted + this.lead * rate, Math.max(0, this.recording.duration - 0.01));
      this.landing = "seek";
    }
  }

  /** @param {number[]} values @returns {number} */
  function median(values) {
    return values.slice().sort((a, b) => a - b)[values.length >> 1];
  }

  EA.Follower = Follower;
})(window.EveryAngle);
