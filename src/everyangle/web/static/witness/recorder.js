// @ts-check
/**
 * Records a camera as one or more segments, and never trusts an encoder: one that gives nothing for three seconds is replaced
 * by the next way. A switched or turned camera, and one that comes back after a call, begins a segment too.
 */
import { STREAM } from "./chain.js";
import { CodecsTake } from "./codecs_take.js";
import { SMALL_PICTURE, smallWay, ways } from "./containers.js";
import { RecorderTake } from "./take.js";

const NOTHING_MS = 3000;
/** A container's header alone is no media. */
const HEADER_BYTES = 3000;
/** Below this a picture is not made smaller, however slow the encoder is. */
const LEAST_SIDE = 240;
/** Reasons for another segment that are no fault of the way. */
const SAME_WAY = new Set(["turned", "behind"]);

/**
 * @typedef {object} Sink where footage goes
 * @property {(stream: number, segment: number, timeUs: number, mime: string, why: string) => void} segment
 * @property {(stream: number, segment: number, timeUs: number, elapsedMs: number, buffer: ArrayBuffer) => void} media
 */

export class Recorder {
  /**
   * @param {Sink} sink
   * @param {{ startedUs: number, failed: () => void, smaller?: () => void, ways?: import("./containers.js").Way[] }} options
   */
  constructor(sink, { startedUs, failed, smaller, ways: fixed }) {
    this.sink = sink;
    this.startedUs = startedUs;
    this.failed = failed;
    this.smaller = smaller;
    /** Of the full picture, in pixels; less where the encoder does not keep up with the camera. */
    this.shortSide = Infinity;
    this.fixed = fixed;
    this.segments = [0, 0];
    this.way = 0;
    /** @type {import("./containers.js").Way[]} */
    this.ways = [];
    /** @type {RecorderTake | CodecsTake | null} */
    this.take = null;
    /** @type {{ take: RecorderTake | CodecsTake, stream: MediaStream } | null} */
    this.smallTake = null;
    this.heardMs = 0;
    /** @type {Promise<void>} */
    this.line = Promise.resolve();
    this.stopped = false;
    this.timer = 0;
  }

  /** @param {MediaStream} stream */
  async start(stream) {
    this.stream = stream;
    this.ways = this.fixed ?? (await ways(stream));
    if (!this.ways.length) throw /** @type {Problem} */ ({ code: "recorder-none" });
    this.#run("started");
    this.timer = setInterval(() => this.#watch(), 250);
  }

  /** @param {string} why this segment begins */
  #run(why) {
    this.heardMs = performance.now();
    const stream = /** @type {MediaStream} */ (this.stream);
    const way = this.ways[this.way];
    const sized = { ...way, options: { ...way.options, shortSide: this.shortSide } };
    try {
      this.take = this.#begin(STREAM.full, stream, sized, why, (reason) => this.#again(reason));
    } catch {
      setTimeout(() => this.#again("encoder"), 0);
    }
  }

  /**
   * @param {number} number of the stream @param {MediaStream} stream @param {import("./containers.js").Way} way @param {string} why
   * @param {(why: string) => void} failed @returns {RecorderTake | CodecsTake}
   */
  #begin(number, stream, way, why, failed) {
    const segment = this.segments[number]++;
    /** @type {RecorderTake | CodecsTake} */
    const take = new (way.how === "codecs" ? CodecsTake : RecorderTake)(stream, way, {
      began: (timeUs) => this.sink.segment(number, segment, timeUs, take.mime, why),
      media: (buffer, timeUs) => {
        if (number === STREAM.full && take.bytes > HEADER_BYTES) this.heardMs = performance.now();
        this.sink.media(number, segment, timeUs, (timeUs - this.startedUs) / 1000, buffer);
      },
      failed,
      behind: () => number === STREAM.full && this.#halve(take),
    });
    return take;
  }

  #watch() {
    const live = this.stream?.getTracks().some((track) => track.readyState === "live" && !track.muted);
    if (!live) this.heardMs = performance.now();
    if (performance.now() - this.heardMs > NOTHING_MS) this.#again("nothing");
  }

  /** Goes on with half the width and height. @param {RecorderTake | CodecsTake} take that falls behind */
  #halve(take) {
    const side = take instanceof CodecsTake && take === this.take ? Math.min(take.made.width, take.made.height) / 2 : 0;
    if (side < LEAST_SIDE) return;
    this.shortSide = side;
    this.#again("behind");
    this.smaller?.();
  }

  /** @param {string} why */
  #again(why) {
    this.heardMs = performance.now();
    return this.#inTurn(async () => {
      if (this.stopped) return;
      await this.take?.stop();
      if (!SAME_WAY.has(why)) {
        this.way = (this.way + 1) % this.ways.length;
        if (this.way === 0) this.failed();
      }
      this.#run(why);
    });
  }

  /** Goes on with another camera. @param {MediaStream} stream @param {string} why */
  replace(stream, why) {
    return this.#inTurn(async () => {
      await this.take?.stop();
      this.stream = stream;
      if (this.stopped) return;
      const names = this.ways.map(({ mime }) => mime.split("/")[0]);
      if (!this.fixed && names[0] !== (stream.getVideoTracks().length ? "video" : "audio")) {
        this.ways = await ways(stream);
        this.way = 0;
      }
      this.#run(why);
    });
  }

  /** Sound and a small picture beside the full quality, for as long as the link is slow. @param {boolean} wanted */
  small(wanted) {
    return this.#inTurn(async () => {
      if (wanted === Boolean(this.smallTake) || (wanted && this.stopped)) return;
      if (wanted) await this.#beginSmall();
      else await this.#endSmall();
    });
  }

  async #beginSmall() {
    const tracks = (this.stream?.getTracks() ?? []).filter(({ readyState }) => readyState === "live").map((track) => track.clone());
    const stream = new MediaStream(tracks);
    const way = await smallWay(stream);
    if (!way) return;
    if (way.how === "recorder") {
      const wanted = { height: SMALL_PICTURE.shortSide, frameRate: SMALL_PICTURE.frameRate };
      for (const track of stream.getVideoTracks()) await track.applyConstraints(wanted).catch(() => {});
    }
    try {
      this.smallTake = { take: this.#begin(STREAM.small, stream, way, "slow", () => this.small(false)), stream };
    } catch {
      tracks.forEach((track) => track.stop());
    }
  }

  async #endSmall() {
    const small = this.smallTake;
    this.smallTake = null;
    await small?.take.stop();
    small?.stream.getTracks().forEach((track) => track.stop());
  }

  /** @returns {Promise<void>} when all footage was handed over */
  stop() {
    this.stopped = true;
    clearInterval(this.timer);
    return this.#inTurn(async () => {
      await this.take?.stop();
      await this.#endSmall();
    });
  }

  /** @param {() => Promise<void>} act after what is being done */
  #inTurn(act) {
    this.line = this.line.then(act).catch(() => {});
    return this.line;
  }
}
