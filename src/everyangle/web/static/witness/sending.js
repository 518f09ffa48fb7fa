// @ts-check
/**
 * One recording on its way: each chunk is chained, signed, sealed, put in the queue and sent; a receipt lets go of it.
 * Lives in the worker. What survives a kill is the queue and what the store keeps; `Sending.resume` goes on from there.
 */
import { concat, hex, same, unhex, utf8 } from "./bytes.js";
import { addChunk, HEADER_BYTES, KIND, readHeader, SIGNATURE_BYTES, STREAM } from "./chain.js";
import { best, EVERY_MS, nowUs, sample, SAMPLES } from "./clockcheck.js";
import { Cutter } from "./cutter.js";
import { Link } from "./link.js";
import { isBulk, Outbox } from "./outbox.js";
import { isFull, openQueue } from "./queue.js";
import { readReceipt, receiptKey } from "./receipt.js";
import { SEAL_BYTES, sealer } from "./seal.js";

const BEFORE_PAYLOAD = 1 + HEADER_BYTES + SIGNATURE_BYTES;
const FLAG = Object.freeze({ headOnly: 1, sealed: 2, lateBody: 4 });
const STORED_WITHIN_MS = 100;
const TRIM_EVERY_MS = 400;
const ANSWER_WITHIN_MS = 3000;
/** Frames younger than this many bytes are also kept in memory, so that the queue is read after outages only. */
const MEMORY_BYTES = 6_000_000;

export class Sending {
  /**
   * @param {import("./store.js").Store} store @param {KeptLink} keeping @param {KeptRecording} kept
   * @param {{ queue: Queue, seal: Awaited<ReturnType<typeof sealer>>, receiptKey: CryptoKey | null }} tools
   * @param {(sending: Sending) => void} changed @param {(sending: Sending) => boolean} waits whether another one goes first now
   */
  constructor(store, keeping, kept, { queue, seal, receiptKey }, changed, waits) {
    this.store = store;
    this.keeping = keeping;
    this.kept = kept;
    this.queue = queue;
    this.seal = seal;
    this.receiptKey = receiptKey;
    this.changed = () => changed(this);
    this.waits = () => waits(this);
    this.outbox = new Outbox(Math.min(8, keeping.hello.limits.window));
    this.cutter = new Cutter(
      (stream, segment, timeUs, elapsedMs, body) => this.add({ kind: KIND.media, stream, segment, timeUs, elapsedMs }, body),
      () => ({
        frames: this.outbox.underWay().frames, slow: this.outbox.slow, open: this.link.status === "open", pace: this.outbox.pace,
      }),
    );
    /** @type {Map<number, { head: Uint8Array<ArrayBuffer>, frame: Uint8Array<ArrayBuffer> | null, pinned: boolean }>} */
    this.frames = new Map();
    this.memory = 0;
    /** @type {SignedReceipt | null} */
    this.lastReceipt = null;
    /** @type {number[]} */
    this.durable = [];
    this.lastMs = queue.left.length ? kept.preservedMs : kept.elapsedMs;
    this.smallMs = 0;
    this.headsMs = 0;
    this.preservedBytes = 0;
    this.wordsWaiting = 0;
    this.saidWords = false;
    this.resumed = false;
    this.wantsFile = false;
    this.storedOk = true;
    /** @type {Problem | null} */
    this.problem = null;
    /** @type {ClockSample[]} */
    this.samples = [];
    this.buffered = 0;
    this.line = Promise.resolve();
    this.pumping = false;
    this.again = false;
    for (const entry of queue.left.splice(0)) this.#restore(entry);
    this.lastMs = Math.max(this.lastMs, kept.elapsedMs);
    /** @type {Promise<void>} when nothing more is to be sent, or nothing more can be */
    this.over = new Promise((resolve) => (this.isOver = resolve));
    this.link = this.#connect();
    this.timers = [
      setInterval(() => this.#watch(), 250),
      setInterval(() => this.#trim(), TRIM_EVERY_MS),
      setInterval(() => this.#askTimes(), EVERY_MS),
    ];
  }

  #connect() {
    return new Link(this.kept, {
      state: (state) => this.#state(state),
      receipt: (receipt) => this.#receipt(receipt),
      time: (t0, t1, t2) => this.#time(t0, t1, t2),
      refused: (problem, final) => this.#refused(problem, final),
      changed: this.changed,
    });
  }

  /**
   * @param {import("./store.js").Store} store @param {KeptLink} keeping @param {KeptRecording} kept @param {(sending: Sending) => void} changed
   * @param {(sending: Sending) => boolean} waits
   */
  static async open(store, keeping, kept, changed, waits) {
    const { seal_key, receipt_key } = keeping.hello;
    const tools = {
      queue: await openQueue(store.database, kept.id),
      seal: await sealer(seal_key, kept.id),
      receiptKey: await receiptKey(receipt_key),
    };
    return new Sending(store, keeping, kept, tools, changed, waits);
  }

  /** @param {QueueEntry} entry that an earlier opening of the page left */
  #restore({ sequence, elapsedMs, head, frame }) {
    const { kept } = this;
    const { kind, stream, length } = readHeader(frame.subarray(1));
    if (sequence >= kept.next) Object.assign(kept, { next: sequence + 1, head, ended: kept.ended || kind === KIND.end });
    const bytes = BEFORE_PAYLOAD + SEAL_BYTES + length;
    const fromMs = this.lastMs;
    if (kind === KIND.media && stream === STREAM.full) {
      this.lastMs = elapsedMs;
      kept.elapsedMs = Math.max(kept.elapsedMs, elapsedMs);
    }
    this.frames.set(sequence, { head, frame: null, pinned: false });
    this.outbox.add({ sequence, kind, stream, bytes, fromMs, toMs: elapsedMs, atMs: 0, headSent: false, bodySent: false });
  }

  /**
   * Chains, signs, seals, stores and sends one chunk, after all that were given before.
   * @param {{ kind: number, stream?: number, segment?: number, timeUs?: number, elapsedMs?: number }} chunk
   * @param {Uint8Array | object} body bytes, or what is written as JSON
   * @returns {Promise<void>} when it is in the queue
   */
  add(chunk, body) {
    const bytes = body instanceof Uint8Array ? body : utf8(JSON.stringify(body));
    this.line = this.line.then(() => this.#add(chunk, bytes)).catch((error) => {
      this.problem = { code: "broken", what: String(error) };
      this.changed();
    });
    return this.line;
  }

