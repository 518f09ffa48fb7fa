// @ts-check
/**
 * From drift to correction: how a video is brought back to the event clock. Pure.
 * Small drift is closed by playing a little faster or slower, unheard and unseen; large drift by a seek.
 */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /** Seconds of drift below which a video is left alone; far below one frame, above the jitter of measuring. */
  const CALM_S = 0.004;
  /** Seconds of drift, at normal speed, above which only a seek is quick enough. */
  const SEEK_S = 0.3;
  /** Seconds in which a nudge aims to close the drift. */
  const CLOSE_IN_S = 0.6;
  /** Largest nudge, as a part of the rate. */
  const NUDGE = 0.08;
  /** What browsers accept as playback rate. */
  const [SLOWEST, FASTEST] = [0.0625, 16];

  /**
   * @param {number} drift media seconds by which the video is ahead (positive) or behind (negative)
   * @param {number} rate media seconds per real second at which the video should run
   * @param {number} [calm] seconds of drift below which it is left alone
   * @returns {Correction}
   */
  function correction(drift, rate, calm = CALM_S) {
    const base = Math.min(FASTEST, Math.max(SLOWEST, rate));
    const size = Math.abs(drift);
    if (size > SEEK_S * Math.max(1, base)) return { act: "seek", rate: base };
    if (size <= calm) return { act: "hold", rate: base };
    const part = Math.min(NUDGE, Math.max(-NUDGE, -drift / (CLOSE_IN_S * base)));
    return { act: "nudge", rate: Math.min(FASTEST, Math.max(SLOWEST, base * (1 + part))) };
  }

  /**
   * How far ahead to aim a seek while playing, learnt from how late the last one landed.
   * @param {number} lead seconds that the last seek aimed ahead @param {number} drift where it landed
   * @param {number} rate @returns {number} seconds
   */
  function learnedLead(lead, drift, rate) {
    return Math.min(1.5, Math.max(0.02, lead - (0.7 * drift) / rate));
  }

  EA.follow = { correction, learnedLead, CALM_S, SEEK_S, NUDGE };
})(window.EveryAngle);
