// @ts-check
/** What the page's scripts share. Classic scripts, since browsers refuse modules on file://. */
"use strict";
window.EveryAngle = /** @type {Namespace} */ ({});
