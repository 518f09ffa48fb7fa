// @ts-check
/** A question's page: what each party answers, what the footage shows, and every statement in order of time. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, name } = EA.dom;
  const { STANCES, stance, date, address, count } = EA.accounts.words;
  const { sign, entry, bearing } = EA.accounts.parts;

  /** @param {Accounts} accounts @param {string} id @returns {HTMLElement[]} */
  function question(accounts, id) {
    const found = accounts.questions.get(id);
    if (!found) return [el("h3", { tabindex: "-1", text: "No such question" }), el("p", { text: "The address names a question that is not in this dossier." })];
    const wording = found.by === "person" ? `Worded by a person${entries(found.entries)}.` : "Proposed by the program.";
    const statements = accounts.of(found.statements);
    const measures = accounts.data.measures.filter((one) => one.question === found.id).map((one) => EA.accounts.measured.measure(accounts, one));
    const [judged, proposed] = ["person", "machine"].map((by) => bearing_(accounts, statements, by));
    return [
      el("h3", { tabindex: "-1" }, name(found.title)),
      el("p", { class: "muted", text: `${wording}${found.pinned ? " Kept by a person." : ""}${found.open ? " It is open: no two parties give the same answer, and none contradicts another." : ""}` }),
      el("h4", { text: "What each party answers" }),
      positions(accounts, found),
      ...(measures.length || judged.length ? [el("h4", { text: "What the footage shows" }), ...measures, el("ul", { class: "bearings" }, ...judged)] : []),
      ...(proposed.length ? [el("h4", { text: "What may bear on it, judged by nobody yet" }), el("ul", { class: "bearings" }, ...proposed)] : []),
      el("h4", { text: `${count(statements.length, "statement", "statements")} in order of time` }),
      el("ol", { class: "statements" }, ...statements.map((one) => el("li", null, entry(accounts, one)))),
    ];
  }

  /** @param {number[]} numbers @returns {string} */
  function entries(numbers) {
    return numbers.length ? `, log ${numbers.length === 1 ? "entry" : "entries"} ${numbers.join(", ")}` : "";
  }

  /** @param {Accounts} accounts @param {AccountQuestion} found @returns {HTMLElement} */
  function positions(accounts, found) {
    const rows = accounts.columns.map((party) => {
      const answers = accounts.answers(found, party);
      const words = answers.map((one) => {
        const since = one.since ? ` since ${date(one.since)}` : "";
        return el("li", null, sign(STANCES[one.stance][0]), " ", name(stance(found, one)), el("small", { text: since }));
      });
      if (!words.length) words.push(el("li", null, sign(STANCES.silent[0]), " Silent"));
      return el("div", null, el("dt", null, name(party)), el("dd", null, el("ul", { class: "plainlist" }, ...words)));
    });
    return el("dl", { class: "positions" }, ...rows);
  }

  /** @param {Accounts} accounts @param {AccountStatement[]} statements @param {string} by @returns {HTMLElement[]} what bears on them */
  function bearing_(accounts, statements, by) {
    return statements.flatMap((one) => accounts.bearingsOf(one.key).filter((b) => b.by === by).map((b) => {
      const line = bearing(accounts, b);
      line.append(el("small", null, " on the words of ", el("a", { href: address("statement", one.key) }, name(one.party || one.speaker || "nobody known"))));
      return line;
    }));
  }

  Object.assign(EA.accounts, { question: { question } });
})(window.EveryAngle);
