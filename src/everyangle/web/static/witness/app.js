// @ts-check
/** The page: what it knows, and what follows from each press. Draws through view.js; footage goes to the engine. */
import { canSwitch } from "./camera.js";
import { nowUs } from "./clockcheck.js";
import { canRecord } from "./containers.js";
import { Engine } from "./engine_client.js";
import { Filming } from "./filming.js";
import { askToStay, watchPhone } from "./phone.js";
import { openPocket } from "./pocket.js";
import { clock, status } from "./status.js";
import { say } from "./texts.js";
import * as view from "./view.js";
import { Wake } from "./wake.js";

const DRAW_EVERY_MS = 200;
const GREET_AGAIN_MS = 4000;
const TOKEN = /^[A-Za-z0-9_-]{22}$/;
/** Without these there is nothing to press. */
const CLOSED = new Set(["link-none", "link-wrong", "link-expired", "link-revoked", "link-used-up", "protocol-unknown", "insecure", "elsewhere", "broken"]);

const token = location.hash.slice(1);
const wake = new Wake();

/** Everything that the page shows. */
const now = {
  /** @type {import("./status.js").Situation["phase"]} */
  phase: "idle",
  /** @type {Hello | null} */
  hello: null,
  offline: false,
  drained: false,
  /** @type {Filming | null} */
  filming: null,
  /** @type {Map<string, { problem: Problem, values?: Record<string, string | number>, closable: boolean }>} */
  messages: new Map(),
  /** @type {Map<string, { bytes: number, size: number }>} */
  reading: new Map(),
  hiddenMs: 0,
  switchable: false,
};
/** @type {Engine} */
let engine;

/** @param {Problem} problem @param {Record<string, string | number>} [values] */
function notice(problem, values) {
  now.messages.set(problem.code, { problem, values, closable: !CLOSED.has(problem.code) });
  draw();
}

/** @param {string} code */
function clear(code) {
  if (now.messages.delete(code)) draw();
}

/** @param {unknown} error */
function told(error) {
  notice(/** @type {Problem} */ (error && typeof error === "object" && "code" in error ? error : { code: "broken", what: String(error) }));
}

/** @returns {Progress | null} of the recording that is going on, or was the last */
function current() {
  return engine?.progress.find(({ id }) => id === now.filming?.id) ?? null;
}

function draw() {
  const { phase } = now;
  const progress = current();
  const mine = engine?.progress ?? [];
  const closed = [...now.messages.keys()].some((code) => CLOSED.has(code));
  const filming = phase === "recording" || phase === "stopping";
  view.screen(filming ? "live" : phase === "stopped" ? "after" : closed ? "closed" : "before");
  view.button(filming ? "stop" : "record", filming ? phase === "recording" : !closed && now.hello !== null && phase !== "opening" && canRecord());
  view.at("switch").hidden = phase !== "recording" || !now.switchable;
  view.at("pocket").hidden = phase !== "recording";
  view.at("file").disabled = closed || now.hello === null;
  document.body.classList.toggle("busy", filming);
  if (filming && now.filming?.startedUs) view.elapsed((nowUs() - now.filming.startedUs) / 1000);
  const earlier = mine.filter(({ id }) => id !== now.filming?.id);
  const said = status({ phase, known: now.hello !== null, offline: now.offline, current: progress, earlier, drained: now.drained });
  view.statusLine(closed && ["asking", "ready", "readyOffline"].includes(said.key) ? { key: "", values: {}, tone: "calm" } : said);
  view.files(now.reading, mine.filter(({ kind }) => kind === "file"));
  view.at("words-said").textContent = progress && progress.words !== "none" ? say(progress.words === "waiting" ? "wordsWaiting" : "wordsPreserved") : "";
  view.problems(
    [...now.messages].map(([code, { problem, values, closable }]) => ({ problem, values, close: closable ? () => clear(code) : undefined })),
  );
}

/** What the engine says of all that is on its way. */
function followProgress() {
  const codes = new Set();
  for (const progress of engine.progress) {
    if (progress.problem) codes.add(progress.problem.code) && notice(progress.problem);
    if (!progress.stored) codes.add("memoryOnly") && notice({ code: "memoryOnly" });
    if (progress.resumed && progress.complete && progress.kind === "live") now.drained = true;
  }
  for (const code of ["disk-full", "too-many", "storage-failed", "memoryOnly", "receipt-wrong"]) if (!codes.has(code)) clear(code);
  const progress = current();
  if (progress && now.phase === "recording") now.filming?.follow(progress);
  draw();
}

async function record() {
  for (const code of [...now.messages.keys()]) if (!CLOSED.has(code)) now.messages.delete(code);
  now.phase = "opening";
  now.filming = new Filming(engine, token, { notice: (code, values) => notice({ code }, values), clear, changed: showPreview });
  draw();
  try {
    await now.filming.start();
  } catch (problem) {
    now.filming = null;
    now.phase = "idle";
    told(problem);
    return;
  }
  now.phase = "recording";
  showPreview();
  wake.keep(true);
  askToStay();
  now.switchable = await canSwitch();
  draw();
}

