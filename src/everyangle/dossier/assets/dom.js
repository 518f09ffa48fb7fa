// @ts-check
/** Building elements. Texts are set as text, never as markup. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /**
   * @param {string} tag @param {Record<string, any> | null} [props] class, text, on… handlers, or attributes
   * @param {...(Node | string)} children @returns {HTMLElement}
   */
  function el(tag, props, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name === "text") node.textContent = value;
      else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name === "class" ? "class" : name, value === true ? "" : String(value));
    }
    node.append(...children);
    return node;
  }

  /** @param {string} text @returns {HTMLElement} a name from outside, kept from turning the words around it */
  function name(text) {
    return el("bdi", { text });
  }

  const PATHS = {
    play: "M7 4.5v15l12.5-7.5z",
    pause: "M7 5h3.6v14H7zM13.4 5H17v14h-3.6z",
    back: "M15.5 5v14L6 12zM18 5h1.8v14H18z",
    forward: "M8.5 5v14L18 12zM4.2 5H6v14H4.2z",
    sound: "M4 9.5h3.5L12 5.5v13l-4.5-4H4zM14.5 8.5a5 5 0 0 1 0 7l1.2 1.2a6.7 6.7 0 0 0 0-9.4zM17.2 5.8a8.8 8.8 0 0 1 0 12.4l1.2 1.2a10.5 10.5 0 0 0 0-14.8z",
    mute: "M4 9.5h3.5L12 5.5v13l-4.5-4H4zM15 10l1.2-1.2 1.8 1.8 1.8-1.8L21 10l-1.8 1.8 1.8 1.8-1.2 1.2-1.8-1.8-1.8 1.8-1.2-1.2 1.8-1.8z",
    solo: "M4 6h16v12H4zM5.8 7.8v8.4h12.4V7.8z",
    grid: "M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z",
    link: "M9.2 14.8l5.6-5.6 1.2 1.2-5.6 5.6zM11.5 7.3l2-2a3.7 3.7 0 0 1 5.2 5.2l-2 2-1.2-1.2 2-2a2 2 0 0 0-2.8-2.8l-2 2zM12.5 16.7l-2 2a3.7 3.7 0 0 1-5.2-5.2l2-2 1.2 1.2-2 2a2 2 0 0 0 2.8 2.8l2-2z",
  };

  /** @param {keyof typeof PATHS} shape @returns {SVGElement} */
  function icon(shape) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    path.setAttribute("d", PATHS[shape]);
    path.setAttribute("fill-rule", "evenodd");
    svg.append(path);
    return svg;
  }

  EA.dom = { el, name, icon };
})(window.EveryAngle);
