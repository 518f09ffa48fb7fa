// @ts-check
/**
 * Seals bodies to the server's key, so that what waits on a phone cannot be read there (docs/formats/capture.md, "Frames").
 * The phone's ephemeral key never leaves memory: once the page is gone, only the server can open what it sealed.
 */
import { concat, unbase64, utf8 } from "./bytes.js";

const INFO = utf8("everyangle/capture/1 seal");
const ECDH = Object.freeze({ name: "ECDH", namedCurve: "P-256" });

/** Bytes that sealing adds: the ephemeral point and the tag. */
export const SEAL_BYTES = 65 + 16;

/**
 * @param {string} sealKey the server's key: uncompressed P-256 point, base64url @param {string} recordingId base64url
 * @returns {Promise<(sequence: number, header: Uint8Array, body: Uint8Array) => Promise<Uint8Array<ArrayBuffer>>>} seals one body
 */
export async function sealer(sealKey, recordingId) {
  const server = await crypto.subtle.importKey("raw", unbase64(sealKey), ECDH, false, []);
  const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(ECDH, false, ["deriveBits"]));
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: server }, pair.privateKey, 256);
  const secret = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: unbase64(recordingId), info: INFO },
    secret,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt"],
  );
  return async (sequence, header, body) => {
    const iv = new Uint8Array(12);
    new DataView(iv.buffer).setBigUint64(4, BigInt(sequence));
    const additionalData = /** @type {BufferSource} */ (header);
    const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, /** @type {BufferSource} */ (body));
    return concat(point, new Uint8Array(sealed));
  };
}
