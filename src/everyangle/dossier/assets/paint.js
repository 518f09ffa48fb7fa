// @ts-check
/** Canvas drawing shared by the timeline and the tiles: sharp sizes and the page's own colours. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /**
   * Fits a canvas's pixels to its size on the page, and sets the scale so that drawing is in CSS pixels.
   * @param {HTMLCanvasElement} canvas @returns {[number, number]} width and height in CSS pixels
   */
  function fit(canvas) {
    const ratio = window.devicePixelRatio || 1;
    const [w, h] = [canvas.clientWidth, canvas.clientHeight];
    const [pw, ph] = [Math.round(w * ratio), Math.round(h * ratio)];
    if (canvas.width !== pw || canvas.height !== ph) {
      canvas.width = pw;
      canvas.height = ph;
    }
    const paint = canvas.getContext("2d");
    if (paint) paint.setTransform(ratio, 0, 0, ratio, 0, 0);
    return [w, h];
  }

  /** @param {Element} node @returns {(name: string) => string} reads the page's colours as they are now */
  function colours(node) {
    const style = getComputedStyle(node);
    return (name) => style.getPropertyValue(`--${name}`).trim();
  }

  /**
   * Diagonal lines over a rectangle: "nothing recorded here".
   * @param {CanvasRenderingContext2D} paint @param {number} x @param {number} y @param {number} w @param {number} h
   * @param {string} colour
   */
  function hatch(paint, x, y, w, h, colour) {
    paint.save();
    paint.beginPath();
    paint.rect(x, y, w, h);
    paint.clip();
    paint.strokeStyle = colour;
    paint.lineWidth = 1;
    paint.beginPath();
    for (let at = Math.floor((x - h) / 7) * 7; at < x + w; at += 7) {
      paint.moveTo(at, y + h);
      paint.lineTo(at + h, y);
    }
    paint.stroke();
    paint.restore();
  }

  EA.paint = { fit, colours, hatch };
})(window.EveryAngle);
