// @ts-check
/** The page's side of the worker: asks, and hands footage over. Footage that was handed over does not depend on the page. */

export class Engine extends EventTarget {
  constructor() {
    super();
    this.worker = new Worker(new URL("engine.js", import.meta.url), { type: "module" });
    this.number = 0;
    /** @type {Map<number, { resolve: (value: any) => void, reject: (problem: Problem) => void }>} */
    this.asked = new Map();
    /** @type {Progress[]} */
    this.progress = [];
    this.worker.onmessage = ({ data }) => this.#hear(data);
    this.worker.onerror = (event) => {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent("broken", { detail: event.message }));
    };
  }

  /** @param {any} message */
  #hear(message) {
    if (message.event === "progress") this.progress = message.progress;
    if (message.event) this.dispatchEvent(new CustomEvent(message.event, { detail: message }));
    const asked = this.asked.get(message.answer);
    if (!asked) return;
    this.asked.delete(message.answer);
    if (message.problem) asked.reject(message.problem);
    else asked.resolve(message.value);
  }

  /** @param {string} what @param {object} [about] @param {Transferable[]} [moved] @returns {Promise<any>} rejects with a Problem */
  ask(what, about = {}, moved = []) {
    return new Promise((resolve, reject) => {
      this.asked.set(++this.number, { resolve, reject });
      this.worker.postMessage({ ...about, do: what, number: this.number }, moved);
    });
  }

  /** Without an answer. @param {string} what @param {object} about @param {Transferable[]} [moved] */
  tell(what, about, moved = []) {
    this.worker.postMessage({ ...about, do: what, number: 0 }, moved);
  }
}
