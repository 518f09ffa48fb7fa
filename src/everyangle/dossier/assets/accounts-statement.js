// @ts-check
/** A statement's page: its words, how they were understood, and the source's text with its words marked. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, name } = EA.dom;
  const { ACTS, MODES, date, when, address } = EA.accounts.words;
  const { pieces, voice, relations, bearings, document: document_ } = EA.accounts.parts;
  /** How many code points of the source are shown on each side, until all of it is asked for. */
  const AROUND = 1500;

  /** @param {Accounts} accounts @param {string} key @returns {HTMLElement[]} */
  function statement(accounts, key) {
    const one = accounts.statements.get(key);
    if (!one) return [el("h3", { tabindex: "-1", text: "No such statement" }), el("p", { text: "The address names a statement that is not in this dossier." })];
    const title = `${one.speaker || "Somebody"}, ${when(one)}`;
    return [
      el("h3", { tabindex: "-1" }, name(title)),
      el("blockquote", { class: "words large", "data-key": one.key, dir: "auto" }, ...pieces(one.content)),
      el(
        "div",
        { class: "halves" },
        el("div", null, facts(accounts, one), bearings(accounts, one), relations(accounts, one, true)),
        el("div", null, el("h4", { text: "In the source" }), origin(accounts, one), passage(accounts, one)),
      ),
    ];
  }

  /** @param {Accounts} accounts @param {AccountStatement} one @returns {HTMLElement} */
  function facts(accounts, one) {
    const outer = one.within === null ? undefined : accounts.statements.get(one.within);
    const inner = accounts.data.statements.filter((other) => other.within === one.key);
    /** @type {[string, (Node | string)[]][]} */
    const rows = [
      ["For", [name(one.party || "nobody known")]],
      ["Speaker", one.speaker ? [name(one.speaker), one.role ? ", " : "", name(one.role)] : ["not named"]],
      ["Form", [voice(one), one.polarity === "negative" ? ", negated" : "", MODES[one.modality] ? `, ${MODES[one.modality]}` : ""]],
    ];
    if (one.act) rows.push(["Act", [`${ACTS[one.act]}`, ...(one.cue ? [" (", el("q", null, name(one.cue.pieces.join(" […] "))), ")"] : [])]]);
    if (one.questions.length) rows.push(["Question", one.questions.flatMap((id, n) => [n ? "; " : "", questionLink(accounts, id)])]);
    if (outer) rows.push(["Stands in", [el("a", { href: address("statement", outer.key) }, "what ", name(outer.speaker || "somebody"), " says")]]);
    if (inner.length) rows.push(["Holds", inner.flatMap((other, n) => [n ? "; " : "", el("a", { href: address("statement", other.key) }, "what ", name(other.speaker || "somebody"), " says")])]);
    if (one.entries.length) rows.push(["Corrected", [`by a person, log entry ${one.entries.join(", ")}`]]);
    if (one.proposedBy) rows.push(["Proposed by", [name(one.proposedBy)]]);
    return el("dl", { class: "facts-rows" }, ...rows.map(([term, words]) => el("div", null, el("dt", { text: term }), el("dd", null, ...words))));
  }

  /** @param {Accounts} accounts @param {string} id @returns {Node} */
  function questionLink(accounts, id) {
    const found = accounts.questions.get(id);
    return el("a", { href: address("question", id) }, name(found ? found.title : id));
  }

  /** @param {Accounts} accounts @param {AccountStatement} one @returns {HTMLElement} */
  function origin(accounts, one) {
    const { title, found } = document_(accounts, one);
    if (!found) return el("p", null, name(title));
    const maker = [found.author.startsWith(found.publisher) ? "" : found.publisher, found.author].filter(Boolean).flatMap((text) => [", ", name(text)]);
    const dates = found.dates.map((one_) => `, ${one_.what} ${date(one_.value)} (${one_.source})`);
    const links = found.original ? [" ", el("a", { href: `#item-${one.document}`, text: "Provenance" }), " ", el("a", { href: found.original, download: true, text: "Original file" })] : [];
    return el("p", { class: "origin" }, el("cite", null, name(title)), ...maker, ...dates, ". File ", name(found.name), ".", ...links);
  }

  /** @param {Accounts} accounts @param {AccountStatement} one @returns {HTMLElement} */
  function passage(accounts, one) {
    const { found } = document_(accounts, one);
    const place = el("div", { class: "source-text", tabindex: "0", role: "region", "aria-label": "The source’s text, with the statement marked", dir: "auto" });
    if (!found || !found.text) {
      place.append(el("p", { class: "muted", text: "The document is not part of this dossier." }));
      return place;
    }
    place.append(el("p", { class: "muted", text: "Loading the text." }));
    EA.datafile.load(found.text).then(() => {
      const text = ((window.EVERYANGLE_SOURCES || {})[one.document] || [])[one.part];
      if (text === undefined) place.replaceChildren(el("p", { text: "The file with the text could not be read." }));
      else draw(place, text, one, AROUND);
    });
    return place;
  }

  /** @param {HTMLElement} place @param {string} text @param {AccountStatement} one @param {number} around */
  function draw(place, text, one, around) {
    const points = Array.from(text);
    const marks = [...marked(one.content, "mark"), ...marked(one.named, "speaker"), ...marked(one.cue, "cue")];
    const from = Math.max(0, Math.min(...marks.map((m) => m.from)) - around);
    const to = Math.min(points.length, Math.max(...marks.map((m) => m.to)) + around);
    const edges = [...new Set([from, to, ...marks.flatMap((m) => [m.from, m.to])])].sort((a, b) => a - b);
    const parts = edges.slice(1).map((end, n) => {
      const start = edges[n];
      const words = points.slice(start, end).join("");
      const here = marks.filter((m) => m.from <= start && end <= m.to).map((m) => m.what);
      if (!here.length) return words;
      return el(here.includes("mark") ? "mark" : "span", { class: here.join(" "), "data-from": start, "data-to": end, text: words });
    });
    const more = el("button", { type: "button", class: "plain", text: "Show all of the text", onclick: () => draw(place, text, one, points.length) });
    place.replaceChildren(from > 0 ? "… " : "", ...parts, to < points.length ? " …" : "", ...(from > 0 || to < points.length ? [el("p", null, more)] : []));
    const first = place.querySelector("mark");
    if (first instanceof HTMLElement) place.scrollTop = first.offsetTop - place.clientHeight / 3;
  }

  /** @param {AccountPassage | null} passage_ @param {string} what @returns {{from: number, to: number, what: string}[]} */
  function marked(passage_, what) {
    return passage_ ? passage_.spans.map(([from, to]) => ({ from, to, what })) : [];
  }

  Object.assign(EA.accounts, { statement: { statement } });
})(window.EveryAngle);
