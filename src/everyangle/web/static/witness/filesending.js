// @ts-check
/** Sends a file that is on the phone: hashed before anything is sent, then in chunks that grow with the link. In the worker. */
import { hex } from "./bytes.js";
import { KIND } from "./chain.js";
import { nowUs } from "./clockcheck.js";
import { Sha256 } from "./sha256.js";

const READ_BYTES = 4 * 1024 * 1024;
const LEAST_BYTES = 64 * 1024;
const MOST_BYTES = 1024 * 1024;
/** So much may wait in the queue. What is smaller is wholly there at once: after a kill it need not be chosen again. */
const AHEAD_BYTES = 24 * 1024 * 1024;

/** @param {File} file @param {(bytes: number) => void} told how far it is @returns {Promise<string>} SHA-256, hex */
export async function fingerprint(file, told) {
  const sum = new Sha256();
  for (let at = 0; at < file.size; at += READ_BYTES) {
    sum.update(new Uint8Array(await file.slice(at, at + READ_BYTES).arrayBuffer()));
    told(Math.min(file.size, at + READ_BYTES));
  }
  return hex(sum.digest());
}

/** Sends what is not in the queue yet. @param {import("./sending.js").Sending} sending @param {File} file */
export async function sendFile(sending, file) {
  const { kept } = sending;
  try {
    if (kept.next === 1) {
      const about = { mime: file.type || "application/octet-stream", why: "file", modified_us: file.lastModified * 1000 };
      await sending.segment(0, 0, nowUs(), about);
    }
    const most = Math.min(MOST_BYTES, sending.keeping.hello.limits.chunk_bytes);
    while (kept.elapsedMs < file.size) {
      while (waitingBytes(sending) > AHEAD_BYTES) await new Promise((resolve) => setTimeout(resolve, 50));
      if (sending.link.status === "refused") return;
      const at = kept.elapsedMs;
      const bytes = Math.min(most, Math.max(LEAST_BYTES, Math.round(sending.outbox.rate() / 4)));
      const body = new Uint8Array(await file.slice(at, at + bytes).arrayBuffer());
      await sending.add({ kind: KIND.media, elapsedMs: at + body.length }, body);
      if (kept.elapsedMs === at) throw new Error("the chunk was not taken");
    }
    await sending.end("stopped");
  } catch {
    sending.problem = { code: "file-unreadable" };
    sending.wantsFile = true;
    sending.isOver?.();
    sending.changed();
  }
}

/** @param {import("./sending.js").Sending} sending */
function waitingBytes({ outbox }) {
  let bytes = 0;
  for (const item of outbox.waiting.values()) bytes += item.bytes;
  return bytes;
}
