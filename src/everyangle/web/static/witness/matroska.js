// @ts-check
/**
 * Writes Matroska and WebM as a stream (RFC 9559, RFC 8794): segment and clusters of unknown size, one SimpleBlock a frame.
 * Each block can be sent as soon as it is there, and what came before stays playable whatever happens next. Pure: bytes out.
 */
import { concat, utf8 } from "./bytes.js";

const UNKNOWN = Uint8Array.of(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
const ID = Object.freeze({
  ebml: 0x1a45dfa3, ebmlVersion: 0x4286, ebmlReadVersion: 0x42f7, maxIdLength: 0x42f2, maxSizeLength: 0x42f3,
  docType: 0x4282, docTypeVersion: 0x4287, docTypeReadVersion: 0x4285,
  segment: 0x18538067, info: 0x1549a966, timestampScale: 0x2ad7b1, muxingApp: 0x4d80, writingApp: 0x5741,
  tracks: 0x1654ae6b, trackEntry: 0xae, trackNumber: 0xd7, trackUid: 0x73c5, trackType: 0x83, flagLacing: 0x9c, codecId: 0x86,
  codecPrivate: 0x63a2, codecDelay: 0x56aa, seekPreRoll: 0x56bb,
  video: 0xe0, pixelWidth: 0xb0, pixelHeight: 0xba, audio: 0xe1, samplingFrequency: 0xb5, channels: 0x9f,
  cluster: 0x1f43b675, timestamp: 0xe7, simpleBlock: 0xa3,
});

/** Video is track 1, sound track 2. */
export const TRACK = Object.freeze({ video: 1, audio: 2 });
/** A block's time is counted from its cluster's in 16 bits; and a new cluster is where a player can start reading. */
const CLUSTER_MS = 10_000;
const OPUS_RATE = 48_000;
const OPUS_PRE_SKIP = 312;

/** @param {number} value @returns {Uint8Array<ArrayBuffer>} big-endian, as short as it goes */
function uint(value) {
  const bytes = [];
  do {
    bytes.unshift(value % 256);
    value = Math.floor(value / 256);
  } while (value);
  return Uint8Array.from(bytes);
}

/** @param {number} value @returns {Uint8Array<ArrayBuffer>} 8 bytes */
function float(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}

/** @param {number} id @param {...Uint8Array} content @returns {Uint8Array<ArrayBuffer>} an element; its size in 4 bytes (28 bits) */
function element(id, ...content) {
  const size = content.reduce((sum, part) => sum + part.length, 0);
  const length = Uint8Array.of(0x10 | (size >>> 24), size >>> 16, size >>> 8, size);
  return concat(uint(id), length, ...content);
}

/** @param {number} channels @returns {Uint8Array<ArrayBuffer>} identification header (RFC 7845, section 5.1) */
function opusHead(channels) {
  const bytes = concat(utf8("OpusHead"), new Uint8Array(11));
  const view = new DataView(bytes.buffer);
  bytes[8] = 1;
  bytes[9] = channels;
  view.setUint16(10, OPUS_PRE_SKIP, true);
  view.setUint32(12, OPUS_RATE, true);
  return bytes;
}

/** @param {{ codec: "V_VP8" | "V_MPEG4/ISO/AVC", width: number, height: number, codecPrivate: Uint8Array | null }} video */
function videoTrack({ codec, width, height, codecPrivate }) {
  return element(
    ID.trackEntry,
    element(ID.trackNumber, uint(TRACK.video)),
    element(ID.trackUid, uint(TRACK.video)),
    element(ID.trackType, uint(1)),
    element(ID.flagLacing, uint(0)),
    element(ID.codecId, utf8(codec)),
    ...(codecPrivate ? [element(ID.codecPrivate, codecPrivate)] : []),
    element(ID.video, element(ID.pixelWidth, uint(width)), element(ID.pixelHeight, uint(height))),
  );
}

/** @param {{ channels: number }} audio */
function audioTrack({ channels }) {
  return element(
    ID.trackEntry,
    element(ID.trackNumber, uint(TRACK.audio)),
    element(ID.trackUid, uint(TRACK.audio)),
    element(ID.trackType, uint(2)),
    element(ID.flagLacing, uint(0)),
    element(ID.codecId, utf8("A_OPUS")),
    element(ID.codecPrivate, opusHead(channels)),
    element(ID.codecDelay, uint((OPUS_PRE_SKIP * 1e9) / OPUS_RATE)),
    element(ID.seekPreRoll, uint(80_000_000)),
    element(ID.audio, element(ID.samplingFrequency, float(OPUS_RATE)), element(ID.channels, uint(channels))),
  );
}

/**
 * @param {Parameters<typeof videoTrack>[0]} video @param {Parameters<typeof audioTrack>[0] | null} audio
 * @returns {Uint8Array<ArrayBuffer>} what stands before the first cluster
 */
export function opening(video, audio) {
  const docType = video.codec === "V_VP8" ? "webm" : "matroska";
  return concat(
    element(
      ID.ebml,
      element(ID.ebmlVersion, uint(1)),
      element(ID.ebmlReadVersion, uint(1)),
      element(ID.maxIdLength, uint(4)),
      element(ID.maxSizeLength, uint(8)),
      element(ID.docType, utf8(docType)),
      element(ID.docTypeVersion, uint(4)),
      element(ID.docTypeReadVersion, uint(2)),
    ),
    uint(ID.segment),
    UNKNOWN,
    element(
      ID.info,
      element(ID.timestampScale, uint(1_000_000)),
      element(ID.muxingApp, utf8("Every Angle")),
      element(ID.writingApp, utf8("Every Angle")),
    ),
    element(ID.tracks, videoTrack(video), ...(audio ? [audioTrack(audio)] : [])),
  );
}

/** Blocks in clusters: a new one at each key frame of the picture, and where the last began too long ago. */
export class Blocks {
  constructor() {
    this.clusterMs = -Infinity;
  }

  /** @param {number} track @param {number} timeMs from the segment's start @param {boolean} key @param {Uint8Array} frame */
  block(track, timeMs, key, frame) {
    const parts = [];
    const relative = timeMs - this.clusterMs;
    if (relative > CLUSTER_MS || relative < -32_000 || (key && track === TRACK.video)) {
      this.clusterMs = timeMs;
      parts.push(uint(ID.cluster), UNKNOWN, element(ID.timestamp, uint(timeMs)));
    }
    const head = new Uint8Array(4);
    head[0] = 0x80 | track;
    new DataView(head.buffer).setInt16(1, timeMs - this.clusterMs);
    head[3] = key ? 0x80 : 0;
    parts.push(element(ID.simpleBlock, head, frame));
    return concat(...parts);
  }
}
