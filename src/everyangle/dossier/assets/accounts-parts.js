// @ts-check
/** What the accounts' pages are made of: words with their source, relations, moments that play. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, name, icon } = EA.dom;
  const { clockTime, error } = EA.moment;
  const { RELATIONS, BEARINGS, differ, when, decided, address } = EA.accounts.words;

  /** @param {string} mark @returns {HTMLElement} a sign for the eye; the words beside it say the same */
  function sign(mark) {
    return el("span", { class: "sign", "aria-hidden": "true", text: mark });
  }

  /** @param {AccountPassage} passage @returns {(Node | string)[]} its pieces, exactly as in the document */
  function pieces(passage) {
    return passage.pieces.flatMap((text, n) => {
      const piece = el("span", { class: "piece", "data-from": passage.spans[n][0], "data-to": passage.spans[n][1], text });
      return n ? [el("span", { class: "gap", text: " […] " }), piece] : [piece];
    });
  }

  /** @param {AccountStatement} one @returns {HTMLElement} the exact words, leading to their page */
  function quote(one) {
    const link = el("a", { href: address("statement", one.key), class: "words-link" }, ...pieces(one.content));
    return el("blockquote", { class: `words ${one.form === "indirect" && !one.own ? "reported" : "own"}`, "data-key": one.key, dir: "auto" }, link);
  }

  /** @param {Accounts} accounts @param {AccountStatement} one @returns {HTMLElement} who, where, when */
  function source(accounts, one) {
    const { title } = document_(accounts, one);
    const who = one.speaker ? [name(one.speaker), ", "] : [];
    return el("p", { class: "source" }, ...who, el("cite", null, name(title)), `, ${when(one)}`);
  }

  /** @param {Accounts} accounts @param {AccountStatement} one @returns {{title: string, found: AccountDocument | null}} */
  function document_(accounts, one) {
    const found = accounts.data.documents[one.document] || null;
    return { title: found ? found.title || found.name : "a document that is not here", found };
  }

  /** @param {AccountStatement} one @returns {HTMLElement} in whose words */
  function voice(one) {
    const words = one.own ? "in the document’s own words" : one.form === "direct" ? "quoted" : one.form === "mixed" ? "partly quoted" : "as the document reports it";
    return el("span", { class: "voice", text: words });
  }

  /** @param {Accounts} accounts @param {AccountStatement} one @returns {HTMLElement} one statement of a list */
  function entry(accounts, one) {
    const party = one.party || "Nobody known";
    const head = el("p", { class: "who" }, el("b", null, name(party)), " ", voice(one), ...(one.entries.length ? [` · a person corrected it, log entry ${one.entries.join(", ")}`] : []));
    const beside = el("div", null, source(accounts, one), relations(accounts, one));
    return el("div", { class: "statement" }, el("div", null, head, quote(one), bearings(accounts, one)), beside);
  }

  /** @param {Accounts} accounts @param {AccountStatement} one @param {boolean} [open] whether those that leave open are told too */
  function relations(accounts, one, open = false) {
    const rows = accounts.relationsOf(one.key).flatMap((r) => {
      const other = accounts.statements.get(r.a === one.key ? r.b : r.a);
      return other && (open || r.kind !== "leaves-open" || r.by === "person") ? [relation(r, one, other)] : [];
    });
    return rows.length ? el("ul", { class: "relations" }, ...rows) : el("p", { hidden: true });
  }

  /** @param {AccountRelation} r @param {AccountStatement} one @param {AccountStatement} other @returns {HTMLElement} */
  function relation(r, one, other) {
    const [mark, words] = RELATIONS[r.kind === "narrows" && r.b === one.key ? "narrowed" : r.kind];
    const whom = other.party === one.party && one.party ? `${other.party}, elsewhere` : other.party || other.speaker || "nobody known";
    const link = el("a", { href: address("statement", other.key) }, name(whom));
    const why = `${r.reason ? `${r.reason}; ` : ""}${decided(r.by, r.entry)}`;
    return el("li", { class: `relation-${r.kind}` }, sign(mark), ` ${words} `, link, differ(r) ? ` (${differ(r)})` : "", el("small", { text: ` ${why}` }));
  }

  /** @param {Accounts} accounts @param {AccountStatement} one @returns {HTMLElement} */
  function bearings(accounts, one) {
    const rows = accounts.bearingsOf(one.key).map((b) => bearing(accounts, b));
    return rows.length ? el("ul", { class: "bearings" }, ...rows) : el("p", { hidden: true });
  }

  /** @param {Accounts} accounts @param {AccountBearing} b @returns {HTMLElement} */
  function bearing(accounts, b) {
    const [mark, words] = BEARINGS[b.kind];
    const said = b.by === "person" ? `${words}; ${decided("person", b.entry)}` : "may bear on it: proposed by the program, judged by nobody";
    const measure = b.target === null ? undefined : accounts.measures.get(b.target);
    const moment = b.target === null ? undefined : accounts.moments.get(b.target);
    const what = moment ? [play(moment)] : measure ? [el("a", { href: address("view", "measured") }, name(measure.label || "Measured")), `: ${measure.words}`] : b.item && b.from !== null && b.by !== "person" ? [playAt(b.from, b.name || "the recording", b.item)] : b.item ? [item(b)] : b.from !== null ? [playAt(b.from, "the time", null)] : [];
    return el("li", { class: `bearing-${b.by}` }, ...what, " ", sign(b.by === "person" ? mark : "?"), ` ${said}`, b.reason ? el("small", null, " ", name(b.reason)) : "");
  }

  /** @param {AccountBearing} b @returns {HTMLElement} */
  function item(b) {
    return el("a", { href: `#item-${b.item}` }, name(b.name || "an item"));
  }

  /** @param {AccountMoment} moment @returns {HTMLElement} a button that plays from that very second */
  function play(moment) {
    if (moment.from === null) return el("span", null, name(moment.label), ", in a recording without a place on the clock");
    return playAt(moment.from, moment.label, moment.item);
  }

  /** @param {number} t @param {string} label @param {string | null} item_ @returns {HTMLElement} */
  function playAt(t, label, item_) {
    const at = clockTime(t);
    const button = el("button", { type: "button", class: "plain play", "aria-label": `Play from ${at}: ${label}`, "data-at": t }, icon("play"), el("span", { class: "at", text: at }), " ", name(label));
    button.addEventListener("click", () => {
      EA.app.playFrom?.(t, item_);
      EA.copy.say(`Playing from ${at}: ${label}`);
    });
    if (!EA.app.playFrom) button.setAttribute("disabled", "");
    return button;
  }

  /** @param {AccountMoment} moment @returns {string} how surely it stands where it stands */
  function sureness(moment) {
    if (moment.from === null) return "";
    const parts = [];
    if (moment.wall) parts.push(moment.wall);
    if (moment.within !== null) parts.push(`marked within ${error(moment.within)}`);
    parts.push(moment.error === null ? "the error of its recording’s place is unknown" : moment.error ? `its recording stands within ${error(moment.error)}` : "on the clock’s own recording");
    return parts.join(", ");
  }

  Object.assign(EA.accounts, { parts: { sign, pieces, quote, source, voice, entry, relations, bearings, bearing, play, sureness, document: document_ } });
})(window.EveryAngle);
