// @ts-check
/**
 * Cuts what encoders give into chunks. On a good link small ones, since what is not sent is lost with the phone; where answers
 * take long, larger ones, since only a window of frames may be unanswered.
 */
import { concat } from "./bytes.js";

const LEAST_MS = 45;
const OFFLINE_MS = 120;
const MOST_MS = 250;
const FEW = 6;
const MOST_BYTES = 1_000_000;

/** @typedef {{ parts: Uint8Array[], bytes: number, segment: number, timeUs: number, elapsedMs: number }} Open */

export class Cutter {
  /**
   * @param {(stream: number, segment: number, timeUs: number, elapsedMs: number, body: Uint8Array) => void} cut takes a chunk
   * @param {() => { frames: number, slow: boolean, open: boolean }} link frames without an answer, and whether it is slow, and open
   */
  constructor(cut, link) {
    this.cut = cut;
    this.link = link;
    /** @type {Map<number, Open>} */
    this.open = new Map();
    /** @type {Map<number, number>} */
    this.cutMs = new Map();
    this.timer = 0;
  }

  /** @param {number} stream @param {number} segment @param {number} timeUs @param {number} elapsedMs @param {Uint8Array} bytes */
  media(stream, segment, timeUs, elapsedMs, bytes) {
    const open = this.open.get(stream) ?? { parts: [], bytes: 0, segment, timeUs, elapsedMs };
    open.parts.push(bytes);
    open.bytes += bytes.length;
    open.timeUs = Math.max(open.timeUs, timeUs);
    open.elapsedMs = Math.max(open.elapsedMs, elapsedMs);
    this.open.set(stream, open);
    this.#ripe();
  }

  #ripe() {
    clearTimeout(this.timer);
    const { frames, slow, open } = this.link();
    const least = !open ? OFFLINE_MS : slow || frames >= FEW ? MOST_MS : LEAST_MS;
    for (const [stream, { bytes }] of this.open) {
      const age = performance.now() - (this.cutMs.get(stream) ?? 0);
      if (bytes > MOST_BYTES || age >= least) this.flush(stream);
    }
    if (this.open.size) this.timer = setTimeout(() => this.#ripe(), 15);
  }

  /** @param {number} stream whose open chunk is cut now */
  flush(stream) {
    const open = this.open.get(stream);
    if (!open) return;
    this.open.delete(stream);
    this.cutMs.set(stream, performance.now());
    this.cut(stream, open.segment, open.timeUs, open.elapsedMs, concat(...open.parts));
  }
}
