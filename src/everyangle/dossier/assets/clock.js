// @ts-check
/**
 * Pure position and rate: the event clock, and the map between a recording's media time and event time.
 * Reads no clock itself: "now" is an argument, in seconds of any steady clock.
 */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /** @param {number} t @returns {ClockState} a clock that stands still at event time t */
  function stoppedAt(t) {
    return { t, now: 0, rate: 1, playing: false };
  }

  /** @param {ClockState} state @param {number} now @returns {number} event time at reading `now` */
  function position(state, now) {
    return state.playing ? state.t + (now - state.now) * state.rate : state.t;
  }

  /**
   * The same clock with something changed at reading `now`, without a leap unless `t` is given.
   * @param {ClockState} state @param {number} now @param {Partial<ClockState>} change @returns {ClockState}
   */
  function changed(state, now, change) {
    return { ...state, t: position(state, now), ...change, now };
  }

  /** @param {ClockMap} map @param {number} media @returns {number} event time of a media time */
  function eventFromMedia(map, media) {
    let t = map.offset + map.rate * media;
    for (const [at, lost] of map.jumps) if (at <= media) t += lost;
    return t;
  }

  /**
   * The pieces of event time that a recording holds, cut at its jumps, in order of media time.
   * @param {ClockMap} map @param {number} duration media seconds @returns {Piece[]}
   */
  function pieces(map, duration) {
    const found = [];
    let [mediaStart, shift] = [0, 0];
    for (const [at, lost] of map.jumps) {
      if (at > mediaStart && at < duration) {
        found.push(piece(map, mediaStart, at, shift));
        mediaStart = at;
      }
      if (at < duration) shift += lost;
    }
    found.push(piece(map, mediaStart, duration, shift));
    return found;
  }

  /** @param {ClockMap} map @param {number} mediaStart @param {number} mediaEnd @param {number} shift @returns {Piece} */
  function piece(map, mediaStart, mediaEnd, shift) {
    const start = map.offset + map.rate * mediaStart + shift;
    return { start, end: start + map.rate * (mediaEnd - mediaStart), mediaStart, mediaEnd };
  }

  /**
   * What a recording does at event time t: records (and where in it), has not begun, has ended, or lost this stretch.
   * Where a jump goes back in time, the later piece wins.
   * @param {Piece[]} parts @param {number} t @returns {Presence}
   */
  function presence(parts, t) {
    for (let i = parts.length - 1; i >= 0; i--) {
      const p = parts[i];
      if (t >= p.start && t < p.end) {
        const media = p.mediaStart + ((t - p.start) / (p.end - p.start)) * (p.mediaEnd - p.mediaStart);
        return { state: "recording", media };
      }
    }
    const later = parts.findIndex((p) => p.start > t);
    if (later === 0) return { state: "before", until: parts[0].start - t };
    if (later < 0) return { state: "after", since: t - parts[parts.length - 1].end };
    return { state: "lost", lost: parts[later].start - parts[later - 1].end, until: parts[later].start - t };
  }

  /**
   * The event time in the middle of the frame that is `frames` frames away from the one shown at media time `media`.
   * The middle, so that rounding can never show a neighbour. With a variable frame rate, steps are of average length.
   * @param {ClockMap} map @param {number} fps @param {number} media @param {number} frames @returns {number}
   */
  function frameStep(map, fps, media, frames) {
    const frame = Math.floor(media * fps + 1e-3) + frames;
    return eventFromMedia(map, (frame + 0.5) / fps);
  }

  EA.clock = { stoppedAt, position, changed, eventFromMedia, pieces, presence, frameStep };
})(window.EveryAngle);
