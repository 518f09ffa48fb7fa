// @ts-check
/** The protocol over POST, for networks that let no WebSocket through. Speaks to link.js as if it were a socket. */
import { base64url, concat, uint32 } from "./bytes.js";
import { nowUs } from "./clockcheck.js";

/** Refusals after which trying again later helps. */
export const LATER = new Set(["too-many", "disk-full", "storage-failed", "stopping"]);
const ANSWER_WITHIN_MS = 20_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** @param {string} path below `/capture/1/` @returns {URL} beside the page, wherever it is mounted */
export function address(path) {
  return new URL(`../capture/1/${path}`, self.location.href.split("#")[0]);
}

/** @param {number} ms @returns {AbortSignal | undefined} undefined where the browser has no such signal: then it takes as long as it takes */
export function within(ms) {
  return AbortSignal.timeout?.(ms);
}

/** @param {string} token */
export function headers(token) {
  return { Authorization: `Bearer ${token}` };
}

export class PostTransport {
  /**
   * @param {{ id: string, token: string, begin: Uint8Array, signature: Uint8Array }} recording
   * @param {{ hear: (message: any) => void, lost: () => void }} on
   */
  constructor(recording, on) {
    this.recording = recording;
    this.on = on;
    /** @type {Uint8Array<ArrayBuffer>[]} */
    this.frames = [];
    this.busy = true;
    this.stop = new AbortController();
    this.#open();
  }

  async #open() {
    const { begin, signature } = this.recording;
    const body = JSON.stringify({ begin: base64url(begin), signature: base64url(signature) });
    const t0 = nowUs();
    const state = await this.#ask("open", body, "application/json");
    if (!state) return;
    this.on.hear({ ...state, type: "state" });
    this.on.hear({ type: "time", t0, t1: state.time_us, t2: state.time_us });
    this.busy = false;
    this.#next();
  }

  /** @param {string} what @param {BodyInit} body @param {string} type @returns {Promise<any>} null where it failed, and that was told */
  async #ask(what, body, type) {
    const late = setTimeout(() => {
      this.stop.abort();
      this.on.lost();
    }, ANSWER_WITHIN_MS);
    try {
      const answer = await fetch(address(`recordings/${this.recording.id}/${what}`), {
        method: "POST",
        headers: { ...headers(this.recording.token), "Content-Type": type },
        body,
        signal: this.stop.signal,
      });
      const said = await answer.json();
      if (answer.ok) return said;
      if (said.code) this.on.hear({ ...said, type: "error" });
      else this.on.lost();
    } catch {
      if (!this.stop.signal.aborted) this.on.lost();
    } finally {
      clearTimeout(late);
    }
    return null;
  }

  /** @param {Uint8Array<ArrayBuffer>} frame */
  send(frame) {
    this.frames.push(frame);
    this.#next();
  }

  async #next() {
    if (this.busy || !this.frames.length) return;
    this.busy = true;
    await null; // what is sent in one go travels in one request
    const parts = [];
    for (let bytes = 0; this.frames.length && bytes < MOST_BYTES; bytes += parts[parts.length - 1].length) {
      const frame = /** @type {Uint8Array<ArrayBuffer>} */ (this.frames.shift());
      parts.push(uint32(frame.length), frame);
    }
    const said = await this.#ask("frames", concat(...parts), "application/octet-stream");
    if (!said) return;
    if (said.receipt) this.on.hear({ ...said.receipt, type: "receipt" });
    for (const problem of said.errors) this.on.hear({ ...problem, type: "error" });
    this.busy = false;
    this.#next();
  }

  close() {
    this.stop.abort();
    this.frames = [];
  }
}
