// @ts-check
/** Reads elements of Matroska and WebM (RFC 8794, RFC 9559). */
export const CLUSTER = 0x1f43b675;
export const SEGMENT = 0x18538067;

/**
 * Reads one element; those that hold others here (segment, cluster) are entered, so they end where their content begins.
 * @param {Uint8Array} data @param {number} at
 * @returns {{ id: number, start: number, end: number } | null} null where it is not all there
 */
export function read(data, at) {
  const id = vint(data, at, true);
  const length = id && vint(data, at + id.width, false);
  if (!id || !length) return null;
  const start = at + id.width + length.width;
  if (id.value === CLUSTER || id.value === SEGMENT) return { id: id.value, start, end: start };
  return start + length.value > data.length ? null : { id: id.value, start, end: start + length.value };
}

/** @param {Uint8Array} data what an element holds @returns {{ id: number, content: Uint8Array }[]} the elements in it */
export function children(data) {
  const found = [];
  for (let at = 0, element; (element = read(data, at)); at = element.end) {
    found.push({ id: element.id, content: data.subarray(element.start, element.end) });
  }
  return found;
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
export function number(bytes) {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** @param {Uint8Array[]} parts @returns {Uint8Array<ArrayBuffer>} */
export function concat(parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
