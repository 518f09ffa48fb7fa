// @ts-check
/** Bytes and texts: concatenation, hex, base64url without padding, canonical JSON (RFC 8785). Pure. */

const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { fatal: true });

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} UTF-8 */
export function utf8(text) {
  return ENCODER.encode(text);
}

/** @param {Uint8Array} bytes @returns {string} the text; throws where the bytes are not UTF-8 */
export function text(bytes) {
  return DECODER.decode(bytes);
}

/** @param {...Uint8Array} parts @returns {Uint8Array<ArrayBuffer>} */
export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @param {Uint8Array} a @param {Uint8Array} b @returns {boolean} */
export function same(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** @param {Uint8Array} bytes @returns {string} */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} digits @returns {Uint8Array<ArrayBuffer>} */
export function unhex(digits) {
  if (!/^(?:[0-9a-f]{2})*$/.test(digits)) throw new TypeError("not hex digits");
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** @param {Uint8Array} bytes @returns {string} base64url, no padding (RFC 4648, section 5) */
export function base64url(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} word base64 or base64url @returns {Uint8Array<ArrayBuffer>} */
export function unbase64(word) {
  return Uint8Array.from(atob(word.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

/** @param {number} n @returns {Uint8Array<ArrayBuffer>} 4 bytes, big-endian */
export function uint32(n) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, n);
  return bytes;
}

/**
 * Canonical JSON: keys sorted by UTF-16 units, no spaces; numbers and strings as ECMAScript writes them (RFC 8785, section 3.2).
 * @param {any} value @returns {string}
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
}

/** @param {Uint8Array | string} data @returns {Promise<Uint8Array<ArrayBuffer>>} SHA-256 */
export async function sha256(data) {
  const bytes = typeof data === "string" ? utf8(data) : data;
  return new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (bytes)));
}
