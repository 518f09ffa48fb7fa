// @ts-check
/** Light or dark: as the reader's system says, unless the reader says otherwise here. */
"use strict";
(function () {
  const root = document.documentElement;
  const systemDark = matchMedia("(prefers-color-scheme: dark)");

  /** @returns {string | null} */
  function kept() {
    try {
      return localStorage.getItem("everyangle-theme");
    } catch {
      return null;
    }
  }

  /** @param {string} theme */
  function keep(theme) {
    try {
      localStorage.setItem("everyangle-theme", theme);
    } catch {
      /* The page works without remembering. */
    }
  }

  /** @returns {boolean} */
  function dark() {
    return (root.dataset.theme || (systemDark.matches ? "dark" : "light")) === "dark";
  }

  const before = kept();
  if (before === "dark" || before === "light") root.dataset.theme = before;
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    const show = () => button && button.setAttribute("aria-pressed", String(dark()));
    show();
    systemDark.addEventListener("change", show);
    button?.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      keep(root.dataset.theme);
      show();
      document.dispatchEvent(new Event("everyangle-theme"));
    });
  });
})();
