// @ts-check
/** The pointer on a timeline: a click seeks, a drag scrubs, resting shows the time; a finger scrolls and taps. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /** @param {EventTimelineElement} timeline */
  function attach(timeline) {
    const { slider, hover } = timeline;
    const time = (/** @type {PointerEvent | MouseEvent} */ event) =>
      timeline.timeAt(event.clientX - slider.getBoundingClientRect().left);

    slider.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button !== 0) return;
      slider.setPointerCapture(event.pointerId);
      timeline.held = true;
      timeline.session.seek(time(event));
    });
    slider.addEventListener("pointermove", (event) => {
      if (timeline.held) timeline.session.seek(time(event));
      show(event);
    });
    for (const end of ["pointerup", "pointercancel"]) slider.addEventListener(end, () => (timeline.held = false));
    slider.addEventListener("pointerleave", () => (hover.hidden = true));
    slider.addEventListener("click", (event) => timeline.session.seek(time(event)));

    /** @param {PointerEvent} event */
    function show(event) {
      if (event.pointerType === "touch") return;
      const x = event.clientX - slider.getBoundingClientRect().left;
      const t = time(event);
      const { start, end } = timeline.session;
      hover.hidden = t < start || t > end;
      hover.textContent = EA.moment.clockTime(t, timeline.view.scale > 40 ? 2 : 1);
      hover.classList.toggle("left", x > slider.clientWidth - 90);
      hover.style.transform = `translateX(${x}px)`;
    }
  }

  EA.pointing = { attach };
})(window.EveryAngle);
