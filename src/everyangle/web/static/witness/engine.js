// @ts-check
/**
 * The worker behind the page: everything that is on its way. The page may stall or be redrawn; what it handed over goes on.
 * One engine at a time in a browser (a Web Lock), since two would chain to the same head.
 */
import { begin, firstHead, newId, newKey, sign } from "./chain.js";
import { nowUs } from "./clockcheck.js";
import { sendFile, fingerprint } from "./filesending.js";
import { hello } from "./link.js";
import { Sending } from "./sending.js";
import { Store } from "./store.js";
import { waits } from "./turns.js";

const LOCK = "everyangle-engine";
const TELL_EVERY_MS = 100;
const FILES_AT_ONCE = 3;

/** @type {Store} */
let store;
/** @type {Map<string, Sending>} */
const sendings = new Map();
let telling = 0;

function changed() {
  telling ||= setTimeout(() => {
    telling = 0;
    postMessage({ event: "progress", progress: [...sendings.values()].map((sending) => sending.progress()) });
  }, TELL_EVERY_MS);
}

/** @param {Sending} sending @returns {boolean} whether another one goes first now */
function yields(sending) {
  return waits(sending, sendings.values(), performance.now());
}

/** Holds the lock for as long as the page lives; tells when another tab has it, and waits for it. */
async function alone() {
  if (!navigator.locks) return;
  const free = await new Promise((resolve) => {
    navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    });
  });
  if (free) return;
  postMessage({ event: "elsewhere" });
  await new Promise((resolve) => {
    navigator.locks.request(LOCK, () => {
      resolve(undefined);
      return new Promise(() => {});
    });
  });
}

async function start() {
  await alone();
  store = await Store.open();
  const kept = await store.recordings();
  await sweep(new Set(kept.map(({ id }) => id)));
  for (const recording of kept) await resume(recording);
  changed();
  return null;
}

/** @param {KeptRecording} kept that an earlier opening of the page did not finish */
async function resume(kept) {
  const link = await store.link(kept.token);
  if (!link) return;
  const sending = await Sending.open(store, link, kept, changed, yields);
  sending.resumed = true;
  sendings.set(kept.id, sending);
  if (kept.ended) return;
  if (kept.kind === "file" && kept.elapsedMs < (kept.size ?? 0)) sending.wantsFile = true;
  else await sending.end(kept.kind === "file" ? "stopped" : "interrupted");
}

/** Queues of recordings that are wholly preserved. @param {Set<string>} wanted */
async function sweep(wanted) {
  try {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("everyangle-queue");
    for await (const name of root.keys()) if (!wanted.has(name)) await root.removeEntry(name, { recursive: true });
  } catch {
    // No private files here, or none yet.
  }
}

/** @param {{ token: string }} link @returns {Promise<{ hello: Hello, offline: boolean }>} as the server says now, or said last time */
async function greet({ token }) {
  const known = await store.link(token);
  try {
    const said = await hello(token);
    const { privateKey, spki } = known ?? (await newKey());
    const bound = known?.bound ?? false;
    if (!said.uses_left && !bound) throw /** @type {Problem} */ ({ code: "link-used-up" });
    await store.keepLink({ token, hello: said, privateKey, spki, bound });
    return { hello: said, offline: false };
  } catch (problem) {
    if (known && /** @type {Problem} */ (problem).code === "unreachable") return { hello: known.hello, offline: true };
    throw problem;
  }
}

/**
 * @param {string} token @param {{ startedUs: number, claim: string | null, file?: { name: string, size: number, sha256: string } }} what
 * @returns {Promise<Sending>}
 */
async function beginSending(token, { startedUs, claim, file }) {
  const link = await store.link(token);
  if (!link) throw /** @type {Problem} */ ({ code: "unreachable" });
  const id = newId();
  const bytes = await begin({ id, spki: link.spki, token, startedUs, claim, file });
  const head = await firstHead(bytes);
  /** @type {KeptRecording} */
  const kept = {
    id, token, kind: file ? "file" : "live", name: file?.name ?? null, size: file?.size ?? null, sha256: file?.sha256 ?? null,
    begin: bytes, signature: await sign(link.privateKey, head), startedUs, next: 1, head, ended: false, elapsedMs: 0, preservedMs: 0,
  };
  await store.keep(kept).catch(() => {}); // without room for it the recording goes on, and is told to be unsafe against a kill
  const sending = await Sending.open(store, link, kept, changed, yields);
  sendings.set(id, sending);
  return sending;
}

let sendingFiles = 0;
/** @type {(() => void)[]} */
const waitingFiles = [];

/** A few files at a time, each with a connection of its own. */
async function turn() {
  if (sendingFiles >= FILES_AT_ONCE) await new Promise((resolve) => waitingFiles.push(() => resolve(undefined)));
  sendingFiles++;
}

function nextFile() {
  sendingFiles--;
  waitingFiles.shift()?.();
}

/** @param {{ token: string, file: File }} upload @returns {Promise<string>} the recording's id */
async function upload({ token, file }) {
  await turn();
  try {
    const sending = await beginFile(token, file);
    sending.over.then(nextFile);
    return sending.kept.id;
  } catch (problem) {
    nextFile();
    throw problem;
  }
}

/** @param {string} token @param {File} file @returns {Promise<Sending>} one that is on its way already, or was, where it is the same file */
async function beginFile(token, file) {
  const sha256 = await fingerprint(file, (bytes) => postMessage({ event: "reading", name: file.name, bytes, size: file.size }));
  const before = [...sendings.values()].find(({ kept }) => kept.sha256 === sha256 && kept.size === file.size && kept.token === token);
  if (before && !before.wantsFile) return before;
  const what = { startedUs: nowUs(), claim: null, file: { name: file.name, size: file.size, sha256 } };
  const sending = before ?? (await beginSending(token, what));
  sending.wantsFile = false;
  sendFile(sending, file);
  return sending;
}

/** @type {Record<string, (message: any) => any>} */
const commands = {
  start,
  greet,
  upload,
  begin: async ({ token, startedUs, claim }) => (await beginSending(token, { startedUs, claim })).kept.id,
  segment: ({ id, stream, segment, timeUs, mime, why }) => sendings.get(id)?.segment(stream, segment, timeUs, { mime, why }),
  media: ({ id, stream, segment, timeUs, elapsedMs, buffer }) => {
    sendings.get(id)?.cutter.media(stream, segment, timeUs, elapsedMs, new Uint8Array(buffer));
  },
  end: ({ id, why }) => sendings.get(id)?.end(why),
  words: ({ id, words }) => sendings.get(id)?.say(words),
  receipt: ({ id }) => ({ ...sendings.get(id)?.lastReceipt, key: sendings.get(id)?.keeping.hello.receipt_key }),
  retry: () => sendings.forEach((sending) => sending.link.retryNow()),
};

self.onmessage = async ({ data }) => {
  try {
    postMessage({ answer: data.number, value: (await commands[data.do](data)) ?? null });
  } catch (error) {
    const problem = error instanceof Error ? { code: "broken", what: String(error) } : error;
    postMessage({ answer: data.number, problem });
  }
};
