// @ts-check
/**
 * <multi-player>: every camera of one event clock, side by side, in step.
 * Give it a session: `element.session = new EveryAngle.Session(component)`. Fires "tick" on the session as time passes.
 */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el } = EA.dom;
  /** Seconds that play waits for pictures before the clock starts without them. */
  const PATIENCE_S = 2;
  /** Width over height of a tile's picture, and pixels of its caption. */
  const [SHAPE, CAPTION] = [16 / 9, 40];
  /** Pixels between tiles, and the part of the window's height that pictures take. */
  const [GAP, STAGE] = [10, 0.56];

  /**
   * How many tiles stand side by side so that they become largest within a width and a height.
   * @param {number} count @param {number} width @param {number} height @returns {number}
   */
  function columns(count, width, height) {
    let [best, size] = [1, 0];
    for (let n = 1; n <= count; n++) {
      const rows = Math.ceil(count / n);
      const tile = Math.min(width / n, (height / rows - CAPTION) * SHAPE);
      if (tile > size + 1) [best, size] = [n, tile];
    }
    return Math.max(best, width < 560 && count > 1 ? 2 : 1);
  }

  class MultiPlayer extends HTMLElement {
    /** @type {Tile[]} */
    tiles = [];
    grid = el("div", { class: "grid" });
    awake = false;
    /** @type {Session} */
    current = EA.NOTHING;

    set session(session) {
      this.current = session;
      this.tiles = [
        ...session.recordings.map((r) => new EA.tiles.RecordingTile(r, session)),
        ...session.photos.map((p) => new EA.tiles.PhotoTile(p, session)),
      ];
      this.bar = new EA.transport.Transport(session);
      this.grid.replaceChildren(...this.tiles.map((t) => t.node));
      this.replaceChildren(this.grid, this.bar.node);
      session.ready = () => this.#ready();
      session.addEventListener("change", () => this.#show());
      new ResizeObserver(() => this.#arrange()).observe(this);
      for (const event of ["loadedmetadata", "canplay", "seeked", "error"]) {
        this.addEventListener(event, () => this.#wake(), true);
      }
      this.#show();
    }

    get session() {
      return this.current;
    }

    /** @returns {{id: string, drift: number | null, failed: boolean}[]} how far each recording is from the clock */
    drifts() {
      return this.tiles
        .flatMap(({ id, follower }) => (follower ? [{ id, drift: follower.drift, failed: follower.failed }] : []));
    }

    #show() {
      for (const tile of this.tiles) tile.show();
      this.bar?.show();
      this.#arrange();
      this.#wake();
    }

    #arrange() {
      const shown = this.tiles.filter((tile) => !tile.node.hidden).length;
      const height = Math.max(260, window.innerHeight * STAGE);
      const count = columns(shown, this.clientWidth, height);
      const whole = (this.clientWidth - (count - 1) * GAP) / count;
      const fitting = (height / Math.max(1, Math.ceil(shown / count)) - CAPTION) * SHAPE;
      const width = fitting > whole * 0.85 ? whole : fitting;
      this.grid.style.setProperty("--columns", String(count));
      this.grid.style.setProperty("--tile", `${Math.floor(Math.max(width, 150))}px`);
    }

    /** Draws frames for as long as something moves. */
    #wake() {
      if (this.awake) return;
      this.awake = true;
      const draw = () => {
        if (this.#update() && !this.current.playing) this.awake = false;
        else requestAnimationFrame(draw);
      };
      requestAnimationFrame(draw);
    }

    /** @returns {boolean} settled */
    #update() {
      const now = performance.now() / 1000;
      this.current.settle();
      let settled = true;
      for (const tile of this.tiles) settled = tile.update(now) && settled;
      this.bar?.update();
      this.current.dispatchEvent(new Event("tick"));
      return settled;
    }

    /** Sets every recording of this moment in motion, once all can show it or patience ends. */
    async #ready() {
      const until = performance.now() + PATIENCE_S * 1000;
      const present = this.tiles.flatMap(({ id, follower }) =>
        follower && this.current.presence(id)?.state === "recording" ? [follower] : [],
      );
      while (present.some((one) => !one.ready) && performance.now() < until) await frame();
      const begun = Promise.all(present.filter((one) => one.ready).map((one) => one.begin()));
      await Promise.race([begun, new Promise((resolve) => setTimeout(resolve, PATIENCE_S * 1000))]);
    }
  }

  /** @returns {Promise<void>} the next drawn frame */
  function frame() {
    return new Promise((resolve) => requestAnimationFrame(() => resolve()));
  }

  EA.columns = columns;
  customElements.define("multi-player", MultiPlayer);
})(window.EveryAngle);
