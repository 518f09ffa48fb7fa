// @ts-check
/**
 * One run of the page's own recorder: WebCodecs encoders and matroska.js. Each frame is handed over as soon as it is encoded,
 * so that what a kill takes is a frame or two and not a fragment. Same events as RecorderTake.
 */
import { Blocks, opening, TRACK } from "./matroska.js";

const FLUSHED_WITHIN_MS = 1000;
const KEY_EVERY_US = 2_000_000;
/** Pictures that may be in the encoder; what comes while more are is left out rather than late. It drops some without a word. */
const MOST_INSIDE = 2;
const DROPPED_AFTER_US = 400_000;
/** Who leaves out more than half of the pictures for so long falls behind. */
const BEHIND_US = 2_000_000;
/** Pictures and sounds that may wait for the page: of pictures the newest counts, of sound all. */
const BUFFER = Object.freeze({ video: 2, audio: 100 });
/** How long the base of a track's times is learnt: the smallest delay seen is taken for none. */
const LEARN_US = 2_000_000;

/** Times of a track on the page's clock: browsers count pictures and sound from different zeros. */
class TrackClock {
  constructor() {
    this.offset = Infinity;
    this.first = 0;
    this.last = -1;
  }

  /** @param {number} stamp microseconds @returns {number} microseconds of performance.now() when it was captured, ascending */
  time(stamp) {
    const now = performance.now() * 1000;
    this.first ||= now;
    if (now - this.first < LEARN_US) this.offset = Math.min(this.offset, now - stamp);
    this.last = Math.max(this.last + 1, stamp + this.offset);
    return this.last;
  }
}

export class CodecsTake {
  /** @param {MediaStream} stream @param {import("./containers.js").Way} way @param {import("./take.js").TakeEvents} on */
  constructor(stream, way, on) {
    this.on = on;
    this.way = way;
    this.mime = way.mime;
    this.bytes = 0;
    this.base = -1;
    this.keyUs = -Infinity;
    this.running = true;
    this.size = "";
    this.made = { width: 0, height: 0 };
    this.takenUs = -Infinity;
    this.count = { sinceUs: 0, taken: 0, left: 0 };
    this.blocks = new Blocks();
    /** @type {Record<number, number>} */
    this.lastMs = { [TRACK.video]: -1, [TRACK.audio]: -1 };
    /** @type {{ data: Uint8Array, time: number }[]} sound from before the first picture */
    this.early = [];
    this.channels = 0;
    /** @type {number[]} times of pictures in the encoder */
    this.inside = [];
    const fail = () => this.#fail("encoder");
    this.video = new VideoEncoder({ output: (chunk, meta) => this.#picture(chunk, meta), error: fail });
    this.audio = new AudioEncoder({ output: (chunk) => this.#sound(chunk), error: fail });
    const [audioTrack] = stream.getAudioTracks();
    this.hasSound = Boolean(audioTrack);
    this.readers = [this.#read(stream.getVideoTracks()[0], (frame, clock) => this.#encodePicture(frame, clock))];
    if (audioTrack) this.readers.push(this.#read(audioTrack, (data, clock) => this.#encodeSound(data, clock)));
  }

  /** @param {string} why */
  #fail(why) {
    if (!this.running) return;
    this.running = false;
    this.on.failed(why);
  }

  /** @param {MediaStreamTrack} track @param {(frame: any, clock: TrackClock) => void} take */
  #read(track, take) {
    const processor = new /** @type {any} */ (self).MediaStreamTrackProcessor({
      track,
      maxBufferSize: track.kind === "video" ? BUFFER.video : BUFFER.audio,
    });
    const reader = processor.readable.getReader();
    const clock = new TrackClock();
    (async () => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        if (this.running) take(value, clock);
        value.close();
      }
    })().catch(() => this.#fail("encoder"));
    return reader;
  }

  /** @param {VideoFrame} frame @param {TrackClock} clock */
  #encodePicture(frame, clock) {
    const size = `${frame.displayWidth}×${frame.displayHeight}`;
    if (this.size && size !== this.size) return this.#fail("turned");
    if (!this.size) this.#configure(frame, size);
    const timestamp = Math.round(clock.time(frame.timestamp));
    const { frameRate = Infinity } = this.way.options;
    if (timestamp - this.takenUs < 900_000 / frameRate) return undefined;
    this.inside = this.inside.filter((time) => timestamp - time < DROPPED_AFTER_US);
    const left = this.inside.length >= MOST_INSIDE;
    this.#judge(timestamp, left);
    if (left) return undefined;
    this.inside.push(timestamp);
    this.takenUs = timestamp;
    const keyFrame = timestamp - this.keyUs >= KEY_EVERY_US;
    if (keyFrame) this.keyUs = timestamp;
    const stamped = new VideoFrame(frame, { timestamp });
    this.video.encode(stamped, { keyFrame });
    stamped.close();
    return undefined;
  }

  /** The encoder makes the picture smaller where that is asked for. @param {VideoFrame} frame @param {string} size */
  #configure({ displayWidth, displayHeight }, size) {
    this.size = size;
    const { video, shortSide = Infinity } = this.way.options;
    const scale = Math.min(1, shortSide / Math.min(displayWidth, displayHeight));
    const even = (/** @type {number} */ length) => (scale < 1 ? 2 * Math.round((length * scale) / 2) : length);
    this.made = { width: even(displayWidth), height: even(displayHeight) };
    this.video.configure({ ...video, ...this.made });
  }

  /** Counts pictures that are taken and left out. @param {number} timeUs @param {boolean} left */
  #judge(timeUs, left) {
    this.count[left ? "left" : "taken"]++;
    const { sinceUs, taken, left: out } = this.count;
    if (timeUs - sinceUs < BEHIND_US) return;
    this.count = { sinceUs: timeUs, taken: 0, left: 0 };
    if (sinceUs && out > taken) this.on.behind?.();
  }

