// @ts-check
/** Keeps the page itself at hand: opened again without a network, it still records, and sends what waits once it can. */

const CACHE = "everyangle-witness-1";
const FILES = [
  "./", "app.js", "base.css", "bytes.js", "camera.js", "chain.js", "claim.js", "clockcheck.js", "codecs_take.js", "containers.js", "cutter.js",
  "engine.js", "engine_client.js", "filesending.js", "filming.js", "icon.svg", "link.js", "matroska.js", "outbox.js", "pace.js", "phone.js", "pocket.js",
  "post.js", "queue.js", "queue_files.js", "queue_rows.js", "receipt.js", "recorder.js", "screens.css", "seal.js", "sending.js", "sha256.js",
  "status.js", "store.js", "take.js", "texts.js", "turns.js", "view.js", "wake.js",
];
const FRESH_WITHIN_MS = 3000;

self.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)).then(() => /** @type {any} */ (self).skipWaiting()));
});

self.addEventListener("activate", (/** @type {any} */ event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => /** @type {any} */ (self).clients.claim()));
});

/** The network's copy if it comes soon, else the kept one. @param {Request} request */
async function answer(request) {
  const cache = await caches.open(CACHE);
  const key = request.mode === "navigate" ? "./" : request;
  try {
    const fresh = await fetch(key, { signal: AbortSignal.timeout?.(FRESH_WITHIN_MS) });
    if (fresh.ok) await cache.put(key, fresh.clone());
    return fresh;
  } catch (error) {
    const kept = await cache.match(key);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (/** @type {any} */ event) => {
  const own = new URL(event.request.url).pathname.startsWith(new URL("./", self.location.href).pathname);
  if (event.request.method === "GET" && own) event.respondWith(answer(event.request));
});
