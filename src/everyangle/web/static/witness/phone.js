// @ts-check
/** What the phone says of itself: battery and room. Only some browsers tell; silence is not an alarm. */

const LOW_BATTERY = 0.15;
const LOW_ROOM_BYTES = 300_000_000;
const LOOK_EVERY_MS = 20_000;

/**
 * @param {(state: { batteryLow: number | null, roomLow: number | null }) => void} told percent of the battery and megabytes of room,
 *   each null while there is enough
 */
export function watchPhone(told) {
  const state = { batteryLow: /** @type {number | null} */ (null), roomLow: /** @type {number | null} */ (null) };
  const room = async () => {
    const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {};
    const left = quota === undefined ? Infinity : quota - (usage ?? 0);
    state.roomLow = left < LOW_ROOM_BYTES ? Math.round(left / 1e6) : null;
    told(state);
  };
  const battery = async () => {
    const power = await /** @type {any} */ (navigator).getBattery?.().catch(() => null);
    if (!power) return;
    const look = () => {
      state.batteryLow = !power.charging && power.level <= LOW_BATTERY ? Math.round(power.level * 100) : null;
      told(state);
    };
    power.addEventListener("levelchange", look);
    power.addEventListener("chargingchange", look);
    look();
  };
  room();
  battery();
  setInterval(room, LOOK_EVERY_MS);
}

/** Asks the browser not to evict what waits. It may refuse; nothing depends on it. */
export function askToStay() {
  return navigator.storage?.persist?.().catch(() => false);
}
