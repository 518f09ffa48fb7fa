// @ts-check
/**
 * Plays a recording while it is made: asks for the film piece by piece and hands it to a MediaSource. A new segment (another
 * camera, another container) begins a new source. Plays a little late, so that a late piece stops nothing.
 */
import { Fragments } from "./fragments.js";
import { Clusters, Reorder } from "./reorder.js";

const ASK_MS = 500;
const LATE_S = 2;
const TOO_LATE_S = 5;
const KEEP_S = 60;

const video = /** @type {HTMLVideoElement} */ (document.querySelector("#film"));
const told = /** @type {HTMLElement} */ (document.querySelector("#told"));
const choice = /** @type {HTMLSelectElement} */ (document.querySelector("#stream"));

/** @typedef {{ last: number, segment: string, buffer: SourceBuffer | null, order: Reorder | null, quietS: number, over: boolean }} Showing */

/** @param {string} text */
function say(text) {
  if (told.textContent !== text) told.textContent = text;
}

/** @param {Showing} showing @returns {Promise<void>} when the next piece is taken, or there is none */
async function next(showing) {
  const address = `/staff/recordings/${video.dataset.recording}/film?stream=${choice.value}&after=${showing.last}`;
  const answer = await fetch(address);
  if (showing.over) return;
  if (answer.status === 401) return location.reload();
  if (answer.status === 204) return quiet(showing);
  if (!answer.ok) {
    showing.over = true;
    const { what, todo } = await answer.json();
    return say(`${what} ${todo}`);
  }
  const data = await answer.arrayBuffer();
  const segment = answer.headers.get("Film-Segment") ?? "";
  const type = answer.headers.get("Film-Type") ?? "";
  if (!showing.last || segment !== showing.segment) Object.assign(showing, { segment, buffer: null, order: orderOf(type) });
  const fit = showing.order ? showing.order.take(data) : data;
  if (fit.byteLength) {
    const played = showing.order?.writer.type ?? type;
    if (!MediaSource.isTypeSupported(played)) {
      showing.over = true;
      return say(`This browser cannot play ${type || "this film"} while it is recorded. Try the other picture, or wait for the item.`);
    }
    showing.buffer ??= await open(played);
    await append(showing.buffer, fit);
  }
  showing.last = Number(answer.headers.get("Film-Last"));
  showing.quietS = 0;
  if (showing.buffer) follow(showing.buffer);
}

/** @param {string} type of a film as it was recorded @returns {Reorder | null} what makes it fit for a player; null where it is */
function orderOf(type) {
  if (/^video\/(?:webm|x-matroska)\b.*(?:avc1|h264)/.test(type)) return new Reorder(new Fragments());
  return type.startsWith("video/webm") ? new Reorder(new Clusters(type)) : null;
}

/** @param {Showing} showing */
function quiet(showing) {
  showing.quietS += ASK_MS / 1000;
  if (showing.quietS > TOO_LATE_S) say(showing.last ? "Nothing new comes in" : "No pictures of this kind came in yet");
}

/** @param {string} type @returns {Promise<SourceBuffer>} */
async function open(type) {
  const source = new MediaSource();
  const address = URL.createObjectURL(source);
  video.src = address;
  await new Promise((resolve) => source.addEventListener("sourceopen", resolve, { once: true }));
  URL.revokeObjectURL(address);
  return source.addSourceBuffer(type);
}

/** @param {SourceBuffer} buffer @param {BufferSource} data */
async function append(buffer, data) {
  const done = new Promise((resolve) => buffer.addEventListener("updateend", resolve, { once: true }));
  buffer.appendBuffer(data);
  await done;
  const { buffered } = buffer;
  if (buffered.length && video.currentTime - buffered.start(0) > 2 * KEEP_S) {
    const cleared = new Promise((resolve) => buffer.addEventListener("updateend", resolve, { once: true }));
    buffer.remove(0, video.currentTime - KEEP_S);
    await cleared;
  }
}

/** @param {SourceBuffer} buffer */
function follow({ buffered }) {
  if (!buffered.length) return;
  const [start, end] = [buffered.start(buffered.length - 1), buffered.end(buffered.length - 1)];
  if (video.currentTime < start || end - video.currentTime > TOO_LATE_S) video.currentTime = Math.max(start, end - LATE_S);
  video.play().catch(() => undefined);
  say("Live, a few seconds late");
}

async function show() {
  /** @type {Showing} */
  const showing = { last: 0, segment: "", buffer: null, order: null, quietS: 0, over: false };
  choice.onchange = () => {
    showing.over = true;
    say("Waiting for the first pictures");
    show();
  };
  while (!showing.over) {
    try {
      await next(showing);
    } catch {
      // The network, or a piece that the player refused: begin again near the end.
      if (!showing.over) say("Trying again");
      Object.assign(showing, { last: 0, buffer: null });
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
}

show();
