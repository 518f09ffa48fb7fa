// @ts-check
/**
 * The phone's clock against the server's: offset and round trip from four times, as NTP has them (RFC 5905, section 8).
 * One clock for everything that a page says: it does not leap when the phone's time is set.
 */

/** @returns {number} microseconds since 1970 by this phone's clock */
export function nowUs() {
  return Math.round((performance.timeOrigin + performance.now()) * 1000);
}

/** Samples in one measurement, and milliseconds between two measurements. */
export const SAMPLES = 4;
export const EVERY_MS = 30_000;

/**
 * @param {number} t0 sent, phone @param {number} t1 received, server @param {number} t2 answered, server
 * @param {number} t3 arrived, phone; all in microseconds @returns {ClockSample}
 */
export function sample(t0, t1, t2, t3) {
  return { offset_us: Math.round((t1 - t0 + t2 - t3) / 2), round_trip_us: Math.max(0, Math.round(t3 - t0 - (t2 - t1))) };
}

/** @param {ClockSample[]} samples @returns {ClockSample} the one with the shortest round trip: its error is at most half of that */
export function best(samples) {
  return samples.reduce((a, b) => (b.round_trip_us < a.round_trip_us ? b : a));
}
