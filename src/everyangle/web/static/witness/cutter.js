// @ts-check
/**
 * Cuts what encoders give into chunks. On a good link small ones, since what is not sent is lost with the phone; where answers
 * take long, larger ones, since only a window of frames may be unanswered. On a slow link again such as it carries quickly,
 * since nothing overtakes a chunk that is on its way; but not so many that their heads alone would fill it.
 */
import { concat } from "./bytes.js";

const LEAST_MS = 45;
const OFFLINE_MS = 120;
const SLOW_MS = 150;
const MOST_MS = 250;
const FEW = 6;
const MOST_BYTES = 1_000_000;
const MOST_PIECES = 4;
/** So many bytes a second carry one more piece of each chunk, with its head. */
const PIECE_FROM_BYTES = 10_000;
const PIECE_MS = 80;
const LEAST_BYTES = 4_000;

/** @typedef {{ timeUs: number, elapsedMs: number }} When */
/** @typedef {When & { parts: Uint8Array[], bytes: number, segment: number, first: When }} Open */

export class Cutter {
  /**
   * @param {(stream: number, segment: number, timeUs: number, elapsedMs: number, body: Uint8Array) => void} cut takes a chunk
   * @param {() => { frames: number, slow: boolean, open: boolean, pace: import("./pace.js").Pace }} link frames without an answer,
   *   whether it is slow, and open, and its pace
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
    const open = this.open.get(stream) ?? { parts: [], bytes: 0, segment, timeUs, elapsedMs, first: { timeUs, elapsedMs } };
    open.parts.push(bytes);
    open.bytes += bytes.length;
    open.timeUs = Math.max(open.timeUs, timeUs);
    open.elapsedMs = Math.max(open.elapsedMs, elapsedMs);
    this.open.set(stream, open);
    this.#ripe();
  }

  #ripe() {
    clearTimeout(this.timer);
    const { frames, slow, open, pace } = this.link();
    const least = !open ? OFFLINE_MS : slow ? Math.max(SLOW_MS, pace.quickestMs / 3) : frames >= FEW ? MOST_MS : LEAST_MS;
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
    const { parts, segment, timeUs, elapsedMs, first } = open;
    const body = concat(...parts);
    const most = this.#pieceBytes(body.length);
    let at = 0;
    // What a piece before the last has of its last picture is not whole: it counts as far as the first.
    for (; body.length - at > most; at += most) this.cut(stream, segment, first.timeUs, first.elapsedMs, body.slice(at, at + most));
    this.cut(stream, segment, timeUs, elapsedMs, at ? body.slice(at) : body);
  }

  /** @param {number} length of what is cut @returns {number} bytes of a piece of it */
  #pieceBytes(length) {
    const { slow, open, pace } = this.link();
    if (!slow || !open) return MOST_BYTES;
    const rate = pace.rate();
    const pieces = Math.max(1, Math.min(MOST_PIECES, Math.floor(rate / PIECE_FROM_BYTES)));
    const windowful = (pace.most() * pace.quickestMs) / 1000;
    return Math.max(LEAST_BYTES, Math.ceil(length / pieces), Math.round((rate * PIECE_MS) / 1000), Math.round(windowful / 4));
  }
}