  /** @param {{ kind: number, stream?: number, segment?: number, timeUs?: number, elapsedMs?: number }} chunk @param {Uint8Array} body */
  async #add({ kind, stream = STREAM.full, segment = 0, timeUs = nowUs(), elapsedMs = this.lastMs }, body) {
    const { kept, keeping } = this;
    if (kept.ended && kind !== KIND.words) return;
    if (this.link.closed && this.link.status !== "refused") this.link = this.#connect();
    const sequence = kept.next;
    const { header, head, signature } = await addChunk(keeping.privateKey, kept.head, { kind, stream, sequence, timeUs, segment }, body);
    const payload = await this.seal(sequence, header, body);
    const frame = concat(Uint8Array.of(FLAG.sealed), header, signature, payload);
    const fromMs = this.lastMs;
    if (kind === KIND.media && stream === STREAM.full) this.lastMs = kept.elapsedMs = elapsedMs;
    if (kind === KIND.words) this.wordsWaiting++;
    Object.assign(kept, { next: sequence + 1, head, ended: kept.ended || kind === KIND.end });
    const pinned = !(await this.#put({ sequence, elapsedMs, head, frame }));
    this.frames.set(sequence, { head, frame, pinned });
    this.memory += frame.length;
    this.#forgetOldFrames();
    this.outbox.add({
      sequence, kind, stream, bytes: frame.length, fromMs, toMs: elapsedMs, atMs: performance.now(), headSent: false, bodySent: false,
    });
    if (kind === KIND.end || kind === KIND.words) await this.#keep();
    this.pump();
    this.changed();
  }

  /** Ends what is open of a stream, and begins a file in it. @param {number} stream @param {number} segment @param {number} timeUs @param {object} body */
  segment(stream, segment, timeUs, body) {
    this.cutter.flush(stream);
    return this.add({ kind: KIND.segment, stream, segment, timeUs }, body);
  }

