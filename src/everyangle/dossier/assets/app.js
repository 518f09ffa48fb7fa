// @ts-check
/** Brings the page to life: a player and a timeline for each clock, the address, copying, printing. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const data = window.EVERYANGLE_DATA;
  /** Seconds after a change before the address follows. */
  const FOLLOW_MS = 250;
  EA.app = { session: null, timeline: null, playFrom: null };

  /** @param {Element} place an element with data-component */
  function open(place) {
    const component = data?.components.find((c) => String(c.number) === place.getAttribute("data-component"));
    if (!component || place.hasAttribute("data-open")) return null;
    place.setAttribute("data-open", "");
    const session = new EA.Session(component);
    const player = /** @type {any} */ (place.querySelector("multi-player"));
    const timeline = /** @type {any} */ (place.querySelector("event-timeline"));
    player.session = session;
    timeline.session = session;
    const choose = () => {
      if (EA.app.session && EA.app.session !== session) EA.app.session.pause();
      EA.app.session = session;
      EA.app.timeline = timeline;
    };
    place.addEventListener("pointerdown", choose);
    place.addEventListener("focusin", choose);
    return { session, choose };
  }

  /** The address follows the main clock, and the clock follows the address. @param {Session} session */
  function bindAddress(session) {
    let timer = 0;
    const go = () => {
      const t = EA.moment.fromHash(location.hash);
      if (t !== null) session.seek(t);
      return t !== null;
    };
    const moved = go();
    session.addEventListener("change", () => {
      clearTimeout(timer);
      if (session.playing) return;
      timer = window.setTimeout(() => write(EA.moment.toHash(session.t)), FOLLOW_MS);
    });
    window.addEventListener("hashchange", go);
    document.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a[href^='#t=']");
      if (!link) return;
      event.preventDefault();
      const t = EA.moment.fromHash(link.getAttribute("href") || "");
      if (t === null) return;
      session.seek(t);
      showPlayer();
    });
    return moved;
  }

  function showPlayer() {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    document.getElementById("watch")?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
  }

  /**
   * Plays the main clock from a moment on, heard through the recording in which it was marked; "back" returns here.
   * @param {Session} session @param {() => void} choose @returns {(t: number, item: string | null) => void}
   */
  function playing(session, choose) {
    return (t, item) => {
      choose();
      session.pause();
      try {
        history.pushState(null, "", EA.moment.toHash(t));
      } catch {
        // An address that cannot be changed only loses the way back.
      }
      if (item) {
        session.focusOn(item);
        session.hear(item);
      }
      session.seek(t);
      session.play();
      showPlayer();
    };
  }

  /** @param {string} hash */
  function write(hash) {
    if (location.hash === hash || location.hash.startsWith("#/")) return;
    try {
      history.replaceState(null, "", hash);
    } catch {
      location.replace(hash);
    }
  }

  function bindCopying() {
    document.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button[data-copy]");
      if (button) EA.copy.copy(button.getAttribute("data-copy") || "", button, "SHA-256 copied");
    });
  }

  /** On paper everything is unfolded. */
  function bindPrinting() {
    window.addEventListener("beforeprint", () => {
      for (const one of document.querySelectorAll("details:not(.exact)")) one.setAttribute("open", "");
    });
  }

  function start() {
    document.documentElement.classList.add("live");
    EA.proofs.show(document);
    bindCopying();
    bindPrinting();
    EA.opening.watch(document);
    document.addEventListener("keydown", EA.keys.pressed);
    for (const place of document.querySelectorAll("details[data-component]")) {
      place.addEventListener("toggle", () => open(place)?.choose());
    }
    const main = document.querySelector("section[data-component]");
    const opened = main && open(main);
    if (!opened) return;
    opened.choose();
    EA.app.playFrom = playing(opened.session, opened.choose);
    if (!bindAddress(opened.session)) opened.session.seek(Math.max(opened.session.start, 0));
  }

  document.addEventListener("DOMContentLoaded", start);
})(window.EveryAngle);
