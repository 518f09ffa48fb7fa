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
/** So many milliseconds' worth may be under way: what comes next waits no longer behind it. On a slow link less of the bulk. */
const WHOLE_MS = 700;
const WHOLE_BYTES = 40_000;
const BULK_MS = 250;
const MOST_HEADS = 256;
/** A receipt with so many ranges of missing bodies may count present ones as missing. */
const COARSE = 64;

export class Outbox {
  /** @param {number} window most frames with bodies unanswered */
  constructor(window) {
    this.window = window;
    /** @type {Map<number, Waiting>} in order of sequence */
    this.waiting = new Map();
    this.slow = false;
    this.meter = { bytes: 0, ms: 0, sinceMs: 0 };
    this.doubtful = 0;
  }

  /** @param {Waiting} item the next in order */
  add(item) {
    this.waiting.set(item.sequence, item);
  }

  /** A connection says what the server has. @param {Pick<State, "next" | "missing">} state */
  opened({ next, missing }) {
    for (const item of this.waiting.values()) {
      item.headSent = item.sequence < next;
      item.bodySent = item.headSent && !within(missing, item.sequence);
    }
    this.doubtful = 0;
  }

  /** @returns {{ frames: number, bytes: number, heads: number }} what is under way without an answer */
  underWay() {
    let [frames, bytes, heads] = [0, 0, 0];
    for (const item of this.waiting.values()) {
      if (item.sequence <= this.doubtful && item.stream === STREAM.small) continue;
      if (item.bodySent) frames++;
      if (item.bodySent) bytes += item.bytes;
      else if (item.headSent) heads++;
    }
    return { frames, bytes, heads };
  }

  /** @param {number} nowMs @returns {{ item: Waiting, how: "whole" | "head" | "body" } | null} null where nothing may go now */
  choose(nowMs) {
    this.#judge(nowMs);
    const { frames, bytes, heads } = this.underWay();
    let oldestBody = null;
    for (const item of this.waiting.values()) {
      if (item.headSent) {
        if (!item.bodySent) oldestBody ??= item;
        continue;
      }
      if (this.slow && isBulk(item)) return heads < MOST_HEADS + this.window ? { item, how: "head" } : null;
      const room = isBulk(item) ? Math.max(WHOLE_BYTES, (this.rate() * WHOLE_MS) / 1000) : Infinity;
      if (frames < this.window && (!frames || bytes + item.bytes <= room)) return { item, how: "whole" };
      break;
    }
    if (!oldestBody || frames >= this.window) return null;
    const room = this.slow ? (this.rate() * BULK_MS) / 1000 : Infinity;
    return !frames || bytes + oldestBody.bytes <= room ? { item: oldestBody, how: "body" } : null;
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
    if (how !== "head") item.bodySent = true;
  }

  /**
   * @param {Pick<Receipt, "heads" | "missing">} receipt @param {number} nowMs
   * @returns {Waiting[]} what is durable now, and waits no longer
   */
  receipt({ heads, missing }, nowMs) {
    const durable = [...this.waiting.values()].filter((item) => item.sequence <= heads && !within(missing, item.sequence));
    for (const item of durable) this.waiting.delete(item.sequence);
    this.doubtful = missing.length >= COARSE ? heads : 0;
    this.#measure(durable.reduce((sum, item) => sum + item.bytes, 0), nowMs);
    return durable;
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
