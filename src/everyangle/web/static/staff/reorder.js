// @ts-check
/**
 * Makes a film that comes in pieces (WebM or Matroska) fit for a MediaSource, which refuses frames that go back in time, as they
 * do where sound and picture are encoded side by side: holds blocks for a moment, sorts them, and has them written in order.
 */
import { CLUSTER, concat, number, read } from "./ebml.js";

const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const HOLD_MS = 1000;

/**
 * @typedef {object} Writer what a player is given
 * @property {string} type what a MediaSource calls it; "" as long as that is not known
 * @property {(id: number, content: Uint8Array, element: Uint8Array) => Uint8Array} head takes an element before the first cluster
 * @property {(timeMs: number, block: Uint8Array) => Uint8Array} block takes a block: its track in one byte, its time from the
 *   cluster's in two, flags, then the frame
 */

export class Reorder {
  /** @param {Writer} writer */
  constructor(writer) {
    this.writer = writer;
    this.rest = new Uint8Array();
    this.clusterMs = 0;
    this.newestMs = -Infinity;
    this.givenMs = -Infinity;
    this.begun = false;
    /** @type {{ timeMs: number, block: Uint8Array }[]} */
    this.held = [];
  }

  /** @param {ArrayBuffer} piece the next bytes, cut anywhere @returns {Uint8Array<ArrayBuffer>} what may be appended now */
  take(piece) {
    this.rest = concat([this.rest, new Uint8Array(piece)]);
    const ready = [];
    for (let at = 0; ; ) {
      const element = read(this.rest, at);
      if (!element) {
        this.rest = this.rest.slice(at);
        break;
      }
      const content = this.rest.slice(element.start, element.end);
      if (element.id === CLUSTER) this.begun = true;
      else if (!this.begun) ready.push(this.writer.head(element.id, content, this.rest.slice(at, element.end)));
      else if (element.id === TIMESTAMP) this.clusterMs = number(content);
      else if (element.id === SIMPLE_BLOCK) this.#hold(content);
      at = element.end;
    }
    return concat([...ready, ...this.#ripe()]);
  }

  /** @param {Uint8Array} block */
  #hold(block) {
    const timeMs = this.clusterMs + new DataView(block.buffer, block.byteOffset).getInt16(1);
    this.newestMs = Math.max(this.newestMs, timeMs);
    if (timeMs >= this.givenMs) this.held.push({ timeMs, block });
  }

  #ripe() {
    this.held.sort((a, b) => a.timeMs - b.timeMs);
    const count = this.held.findIndex(({ timeMs }) => timeMs > this.newestMs - HOLD_MS);
    const ripe = this.held.splice(0, count < 0 ? 0 : count);
    if (ripe.length) this.givenMs = ripe[ripe.length - 1].timeMs;
    return ripe.map(({ timeMs, block }) => this.writer.block(timeMs, block));
  }
}

/** Writes WebM as it came, each block as a cluster of its own. */
export class Clusters {
  /** @param {string} type */
  constructor(type) {
    this.type = type;
  }

  /** @param {number} _id @param {Uint8Array} _content @param {Uint8Array} element */
  head(_id, _content, element) {
    return element;
  }

  /** @param {number} timeMs @param {Uint8Array} block @returns {Uint8Array<ArrayBuffer>} */
  block(timeMs, block) {
    const time = new Uint8Array(4);
    new DataView(time.buffer).setUint32(0, Math.max(0, timeMs));
    const inTime = block.slice();
    inTime.fill(0, 1, 3);
    const content = concat([Uint8Array.of(TIMESTAMP, 0x84), time, Uint8Array.of(SIMPLE_BLOCK), size(inTime.length), inTime]);
    return concat([Uint8Array.of(0x1f, 0x43, 0xb6, 0x75), size(content.length), content]);
  }
}

/** @param {number} length @returns {Uint8Array<ArrayBuffer>} in 4 bytes (28 bits) */
function size(length) {
  return Uint8Array.of(0x10 | (length >>> 24), length >>> 16, length >>> 8, length);
}
