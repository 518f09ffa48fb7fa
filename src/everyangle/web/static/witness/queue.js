// @ts-check
/**
 * What waits on this phone, in order: sealed frames that no receipt covers yet. Put before sending, forgotten on receipt only.
 * Files where the browser has them (fast, and a worker may write them synchronously), else rows of IndexedDB. Sealed elsewhere.
 */
import { FileQueue } from "./queue_files.js";
import { RowQueue } from "./queue_rows.js";

/** A tab that just went may hold its files for a moment longer. */
const TRIES = 50;
const TRY_EVERY_MS = 100;

/** @param {IDBDatabase} database @param {string} recording @returns {Promise<Queue>} with what was left there last time */
export async function openQueue(database, recording) {
  for (let tried = 1; ; tried++) {
    try {
      return await FileQueue.open(recording);
    } catch (error) {
      const held = error instanceof DOMException && error.name === "NoModificationAllowedError";
      if (!held) return RowQueue.open(database, recording);
      if (tried === TRIES) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
  }
}

/** Told apart from other failures: the phone has no room, which the witness must be told. @param {unknown} error */
export function isFull(error) {
  return error instanceof DOMException && error.name === "QuotaExceededError";
}
