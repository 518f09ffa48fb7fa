// @ts-check
/** A dark view for the pocket: recording goes on, a stray touch does nothing. Two taps on one button lead back. */
import { at } from "./view.js";

const TWICE_MS = 1500;
let tappedMs = -Infinity;

export function openPocket() {
  const view = at("pocket-view");
  view.showModal();
  document.documentElement.requestFullscreen?.().catch(() => {});
  tappedMs = -Infinity;
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
