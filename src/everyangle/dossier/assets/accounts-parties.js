// @ts-check
/** Parties and their people, with where it was read for whom somebody speaks; and all statements. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, name } = EA.dom;
  const { count, address } = EA.accounts.words;
  const { entry, source, document: document_ } = EA.accounts.parts;

  /** @param {Accounts} accounts @returns {HTMLElement[]} */
  function parties(accounts) {
    const known = accounts.data.parties.filter((one) => one.name).sort((a, b) => a.name.localeCompare(b.name, "en"));
    const nobody = accounts.data.parties.filter((one) => !one.name);
    return [
      el("h3", { tabindex: "-1", text: "Parties and people" }),
      el("p", { class: "muted", text: "In the order of names. Beside each person stands where it was read for whom they speak." }),
      ...known.map((one) => party(accounts, one, one.name)),
      ...nobody.map((one) => party(accounts, one, "For no party that is known")),
    ];
  }

  /** @param {Accounts} accounts @param {AccountParty} one @param {string} title @returns {HTMLElement} */
  function party(accounts, one, title) {
    const people = [...one.people].sort((a, b) => a.name.localeCompare(b.name, "en"));
    return el("section", { class: "party", "aria-label": title }, el("h4", null, name(title)), el("p", { class: "muted", text: count(one.statements.length, "statement", "statements") }), el("ul", { class: "people" }, ...people.map((who) => person(accounts, who))));
  }

  /** @param {Accounts} accounts @param {AccountPerson} who @returns {HTMLElement} */
  function person(accounts, who) {
    const role = who.role && who.role.toLowerCase() !== who.name.toLowerCase() ? [", ", name(who.role)] : [];
    const read = who.readAt.map((one) => el("li", null, "Read in ", el("cite", null, name(one.title)), ...(one.words ? [": ", el("q", null, name(one.words))] : [])));
    const ties = read.length ? read : accounts.of(who.tiedIn).map((one) => el("li", null, tie(accounts, one)));
    const stated = who.entry === null ? [] : [el("li", { text: `Stated by a person, log entry ${who.entry}.` })];
    const said = accounts.of(who.statements);
    const told = !said.length ? el("p", { class: "muted", text: "Named; nothing that this person says was read." }) : el("details", null, el("summary", { text: count(said.length, "statement", "statements") }), el("ol", { class: "statements" }, ...said.map((one) => el("li", null, entry(accounts, one)))));
    return el("li", null, el("p", { class: "person" }, el("b", null, name(who.name)), ...role), ties.length + stated.length ? el("ul", { class: "ties" }, ...stated, ...ties) : el("p", { class: "muted", text: "As the document that speaks." }), told);
  }

  /** @param {Accounts} accounts @param {AccountStatement} one @returns {HTMLElement} */
  function tie(accounts, one) {
    const words = one.named ? one.named.pieces.join(" […] ") : "their own words";
    return el("span", null, "Read in ", el("cite", null, name(document_(accounts, one).title)), ": ", el("a", { href: address("statement", one.key) }, el("q", null, name(words))));
  }

  /** @param {Accounts} accounts @returns {HTMLElement[]} every statement, by document */
  function statements(accounts) {
    const { data } = accounts;
    const parts = Object.entries(data.documents).map(([id, found]) => {
      const own = data.statements.filter((one) => one.document === id).sort((a, b) => a.content.spans[0][0] - b.content.spans[0][0]);
      const list = el("ol", { class: "statements" }, ...own.map((one) => el("li", null, entry(accounts, one))));
      return own.length ? el("details", { class: "by-document" }, el("summary", null, name(found.title || found.name), el("small", { text: ` ${count(own.length, "statement", "statements")}` })), own.length ? source(accounts, own[0]) : "", list) : "";
    });
    return [el("h3", { tabindex: "-1", text: "All statements" }), el("p", { class: "muted", text: "By document, in the order of the text; those on no question among them." }), ...parts.filter((one) => one instanceof Node)];
  }

  Object.assign(EA.accounts, { parties: { parties, statements } });
})(window.EveryAngle);
