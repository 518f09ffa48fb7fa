// @ts-check
/** Waveforms, each from a data file of its own. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /** @param {Recording} recording @returns {Promise<Peaks | null>} null where there is none or it cannot be read */
  async function load(recording) {
    return (await EA.datafile.load(recording.peaks)) ? decoded(recording.id) : null;
  }

  /** @param {string} id @returns {Peaks | null} */
  function decoded(id) {
    const found = (window.EVERYANGLE_PEAKS || {})[id];
    if (!found) return null;
    const levels = Uint8Array.from(atob(found.levels), (c) => c.charCodeAt(0));
    return { step: found.step, levels };
  }

  /**
   * The largest level between two media times.
   * @param {Peaks} peaks @param {number} from @param {number} to @returns {number} 0 to 1
   */
  function level(peaks, from, to) {
    const first = Math.max(0, Math.floor(from / peaks.step));
    const last = Math.min(peaks.levels.length, Math.max(first + 1, Math.ceil(to / peaks.step)));
    let most = 0;
    for (let i = first; i < last; i++) if (peaks.levels[i] > most) most = peaks.levels[i];
    return most / 255;
  }

  EA.peaks = { load, level };
})(window.EveryAngle);
