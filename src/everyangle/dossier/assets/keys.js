// @ts-check
/** The keyboard: the same keys everywhere on the page, except where one is typing. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /** @type {{keys: string[], does: string, act: (s: Session, e: KeyboardEvent) => void}[]} */
  const KEYS = [
    { keys: [" ", "k"], does: "Play or pause", act: (s) => s.toggle() },
    { keys: ["ArrowRight"], does: "1 second forward (with Shift 10)", act: (s, e) => s.seek(s.t + (e.shiftKey ? 10 : 1)) },
    { keys: ["ArrowLeft"], does: "1 second back (with Shift 10)", act: (s, e) => s.seek(s.t - (e.shiftKey ? 10 : 1)) },
    { keys: ["."], does: "One frame forward, by the focused camera", act: (s) => s.step(1) },
    { keys: [","], does: "One frame back", act: (s) => s.step(-1) },
    { keys: ["]"], does: "Faster", act: (s) => s.faster(1) },
    { keys: ["["], does: "Slower", act: (s) => s.faster(-1) },
    { keys: ["Home"], does: "To the start", act: (s) => s.seek(s.start) },
    { keys: ["End"], does: "To the end", act: (s) => s.seek(s.end) },
    { keys: ["s"], does: "Show the focused camera alone, or all", act: (s) => s.showOnly(s.solo ? null : s.focused) },
    { keys: ["h"], does: "Hear the focused camera", act: (s) => s.hear(s.focused) },
    { keys: ["m"], does: "Sound off or on", act: (s) => s.mute() },
    { keys: ["n"], does: "Focus the next camera", act: (s) => s.focusNext() },
    { keys: ["+", "="], does: "Zoom the timeline in", act: () => EA.app.timeline?.zoomBy(2) },
    { keys: ["-"], does: "Zoom the timeline out", act: () => EA.app.timeline?.zoomBy(0.5) },
    { keys: ["0"], does: "Show the whole event", act: () => EA.app.timeline?.zoomOut() },
    { keys: ["c"], does: "Copy a link to this moment", act: (s) => EA.copy.link(s.t, document.body) },
    { keys: ["?"], does: "This help", act: () => help() },
  ];

  /** @param {KeyboardEvent} event */
  function pressed(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (target.closest("input, select, textarea, dialog")) return;
    if (event.key === " " && target.closest("button, summary, a")) return;
    const found = KEYS.find((one) => one.keys.includes(event.key));
    if (!found || !EA.app.session) return;
    event.preventDefault();
    found.act(EA.app.session, event);
  }

  function help() {
    const { el } = EA.dom;
    const shown = document.querySelector("dialog.help");
    if (shown) return;
    const rows = KEYS.map((one) =>
      el("div", null, el("dt", null, ...one.keys.slice(0, 1).map((key) => el("kbd", { text: spoken(key) }))), el("dd", { text: one.does })),
    );
    const close = el("button", { type: "button", class: "plain", text: "Close" });
    const title = el("h2", { id: "help-title", text: "Keyboard" });
    const dialog = /** @type {HTMLDialogElement} */ (
      el("dialog", { class: "help", "aria-labelledby": "help-title" }, title, el("dl", null, ...rows), close)
    );
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  /** @param {string} key @returns {string} */
  function spoken(key) {
    return { " ": "Space", ArrowRight: "\u2192", ArrowLeft: "\u2190" }[key] || (key.length === 1 ? key.toUpperCase() : key);
  }

  EA.keys = { pressed, help };
})(window.EveryAngle);
