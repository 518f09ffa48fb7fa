// @ts-check
/** Which marks stand on the ruler, and the view that the timeline looks through. Pure. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const STEPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

  /**
   * Marks at round times between two event times, at least `apart` pixels from each other.
   * @param {number} from @param {number} to @param {number} scale pixels per second @param {number} apart
   * @param {number} [origin] time at which a mark shall stand (a full minute of wall time, say)
   * @returns {{step: number, times: number[]}}
   */
  function marks(from, to, scale, apart, origin = 0) {
    const step = STEPS.find((s) => s * scale >= apart) || STEPS[STEPS.length - 1];
    const times = [];
    for (let n = Math.ceil((from - origin) / step - 1e-9); origin + n * step <= to + 1e-9; n++) times.push(origin + n * step);
    return { step, times };
  }

  /** @param {number} step @returns {number} decimal digits that tell marks `step` seconds apart from each other */
  function digits(step) {
    return step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  }

  EA.ruler = { marks, digits };
})(window.EveryAngle);
