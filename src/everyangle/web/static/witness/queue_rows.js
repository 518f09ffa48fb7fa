// @ts-check
/** A queue in rows of IndexedDB, for browsers without private files. Each row is durable before `put` resolves. */
import { done } from "./store.js";

export class RowQueue {
  /** @param {IDBDatabase} database @param {string} recording @param {QueueEntry[]} left */
  constructor(database, recording, left) {
    this.database = database;
    this.recording = recording;
    this.left = left;
  }

  /** @param {IDBDatabase} database @param {string} recording @returns {Promise<RowQueue>} */
  static async open(database, recording) {
    const queue = new RowQueue(database, recording, []);
    queue.left.push(...(await done(queue.#rows("readonly").getAll(queue.#all()))));
    return queue;
  }

  /** @param {IDBTransactionMode} mode */
  #rows(mode) {
    return this.database.transaction("frames", mode, { durability: "strict" }).objectStore("frames");
  }

  #all() {
    return IDBKeyRange.bound([this.recording, 0], [this.recording, Number.MAX_SAFE_INTEGER]);
  }

  /** @param {QueueEntry} entry */
  put(entry) {
    const { transaction } = this.#rows("readwrite");
    const committed = new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
    transaction.objectStore("frames").put({ recording: this.recording, ...entry });
    return committed;
  }

  /** @param {number} sequence @returns {Promise<Uint8Array<ArrayBuffer>>} */
  async frame(sequence) {
    const row = await done(this.#rows("readonly").get([this.recording, sequence]));
    if (!row) throw new RangeError(`nothing waits under ${sequence}`);
    return row.frame;
  }

  /** @param {number[]} sequences */
  async forget(sequences) {
    const rows = this.#rows("readwrite");
    await Promise.all(sequences.map((sequence) => done(rows.delete([this.recording, sequence]))));
  }
}
