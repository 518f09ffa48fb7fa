// @ts-check
/** Draws the page from what app.js knows. Decides nothing; texts come from texts.js, and are set as text only. */
import { clock } from "./status.js";
import { known, say } from "./texts.js";

/** Screen readers hear the status when its kind changes, else so often. */
const SPEAK_EVERY_MS = 30_000;

/** @param {string} id @returns {any} */
export const at = (id) => document.getElementById(id);

/** Puts the words into the page. */
export function dress() {
  document.title = say("title");
  for (const place of document.querySelectorAll("[data-text]")) place.textContent = say(place.getAttribute("data-text") ?? "");
  for (const place of document.querySelectorAll("[data-label]")) place.setAttribute("aria-label", say(place.getAttribute("data-label") ?? ""));
}

/** @param {"before" | "live" | "after" | "closed"} name */
export function screen(name) {
  document.body.dataset.screen = name;
  at("before").hidden = name !== "before";
  at("viewer").hidden = name !== "live";
  at("after").hidden = name !== "after";
}

/** @param {Hello} hello */
export function caseOf(hello) {
  at("case").hidden = false;
  at("case").textContent = say("for", { name: hello.label ? `${hello.case} – ${hello.label}` : hello.case });
}

/** The one large button. @param {"record" | "stop"} does @param {boolean} enabled */
export function button(does, enabled) {
  const record = at("record");
  record.textContent = say(does);
  record.classList.toggle("stop", does === "stop");
  record.disabled = !enabled;
}

let spoken = { key: "", ms: 0 };

/** @param {import("./status.js").Status} status */
export function statusLine({ key, values, tone }) {
  const words = say(key, values);
  for (const place of [at("status"), at("pocket-status")]) {
    if (place.textContent !== words) place.textContent = words;
    place.dataset.tone = tone;
  }
  const now = performance.now();
  if (key === spoken.key && now - spoken.ms < SPEAK_EVERY_MS) return;
  spoken = { key, ms: now };
  at("spoken").textContent = words;
}

/** @param {number} ms since recording began */
export function elapsed(ms) {
  at("elapsed").textContent = at("pocket-elapsed").textContent = clock(ms);
}

/**
 * Messages, each once; an unknown code of the server's is told in the server's own words.
 * @param {{ problem: Problem, values?: Record<string, string | number>, close?: () => void }[]} messages
 */
export function problems(messages) {
  const wanted = messages.map(({ problem, values }) => [titleOf(problem, values), todoOf(problem, values)].join("\n"));
  const place = at("problems");
  if (place.dataset.shown === wanted.join("\n\n")) return;
  place.dataset.shown = wanted.join("\n\n");
  place.replaceChildren(...messages.map(({ problem, values, close }) => message(problem, values, close)));
}

/** @param {Problem} problem @param {Record<string, string | number>} [values] @param {() => void} [close] */
function message(problem, values, close) {
  const box = document.createElement("div");
  box.className = "problem";
  box.dataset.code = problem.code;
  const title = document.createElement("strong");
  title.textContent = titleOf(problem, values);
  box.append(title);
  const todo = todoOf(problem, values);
  if (todo) box.append(Object.assign(document.createElement("p"), { textContent: todo }));
  if (close) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "close", textContent: "×" });
    button.setAttribute("aria-label", say("dismiss"));
    button.addEventListener("click", close);
    box.append(button);
  }
  return box;
}

/** @param {Problem} problem @param {Record<string, string | number>} [values] */
function titleOf(problem, values) {
  return known(problem.code) ? say(problem.code, values) : say("refused");
}

/** @param {Problem} problem @param {Record<string, string | number>} [values] */
function todoOf(problem, values) {
  if (known(problem.code)) return say(`${problem.code}.todo`, values);
  return [problem.what, say("refused.todo")].filter(Boolean).join(" ");
}

/** @param {Map<string, { bytes: number, size: number }>} reading files that are being hashed @param {Progress[]} sent */
export function files(reading, sent) {
  const rows = [
    ...[...reading].map(([name, { bytes, size }]) => [name, say("fileReading", { percent: percent(bytes, size) }), bytes / (size || 1)]),
    ...sent.map((file) => [file.name ?? "", fileState(file), (file.preservedMs || 0) / (file.size || 1)]),
  ];
  at("files").hidden = !rows.length;
  const list = at("file-list");
  while (list.children.length > rows.length) list.lastChild.remove();
  rows.forEach(([name, state, part], i) => {
    const row = list.children[i] ?? list.appendChild(document.createElement("li"));
    if (!row.children.length) row.append(document.createElement("b"), document.createElement("span"), document.createElement("progress"));
    row.children[0].textContent = String(name);
    row.children[1].textContent = String(state);
    row.children[2].value = Number(part);
  });
}

/** @param {Progress} file */
function fileState(file) {
  const part = { percent: percent(file.preservedMs, file.size ?? 0) };
  if (file.complete) return say("filePreserved");
  if (file.link === "refused") return say("fileRefused");
  if (file.wantsFile) return say("fileAgain", part);
  return say(file.link === "open" ? "fileSending" : "fileWaiting", part);
}

/** @param {string} name @param {string} content */
export function download(name, content) {
  const href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/** @param {number} bytes @param {number} size @returns {number} 0 to 99; the end is said in words */
function percent(bytes, size) {
  return size ? Math.min(99, Math.floor((100 * bytes) / size)) : 0;
}