async function stop() {
  now.phase = "stopping";
  draw();
  await now.filming?.stop();
  wake.keep(false);
  for (const code of ["camera-taken", "camera-back", "background", "sound-only", "picture-only", "encoder-none"]) now.messages.delete(code);
  now.phase = "stopped";
  view.at("preview").srcObject = null;
  view.at("claim").hidden = false;
  view.at("claim-code").textContent = now.filming?.claim ?? "";
  view.at("words").value = "";
  draw();
  scrollTo(0, 0);
  view.at("after-lead").focus({ preventScroll: true });
}

function showPreview() {
  const preview = view.at("preview");
  preview.srcObject = now.filming?.stream ?? null;
  preview.classList.toggle("mirrored", now.filming?.facing === "user");
  preview.play().catch(() => {});
}

/** What this link is, as the server says; while it cannot be reached, again and again. */
async function greet() {
  if (!token) return notice({ code: "link-none" });
  if (!TOKEN.test(token)) return notice({ code: "link-wrong" });
  try {
    const { hello, offline } = await engine.ask("greet", { token });
    now.hello = hello;
    now.offline = offline;
    clear("unreachable");
    view.caseOf(hello);
    if (!canRecord()) notice({ code: "recorder-none" });
  } catch (problem) {
    told(problem);
    now.offline = /** @type {Problem} */ (problem).code === "unreachable";
  }
  if (now.offline) setTimeout(greet, GREET_AGAIN_MS);
  draw();
}

/** @param {File[]} chosen */
function upload(chosen) {
  for (const file of chosen) {
    now.reading.set(file.name, { bytes: 0, size: file.size });
    engine
      .ask("upload", { token, file })
      .catch((problem) => notice("code" in problem && problem.code !== "broken" ? problem : { code: "file-unreadable" }))
      .finally(() => now.reading.delete(file.name) && draw());
  }
  draw();
  view.at("files").scrollIntoView({ block: "center" });
}

function bind() {
  view.at("record").addEventListener("click", () => (now.phase === "recording" ? stop() : record()));
  view.at("switch").addEventListener("click", () => now.filming?.switchCamera());
  view.at("pocket").addEventListener("click", openPocket);
  view.at("file").addEventListener("change", (/** @type {any} */ { target }) => {
    upload([...target.files]);
    target.value = "";
  });
  view.at("words-form").addEventListener("submit", (/** @type {Event} */ event) => {
    event.preventDefault();
    const words = view.at("words").value;
    if (!words.trim()) return;
    engine.ask("words", { id: now.filming?.id, words }).then(() => (view.at("words").value = ""), told);
  });
  view.at("claim-hide").addEventListener("click", () => {
    view.at("claim-code").textContent = "";
    view.at("claim").hidden = true;
    view.at("spoken").textContent = say("claimGone");
  });
  view.at("claim-copy").addEventListener("click", async (/** @type {any} */ { target }) => {
    await navigator.clipboard?.writeText(view.at("claim-code").textContent).then(() => (target.textContent = say("copied")), () => {});
  });
  view.at("receipt").addEventListener("click", async () => {
    view.download("receipt.json", JSON.stringify(await engine.ask("receipt", { id: now.filming?.id })));
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") now.hiddenMs = nowUs() / 1000;
    else if (now.phase === "recording" && now.filming) {
      const from = now.filming.startedUs / 1000;
      notice({ code: "background" }, { from: clock(now.hiddenMs - from), to: clock(nowUs() / 1000 - from) });
      now.filming.wake();
    }
  });
  addEventListener("beforeunload", (event) => {
    if (now.phase === "recording" || engine.progress.some(({ waitingBytes }) => waitingBytes)) event.preventDefault();
  });
  addEventListener("hashchange", () => now.phase === "recording" || location.reload());
  addEventListener("online", () => engine.tell("retry", {}));
}

async function start() {
  view.dress();
  if (!window.isSecureContext || !crypto.subtle) return notice({ code: "insecure" });
  engine = new Engine();
  engine.addEventListener("progress", followProgress);
  engine.addEventListener("elsewhere", () => notice({ code: "elsewhere" }));
  engine.addEventListener("broken", () => notice({ code: "broken" }));
  engine.addEventListener("reading", (event) => {
    const { name, bytes, size } = /** @type {CustomEvent} */ (event).detail;
    if (now.reading.has(name)) now.reading.set(name, { bytes, size });
    draw();
  });
  bind();
  draw();
  await engine.ask("start");
  clear("elsewhere");
  await greet();
  setInterval(draw, DRAW_EVERY_MS);
  watchPhone(({ batteryLow, roomLow }) => {
    if (batteryLow === null) clear("battery");
    else notice({ code: "battery" }, { percent: batteryLow });
    if (roomLow === null) clear("room");
    else notice({ code: "room" }, { megabytes: roomLow });
  });
  navigator.serviceWorker?.register("sw.js").catch(() => {});
  return undefined;
}

start().catch(told);
