// @ts-check
/**
 * The hash chain of a recording and its signatures, as docs/formats/capture.md says ("Recording").
 * Keeps nothing: the key and the last head are given, the next head is returned.
 */
import { base64url, canonical, concat, hex, sha256, utf8 } from "./bytes.js";

export const KIND = Object.freeze({ media: 0, segment: 1, end: 2, words: 3, clock: 4 });
export const STREAM = Object.freeze({ full: 0, small: 1 });
export const HEADER_BYTES = 64;
export const SIGNATURE_BYTES = 64;

const MAGIC = [0x45, 0x41, 0x43, 0x31];
const TAG = Object.freeze({
  begin: utf8("everyangle/capture/1 begin\n"),
  chunk: utf8("everyangle/capture/1 chunk\n"),
  sign: utf8("everyangle/capture/1 sign\n"),
});
const ECDSA = Object.freeze({ name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" });

/** @returns {Promise<{ privateKey: CryptoKey, spki: Uint8Array<ArrayBuffer> }>} a new key; its private half cannot be taken out */
export async function newKey() {
  const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(ECDSA, false, ["sign", "verify"]));
  return { privateKey: pair.privateKey, spki: new Uint8Array(await crypto.subtle.exportKey("spki", pair.publicKey)) };
}

/** @returns {string} a new recording id: 128 random bits, base64url */
export function newId() {
  return base64url(crypto.getRandomValues(new Uint8Array(16)));
}

/**
 * What a recording begins with: canonical JSON.
 * @param {{ id: string, spki: Uint8Array, token: string, startedUs: number, claim: string | null,
 *   file?: { name: string, size: number, sha256: string } }} recording
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function begin({ id, spki, token, startedUs, claim, file }) {
  return utf8(
    canonical({
      claim,
      format: "everyangle.capture/1",
      kind: file ? "file" : "live",
      key: base64url(spki),
      link: hex(await sha256(token)),
      name: file?.name ?? null,
      recording: id,
      sha256: file?.sha256 ?? null,
      size: file?.size ?? null,
      started_us: startedUs,
    }),
  );
}

/** @param {Uint8Array} beginBytes @returns {Promise<Uint8Array<ArrayBuffer>>} head_0 */
export function firstHead(beginBytes) {
  return sha256(concat(TAG.begin, beginBytes));
}

/** @param {Uint8Array} head @param {Uint8Array} header @returns {Promise<Uint8Array<ArrayBuffer>>} head_n from head_{n-1} */
export function nextHead(head, header) {
  return sha256(concat(TAG.chunk, head, header));
}

/** @param {CryptoKey} privateKey @param {Uint8Array} head @returns {Promise<Uint8Array<ArrayBuffer>>} 64 bytes, r ‖ s */
export async function sign(privateKey, head) {
  return new Uint8Array(await crypto.subtle.sign(ECDSA, privateKey, concat(TAG.sign, head)));
}

/**
 * @param {{ kind: number, stream?: number, sequence: number, timeUs: number, segment?: number }} chunk
 * @param {number} length bytes of the body @param {Uint8Array} digest SHA-256 of the body
 * @returns {Uint8Array<ArrayBuffer>} 64 bytes
 */
export function header({ kind, stream = 0, sequence, timeUs, segment = 0 }, length, digest) {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  bytes[4] = kind;
  bytes[5] = stream;
  view.setBigUint64(8, BigInt(sequence));
  view.setBigInt64(16, BigInt(Math.round(timeUs)));
  view.setUint32(24, segment);
  view.setUint32(28, length);
  bytes.set(digest, 32);
  return bytes;
}

/**
 * What the queue and the outbox want to know of a header.
 * @param {Uint8Array} bytes @returns {{ kind: number, stream: number, sequence: number, timeUs: number, length: number }}
 */
export function readHeader(bytes) {
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new TypeError("not a chunk's header");
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_BYTES);
  return {
    kind: bytes[4],
    stream: bytes[5],
    sequence: Number(view.getBigUint64(8)),
    timeUs: Number(view.getBigInt64(16)),
    length: view.getUint32(28),
  };
}

/**
 * Adds a chunk to the chain.
 * @param {CryptoKey} privateKey @param {Uint8Array} head the head before
 * @param {{ kind: number, stream?: number, sequence: number, timeUs: number, segment?: number }} chunk @param {Uint8Array} body
 * @returns {Promise<{ header: Uint8Array<ArrayBuffer>, head: Uint8Array<ArrayBuffer>, signature: Uint8Array<ArrayBuffer> }>}
 */
export async function addChunk(privateKey, head, chunk, body) {
  const bytes = header(chunk, body.length, await sha256(body));
  const next = await nextHead(head, bytes);
  return { header: bytes, head: next, signature: await sign(privateKey, next) };
}
