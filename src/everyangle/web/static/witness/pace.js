// @ts-check
/**
 * How much may be under way, from how long answers take. What is under way stands in one line, on this phone and in the network,
 * where nothing overtakes; and networks keep seconds of it. So the line is kept short here. Time is an argument.
 */

/** How long the line may be, beyond the quickest answer of late. */
const QUEUE_MS = 150;
/** An answer so much later than the quickest is overdue: the link has become slower. */
const OVERDUE_MS = 400;
/** How long the quickest answer counts; then the line is let run down, for so long at most, to see it anew. */
const QUICKEST_FOR_MS = 10_000;
const RUN_DOWN_MS = 600;
const NEAR_MS = 30;
const FIRST_BYTES = 48_000;
const LEAST_BYTES = 4_000;

export class Pace {
  constructor() {
    /** Bytes that may be under way. */
    this.allowed = FIRST_BYTES;
    this.quickest = { ms: Infinity, atMs: Infinity, nextMs: Infinity };
    this.meter = { bytes: 0, ms: 0, sinceMs: 0 };
    /** How long the line was when something was answered last. */
    this.queuedMs = 0;
  }

  /** @returns {number} what an answer takes at least; 0 until one came */
  get quickestMs() {
    return Number.isFinite(this.quickest.ms) ? this.quickest.ms : 0;
  }

  /** Something goes while nothing is under way. @param {number} nowMs */
  begins(nowMs) {
    this.meter.sinceMs = nowMs;
  }

  /**
   * @param {number} bytes that were answered @param {number} tookMs the youngest of them @param {number} underWay bytes, until now
   * @param {number} nowMs
   */
  answered(bytes, tookMs, underWay, nowMs) {
    this.#measure(bytes, nowMs);
    this.#see(tookMs, nowMs);
    const { ms } = this.quickest;
    const queuedMs = (this.queuedMs = tookMs - ms);
    if (queuedMs > QUEUE_MS) {
      const carries = (this.rate() * (ms + QUEUE_MS)) / 1000;
      this.allowed = Math.max(LEAST_BYTES, Math.min(this.allowed, carries));
    } else if (underWay > this.allowed / 2) {
      this.allowed += bytes * (1 - queuedMs / QUEUE_MS);
    } else {
      // What is not used is not known to fit.
      this.allowed = Math.min(this.allowed, Math.max(FIRST_BYTES, this.allowed - bytes));
    }
  }

  /** @param {number} tookMs @param {number} nowMs */
  #see(tookMs, nowMs) {
    const { ms, atMs, nextMs } = this.quickest;
    const age = nowMs - atMs;
    const next = age > QUICKEST_FOR_MS ? Math.min(nextMs, tookMs) : Infinity;
    if (tookMs <= ms + NEAR_MS) this.quickest = { ms: Math.min(ms, tookMs), atMs: nowMs, nextMs: Infinity };
    else if (age > QUICKEST_FOR_MS + RUN_DOWN_MS) this.quickest = { ms: next, atMs: nowMs, nextMs: Infinity };
    else this.quickest.nextMs = next;
  }

  /** Bytes a second while something is under way, mostly over the last second. @param {number} bytes @param {number} nowMs */
  #measure(bytes, nowMs) {
    const { meter } = this;
    const ms = Math.max(1, nowMs - meter.sinceMs);
    const keep = Math.exp(-ms / 1000);
    this.meter = { bytes: meter.bytes * keep + bytes, ms: meter.ms * keep + ms, sinceMs: nowMs };
  }

  /** @param {number} nowMs @param {number} oldestMs of what is under way @returns {boolean} whether what can wait is to wait */
  runsDown(nowMs, oldestMs) {
    const { ms, atMs } = this.quickest;
    return nowMs - oldestMs > ms + OVERDUE_MS || nowMs - atMs > QUICKEST_FOR_MS;
  }

  /** @returns {number} bytes a second that the link may carry, where more may be under way than is */
  most() {
    return Math.max(this.rate(), (1000 * this.allowed) / (this.quickestMs + QUEUE_MS));
  }

  /** @returns {number} bytes a second that were answered of late; 20,000 until something is known */
  rate() {
    return this.meter.ms ? Math.max(1000, (1000 * this.meter.bytes) / this.meter.ms) : 20_000;
  }
}
