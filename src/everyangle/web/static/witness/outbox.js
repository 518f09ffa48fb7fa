// @ts-check
/**
 * What to send next, and what waits: pure bookkeeping over sequences, with the time as an argument.
 *
 * On a good link chunks go whole, in order. When the oldest footage has waited too long, the link is slow: then heads go first
 * (what is signed cannot be changed any more), with the small stream whole, and bodies of the full quality as the link has room.
 */
import { KIND, STREAM } from "./chain.js";
import { within } from "./receipt.js";

/** Footage that waits longer makes the link slow; it is good again when nothing waits longer than the second. */
const SLOW_AFTER_MS = 900;
const GOOD_BELOW_MS = 500;
/**
 * How many bytes may be under way follows from how long answers take: more while they come within the target, less when later, so
 * that what is urgent never waits long behind what is not. The target is this, or a little over the quickest answer of late.
 */
const TARGET_MS = 300;
const FIRST_BYTES = 64_000;
const LEAST_BYTES = 8_000;
const MOST_BYTES = 4_000_000;
const MOST_HEADS = 256;
const SMALL_RUNS_MS = 3000;
const HOLDS_UP_MS = 1000;
/** A receipt with so many ranges of missing bodies may count present ones as missing. */
const COARSE = 64;

export class Outbox {
  /** @param {number} window most frames with bodies unanswered */
  constructor(window) {
    this.window = window;
    /** @type {Map<number, Waiting>} in order of sequence */
    this.waiting = new Map();
    this.slow = false;
    this.smallMs = -Infinity;
    this.meter = { bytes: 0, ms: 0, sinceMs: 0 };
    this.doubtful = 0;
    /** The last sequence whose head the server has. */
    this.committed = 0;
    this.allowed = FIRST_BYTES;
    this.quickestMs = Infinity;
  }

  /** @param {Waiting} item the next in order */
  add(item) {
    this.waiting.set(item.sequence, item);
    if (item.kind === KIND.media && item.stream === STREAM.small) this.smallMs = item.atMs;
  }

  /** A connection says what the server has. @param {Pick<State, "next" | "missing">} state */
  opened({ next, missing }) {
    for (const item of this.waiting.values()) {
      item.headSent = item.sequence < next;
      item.bodySent = item.headSent && !within(missing, item.sequence);
    }
    this.doubtful = 0;
    this.committed = next - 1;
    this.allowed = FIRST_BYTES;
    this.quickestMs = Infinity;
  }

  /** @returns {{ frames: number, bytes: number, heads: number }} what is under way without an answer */
  underWay() {
    let [frames, bytes, heads] = [0, 0, 0];
    for (const item of this.waiting.values()) {
      if (item.sequence <= this.doubtful && item.stream === STREAM.small) continue;
      if (item.bodySent) frames++;
      if (item.bodySent) bytes += item.bytes;
      else if (item.headSent && item.sequence > this.committed) heads++;
    }
    return { frames, bytes, heads };
  }

  /** @param {number} nowMs @returns {{ item: Waiting, how: "whole" | "head" | "body" } | null} null where nothing may go now */
  choose(nowMs) {
    this.#judge(nowMs);
    const { frames, bytes, heads } = this.underWay();
    let [small, bulk] = [/** @type {Waiting | null} */ (null), /** @type {Waiting | null} */ (null)];
    for (const item of this.waiting.values()) {
      if (item.headSent) {
        if (item.bodySent) continue;
        if (isBulk(item)) bulk ??= item;
        else small ??= item;
        continue;
      }
      const media = item.kind === KIND.media;
      const room = frames < this.window && (!frames || !media || bytes + item.bytes <= this.allowed);
      if (room && !(this.slow && isBulk(item))) return { item, how: "whole" };
      if (this.slow && media && heads < MOST_HEADS + this.window) return { item, how: "head" };
      break;
    }
    const body = small ?? (bulk && this.#waits(bulk, nowMs) ? null : bulk);
    if (!body || frames >= this.window) return null;
    return !frames || bytes + body.bytes <= this.allowed ? { item: body, how: "body" } : null;
  }

  /** While the small stream runs, a body that would hold it up for long waits. @param {Waiting} item @param {number} nowMs */
  #waits(item, nowMs) {
    return this.slow && nowMs - this.smallMs < SMALL_RUNS_MS && (1000 * item.bytes) / this.rate() > HOLDS_UP_MS;
  }

  /** @param {number} nowMs */
  #judge(nowMs) {
    const oldest = this.oldest();
    const age = oldest ? nowMs - oldest.atMs : 0;
    this.slow = this.slow ? age > GOOD_BELOW_MS : age > SLOW_AFTER_MS;
  }

  /** @returns {Waiting | undefined} the oldest full-quality footage that waits */
  oldest() {
    for (const item of this.waiting.values()) if (isBulk(item)) return item;
    return undefined;
  }

  /** @param {number} sequence @param {"whole" | "head" | "body"} how @param {number} nowMs */
  sent(sequence, how, nowMs) {
    const item = this.waiting.get(sequence);
    if (!item) return;
    if (how !== "head" && !this.underWay().frames) this.meter.sinceMs = nowMs;
    item.headSent = true;
    if (how === "head") return;
    item.bodySent = true;
    item.sentMs = nowMs;
  }

  /**
   * @param {Pick<Receipt, "heads" | "missing">} receipt @param {number} nowMs
   * @returns {Waiting[]} what is durable now, and waits no longer
   */
  receipt({ heads, missing }, nowMs) {
    const durable = [...this.waiting.values()].filter((item) => item.sequence <= heads && !within(missing, item.sequence));
    for (const item of durable) this.waiting.delete(item.sequence);
    this.doubtful = missing.length >= COARSE ? heads : 0;
    this.committed = Math.max(this.committed, heads);
    this.#adapt(durable, nowMs);
    this.#measure(durable.reduce((sum, item) => sum + item.bytes, 0), nowMs);
    return durable;
  }

  /** @param {Waiting[]} durable @param {number} nowMs */
  #adapt(durable, nowMs) {
    let [bytes, slowest] = [0, 0];
    for (const item of durable) {
      if (!item.sentMs) continue;
      const took = nowMs - item.sentMs;
      bytes += item.bytes;
      slowest = Math.max(slowest, took);
      this.quickestMs = Math.min(this.quickestMs * 1.005, took);
    }
    if (!bytes) return;
    const late = slowest > Math.max(TARGET_MS, 1.3 * this.quickestMs);
    this.allowed = late ? Math.max(LEAST_BYTES, this.allowed * 0.8) : Math.min(MOST_BYTES, this.allowed + bytes);
  }

  /** Bytes a second that receipts confirm while something is under way, mostly over the last second. @param {number} bytes @param {number} nowMs */
  #measure(bytes, nowMs) {
    const { meter } = this;
    const ms = Math.max(1, nowMs - meter.sinceMs);
    const keep = Math.exp(-ms / 1000);
    meter.bytes = meter.bytes * keep + bytes;
    meter.ms = meter.ms * keep + ms;
    meter.sinceMs = nowMs;
  }

  /** @returns {number} bytes a second; 20,000 until something is known */
  rate() {
    return this.meter.ms ? Math.max(1000, (1000 * this.meter.bytes) / this.meter.ms) : 20_000;
  }
}

/** @param {Pick<Waiting, "kind" | "stream" | "bytes">} item @returns {boolean} whether it is footage in full quality */
export function isBulk(item) {
  return item.kind === KIND.media && item.stream === STREAM.full;
}
