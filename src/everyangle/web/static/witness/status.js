// @ts-check
/** What the status line says. Pure: from what receipts cover, never from what was merely sent. */

/** Footage that is on its way for so long is worth a word. */
const BEHIND_MS = 2000;

/** @param {number} ms @returns {string} 0:41, 12:05, 1:02:03 */
export function clock(ms) {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

/** @param {number} n */
function pad(n) {
  return String(n).padStart(2, "0");
}

/**
 * @typedef {{ key: string, values: Record<string, string | number>, tone: "calm" | "good" | "wait" | "bad" }} Status
 * @typedef {{ phase: "idle" | "opening" | "recording" | "stopping" | "stopped", known: boolean, offline: boolean, current: Progress | null,
 *   earlier: Progress[], drained: boolean }} Situation
 */

/** @param {Situation} situation @returns {Status} */
export function status(situation) {
  const { phase, current } = situation;
  if (phase === "opening") return { key: "opening", values: {}, tone: "calm" };
  if (phase === "recording" || phase === "stopping") return running(current);
  if (phase === "stopped" && current) return stopped(current);
  return idle(situation);
}

/** @param {Progress} progress */
function values({ preservedMs, smallMs, headsMs, waitingMs, elapsedMs }) {
  return {
    to: clock(preservedMs),
    small: clock(smallMs),
    heads: clock(headsMs),
    all: clock(elapsedMs),
    waiting: Math.ceil(waitingMs / 1000),
  };
}

/** @param {Progress | null} current @returns {Status} */
function running(current) {
  if (!current || (!current.preservedMs && current.link !== "offline" && current.link !== "refused")) {
    return { key: "nothingYet", values: {}, tone: "wait" };
  }
  const said = values(current);
  if (current.link === "refused") return { key: "blocked", values: said, tone: "bad" };
  if (current.link === "offline") return { key: "offline", values: said, tone: "wait" };
  if (current.link === "connecting") return { key: "reconnecting", values: said, tone: "wait" };
  if (current.waitingMs < BEHIND_MS) return { key: "preserved", values: said, tone: "good" };
  if (!current.slow) return { key: "behind", values: said, tone: "wait" };
  const small = current.smallMs > current.preservedMs + 1000;
  const heads = current.headsMs > current.preservedMs + 1000;
  return { key: small ? "slowSmall" : heads ? "slowHeads" : "slow", values: said, tone: "wait" };
}

/** @param {Progress} current @returns {Status} */
function stopped(current) {
  const said = values(current);
  if (current.ended && !current.waitingMs && !current.waitingBytes) return { key: "stoppedAll", values: said, tone: "good" };
  if (current.link === "refused") return { key: "blocked", values: said, tone: "bad" };
  return { key: current.link === "offline" ? "stoppedOffline" : "stoppedWaiting", values: said, tone: "wait" };
}

/** @param {Situation} situation @returns {Status} */
function idle({ known, offline, earlier, drained }) {
  const waiting = earlier.filter(({ kind, complete }) => kind === "live" && !complete);
  const ms = waiting.reduce((sum, { waitingMs }) => sum + waitingMs, 0);
  if (waiting.length && ms) {
    const away = waiting.some(({ link }) => link !== "open");
    return { key: away ? "earlierOffline" : "earlierWaiting", values: { waiting: Math.ceil(ms / 1000) }, tone: "wait" };
  }
  if (drained) return { key: "earlierDone", values: {}, tone: "good" };
  if (!known) return { key: "asking", values: {}, tone: "calm" };
  return { key: offline ? "readyOffline" : "ready", values: {}, tone: offline ? "wait" : "calm" };
}
