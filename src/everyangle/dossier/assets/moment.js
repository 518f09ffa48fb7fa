// @ts-check
/** Moments as text: what stands in the address, on the ruler and in sentences. Pure. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const MINUS = "\u2212";

  /**
   * Event seconds as m:ss.d or h:mm:ss.d.
   * @param {number} t @param {number} [digits] decimal digits of the second @returns {string}
   */
  function clockTime(t, digits = 1) {
    const units = Math.round(Math.abs(t) * 10 ** digits);
    const whole = Math.floor(units / 10 ** digits);
    const tail = digits ? "." + String(units % 10 ** digits).padStart(digits, "0") : "";
    const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
    const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    return (t < 0 && units ? MINUS : "") + (h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`) + tail;
  }

  /** @param {number} seconds @returns {string} a length in words, rounded to what a reader needs */
  function span(seconds) {
    if (seconds < 10) return `${seconds.toFixed(1)} s`;
    return seconds < 60 ? `${Math.round(seconds)} s` : clockTime(seconds, 0);
  }

  /**
   * Wall time of an event time under a tie, in the offset from UTC in which it was stated.
   * @param {WallTie} tie @param {number} t @param {number} [digits] @returns {string} hh:mm:ss
   */
  function wallTime(tie, t, digits = 0) {
    const step = 10 ** (3 - digits);
    const ms = Math.floor((tie.us / 1000 + (t - tie.t) * 1000 + 1e-3) / step) * step;
    const text = new Date(ms + tie.offsetMinutes * 60000).toISOString();
    return text.slice(11, digits ? 20 + digits : 19);
  }

  /** @param {WallTie} tie @returns {string} */
  function zone(tie) {
    if (!tie.offsetMinutes) return "UTC";
    const size = Math.abs(tie.offsetMinutes);
    const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
    return `UTC${tie.offsetMinutes < 0 ? "\u2212" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  }

  /** @param {number} s @returns {string} an error's half-width as the house writes it: rounded up, never smaller */
  function error(s) {
    const digits = s >= 10 ? 0 : s >= 1 ? 1 : s >= 0.01 ? 2 : 3;
    const units = Math.max(1, Math.ceil(s * 10 ** digits - 1e-6));
    return `\u00b1${(units / 10 ** digits).toFixed(digits)} s`;
  }

  /** @param {WallTie} tie @returns {string} */
  function within(tie) {
    return tie.within === null ? ", error not stated" : ` ${error(tie.within)}`;
  }

  /**
   * The moment that an address names: #t=83.2, #t=1:23.2, #t=1:01:23, with a minus sign for times before zero.
   * @param {string} hash @returns {number | null}
   */
  function fromHash(hash) {
    const match = /[#&]t=([-\u2212]?)(?:(?:(\d+):)?(\d{1,3}):)?(\d+(?:\.\d+)?)(?:$|&)/.exec(decoded(hash));
    if (!match) return null;
    const t = Number(match[2] || 0) * 3600 + Number(match[3] || 0) * 60 + Number(match[4]);
    return match[1] ? -t : t;
  }

  /** @param {string} hash @returns {string} */
  function decoded(hash) {
    try {
      return decodeURIComponent(hash);
    } catch {
      return "";
    }
  }

  /** @param {number} t @returns {string} the address part that fromHash reads, to a hundredth of a second */
  function toHash(t) {
    return "#t=" + String(Number(t.toFixed(2)));
  }

  EA.moment = { clockTime, span, wallTime, zone, error, within, fromHash, toHash };
})(window.EveryAngle);
