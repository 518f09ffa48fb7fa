// @ts-check
/** Copying to the clipboard, and saying that it was done. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /** @param {string} text @param {HTMLElement} near the button that was pressed @param {string} [said] */
  async function copy(text, near, said = "Copied") {
    const done = (await modern(text)) || byCommand(text);
    say(done ? said : "Could not copy");
    near.classList.toggle("done", done);
    setTimeout(() => near.classList.remove("done"), 1500);
  }

  /** @param {string} text @returns {Promise<boolean>} */
  async function modern(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  /** @param {string} text @returns {boolean} the older way, which browsers allow where the newer one is refused */
  function byCommand(text) {
    const area = /** @type {HTMLTextAreaElement} */ (EA.dom.el("textarea", { class: "offscreen", "aria-hidden": "true" }));
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  /** Tells everyone, screen readers too. @param {string} words */
  function say(words) {
    const place = document.getElementById("said");
    if (!place) return;
    place.textContent = words;
    place.classList.add("shown");
    clearTimeout(Number(place.dataset.timer));
    place.dataset.timer = String(setTimeout(() => place.classList.remove("shown"), 1800));
  }

  /** @param {number} t @param {HTMLElement} near */
  function link(t, near) {
    return copy(location.href.split("#")[0] + EA.moment.toHash(t), near, `Link to ${EA.moment.clockTime(t)} copied`);
  }

  EA.copy = { copy, link, say };
})(window.EveryAngle);
