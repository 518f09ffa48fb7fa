// @ts-check
/**
 * What to send next, and what waits: pure bookkeeping over sequences, with the time as an argument.
 *
 * On a good link chunks go whole, in order. When the oldest footage has waited too long, the link is slow: then heads go first
 * (what is signed cannot be changed any more), with the small stream whole, and bodies of the full quality as the link has room.
 */
import { KIND, STREAM } from "./chain.js";
import { Pace } from "./pace.js";
import { within } from "./receipt.js";

/** Footage that waits longer than answers take makes the link slow; it is good again when nothing waits longer than the second. */
const SLOW_AFTER_MS = 900;
const GOOD_BELOW_MS = 500;
/** Footage that has waited so long, and may not go yet, is committed to by its head. */
const HEAD_AFTER_MS = 250;
const MOST_HEADS = 256;
const SMALL_RUNS_MS = 3000;
const HOLDS_UP_MS = 1000;
const TRY_EVERY_MS = 10_000;
const TRY_BELOW_MS = 100;
/** The first of so many ranges of missing bodies may count present ones as missing. */
const COARSE = 64;

export class Outbox {
  /** @param {number} window most frames with bodies unanswered */
  constructor(window) {
    this.window = window;
    /** @type {Map<number, Waiting>} in order of sequence */
    this.waiting = new Map();
    this.slow = false;
    this.smallMs = -Infinity;
    this.bulkMs = 0;
    this.pace = new Pace();
    this.doubtful = 0;
    /** The last sequence whose head the server has. */
    this.committed = 0;
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
      item.sentMs = undefined;
    }
    this.doubtful = 0;
    this.committed = next - 1;
    this.pace = new Pace();
  }

  /**
   * What is under way without an answer, and since when.
   * @returns {{ frames: number, bulk: number, bytes: number, heads: number, oldestMs: number }}
   */
  underWay() {
    let [frames, bulk, bytes, heads, oldestMs] = [0, 0, 0, 0, Infinity];
    for (const item of this.waiting.values()) {
      if (item.sequence <= this.doubtful && item.stream === STREAM.small) continue;
      if (item.bodySent) {
        frames++;
        if (isBulk(item)) bulk++;
        bytes += item.bytes;
        oldestMs = Math.min(oldestMs, item.sentMs ?? Infinity);
      } else if (item.headSent && item.sequence > this.committed) heads++;
    }
    return { frames, bulk, bytes, heads, oldestMs };
  }

  /** @param {number} nowMs @returns {{ item: Waiting, how: "whole" | "head" | "body" } | null} null where nothing may go now */
  choose(nowMs) {
    this.#judge(nowMs);
    const { frames, bulk: bulks, bytes, heads, oldestMs } = this.underWay();
    const { allowed } = this.pace;
    const runsDown = this.pace.runsDown(nowMs, oldestMs);
    /** @param {Waiting} item whether there is room for its body */
    const fits = (item) => {
      if (!frames || frames >= this.window) return !frames;
      if (!isBulk(item)) return bytes + item.bytes <= 2 * allowed;
      return !runsDown && (!bulks || bytes + item.bytes <= allowed);
    };
    let [small, bulk] = [/** @type {Waiting | null} */ (null), /** @type {Waiting | null} */ (null)];
    for (const item of this.waiting.values()) {
      if (item.headSent) {
        if (item.bodySent) continue;
        if (isBulk(item)) bulk ??= item;
        else small ??= item;
        continue;
      }
      const media = item.kind === KIND.media;
      if (!(this.slow && isBulk(item)) && (media ? fits(item) : frames < this.window)) return { item, how: "whole" };
      const alone = this.slow || nowMs - item.atMs > HEAD_AFTER_MS;
      if (alone && media && heads < MOST_HEADS + this.window) return { item, how: "head" };
      break;
    }
    const body = small ?? (bulk && this.#waits(bulk, nowMs) ? null : bulk);
    return body && fits(body) ? { item: body, how: "body" } : null;
  }

  /**
   * While the small stream runs, a body that would hold it up for long waits; one goes now and then all the same, since only
   * from what goes the rate is known. @param {Waiting} item @param {number} nowMs
   */
  #waits(item, nowMs) {
    if (!this.slow || nowMs - this.smallMs > SMALL_RUNS_MS || (1000 * item.bytes) / this.pace.most() <= HOLDS_UP_MS) return false;
    return nowMs - this.bulkMs < TRY_EVERY_MS || this.pace.queuedMs > TRY_BELOW_MS;
  }

  /** @param {number} nowMs */
  #judge(nowMs) {
    const oldest = this.oldest();
    const age = oldest ? nowMs - oldest.atMs - this.pace.quickestMs : 0;
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
    if (how !== "head" && !this.underWay().frames) this.pace.begins(nowMs);
    item.headSent = true;
    if (how === "head") return;
    item.bodySent = true;
    item.sentMs = nowMs;
    if (isBulk(item)) this.bulkMs = nowMs;
  }

  /**
   * @param {Pick<Receipt, "heads" | "missing">} receipt @param {number} nowMs
   * @returns {Waiting[]} what is durable now, and waits no longer
   */
  receipt({ heads, missing }, nowMs) {
    const { bytes } = this.underWay();
    const durable = [...this.waiting.values()].filter((item) => item.sequence <= heads && !within(missing, item.sequence));
    for (const item of durable) this.waiting.delete(item.sequence);
    this.doubtful = missing.length >= COARSE ? missing[0][1] : 0;
    this.committed = Math.max(this.committed, heads);
    const answered = durable.filter(({ sentMs }) => sentMs !== undefined);
    if (answered.length) {
      const youngestMs = Math.max(...answered.map(({ sentMs }) => sentMs ?? 0));
      this.pace.answered(answered.reduce((sum, item) => sum + item.bytes, 0), nowMs - youngestMs, bytes, nowMs);
    }
    return durable;
  }

  /** @returns {number} bytes a second */
  rate() {
    return this.pace.rate();
  }
}

/** @param {Pick<Waiting, "kind" | "stream" | "bytes">} item @returns {boolean} whether it is footage in full quality */
export function isBulk(item) {
  return item.kind === KIND.media && item.stream === STREAM.full;
}
