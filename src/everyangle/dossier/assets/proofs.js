// @ts-check
/**
 * The disclosed entries of the log, from proof/proof.js: beside each line its exact bytes as they stand in the log.
 * Verifies nothing: verify.py does that, outside the browser and independent of this page.
 */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el } = EA.dom;

  /** Words for kinds that the page, made before its own publication was logged, could not yet list. @type {Record<string, string>} */
  const WORDS = {
    "case-opened": "The case was opened",
    "item-received": "An item was received",
    "item-derived": "A changed copy was made",
    "placement-confirmed": "A placement was confirmed",
    "placement-overridden": "A placement was set by a person",
    "placement-withdrawn": "A placement was withdrawn",
    "pair-rejected": "Two items were said not to belong together",
    "rejection-withdrawn": "A rejection was withdrawn",
    "device-stated": "A device was stated",
    "hints-chosen": "What beside sound is weighed was chosen",
    "clock-tied": "The event clock was tied to wall time",
    "note-added": "A note was added",
    "statement-corrected": "A statement was corrected or stated",
    "party-assigned": "A speaker's party was stated",
    "question-renamed": "A question was worded",
    "statements-grouped": "Statements were put on a question",
    "questions-merged": "Two questions were merged",
    "question-pinned": "A question was kept, hidden or left to the machine",
    "relation-confirmed": "A relation of two statements was confirmed",
    "relation-rejected": "A relation of two statements was rejected",
    "moment-set": "A moment was marked",
    "measure-set": "What is measured was chosen",
    "bearing-linked": "Footage or an item was tied to a statement",
    "statements-imported": "The rows of a table were taken as statements",
    "account-withdrawn": "An act on accounts was withdrawn",
    "dossier-published": "This dossier was published",
    "invitation-made": "An invitation to record was made",
    "invitation-revoked": "An invitation to record was revoked",
    "capture-begun": "A phone began to send a recording",
    "capture-checkpoint": "A recording had come this far",
    "capture-ended": "What came of a recording became an item",
  };

  /** @param {string} base64 @returns {string} the entry's bytes as text */
  function textOf(base64) {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)));
  }

  /** @param {ProofEntry} one @returns {HTMLElement} */
  function exact(one) {
    const text = textOf(one.entry);
    const body = el("pre", { text: JSON.stringify(JSON.parse(text), null, 1) });
    const words = `It stands in the log by a proof of ${one.proof.length} ${one.proof.length === 1 ? "hash" : "hashes"}.`;
    return el("details", { class: "exact" }, el("summary", { text: "Exact entry" }), el("p", { text: words }), body);
  }

  /** @param {ProofEntry} one @returns {HTMLElement} a line for an entry that the page does not list yet */
  function added(one) {
    const entry = JSON.parse(textOf(one.entry));
    const why = entry.body && entry.body.redaction ? entry.body.redaction.why : "";
    const when = new Date(entry.time.us / 1000).toISOString().slice(0, 19).replace("T", " ") + " UTC";
    return el(
      "li",
      { "data-entry": one.index },
      el("span", { class: "entry-number", text: String(one.index) }),
      el(
        "div",
        null,
        el("p", { class: "entry-words", text: WORDS[entry.kind] || entry.kind }),
        el("p", { class: "entry-when", text: when }),
        why ? el("p", { class: "entry-why" }, "Reason given: ", el("q", null, EA.dom.name(why))) : "",
      ),
    );
  }

  /** @param {Document | Element} root */
  function show(root) {
    const proof = window.EVERYANGLE_PROOF;
    const list = root.querySelector("#custody");
    const state = root.querySelector("#proof-state");
    if (!proof || !list) {
      if (state) state.textContent = "The proofs (proof/proof.js) are missing from this folder. Ask for a complete copy.";
      return;
    }
    for (const one of proof.entries) {
      let line = list.querySelector(`[data-entry="${Number(one.index)}"]`);
      if (!line) {
        line = added(one);
        list.append(line);
      }
      (line.querySelector("div") || line).append(exact(one));
    }
    const key = root.querySelector("#proof-key");
    if (key) key.textContent = proof.key;
    const stamps = root.querySelector("#proof-stamps");
    const count = (proof.stamps || []).length;
    if (stamps && count) {
      stamps.textContent =
        count === 1
          ? "One trusted timestamp comes with this dossier: an outside authority confirms that the log existed by then."
          : `${count} trusted timestamps come with this dossier: outside authorities confirm that the log existed by then.`;
    }
  }

  EA.proofs = { show };
})(window.EveryAngle);
