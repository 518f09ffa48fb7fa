// @ts-check
/** Receipts: whether one is the server's, and what it says is durable. Nothing leaves this phone before one that holds. */
import { concat, unbase64, utf8 } from "./bytes.js";

const TAG = utf8("everyangle/capture/1 receipt\n");

/**
 * @param {string} vkey the server's key as C2SP signed notes write it: name+hash+base64(1 ‖ Ed25519 key)
 * @returns {Promise<CryptoKey | null>} null where this browser knows no Ed25519: then TLS alone says whose receipt it is
 */
export async function receiptKey(vkey) {
  const parts = vkey.split("+");
  const bytes = unbase64(parts.slice(2).join("+"));
  if (bytes.length !== 33 || bytes[0] !== 1) throw new TypeError("not an Ed25519 key");
  try {
    return await crypto.subtle.importKey("raw", bytes.subarray(1), "Ed25519", false, ["verify"]);
  } catch {
    return null;
  }
}

/**
 * @param {CryptoKey | null} key @param {string} text what was signed @param {string} signature base64url
 * @param {string} recording id of the recording that it must be about
 * @returns {Promise<Receipt | null>} null where it is not the server's, or about something else
 */
export async function readReceipt(key, text, signature, recording) {
  const signed = concat(TAG, utf8(text));
  if (key && !(await crypto.subtle.verify("Ed25519", key, unbase64(signature), signed))) return null;
  const said = JSON.parse(text);
  if (said.format !== "everyangle.receipt/1" || said.recording !== recording) return null;
  return said;
}

/** @param {[number, number][]} ranges @param {number} sequence @returns {boolean} */
export function within(ranges, sequence) {
  return ranges.some(([first, last]) => first <= sequence && sequence <= last);
}
