// @ts-check
/**
 * One press of Record until Stop: opens the camera, begins a recording in the engine, and keeps it going while cameras are
 * switched, taken away by the phone and given back, and where the server wants a new recording.
 */
import { openCamera, openPicture } from "./camera.js";
import { claimDigest, newClaim } from "./claim.js";
import { nowUs } from "./clockcheck.js";
import { Recorder } from "./recorder.js";

const BACK_EVERY_MS = 1500;
/** Refusals that a new recording gets around. */
const ROLL_OVER = new Set(["recording-too-large", "recording-ended", "recording-other", "head-other", "gap"]);

/** @typedef {{ notice: (code: string, values?: Record<string, string | number>) => void, clear: (code: string) => void, changed: () => void }} Told */

export class Filming {
  /** @param {import("./engine_client.js").Engine} engine @param {string} token @param {Told} told */
  constructor(engine, token, told) {
    this.engine = engine;
    this.token = token;
    this.told = told;
    this.facing = /** @type {"environment" | "user"} */ ("environment");
    this.id = "";
    this.claim = newClaim();
    this.startedUs = 0;
    this.over = false;
    this.reopening = false;
    this.rolling = false;
  }

  /** Rejects with a Problem where there is no camera or nothing to record with. */
  async start() {
    this.stream = await openCamera(this.facing);
    this.startedUs = nowUs();
    try {
      await this.#record(this.startedUs);
    } catch (problem) {
      this.#dropTracks();
      throw problem;
    }
    this.#watchTracks();
    if (!this.stream.getVideoTracks().length) this.told.notice("sound-only");
    if (!this.stream.getAudioTracks().length) this.told.notice("picture-only");
  }

  /** @param {number} startedUs */
  async #record(startedUs) {
    const { engine } = this;
    const id = await engine.ask("begin", { token: this.token, startedUs, claim: await claimDigest(this.claim) });
    this.id = id;
    this.recorder = new Recorder(
      {
        segment: (stream, segment, timeUs, mime, why) => engine.tell("segment", { id, stream, segment, timeUs, mime, why }),
        media: (stream, segment, timeUs, elapsedMs, buffer) => {
          this.told.clear("encoder-none");
          engine.tell("media", { id, stream, segment, timeUs, elapsedMs, buffer }, [buffer]);
        },
      },
      { startedUs, failed: () => this.told.notice("encoder-none"), smaller: () => this.told.notice("smaller") },
    );
    try {
      await this.recorder.start(/** @type {MediaStream} */ (this.stream));
    } catch (problem) {
      engine.tell("end", { id, why: "nothing recorded" });
      throw problem;
    }
  }

  #watchTracks() {
    for (const track of this.stream?.getTracks() ?? []) {
      track.onended = () => this.#lost();
      track.onmute = () => this.told.notice("camera-taken");
      track.onunmute = () => {
        this.told.clear("camera-taken");
        this.told.notice("camera-back");
      };
    }
  }

  /** A camera is gone for good: try to get it back until it is there, as a new segment. */
  async #lost() {
    if (this.over || this.reopening) return;
    this.reopening = true;
    this.told.notice("camera-taken");
    while (!this.over) {
      try {
        const stream = await openCamera(this.facing);
        await this.#use(stream, "camera back");
        this.told.clear("camera-taken");
        this.told.notice("camera-back");
        break;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, BACK_EVERY_MS));
      }
    }
    this.reopening = false;
  }

  /** @param {MediaStream} stream @param {string} why */
  async #use(stream, why) {
    const before = this.stream;
    this.stream = stream;
    if (this.over) return this.#dropTracks();
    await this.recorder?.replace(stream, why);
    for (const track of before?.getTracks() ?? []) if (!stream.getTracks().includes(track)) forget(track);
    this.#watchTracks();
    this.told.changed();
    return undefined;
  }

  /** The other camera. Phones open one at a time, so the first is let go of; its sound goes on meanwhile. */
  async switchCamera() {
    const stream = this.stream;
    if (!stream || this.reopening) return;
    this.reopening = true;
    const [before, after] = this.facing === "environment" ? ["environment", "user"] : ["user", "environment"];
    stream.getVideoTracks().forEach(forget);
    try {
      this.facing = /** @type {typeof this.facing} */ (after);
      const track = await openPicture(this.facing).catch(() => {
        this.facing = /** @type {typeof this.facing} */ (before);
        return openPicture(this.facing);
      });
      await this.#use(new MediaStream([track, ...stream.getAudioTracks()]), "camera switched");
      this.reopening = false;
    } catch {
      this.reopening = false;
      await this.#lost();
    }
  }

  /** Looks after what the engine says of this recording. @param {Progress} progress */
  async follow(progress) {
    if (this.over) return;
    this.recorder?.small(progress.slow && progress.link === "open");
    if (!progress.problem || !ROLL_OVER.has(progress.problem.code) || this.rolling) return;
    this.rolling = true;
    await this.recorder?.stop();
    this.engine.tell("end", { id: this.id, why: "went on in another recording" });
    await this.#record(nowUs()).catch(() => this.told.notice("broken"));
    this.rolling = false;
  }

  /** Comes back to the front: a camera that was only muted may have to be opened again. */
  wake() {
    if (this.stream?.getVideoTracks().some((track) => track.muted || track.readyState === "ended")) this.#lost();
  }

  /** @returns {Promise<void>} when all footage was handed over */
  async stop() {
    this.over = true;
    await this.recorder?.stop();
    this.#dropTracks();
    await this.engine.ask("end", { id: this.id, why: "stopped" });
  }

  #dropTracks() {
    this.stream?.getTracks().forEach(forget);
  }
}

/** @param {MediaStreamTrack} track */
function forget(track) {
  track.onended = track.onmute = track.onunmute = null;
  track.stop();
}
