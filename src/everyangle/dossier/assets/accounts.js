// @ts-check
/** <accounts-view>: the accounts' pages, one at a time, each with an address of its own; on paper all that belongs there. */
"use strict";
(function (/** @type {Namespace} */ EA) {
  const { el } = EA.dom;
  const { Accounts, matrix, question, statement, parties, measured, words } = EA.accounts;

  /** @type {[string, string][]} */
  const VIEWS = [
    ["matrix", "Matrix"],
    ["open", "Open questions"],
    ["measured", "Measured facts"],
    ["parties", "Parties and people"],
    ["statements", "All statements"],
  ];

  class AccountsView extends HTMLElement {
    /** @type {Accounts | null} */
    accounts = null;
    body = el("div", { class: "accounts-body" });
    paper = el("div", { class: "accounts-paper" });
    shown = "";

    connectedCallback() {
      const data = window.EVERYANGLE_ACCOUNTS;
      if (!data || this.accounts) return;
      this.accounts = new Accounts(data);
      const links = VIEWS.map(([id, text]) => el("a", { href: words.address("view", id), "data-view": id, text }));
      const print = el("button", { type: "button", class: "plain", text: "Print the accounts", onclick: () => this.#print() });
      const note = "Statements, questions and relations were found by a program, unless a log entry is named; then a person stated them.";
      this.replaceChildren(el("p", { class: "note-small", text: note }), el("nav", { class: "views", "aria-label": "Parts of the accounts" }, ...links, print), this.body, this.paper);
      window.addEventListener("hashchange", () => this.#go(true));
      window.addEventListener("beforeprint", () => this.#unfold());
      window.addEventListener("afterprint", () => this.paper.replaceChildren());
      this.#go(location.hash.startsWith("#/"));
    }

    /** Shows what the address names. @param {boolean} lead whether to bring the reader there */
    #go(lead) {
      const ours = location.hash.startsWith("#/");
      if (!ours && this.shown) return;
      const [view, name] = ours ? parsed(location.hash) : ["matrix", ""];
      this.shown = location.hash;
      this.body.replaceChildren(...this.#pages(view, name));
      for (const link of this.querySelectorAll("nav a")) {
        if (link.getAttribute("data-view") === view) link.setAttribute("aria-current", "page");
        else link.removeAttribute("aria-current");
      }
      if (!lead || !ours) return;
      this.querySelector("nav")?.scrollIntoView({ block: "start" });
      const heading = this.body.querySelector("h3");
      if (heading instanceof HTMLElement) heading.focus({ preventScroll: true });
    }

    /** @param {string} view @param {string} name @returns {Node[]} */
    #pages(view, name) {
      const accounts = /** @type {Accounts} */ (this.accounts);
      if (view === "question") return question.question(accounts, name);
      if (view === "statement") return statement.statement(accounts, name);
      if (view === "open") return measured.open(accounts);
      if (view === "measured") return measured.measured(accounts);
      if (view === "parties") return parties.parties(accounts);
      if (view === "statements") return parties.statements(accounts);
      return [el("h3", { class: "offscreen", tabindex: "-1", text: "Accounts matrix" }), matrix.matrix(accounts)];
    }

    /** On paper: the matrix, each question, what was measured, and the people. */
    #unfold() {
      const accounts = /** @type {Accounts} */ (this.accounts);
      const pages = [
        [el("h3", { text: "Accounts matrix" }), matrix.matrix(accounts)],
        ...accounts.data.questions.map((one) => question.question(accounts, one.id)),
        measured.measured(accounts),
        measured.open(accounts),
        parties.parties(accounts),
      ];
      this.paper.replaceChildren(...pages.map((parts) => el("div", { class: "sheet" }, ...parts)));
    }

    #print() {
      const root = document.documentElement;
      root.classList.add("only-accounts");
      window.addEventListener("afterprint", () => root.classList.remove("only-accounts"), { once: true });
      window.print();
    }
  }

  /** @param {string} hash @returns {[string, string]} the view, and what it shows */
  function parsed(hash) {
    const [view, name = ""] = hash.slice(2).split("/");
    try {
      return [view, decodeURIComponent(name)];
    } catch {
      return [view, ""];
    }
  }

  customElements.define("accounts-view", AccountsView);
})(window.EveryAngle);
