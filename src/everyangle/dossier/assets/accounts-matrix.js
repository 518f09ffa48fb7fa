// @ts-check
/** Questions by parties: each cell what a party answers, in its exact words, and how that stands to the others. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, name } = EA.dom;
  const { STANCES, RELATIONS, stance, date, count, address } = EA.accounts.words;
  const { sign, quote, source } = EA.accounts.parts;

  /** @param {Accounts} accounts @returns {HTMLElement} */
  function matrix(accounts) {
    if (!accounts.questions.size) return el("p", { class: "note", text: "No two statements were found to bear on one question." });
    const { columns } = accounts;
    const head = el("tr", { role: "row" }, el("th", { role: "columnheader", scope: "col", text: "Question" }), ...columns.map((party) => el("th", { role: "columnheader", scope: "col" }, name(party))));
    const rows = accounts.data.questions.map((question) => row(accounts, question));
    const table = el("table", { class: "matrix", role: "table", "aria-label": "Questions by parties" }, el("thead", { role: "rowgroup" }, head), el("tbody", { role: "rowgroup" }, ...rows));
    const region = el("div", { class: "matrix-scroll", tabindex: "0", role: "region", "aria-label": "Accounts matrix, scrolls" }, table);
    region.addEventListener("keydown", (event) => {
      if (event.target === region && event.key.startsWith("Arrow")) event.stopPropagation();
    });
    return el("div", null, legend(), region, ...rest(accounts));
  }

  /** @returns {HTMLElement} */
  function legend() {
    const stances = Object.values(STANCES).map(([mark, words]) => el("li", null, sign(mark), ` ${words.toLowerCase()}`));
    const relations = ["contradict", "agree", "narrows"].map((kind) => el("li", null, sign(RELATIONS[kind][0]), ` ${RELATIONS[kind][1]}`));
    return el(
      "div",
      { class: "legend" },
      el("p", { class: "muted", text: "Parties stand in the order of their names, each with the same room. Questions that a person kept come first, then those that more parties answer." }),
      el("ul", { "aria-label": "Signs" }, ...stances, ...relations),
    );
  }

  /** @param {Accounts} accounts @param {AccountQuestion} question @returns {HTMLElement} */
  function row(accounts, question) {
    const notes = [count(question.statements.length, "statement", "statements"), question.open ? "open" : ""].filter(Boolean).join(", ");
    const title = el("a", { href: address("question", question.id) }, name(question.title));
    return el(
      "tr",
      { role: "row", "data-question": question.id },
      el("th", { role: "rowheader", scope: "row" }, title, el("small", { text: notes }), ...footage(accounts, question)),
      ...accounts.columns.map((party) => cell(accounts, question, party)),
    );
  }

  /** @param {Accounts} accounts @param {AccountQuestion} question @returns {HTMLElement[]} what was measured, and how much a person tied to it */
  function footage(accounts, question) {
    const measured = accounts.data.measures.filter((one) => one.question === question.id).map((one) => el("small", { class: "footage", text: `Measured: ${one.words}` }));
    const judged = question.statements.flatMap((key) => accounts.bearingsOf(key)).filter((one) => one.by === "person").length;
    return judged ? [...measured, el("small", { class: "footage" }, el("a", { href: address("question", question.id), text: count(judged, "piece of footage bears on it", "pieces of footage bear on it") }))] : measured;
  }

  /** @param {Accounts} accounts @param {AccountQuestion} question @param {string} party @returns {HTMLElement} */
  function cell(accounts, question, party) {
    const answers = accounts.answers(question, party);
    const whom = el("p", { class: "cell-party", "aria-hidden": "true" }, name(party));
    const props = { role: "cell", "data-party": party, class: answers.length ? "answered" : "silent" };
    if (!answers.length) return el("td", props, whom, el("p", { class: "stance" }, sign(STANCES.silent[0]), ` ${STANCES.silent[1]}`));
    return el("td", props, whom, ...answers.map((one, n) => answer(accounts, question, one, n)), standing(accounts, question, party));
  }

  /** @param {Accounts} accounts @param {AccountQuestion} question @param {AccountAnswer} one @param {number} n @returns {HTMLElement} */
  function answer(accounts, question, one, n) {
    const [first, ...others] = accounts.of(one.statements);
    const since = n ? `Changed${one.since ? `, ${date(one.since)}` : ""}. ` : "";
    const head = el("p", { class: "stance" }, sign(STANCES[one.stance][0]), " ", since, el("b", null, name(stance(question, one))));
    const more = others.length ? [el("p", { class: "more" }, el("a", { href: address("question", question.id), text: `${count(others.length, "more statement", "more statements")}` }))] : [];
    return el("div", { class: "answer" }, head, ...(first ? [quote(first), source(accounts, first)] : []), ...more);
  }

  /** @param {Accounts} accounts @param {AccountQuestion} question @param {string} party @returns {HTMLElement} */
  function standing(accounts, question, party) {
    const lines = accounts.standing(question, party).map((one) => {
      const [mark, words] = RELATIONS[one.kind];
      const whom = one.other === party ? "itself" : one.other || "somebody unknown";
      return el("li", { class: `relation-${one.kind}` }, sign(mark), ` ${words} `, name(whom), one.slots.length ? ` (${one.slots.join(", ")})` : "");
    });
    return lines.length ? el("ul", { class: "standing" }, ...lines) : el("p", { hidden: true });
  }

  /** @param {Accounts} accounts @returns {HTMLElement[]} what the matrix does not show */
  function rest(accounts) {
    const { data, silent } = accounts;
    const lines = [];
    if (silent.length) lines.push(`Named or quoted, but silent on all these questions: ${silent.join(", ")}.`);
    if (data.hidden) lines.push(`${count(data.hidden, "question that the program proposed is", "questions that the program proposed are")} hidden by a person.`);
    if (data.leftOut) lines.push(`${count(data.leftOut, "statement is", "statements are")} left out by a person.`);
    return lines.map((text) => el("p", { class: "muted rest", text }));
  }

  Object.assign(EA.accounts, { matrix: { matrix } });
})(window.EveryAngle);
