// @ts-check
/** Who goes first where several recordings share one line: what is being filmed now, then what was filmed just now, then all else. */

/** A recording whose oldest footage waits so much longer than answers take is behind; it is looked at again when it is looked after. */
const BEHIND_MS = 500;

/**
 * @typedef {object} Sharing a recording that is on its way
 * @property {{ kind: "live" | "file", ended: boolean }} kept
 * @property {boolean} resumed
 * @property {{ status: string }} link
 * @property {{ oldest: () => { atMs: number } | undefined, pace: { quickestMs: number } }} outbox
 */

/** @param {Sharing} sharing @returns {number} the lower, the sooner */
function rank({ kept, resumed }) {
  if (resumed || kept.kind === "file") return 2;
  return kept.ended ? 1 : 0;
}

/** @param {Sharing} sharing @param {number} nowMs */
function isBehind({ link, outbox }, nowMs) {
  const oldest = outbox.oldest();
  return link.status === "open" && oldest !== undefined && nowMs - oldest.atMs - outbox.pace.quickestMs > BEHIND_MS;
}

/**
 * @param {Sharing} sharing @param {Iterable<Sharing>} all @param {number} nowMs
 * @returns {boolean} whether it sends nothing for now, since another one is behind that goes before it
 */
export function waits(sharing, all, nowMs) {
  const mine = rank(sharing);
  return mine > 0 && [...all].some((other) => rank(other) < mine && isBehind(other, nowMs));
}
