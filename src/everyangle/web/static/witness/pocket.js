// @ts-check
/** A dark view for the pocket: recording goes on, a stray touch does nothing. Two taps on one button lead back. */
import { at } from "./view.js";

const TWICE_MS = 1500;
let tappedMs = -Infinity;

export async function openPocket() {
  tappedMs = -Infinity;
  at("pocket-view").showModal();
  await document.documentElement.requestFullscreen?.().catch(() => {});
  if (!document.fullscreenElement || !at("pocket-view").open) return;
  at("pocket-view").close(); // the full screen covers what was opened before it
  at("pocket-view").showModal();
}

function close() {
  at("pocket-view").close();
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}

at("pocket-back").addEventListener("click", () => {
  const now = performance.now();
  if (now - tappedMs < TWICE_MS) close();
  else tappedMs = now;
});
at("pocket-view").addEventListener("cancel", (/** @type {Event} */ event) => event.preventDefault());
