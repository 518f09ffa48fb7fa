// @ts-check
/**
 * Makes a WebM that comes in pieces fit for a MediaSource, which refuses blocks that go back in time, as they do where sound
 * and picture are encoded side by side: holds blocks for a moment, sorts them, and writes each as a cluster of its own.
 * Elements as in RFC 8794 and RFC 9559.
 */
const CLUSTER = 0x1f43b675;
const SEGMENT = 0x18538067;
const TIMESTAMP = 0xe7;
const SIMPLE_BLOCK = 0xa3;
const HOLD_MS = 1000;

export class Reorder {
  constructor() {
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
      // Before the first cluster everything is the film's head, and goes on as it is.
      if (element.id === CLUSTER) this.begun = true;
      else if (!this.begun) ready.push(this.rest.slice(at, element.end));
      else if (element.id === TIMESTAMP) this.clusterMs = number(this.rest.subarray(element.start, element.end));
      else if (element.id === SIMPLE_BLOCK) this.#hold(this.rest.slice(element.start, element.end));
      at = element.end;
    }
    return concat([...ready, ...this.#ripe()]);
  }

  /** @param {Uint8Array} block its track in one byte, its time from the cluster's in two, then the frame */
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
    return ripe.map(({ timeMs, block }) => cluster(timeMs, block));
  }
}

/** @param {number} timeMs @param {Uint8Array} block @returns {Uint8Array<ArrayBuffer>} */
function cluster(timeMs, block) {
  const time = new Uint8Array(4);
  new DataView(time.buffer).setUint32(0, Math.max(0, timeMs));
  const inTime = block.slice();
  inTime.fill(0, 1, 3);
  const content = concat([Uint8Array.of(TIMESTAMP, 0x84), time, Uint8Array.of(SIMPLE_BLOCK), size(inTime.length), inTime]);
  return concat([Uint8Array.of(0x1f, 0x43, 0xb6, 0x75), size(content.length), content]);
}

/** @param {number} length @returns {Uint8Array<ArrayBuffer>} in 4 bytes (28 bits) */
function size(length) {
  return Uint8Array.of(0x10 | (length >>> 24), length >>> 16, length >>> 8, length);
}

/**
 * Reads one element; those that hold others here (segment, cluster) are entered, so they end where their content begins.
 * @param {Uint8Array} data @param {number} at
 * @returns {{ id: number, start: number, end: number } | null} null where it is not all there
 */
function read(data, at) {
  const id = vint(data, at, true);
  const length = id && vint(data, at + id.width, false);
  if (!id || !length) return null;
  const start = at + id.width + length.width;
  if (id.value === CLUSTER || id.value === SEGMENT) return { id: id.value, start, end: start };
  return start + length.value > data.length ? null : { id: id.value, start, end: start + length.value };
}

/** @param {Uint8Array} data @param {number} at @param {boolean} marked whether the marker is part of the value */
function vint(data, at, marked) {
  const width = Math.clz32(data[at] ?? 0) - 23;
  if (at >= data.length || width > 8 || at + width > data.length) return null;
  let value = marked ? data[at] : data[at] & (0xff >> width);
  for (let n = 1; n < width; n++) value = value * 256 + data[at + n];
  return { value, width };
}

/** @param {Uint8Array} bytes @returns {number} */
function number(bytes) {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** @param {Uint8Array[]} parts @returns {Uint8Array<ArrayBuffer>} */
function concat(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
