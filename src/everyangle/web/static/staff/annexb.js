// @ts-check
/**
 * H.264 as a stream of bytes (ITU-T H.264, annex B), as some browsers write it into Matroska: start codes between units, and what
 * sets up the decoder among them. Made into what MP4 holds (ISO/IEC 14496-15): units with their lengths, the set-up apart.
 */
import { concat } from "./ebml.js";

const SEQUENCE_SET = 7;
const PICTURE_SET = 8;

/** @param {Uint8Array} data @returns {Uint8Array[]} its units, without start codes */
export function units(data) {
  const found = [];
  let start = -1;
  for (let at = 0; at + 2 < data.length; at++) {
    if (data[at] || data[at + 1] || data[at + 2] !== 1) continue;
    if (start >= 0) found.push(trimmed(data.subarray(start, at)));
    start = at + 3;
  }
  if (start >= 0) found.push(data.subarray(start));
  return found;
}

/** @param {Uint8Array} unit @returns {Uint8Array} without the zeros that belong to the next start code */
function trimmed(unit) {
  let end = unit.length;
  while (end && !unit[end - 1]) end--;
  return unit.subarray(0, end);
}

/** @param {Uint8Array} data a key frame @returns {Uint8Array<ArrayBuffer> | null} what sets up a decoder (avcC), or null where it is not in it */
export function setupOf(data) {
  const [sequence, picture] = [SEQUENCE_SET, PICTURE_SET].map((type) => units(data).find(([first]) => (first & 0x1f) === type));
  if (!sequence || !picture) return null;
  return concat([
    Uint8Array.of(1, sequence[1], sequence[2], sequence[3], 0xff, 0xe1, sequence.length >> 8, sequence.length),
    sequence,
    Uint8Array.of(1, picture.length >> 8, picture.length),
    picture,
  ]);
}

/** @param {Uint8Array} data @returns {Uint8Array<ArrayBuffer>} its units, each after its length in 4 bytes */
export function withLengths(data) {
  return concat(units(data).flatMap((unit) => [new Uint8Array(Uint32Array.of(unit.length).buffer).reverse(), unit]));
}
