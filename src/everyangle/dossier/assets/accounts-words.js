// @ts-check
/** The accounts' words: stances, relations, dates, links. Each mark stands beside a word that says the same. Pure. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  /** @type {Record<string, [string, string]>} mark and word of what a party does about a question */
  const STANCES = {
    asserts: ["●", "Says yes"],
    denies: ["○", "Says no"],
    declines: ["◇", "Declines to answer"],
    "does-not-know": ["?", "Does not know"],
    asks: ["…", "Asks"],
    silent: ["–", "Silent"],
  };
  /** @type {Record<string, [string, string]>} */
  const RELATIONS = {
    contradict: ["≠", "contradicts"],
    agree: ["=", "agrees with"],
    narrows: ["⊂", "says more closely what is said by"],
    narrowed: ["⊃", "is said more closely by"],
    "leaves-open": ["·", "leaves open, beside"],
  };
  /** @type {Record<string, [string, string]>} */
  const BEARINGS = {
    supports: ["+", "supports it"],
    contradicts: ["≠", "contradicts it"],
    context: ["·", "gives context"],
  };
  /** @type {Record<string, string>} */
  const ACTS = {
    asserts: "says", denies: "denies", declines: "declines", "does-not-know": "does not know", promises: "promises",
    asks: "asks", demands: "demands", accuses: "accuses", admits: "admits", predicts: "predicts",
    "reports-record": "a record says", shows: "something shows", other: "something else",
  };
  /** @type {Record<string, string>} */
  const MODES = { possible: "as possible", obliged: "as a duty", intended: "as intended", asked: "as a question" };
  /** @type {Record<string, string>} in what two statements differ that contradict each other */
  const SLOTS = { number: "in the number", time: "in the time", polarity: "yes against no", actor: "in who", object: "in what" };
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

  /** @param {AccountQuestion} question @param {AccountAnswer} answer @returns {string} */
  function stance(question, answer) {
    const word = STANCES[answer.stance][1];
    if (answer.stance === "asserts") {
      if (answer.words && answer.words !== "yes") return `Says: ${answer.words}`;
      return question.sort === "whether" ? word : "Answers";
    }
    return answer.stance === "denies" && answer.words && answer.words !== "no" ? `Says: ${answer.words}` : word;
  }

  /** @param {string} iso @returns {string} "18 April 2031, 07:40"; what is no date stays as it is */
  function date(iso) {
    const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d))?)?)?/.exec(iso);
    if (!found || /W|X/.test(iso)) return iso;
    const [, year, month, day, time] = found;
    const name = month ? MONTHS[Number(month) - 1] : "";
    if (month && !name) return iso;
    return [day ? String(Number(day)) : "", name, year].filter(Boolean).join(" ") + (time ? `, ${time}` : "");
  }

  /** @param {AccountStatement} one @returns {string} */
  function when(one) {
    if (!one.said) return "no date";
    return one.saidKnown ? `said ${date(one.said)}` : `published ${date(one.said)}`;
  }

  /** @param {AccountRelation} one @returns {string} in what they differ, and by how much; "" where they do not */
  function differ(one) {
    return [one.slot ? SLOTS[one.slot] : "", one.difference].filter(Boolean).join(": ");
  }

  /** @param {number} n @param {string} one @param {string} many @returns {string} */
  function count(n, one, many) {
    return `${n} ${n === 1 ? one : many}`;
  }

  /** @param {string} by @param {number | null} entry @returns {string} who decided it */
  function decided(by, entry) {
    if (by !== "person") return "found by the program";
    return entry === null ? "stated by a person" : `stated by a person, log entry ${entry}`;
  }

  /** @param {"question" | "statement" | "view"} what @param {string} name @returns {string} */
  function address(what, name) {
    return what === "view" ? `#/${name}` : `#/${what}/${encodeURIComponent(name)}`;
  }

  Object.assign(EA.accounts, { words: { STANCES, RELATIONS, BEARINGS, ACTS, MODES, differ, stance, date, when, count, decided, address } });
})(window.EveryAngle);
