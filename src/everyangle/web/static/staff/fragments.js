// @ts-check
/**
 * Writes H.264 and Opus as fragmented MP4 (ISO/IEC 14496-12, 14496-15; Opus as its own mapping says), since players take no
 * H.264 in Matroska: the same frames in other boxes, nothing is encoded anew. Takes what `reorder.js` reads.
 */
import { setupOf, withLengths } from "./annexb.js";
import { children, concat, number } from "./ebml.js";

const TRACKS = 0x1654ae6b;
const TRACK = Object.freeze({
  number: 0xd7, codec: 0x86, codecPrivate: 0x63a2, video: 0xe0, width: 0xb0, height: 0xba, audio: 0xe1, channels: 0x9f,
});
const TIMESCALE = 1000;
const KEY = 0x02000000;
const NO_KEY = 0x01010000;
const OPUS_RATE = 48_000;
/** Duration of a track's last frame, until the next one tells. */
const LONGEST_MS = 1000;

/** @typedef {{ number: number, video: boolean, width: number, height: number, channels: number, setup: Uint8Array | null }} Track */
/** @typedef {{ timeMs: number, key: boolean, data: Uint8Array }} Sample */

export class Fragments {
  constructor() {
    /** What a MediaSource calls it; "" until it is known how pictures are to be decoded. */
    this.type = "";
    /** @type {Map<number, Track>} */
    this.tracks = new Map();
    /** @type {Map<number, Sample>} the last frame of each track, whose duration the next one tells */
    this.last = new Map();
    this.sequence = 0;
    /** Whether pictures come with start codes and not with lengths. */
    this.bytestream = false;
  }

  /** @param {number} id @param {Uint8Array} content of an element before the first cluster @returns {Uint8Array<ArrayBuffer>} */
  head(id, content) {
    for (const entry of id === TRACKS ? children(content) : []) {
      const track = trackOf(entry.content);
      if (track) this.tracks.set(track.number, track);
    }
    return new Uint8Array();
  }

