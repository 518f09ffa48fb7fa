// @ts-check
/** Keeps the screen awake while recording, where the browser can. A lock is lost in the background, and taken again after. */

export class Wake {
  constructor() {
    /** @type {WakeLockSentinel | null} */
    this.lock = null;
    this.wanted = false;
    document.addEventListener("visibilitychange", () => this.#take());
  }

  /** @param {boolean} wanted */
  keep(wanted) {
    this.wanted = wanted;
    if (wanted) return this.#take();
    const { lock } = this;
    this.lock = null;
    return lock?.release().catch(() => {});
  }

  async #take() {
    if (!this.wanted || document.visibilityState !== "visible" || (this.lock && !this.lock.released)) return;
    this.lock = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  }
}
