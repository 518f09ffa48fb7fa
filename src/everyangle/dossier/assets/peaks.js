// @ts-check
/** Waveforms, loaded when they are first wanted, each from a script file of its own. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const SAFE = /^data\/peaks-[0-9a-f]{64}\.js$/;
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("everyangle", {
        createScriptURL: (/** @type {string} */ url) => {
          if (!SAFE.test(url)) throw new TypeError(`not a waveform: ${url}`);
          return url;
        },
      })
    : null;

  /** @type {Map<string, Promise<Peaks | null>>} */
  const asked = new Map();

  /** @param {Recording} recording @returns {Promise<Peaks | null>} null where there is none or it cannot be read */
  function load(recording) {
    const path = recording.peaks;
    if (!path || !SAFE.test(path)) return Promise.resolve(null);
    const before = asked.get(recording.id);
    if (before) return before;
    /** @type {Promise<Peaks | null>} */
    const promise = new Promise((resolve) => {
      const script = document.createElement("script");
      script.onload = () => resolve(decoded(recording.id));
      script.onerror = () => resolve(null);
      script.src = policy ? policy.createScriptURL(path) : path;
      document.head.append(script);
    });
    asked.set(recording.id, promise);
    return promise;
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