  /** @param {number} timeMs @param {Uint8Array} block @returns {Uint8Array<ArrayBuffer>} */
  block(timeMs, block) {
    const track = this.tracks.get(block[0] & 0x7f);
    if (!track) return new Uint8Array();
    const sample = { timeMs, key: !track.video || Boolean(block[3] & 0x80), data: block.subarray(4) };
    const begin = this.type ? new Uint8Array() : this.#begin(track, sample);
    if (!this.type) return begin;
    if (this.bytestream && track.video) sample.data = withLengths(sample.data);
    const before = this.last.get(track.number);
    this.last.set(track.number, sample);
    return before ? concat([begin, this.#fragment(track, before, Math.min(LONGEST_MS, timeMs - before.timeMs))]) : begin;
  }

  /** The film's own head, with its first key frame. @param {Track} track @param {Sample} sample @returns {Uint8Array<ArrayBuffer>} */
  #begin(track, sample) {
    if (!track.video || !sample.key) return new Uint8Array();
    this.bytestream = !track.setup;
    track.setup ??= setupOf(sample.data);
    if (!track.setup) return new Uint8Array();
    const tracks = [...this.tracks.values()];
    const profile = [...track.setup.subarray(1, 4)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    this.type = `video/mp4;codecs="avc1.${profile}${tracks.length > 1 ? ",opus" : ""}"`;
    return concat([box("ftyp", text("isom"), u32(0x200), text("isomiso5avc1mp41")), moov(tracks)]);
  }

  /** @param {Track} track @param {Sample} sample @param {number} durationMs */
  #fragment(track, { timeMs, key, data }, durationMs) {
    const flags = key ? KEY : NO_KEY;
    const make = (/** @type {number} */ offset) =>
      box(
        "moof",
        full("mfhd", 0, 0, u32(++this.sequence)),
        box(
          "traf",
          full("tfhd", 0, 0x020000, u32(track.number)), // data are counted from this moof
          full("tfdt", 0, 0, u32(timeMs)),
          full("trun", 0, 0x000701, u32(1), u32(offset), u32(durationMs), u32(data.length), u32(flags)),
        ),
      );
    return concat([make(make(0).length + 8), box("mdat", data)]);
  }
}

/** @param {Uint8Array} entry @returns {Track | null} null where it is neither H.264 nor Opus */
function trackOf(entry) {
  const parts = new Map(children(entry).map(({ id, content }) => [id, content]));
  const codec = new TextDecoder().decode(parts.get(TRACK.codec));
  const setup = parts.get(TRACK.codecPrivate) ?? null;
  const video = codec === "V_MPEG4/ISO/AVC";
  if (!video && (codec !== "A_OPUS" || !setup)) return null;
  const about = children(parts.get(video ? TRACK.video : TRACK.audio) ?? new Uint8Array());
  const inner = new Map(about.map(({ id, content }) => [id, number(content)]));
  return {
    number: number(parts.get(TRACK.number) ?? new Uint8Array()),
    video,
    width: inner.get(TRACK.width) ?? 0,
    height: inner.get(TRACK.height) ?? 0,
    channels: inner.get(TRACK.channels) ?? 1,
    setup,
  };
}

/** @param {Track[]} tracks */
function moov(tracks) {
  const untimed = [u32(0), u32(0), u32(TIMESCALE), u32(0)];
  return box(
    "moov",
    full("mvhd", 0, 0, ...untimed, u32(0x10000), u16(0x100), zeros(10), MATRIX, zeros(24), u32(tracks.length + 1)),
    ...tracks.map(trak),
    box("mvex", ...tracks.map((track) => full("trex", 0, 0, u32(track.number), u32(1), zeros(12)))),
  );
}

/** @param {Track} track */
function trak(track) {
  const { video, width, height } = track;
  const volume = u16(video ? 0 : 0x100);
  const size = [u32(width * 0x10000), u32(height * 0x10000)];
  return box(
    "trak",
    full("tkhd", 0, 3, zeros(8), u32(track.number), zeros(20), volume, zeros(2), MATRIX, ...size),
    box(
      "mdia",
      full("mdhd", 0, 0, zeros(8), u32(TIMESCALE), zeros(4), u16(0x55c4), zeros(2)),
      full("hdlr", 0, 0, zeros(4), text(video ? "vide" : "soun"), zeros(13)),
      box(
        "minf",
        video ? full("vmhd", 0, 1, zeros(8)) : full("smhd", 0, 0, zeros(4)),
        box("dinf", full("dref", 0, 0, u32(1), full("url ", 0, 1))),
        stbl(video ? avc1(track) : opus(track)),
      ),
    ),
  );
}

/** @param {Uint8Array} entry how samples are coded; the samples themselves are in fragments */
function stbl(entry) {
  const none = ["stts", "stsc", "stco"].map((name) => full(name, 0, 0, u32(0)));
  return box("stbl", full("stsd", 0, 0, u32(1), entry), ...none, full("stsz", 0, 0, zeros(8)));
}

/** @param {Track} track */
function avc1({ width, height, setup }) {
  const [dpi, frames, depth] = [u32(0x480000), u16(1), u16(0x18)];
  const about = [u16(width), u16(height), dpi, dpi, zeros(4), frames, zeros(32), depth, u16(0xffff)];
  return box("avc1", zeros(6), u16(1), zeros(16), ...about, box("avcC", setup ?? zeros(0)));
}

/** @param {Track} track */
function opus({ channels, setup }) {
  const head = new DataView(new Uint8Array(setup ?? zeros(19)).buffer);
  const [preSkip, rate, gain] = [head.getUint16(10, true), head.getUint32(12, true), head.getUint16(16, true)];
  const how = box("dOps", Uint8Array.of(0, channels), u16(preSkip), u32(rate), u16(gain), Uint8Array.of(0));
  return box("Opus", zeros(6), u16(1), zeros(8), u16(channels), u16(16), zeros(4), u32(OPUS_RATE * 0x10000), how);
}

/** @param {string} name @param {...Uint8Array} content */
function box(name, ...content) {
  const body = concat(content);
  return concat([u32(body.length + 8), text(name), body]);
}

/** @param {string} name @param {number} version @param {number} flags @param {...Uint8Array} content */
function full(name, version, flags, ...content) {
  return box(name, u32(version * 0x1000000 + flags), ...content);
}

/** @param {number} value @returns {Uint8Array<ArrayBuffer>} */
function u32(value) {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}

/** @param {number} value @returns {Uint8Array<ArrayBuffer>} */
function u16(value) {
  return Uint8Array.of(value >>> 8, value);
}

/** @param {number} length @returns {Uint8Array<ArrayBuffer>} */
function zeros(length) {
  return new Uint8Array(length);
}

/** @param {string} value @returns {Uint8Array<ArrayBuffer>} */
function text(value) {
  return new TextEncoder().encode(value);
}

const MATRIX = concat([1, 0, 0, 0, 1, 0, 0, 0, 0x4000].map((value) => u32(value * 0x10000)));
