// @ts-check
/** The ledger by keys: what belongs to a statement, a question, a party. Decides nothing. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  class Accounts {
    /** @param {AccountsData} data */
    constructor(data) {
      this.data = data;
      /** @type {Map<string, AccountStatement>} */
      this.statements = new Map(data.statements.map((one) => [one.key, one]));
      /** @type {Map<string, AccountQuestion>} */
      this.questions = new Map(data.questions.map((one) => [one.id, one]));
      /** @type {Map<number, AccountMoment>} */
      this.moments = new Map(data.moments.map((one) => [one.entry, one]));
      /** @type {Map<number, AccountMeasure>} */
      this.measures = new Map(data.measures.map((one) => [one.entry, one]));
      /** @type {Map<string, AccountRelation[]>} */
      this.related = new Map();
      for (const one of data.relations) for (const key of [one.a, one.b]) add(this.related, key, one);
      /** @type {Map<string, AccountBearing[]>} */
      this.bearing = new Map();
      for (const one of [...data.bearings, ...data.candidates]) add(this.bearing, one.statement, one);
      const named = new Set(data.questions.flatMap((q) => q.positions.filter(speaks).map((p) => p.party)));
      const every = data.parties.map((p) => p.name).filter(Boolean);
      /** Parties that answer a question, by name. */
      this.columns = byName([...named]);
      /** Parties that answer none, by name. */
      this.silent = byName(every.filter((one) => !named.has(one)));
    }

    /** @param {readonly string[]} keys @returns {AccountStatement[]} */
    of(keys) {
      return keys.flatMap((key) => this.statements.get(key) || []);
    }

    /** @param {string} key @returns {AccountRelation[]} */
    relationsOf(key) {
      return this.related.get(key) || [];
    }

    /** @param {string} key @returns {AccountBearing[]} */
    bearingsOf(key) {
      return this.bearing.get(key) || [];
    }

    /** @param {AccountQuestion} question @param {string} party @returns {AccountAnswer[]} */
    answers(question, party) {
      const found = question.positions.find((one) => one.party === party);
      return found && speaks(found) ? found.answers : [];
    }

    /**
     * How a party's statements on a question stand to those of others, and to its own.
     * @param {AccountQuestion} question @param {string} party
     * @returns {{kind: string, other: string, slots: string[]}[]} contradictions first, then by name
     */
    standing(question, party) {
      const keys = new Set(this.answers(question, party).flatMap((one) => one.statements));
      const on = new Set(question.statements);
      /** @type {Map<string, {kind: string, other: string, slots: string[]}>} */
      const found = new Map();
      for (const key of keys) {
        for (const one of this.relationsOf(key)) {
          const other = this.statements.get(one.a === key ? one.b : one.a);
          if (!other || one.kind === "leaves-open" || !on.has(other.key)) continue;
          if (one.question !== null && one.question !== question.id) continue;
          if (other.party === party && one.kind !== "contradict") continue;
          const name = one.kind === "narrows" && one.b === key ? "narrowed" : one.kind;
          const id = `${name} ${other.party}`;
          const line = found.get(id) || { kind: name, other: other.party, slots: [] };
          const differs = EA.accounts.words.differ(one);
          if (differs && !line.slots.includes(differs)) line.slots.push(differs);
          found.set(id, line);
        }
      }
      return [...found.values()].sort((a, b) => rank(a.kind) - rank(b.kind) || a.other.localeCompare(b.other));
    }
  }

  /** @param {AccountPosition} position @returns {boolean} */
  function speaks(position) {
    return position.answers.some((one) => one.stance !== "silent");
  }

  /** @param {string} kind @returns {number} */
  function rank(kind) {
    return ["contradict", "agree", "narrows", "narrowed"].indexOf(kind);
  }

  /** @param {string[]} names @returns {string[]} */
  function byName(names) {
    return names.sort((a, b) => a.localeCompare(b, "en"));
  }

  /** @template K, V @param {Map<K, V[]>} map @param {K} key @param {V} value */
  function add(map, key, value) {
    const before = map.get(key);
    if (before) before.push(value);
    else map.set(key, [value]);
  }

  EA.accounts = /** @type {any} */ ({ Accounts });
})(window.EveryAngle);
