// @ts-check
/** What the footage gives, beside what is claimed; the moments; the questions that stay open. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el, name } = EA.dom;
  const { STANCES, stance, address } = EA.accounts.words;
  const { sign, play, sureness, source, quote } = EA.accounts.parts;

  /** @param {Accounts} accounts @returns {HTMLElement[]} */
  function measured(accounts) {
    const { measures, moments } = accounts.data;
    return [
      el("h3", { tabindex: "-1", text: "Measured facts" }),
      el("p", { class: "muted", text: "What people marked in the footage, measured on the event’s clock, beside what people claim. Every number comes with its error." }),
      ...(measures.length ? measures.map((one) => measure(accounts, one)) : [el("p", { text: "Nothing has been measured." })]),
      el("h4", { text: "Moments" }),
      moments.length ? el("ul", { class: "moments-list" }, ...moments.map(moment)) : el("p", { text: "No moment has been marked." }),
    ];
  }

  /** @param {AccountMoment} one @returns {HTMLElement} */
  function moment(one) {
    return el("li", null, play(one), " ", el("span", { class: "muted", text: sureness(one) }), el("small", null, ` Marked by a person, log entry ${one.entry}${one.why ? ": " : "."}`, name(one.why)));
  }

  /** @param {Accounts} accounts @param {AccountMeasure} one @returns {HTMLElement} */
  function measure(accounts, one) {
    const marks = one.moments.flatMap(([number, edge], n) => {
      const found = accounts.moments.get(number);
      if (!found) return [];
      return [n ? (one.sort === "interval" ? " to " : ", ") : "", play(found), edge === "end" ? " (its end)" : ""];
    });
    const title = one.label || { interval: "Time between two moments", time: "Time of a moment", count: "How many" }[one.sort];
    return el(
      "section",
      { class: "measure", "data-entry": one.entry, "aria-label": title },
      el("h4", null, name(title)),
      el("p", { class: "value" }, el("span", { class: "muted", text: "measured " }), el("b", { text: one.words })),
      el("p", null, ...marks),
      el("p", { class: "muted" }, `Chosen by a person, log entry ${one.entry}${one.why ? ": " : "."}`, name(one.why)),
      one.claims.length ? el("ul", { class: "claims" }, ...one.claims.map((claim) => claimed(accounts, claim))) : el("p", { class: "muted", text: "Nobody was found to claim a value." }),
    );
  }

  /** @param {Accounts} accounts @param {AccountClaim} claim @returns {HTMLElement} */
  function claimed(accounts, claim) {
    const one = accounts.statements.get(claim.statement);
    const verdict = claim.fits === null ? ["?", "cannot be compared"] : claim.fits ? ["=", "what is measured fits these words"] : ["≠", `what is measured does not fit these words${claim.difference ? `: ${claim.difference}` : ""}`];
    const head = el("p", { class: "value" }, el("span", { class: "muted", text: "claimed " }), el("b", null, name(claim.words)), " by ", name((one && (one.party || one.speaker)) || "somebody"));
    return el("li", null, head, el("p", { class: "verdict" }, sign(verdict[0]), ` ${verdict[1]}`), ...(one ? [quote(one), source(accounts, one)] : []));
  }

  /** @param {Accounts} accounts @returns {HTMLElement[]} */
  function open(accounts) {
    const found = accounts.data.questions.filter((one) => one.open || unanswered(accounts, one).length);
    const rows = found.map((one) => {
      const lines = unanswered(accounts, one).map(([party, answer]) => el("li", null, sign(STANCES[answer.stance][0]), " ", el("b", null, name(party)), ` ${stance(one, answer).toLowerCase()}`, ...accounts.of(answer.statements.slice(0, 1)).map(quote)));
      return el("li", null, el("a", { href: address("question", one.id) }, name(one.title)), one.open ? el("small", { text: " open" }) : "", el("ul", { class: "plainlist" }, ...lines));
    });
    return [
      el("h3", { tabindex: "-1", text: "Open questions" }),
      el("p", { class: "muted", text: "Questions that no two parties answer alike and none answers to the contrary, and those on which a party declines, does not know, or asks." }),
      rows.length ? el("ul", { class: "open-list" }, ...rows) : el("p", { text: "None." }),
    ];
  }

  /** @param {Accounts} accounts @param {AccountQuestion} one @returns {[string, AccountAnswer][]} */
  function unanswered(accounts, one) {
    const kinds = ["declines", "does-not-know", "asks"];
    return accounts.columns.flatMap((party) => accounts.answers(one, party).filter((a) => kinds.includes(a.stance)).map((a) => /** @type {[string, AccountAnswer]} */ ([party, a])));
  }

  Object.assign(EA.accounts, { measured: { measured, measure, open } });
})(window.EveryAngle);
