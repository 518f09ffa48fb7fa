// @ts-check
/**
 * What this browser remembers between two openings of the page, in IndexedDB: recordings that are not wholly preserved, with
 * their key (which cannot be taken out), and what the server said about each link. No footage: that is the queue's.
 */

const NAME = "everyangle-capture";
const VERSION = 1;

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** @returns {Promise<IDBDatabase>} */
export function openDatabase() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("recordings", { keyPath: "id" });
    request.result.createObjectStore("links", { keyPath: "token" });
    request.result.createObjectStore("frames", { keyPath: ["recording", "sequence"] });
  };
  return done(request);
}

export class Store {
  /** @param {IDBDatabase} database */
  constructor(database) {
    this.database = database;
  }

  static async open() {
    return new Store(await openDatabase());
  }

  /** @param {string} table @param {IDBTransactionMode} mode */
  #table(table, mode) {
    return this.database.transaction(table, mode, { durability: "strict" }).objectStore(table);
  }

  /** @returns {Promise<KeptRecording[]>} oldest first */
  async recordings() {
    const kept = await done(this.#table("recordings", "readonly").getAll());
    return kept.sort((a, b) => a.startedUs - b.startedUs);
  }

  /** @param {KeptRecording} recording */
  keep(recording) {
    return done(this.#table("recordings", "readwrite").put(recording));
  }

  /** @param {string} id */
  forget(id) {
    return done(this.#table("recordings", "readwrite").delete(id));
  }

  /** @param {string} token @returns {Promise<KeptLink | undefined>} */
  link(token) {
    return done(this.#table("links", "readonly").get(token));
  }

  /** @param {KeptLink} link */
  keepLink(link) {
    return done(this.#table("links", "readwrite").put(link));
  }
}
