// @ts-check
/**
 * A queue in the origin's private files (OPFS), for a worker. Records are appended to shelves of a few megabytes; a shelf goes
 * when nothing on it waits. A record that a kill tore in two does not match its check and ends its shelf.
 *
 * Record: length of the rest (4) ‖ check (4) ‖ elapsed ms (8) ‖ head (32) ‖ frame, big-endian.
 */
import { readHeader } from "./chain.js";

const FOLDER = "everyangle-queue";
const SHELF_BYTES = 4 * 1024 * 1024;
const PREFIX = 8;
const BEFORE_FRAME = PREFIX + 8 + 32;

export class FileQueue {
  /** @param {FileSystemDirectoryHandle} folder @param {Shelf[]} shelves @param {QueueEntry[]} left */
  constructor(folder, shelves, left) {
    this.folder = folder;
    this.shelves = shelves;
    this.left = left;
  }

  /** @param {string} recording @returns {Promise<FileQueue>} */
  static async open(recording) {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
    const folder = await root.getDirectoryHandle(recording, { create: true });
    const queue = new FileQueue(folder, [], []);
    const names = [];
    for await (const name of folder.keys()) names.push(name);
    for (const name of names.sort()) {
      const shelf = await queue.#shelf(name);
      for (const { entry, at, length } of records(shelf.file)) {
        shelf.waiting.set(entry.sequence, { at, length });
        shelf.end = at + length;
        queue.left.push(entry);
      }
    }
    if (!queue.shelves.length) await queue.#shelf("0000000001");
    return queue;
  }

  /** @param {string} name @returns {Promise<Shelf>} */
  async #shelf(name) {
    const file = await (await this.folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
    if (typeof file.getSize() !== "number") throw new TypeError("an older browser's files, which answer later");
    const shelf = { name, file, end: 0, waiting: new Map() };
    this.shelves.push(shelf);
    return shelf;
  }

  /** @param {QueueEntry} entry resolves when it is in the file */
  async put(entry) {
    let shelf = this.shelves[this.shelves.length - 1];
    if (shelf.end > SHELF_BYTES) shelf = await this.#shelf(String(Number(shelf.name) + 1).padStart(10, "0"));
    const record = write(entry);
    const written = shelf.file.write(record, { at: shelf.end });
    if (written !== record.length) throw new DOMException("not all was written", "QuotaExceededError");
    shelf.file.flush();
    shelf.waiting.set(entry.sequence, { at: shelf.end, length: record.length });
    shelf.end += record.length;
  }

  /** @param {number} sequence @returns {Promise<Uint8Array<ArrayBuffer>>} its frame */
  async frame(sequence) {
    for (const { file, waiting } of this.shelves) {
      const place = waiting.get(sequence);
      if (!place) continue;
      const bytes = new Uint8Array(place.length - BEFORE_FRAME);
      file.read(bytes, { at: place.at + BEFORE_FRAME });
      return bytes;
    }
    throw new RangeError(`nothing waits under ${sequence}`);
  }

  /** @param {number[]} sequences that receipts cover */
  async forget(sequences) {
    for (const shelf of this.shelves) for (const sequence of sequences) shelf.waiting.delete(sequence);
    const last = this.shelves[this.shelves.length - 1];
    if (last.end && !last.waiting.size) {
      last.file.truncate(0);
      last.end = 0;
    }
    for (const shelf of this.shelves.filter((one) => one !== last && !one.waiting.size)) {
      shelf.file.close();
      await this.folder.removeEntry(shelf.name);
    }
    this.shelves = this.shelves.filter((one) => one === last || one.waiting.size);
  }
}

/** @param {QueueEntry} entry @returns {Uint8Array<ArrayBuffer>} */
function write({ elapsedMs, head, frame }) {
  const record = new Uint8Array(BEFORE_FRAME + frame.length);
  const view = new DataView(record.buffer);
  view.setUint32(0, record.length - PREFIX);
  view.setFloat64(PREFIX, elapsedMs);
  record.set(head, PREFIX + 8);
  record.set(frame, BEFORE_FRAME);
  view.setUint32(4, check(record.subarray(PREFIX)));
  return record;
}

/** @param {FileSystemSyncAccessHandle} file @returns {Generator<{ entry: QueueEntry, at: number, length: number }>} what is whole */
function* records(file) {
  const size = file.getSize();
  const prefix = new Uint8Array(PREFIX);
  for (let at = 0; at + BEFORE_FRAME < size; ) {
    file.read(prefix, { at });
    const view = new DataView(prefix.buffer);
    const length = view.getUint32(0) + PREFIX;
    if (length <= BEFORE_FRAME || at + length > size) return;
    const rest = new Uint8Array(length - PREFIX);
    file.read(rest, { at: at + PREFIX });
    if (check(rest) !== view.getUint32(4)) return;
    const frame = rest.slice(BEFORE_FRAME - PREFIX);
    const elapsedMs = new DataView(rest.buffer).getFloat64(0);
    yield { entry: { sequence: readHeader(frame.subarray(1)).sequence, elapsedMs, head: rest.slice(8, 40), frame }, at, length };
    at += length;
  }
}

/** Finds torn writes, no more (FNV-1a). @param {Uint8Array} bytes @returns {number} 32 bits */
function check(bytes) {
  let sum = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) sum = Math.imul(sum ^ bytes[i], 0x01000193);
  return sum >>> 0;
}