  /** @param {string} why */
  end(why) {
    for (const stream of Object.values(STREAM)) this.cutter.flush(stream);
    return this.add({ kind: KIND.end }, { why });
  }

  /** @param {string} words of the witness, verbatim */
  say(words) {
    return this.add({ kind: KIND.words }, { words });
  }

  /** @param {QueueEntry} entry @returns {Promise<boolean>} whether it is stored; what is not stays in memory, and is sent all the same */
  async #put(entry) {
    const late = new Promise((resolve) => setTimeout(resolve, STORED_WITHIN_MS, "late"));
    try {
      const stored = this.queue.put(entry);
      const how = await (this.kept.kind === "file" ? stored : Promise.race([stored, late]));
      this.storedOk = true;
      return how !== "late";
    } catch (error) {
      this.storedOk = !isFull(error) && this.storedOk;
      return false;
    }
  }

  #forgetOldFrames() {
    for (const held of this.frames.values()) {
      if (this.memory <= MEMORY_BYTES) return;
      if (!held.frame || held.pinned) continue;
      this.memory -= held.frame.length;
      held.frame = null;
    }
  }

  /** Sends what may go now; #watch comes back to what waits for another one. */
  async pump() {
    this.again = true;
    if (this.pumping) return;
    this.pumping = true;
    while (this.again) {
      this.again = false;
      for (;;) {
        if (this.link.status !== "open" || this.waits()) break;
        const choice = this.outbox.choose(performance.now());
        if (!choice) break;
        const { item, how } = choice;
        const { transport } = this.link;
        const frame = this.frames.get(item.sequence)?.frame ?? (await this.queue.frame(item.sequence).catch(() => null));
        if (!frame) {
          this.outbox.waiting.delete(item.sequence);
          this.problem = { code: "evicted" };
        } else if (this.link.transport === transport) {
          this.link.send(asSent(frame, how));
          this.outbox.sent(item.sequence, how, performance.now());
        }
      }
    }
    this.pumping = false;
  }

  /** @param {State} state */
  #state(state) {
    const { kept } = this;
    const first = this.outbox.waiting.keys().next().value ?? kept.next;
    this.problem = null;
    if (!this.keeping.bound) {
      this.keeping.bound = true;
      this.store.keepLink(this.keeping);
    }
    if (state.next > kept.next) {
      // Sent, but killed before it was stored here: go on from what the server has.
      Object.assign(kept, { next: state.next, head: unhex(state.head), ended: state.ended });
    } else if (state.next < first) {
      this.#gap();
    } else {
      const known = this.frames.get(state.next - 1);
      if (known && hex(known.head) !== state.head) this.problem = { code: "head-other" };
    }
    this.outbox.opened(state);
    if (!this.problem) this.pump();
    if (!this.samples.length) this.#askTimes();
    this.changed();
  }

  /** What would come next is not here. Of an earlier recording the phone has evicted it: there is nothing to go on with. */
  #gap() {
    this.problem = { code: this.resumed ? "evicted" : "gap" };
    if (!this.resumed) return;
    this.outbox.waiting.clear();
    this.store.forget(this.kept.id);
    this.link.close();
    this.isOver?.();
  }

  /** @param {SignedReceipt} signed */
  async #receipt(signed) {
    const { kept } = this;
    const receipt = await readReceipt(this.receiptKey, signed.receipt, signed.signature, kept.id);
    const known = receipt && this.frames.get(receipt.heads);
    if (!receipt || (known && !same(known.head, unhex(receipt.head)))) {
      this.problem = { code: "receipt-wrong" };
      this.changed();
      return;
    }
    this.lastReceipt = { receipt: signed.receipt, signature: signed.signature };
    for (const item of this.outbox.waiting.values()) if (item.sequence <= receipt.heads && isBulk(item)) this.headsMs = item.toMs;
    for (const item of this.outbox.receipt(receipt, performance.now())) {
      this.durable.push(item.sequence);
      if (item.stream === STREAM.small && item.kind === KIND.media) this.smallMs = Math.max(this.smallMs, item.toMs);
      if (item.kind === KIND.words) {
        this.wordsWaiting--;
        this.saidWords = true;
      }
      if (isBulk(item)) this.preservedBytes += item.bytes;
      this.headsMs = Math.max(this.headsMs, isBulk(item) ? item.toMs : 0);
      this.memory -= this.frames.get(item.sequence)?.frame?.length ?? 0;
      this.frames.delete(item.sequence);
    }
    kept.preservedMs = this.outbox.oldest()?.fromMs ?? this.lastMs;
    this.pump();
    if (this.complete) {
      await this.#trim();
      this.link.close(); // words, if any come, open it again
      this.isOver?.();
    }
    this.changed();
  }

  /** Lets go of what receipts cover: first what the chain needs to go on is kept, then frames are forgotten. */
  async #trim() {
    if (!this.durable.length) return;
    const gone = this.durable;
    this.durable = [];
    await (this.complete ? this.store.forget(this.kept.id) : this.#keep());
    await this.queue.forget(gone);
  }

  #keep() {
    return this.store.keep(this.kept);
  }

  get complete() {
    return this.kept.ended && !this.outbox.waiting.size && !this.wantsFile;
  }

  /** Connects anew when nothing has come back for too long, given how much is under way. */
  #watch() {
    const { link, outbox } = this;
    const { frames, bytes, heads } = outbox.underWay();
    const now = performance.now();
    if (link.buffered < this.buffered) link.heardMs = now;
    this.buffered = link.buffered;
    if (!frames && !heads) link.heardMs = now;
    const allowed = ANSWER_WITHIN_MS + Math.min(20_000, (1000 * bytes) / outbox.rate());
    if (now - link.heardMs > allowed) link.reconnect();
    else this.pump();
    if (outbox.waiting.size) this.changed();
  }

  #askTimes() {
    if (this.kept.ended) return;
    this.samples = [];
    for (let n = 0; n < SAMPLES; n++) setTimeout(() => this.link.askTime(), 40 * n);
  }

  /** @param {number} t0 @param {number} t1 @param {number} t2 */
  #time(t0, t1, t2) {
    this.samples.push(sample(t0, t1, t2, nowUs()));
    const wanted = this.link.transport instanceof WebSocket ? SAMPLES : 1;
    if (this.samples.length === wanted && !this.kept.ended) this.add({ kind: KIND.clock }, best(this.samples));
  }

  /** @param {Problem} problem @param {boolean} final */
  #refused(problem, final) {
    this.problem = final || problem.code !== "stopping" ? problem : null;
    if (final) this.isOver?.();
    this.changed();
  }

  /** @returns {Progress} */
  progress() {
    const { kept, outbox } = this;
    const oldest = outbox.oldest();
    return {
      id: kept.id,
      token: kept.token,
      kind: kept.kind,
      name: kept.name,
      size: kept.size,
      elapsedMs: this.lastMs,
      preservedMs: oldest ? oldest.fromMs : this.lastMs,
      smallMs: this.smallMs,
      headsMs: this.headsMs,
      preservedBytes: this.preservedBytes,
      waitingBytes: [...outbox.waiting.values()].reduce((sum, item) => sum + item.bytes, 0),
      waitingMs: oldest ? this.lastMs - oldest.fromMs : 0,
      link: this.link.status,
      slow: outbox.slow,
      ended: kept.ended,
      resumed: this.resumed,
      wantsFile: this.wantsFile,
      complete: this.complete,
      stored: this.storedOk,
      words: this.wordsWaiting > 0 ? "waiting" : this.saidWords ? "preserved" : "none",
      problem: this.problem,
    };
  }
}

/** @param {Uint8Array<ArrayBuffer>} frame as it waits in the queue @param {"whole" | "head" | "body"} how @returns {Uint8Array<ArrayBuffer>} */
function asSent(frame, how) {
  if (how === "whole") return frame;
  const copy = how === "head" ? frame.slice(0, BEFORE_PAYLOAD) : frame.slice();
  copy[0] = how === "head" ? FLAG.headOnly : FLAG.sealed | FLAG.lateBody;
  return copy;
}
