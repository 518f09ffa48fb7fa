// @ts-check
/** Loads the accounts when they are first seen or asked for: a style sheet, scripts, and the ledger. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const PARTS = ["-index", "-words", "-parts", "-matrix", "-question", "-statement", "-parties", "-measured", ""];
  /** How near the accounts come before they are loaded. */
  const NEAR = "300px";
  /** @type {Promise<void> | null} */
  let asked = null;

  /** @returns {Promise<void>} */
  async function load() {
    const waiting = document.getElementById("accounts-waiting");
    document.head.append(EA.dom.el("link", { rel: "stylesheet", href: "assets/accounts.css" }));
    const files = ["data/accounts.js", ...PARTS.map((part) => `assets/accounts${part}.js`)];
    const all = await Promise.all(files.map(EA.datafile.load));
    if (waiting && !(all.every(Boolean) && window.EVERYANGLE_ACCOUNTS)) {
      waiting.textContent = "Files with the accounts are missing from this folder. Ask for a complete copy.";
    }
  }

  function open() {
    asked = asked || load();
    return asked;
  }

  /** @param {Document} root */
  function watch(root) {
    const section = root.getElementById("accounts");
    if (!section) return;
    const asksFor = () => location.hash.startsWith("#/") && open();
    const observer = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer.disconnect();
      open();
    }, { rootMargin: NEAR });
    observer.observe(section);
    section.addEventListener("focusin", open);
    root.getElementById("accounts-open")?.addEventListener("click", open);
    window.addEventListener("hashchange", asksFor);
    window.addEventListener("beforeprint", open);
    asksFor();
  }

  EA.opening = { watch };
})(window.EveryAngle);
