// @ts-check
/**
 * A secret that proves later who recorded. The recording's begin holds its SHA-256 only; the secret is shown once, and kept
 * nowhere: a phone that is taken does not have it.
 */
import { hex, sha256 } from "./bytes.js";

/** Letters that are not taken for others (Crockford's base 32). */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 5;
const GROUP = 5;

/** @returns {string} 125 random bits, in groups: easy to write down */
export function newClaim() {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(GROUPS * GROUP)), (byte) => LETTERS[byte % 32]);
  return Array.from({ length: GROUPS }, (_, i) => letters.slice(i * GROUP, (i + 1) * GROUP).join("")).join("-");
}

/** @param {string} claim as it is shown @returns {Promise<string>} what the recording says of it */
export async function claimDigest(claim) {
  return hex(await sha256(claim));
}
