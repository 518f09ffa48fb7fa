// @ts-check
/** One run of MediaRecorder: bytes as it gives them, in order. */

/**
 * @typedef {object} TakeEvents
 * @property {(timeUs: number) => void} began with the first picture or sound
 * @property {(bytes: ArrayBuffer, timeUs: number) => void} media the next bytes, and when the last of them was seen
 * @property {(why: string) => void} failed it gives nothing more
 * @property {() => void} [behind] it gives less than half of the pictures, since encoding takes too long
 */
import { nowUs } from "./clockcheck.js";

export class RecorderTake {
  /** @param {MediaStream} stream @param {import("./containers.js").Way} way @param {TakeEvents} on */
  constructor(stream, way, on) {
    this.on = on;
    this.line = Promise.resolve();
    this.bytes = 0;
    this.began = 0;
    this.recorder = new MediaRecorder(stream, way.options);
    this.recorder.onstart = () => (this.began = nowUs());
    this.recorder.onerror = () => on.failed("encoder");
    this.recorder.ondataavailable = ({ data }) => this.#give(data, nowUs());
    this.recorder.start(way.timesliceMs);
  }

  get mime() {
    return this.recorder.mimeType;
  }

  /** @param {Blob} blob @param {number} timeUs */
  #give(blob, timeUs) {
    if (!blob.size) return;
    const bytes = blob.arrayBuffer();
    this.line = this.line.then(async () => {
      if (!this.bytes) this.on.began(this.began || timeUs);
      this.bytes += blob.size;
      this.on.media(await bytes, timeUs);
    });
  }

  /** @returns {Promise<void>} when the last bytes were given */
  async stop() {
    if (this.recorder.state !== "inactive") {
      await new Promise((resolve) => {
        this.recorder.onstop = resolve;
        setTimeout(resolve, 1500);
        this.recorder.stop();
      });
    }
    await this.line;
  }
}