  /** @param {AudioData} data @param {TrackClock} clock */
  #encodeSound(data, clock) {
    if (!this.channels) {
      this.channels = Math.min(2, data.numberOfChannels);
      const { sampleRate } = data;
      this.audio.configure({ codec: "opus", sampleRate, numberOfChannels: this.channels, bitrate: this.way.options.audioBitrate });
      this.soundStart = clock.time(data.timestamp) - data.timestamp;
    }
    this.audio.encode(data);
  }

  /** @param {EncodedVideoChunk} chunk @param {EncodedVideoChunkMetadata} [meta] */
  #picture(chunk, meta) {
    const data = bytesOf(chunk);
    this.inside = this.inside.filter((time) => time > chunk.timestamp);
    if (this.base < 0) this.#open(chunk.timestamp, meta);
    this.#give(TRACK.video, chunk.timestamp, chunk.type === "key", data);
  }

  /** @param {number} timestamp @param {EncodedVideoChunkMetadata} [meta] */
  #open(timestamp, meta) {
    const { early } = this;
    this.base = Math.min(timestamp, ...early.map(({ time }) => time));
    const { width, height } = this.made;
    const codec = this.way.options.video.codec === "vp8" ? "V_VP8" : "V_MPEG4/ISO/AVC";
    const description = meta?.decoderConfig?.description;
    const codecPrivate = description ? new Uint8Array(/** @type {ArrayBuffer} */ (description)) : null;
    this.on.began(this.#wall(this.base));
    this.#hand(opening({ codec, width, height, codecPrivate }, this.hasSound ? { channels: this.channels || 1 } : null), timestamp);
    for (const { data, time } of early.splice(0)) this.#give(TRACK.audio, time, true, data);
  }

  /** @param {EncodedAudioChunk} chunk */
  #sound(chunk) {
    const data = bytesOf(chunk);
    const time = chunk.timestamp + (this.soundStart ?? 0);
    if (this.base < 0) this.early.push({ data, time });
    else this.#give(TRACK.audio, time, true, data);
  }

  /** @param {number} track @param {number} time @param {boolean} key @param {Uint8Array} data */
  #give(track, time, key, data) {
    const timeMs = Math.max(this.lastMs[track] + 1, Math.round((time - this.base) / 1000));
    this.lastMs[track] = timeMs;
    this.#hand(this.blocks.block(track, timeMs, key, data), time);
  }

  /** @param {Uint8Array<ArrayBuffer>} bytes @param {number} time */
  #hand(bytes, time) {
    this.bytes += bytes.length;
    this.on.media(bytes.buffer, this.#wall(time));
  }

  /** @param {number} time microseconds of performance.now() @returns {number} microseconds since 1970 */
  #wall(time) {
    return Math.round(performance.timeOrigin * 1000 + time);
  }

  /** @returns {Promise<void>} when the last frame was given */
  async stop() {
    this.running = false;
    for (const reader of this.readers) reader.cancel().catch(() => {});
    for (const encoder of [this.video, this.audio]) {
      const late = new Promise((resolve) => setTimeout(resolve, FLUSHED_WITHIN_MS));
      if (encoder.state === "configured") await Promise.race([encoder.flush().catch(() => {}), late]);
      if (encoder.state !== "closed") encoder.close();
    }
  }
}

/** @param {EncodedVideoChunk | EncodedAudioChunk} chunk */
function bytesOf(chunk) {
  const data = new Uint8Array(chunk.byteLength);
  chunk.copyTo(data);
  return data;
}
