// @ts-check
/**
 * One recording's connection to the server: WebSocket, and POST where that does not get through. Connects again by itself.
 * Knows nothing of what is sent: it is asked to send frames, and tells of states, receipts, times and refusals.
 */
import { base64url } from "./bytes.js";
import { nowUs } from "./clockcheck.js";
import { address, headers, LATER, PostTransport, within } from "./post.js";

const RETRY_MS = [200, 400, 800, 1500, 3000, 5000];
const OPEN_WITHIN_MS = 4000;
/** After so many failures of WebSocket in a row POST has a try, and then so long no WebSocket. */
const FAILURES_BEFORE_POST = 2;
const POST_FOR_MS = 60_000;

/**
 * @typedef {object} LinkEvents
 * @property {(state: State) => void} state @property {(receipt: SignedReceipt) => void} receipt
 * @property {(t0: number, t1: number, t2: number) => void} time @property {(problem: Problem, final: boolean) => void} refused
 * @property {() => void} changed
 */

export class Link {
  /**
   * @param {{ id: string, token: string, begin: Uint8Array, signature: Uint8Array }} recording @param {LinkEvents} on
   */
  constructor(recording, on) {
    this.recording = recording;
    this.on = on;
    /** @type {"open" | "connecting" | "offline" | "refused"} */
    this.status = "connecting";
    this.heardMs = 0;
    this.failures = 0;
    this.postUntilMs = 0;
    this.closed = false;
    /** @type {WebSocket | PostTransport | null} */
    this.transport = null;
    this.timer = 0;
    this.online = () => this.retryNow();
    self.addEventListener("online", this.online);
    this.#connect();
  }

  /** @param {"open" | "connecting" | "offline" | "refused"} status */
  #become(status) {
    if (this.status === status) return;
    this.status = status;
    this.on.changed();
  }

  #connect() {
    clearTimeout(this.timer);
    const byPost = performance.now() < this.postUntilMs || (this.failures >= FAILURES_BEFORE_POST && this.failures % 2 === 0);
    const transport = byPost ? this.#post() : this.#socket();
    this.transport = transport;
    this.timer = setTimeout(() => this.#lost(transport), OPEN_WITHIN_MS);
  }

  #socket() {
    const url = address("live");
    url.protocol = url.protocol.replace("http", "ws");
    const socket = new WebSocket(url);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => {
      const { token, begin, signature } = this.recording;
      socket.send(JSON.stringify({ type: "open", token, begin: base64url(begin), signature: base64url(signature) }));
    };
    socket.onmessage = ({ data }) => {
      if (socket === this.transport && typeof data === "string") this.#hear(JSON.parse(data));
    };
    socket.onclose = () => this.#lost(socket);
    return socket;
  }

  #post() {
    const transport = new PostTransport(this.recording, {
      hear: (message) => {
        if (transport !== this.transport) return;
        if (message.type === "state") this.postUntilMs = Math.max(this.postUntilMs, performance.now() + POST_FOR_MS);
        this.#hear(message);
      },
      lost: () => this.#lost(transport),
    });
    return transport;
  }

  /** @param {any} message of the server */
  #hear(message) {
    this.heardMs = performance.now();
    if (message.type === "state") {
      clearTimeout(this.timer);
      this.failures = 0;
      this.#become("open");
      this.on.state(message);
    } else if (message.type === "receipt") this.on.receipt(message);
    else if (message.type === "time") this.on.time(message.t0, message.t1, message.t2);
    else if (message.type === "error") this.#refused(message);
  }

  /** @param {Problem & { fatal?: boolean }} problem */
  #refused(problem) {
    const final = !LATER.has(problem.code);
    if (final && problem.fatal !== false) {
      this.#drop();
      this.closed = true;
      this.#become("refused");
    }
    this.on.refused(problem, final);
    if (!final && problem.fatal !== false) this.#lost(this.transport);
  }

  /** @param {WebSocket | PostTransport | null} transport */
  #lost(transport) {
    if (this.closed || transport !== this.transport) return;
    const wasOpen = this.status === "open";
    this.#drop();
    this.failures++;
    this.#become(wasOpen || (this.failures < 2 && self.navigator.onLine) ? "connecting" : "offline");
    this.timer = setTimeout(() => this.#connect(), RETRY_MS[Math.min(this.failures - 1, RETRY_MS.length - 1)] * (0.8 + 0.4 * Math.random()));
  }

  #drop() {
    clearTimeout(this.timer);
    const { transport } = this;
    this.transport = null;
    if (transport instanceof WebSocket) transport.onclose = transport.onmessage = transport.onopen = null;
    transport?.close();
  }

  /** Something has waited too long for an answer: connect anew. */
  reconnect() {
    if (this.status === "open") this.#lost(this.transport);
  }

  retryNow() {
    if (this.closed || this.transport) return;
    this.failures = 0;
    this.#connect();
  }

  /** @returns {number} bytes that the browser has not handed to the network yet */
  get buffered() {
    return this.transport instanceof WebSocket ? this.transport.bufferedAmount : 0;
  }

  /** @param {Uint8Array<ArrayBuffer>} frame */
  send(frame) {
    if (this.status === "open") this.transport?.send(frame);
  }

  /** Asks for the server's clock. Over POST each state brings it. */
  askTime() {
    if (this.status === "open" && this.transport instanceof WebSocket) this.transport.send(JSON.stringify({ type: "time", t0: nowUs() }));
  }

  close() {
    this.closed = true;
    this.#drop();
    self.removeEventListener("online", this.online);
  }
}

/** @param {string} token @returns {Promise<Hello>} what a link is; throws a Problem where it is refused, or `unreachable` */
export async function hello(token) {
  /** @type {Response} */
  let answer;
  try {
    answer = await fetch(address("hello"), { method: "POST", headers: headers(token), signal: within(8000) });
  } catch {
    throw /** @type {Problem} */ ({ code: "unreachable" });
  }
  const said = await answer.json().catch(() => null);
  if (!answer.ok) throw /** @type {Problem} */ (said?.code ? said : { code: answer.status >= 500 ? "unreachable" : "link-wrong" });
  if (said?.version !== 1) throw /** @type {Problem} */ ({ code: "protocol-unknown" });
  return said;
}
