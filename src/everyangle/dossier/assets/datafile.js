// @ts-check
/** Files beside the page, loaded when they are first wanted, each a script of its own; they run in the order of asking. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const SAFE = /^(?:data\/(?:peaks|evidence|source)-[0-9a-f]{64}|data\/accounts|assets\/accounts(?:-[a-z]+)?)\.js$/;
  const policy = window.trustedTypes
    ? window.trustedTypes.createPolicy("everyangle", {
        createScriptURL: (/** @type {string} */ url) => {
          if (!SAFE.test(url)) throw new TypeError(`not a data file: ${url}`);
          return url;
        },
      })
    : null;

  /** @type {Map<string, Promise<boolean>>} */
  const asked = new Map();

  /** @param {string | null} path @returns {Promise<boolean>} whether it has run; false where it cannot be read */
  function load(path) {
    if (!path || !SAFE.test(path)) return Promise.resolve(false);
    const before = asked.get(path);
    if (before) return before;
    /** @type {Promise<boolean>} */
    const promise = new Promise((resolve) => {
      const script = document.createElement("script");
      script.onload = () => resolve(true);
      script.onerror = () => resolve(false);
      script.async = false;
      script.src = policy ? policy.createScriptURL(path) : path;
      document.head.append(script);
    });
    asked.set(path, promise);
    return promise;
  }

  EA.datafile = { load };
})(window.EveryAngle);
