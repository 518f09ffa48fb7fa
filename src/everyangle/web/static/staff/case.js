// @ts-check
/** Keeps what comes in up to date: every two seconds while the page is looked at. */
import { span } from "./span.js";

const EVERY_MS = 2000;
const list = /** @type {HTMLElement} */ (document.querySelector("#coming"));

async function look() {
  if (document.hidden) return;
  const answer = await fetch(`/staff/cases/${list.dataset.case}/recordings`).catch(() => null);
  if (answer?.status === 401) location.reload();
  if (!answer?.ok) return;
  const { recordings } = await answer.json();
  const ids = new Set(recordings.map((/** @type {any} */ one) => one.id));
  const shown = new Set([...list.querySelectorAll("[data-recording]")].map((row) => /** @type {HTMLElement} */ (row).dataset.recording));
  // One that is new or gone changes more than a line.
  if (ids.size !== shown.size || [...ids].some((id) => !shown.has(id))) return refresh();
  for (const one of recordings) update(one);
}

function refresh() {
  // Not while somebody writes why a link is revoked.
  if (!document.querySelector("details[open]")) location.reload();
}

/** @param {{ id: string, ended: boolean, seconds: number, missing: number, chunks: number }} one */
function update(one) {
  const state = /** @type {HTMLElement} */ (list.querySelector(`[data-recording="${one.id}"] .state`));
  const length = document.createElement("b");
  length.textContent = span(one.seconds);
  state.replaceChildren(one.ended ? "ended at " : "preserved to ", length);
  if (!one.missing) return;
  const wait = document.createElement("span");
  wait.className = "wait";
  wait.textContent = `${one.missing} of ${one.chunks} chunks only committed`;
  state.append(wait);
}

setInterval(look, EVERY_MS);
