"""The clauses of a parsed text: its verbs with what hangs on each. Grammar only; what words mean is told elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from everyangle.accounts.parsed import Parsed


class ClauseTree:
    """A parsed text as a tree of clauses: children, heads, and which sentences ask."""

    def __init__(self, parsed: Parsed) -> None:
        self.words = parsed.words
        self.sentences = parsed.sentences
        self.children: list[list[int]] = [[] for _ in parsed.words]
        self.asked = [False] * len(parsed.words)
        for index, word in enumerate(parsed.words):
            if word.head != index:
                self.children[word.head].append(index)
        for first, last in parsed.sentences:
            asked = any(word.text == "?" for word in parsed.words[max(first, last - 2) : last])
            self.asked[first:last] = [asked] * (last - first)

    def predicates(self) -> Iterator[int]:
        """Yield every verb that heads a clause."""
        for index, word in enumerate(self.words):
            if (
                word.pos in ("VERB", "AUX") and word.dep not in ("aux", "auxpass", "amod", "compound", "prep", "case")
            ) or (word.pos == "ADJ" and word.dep in ("ccomp", "xcomp") and self.child(index, "nsubj")):
                yield index

    def child(self, index: int, *deps: str) -> list[int]:
        """Return the children of a word with one of these relations."""
        return [one for one in self.children[index] if self.words[one].dep in deps]

    def heads(self, found: Iterable[int]) -> list[int]:
        """Return nouns with those that are joined to them."""
        every: list[int] = []
        for one in found:
            every.append(one)
            every.extend(self.heads(self.child(one, "conj")))
        return every

    def below(self, index: int) -> Iterator[int]:
        """Yield a word and all below it that belong to its own clause."""
        yield index
        for one in self.children[index]:
            word = self.words[one]
            if word.pos in ("VERB", "AUX") and word.dep in (
                "ccomp",
                "advcl",
                "conj",
                "parataxis",
                "relcl",
                "xcomp",
                "acl",
            ):
                continue
            yield from self.below(one)

    def governor(self, at: int) -> int | None:
        """Return the clause's verb above the word at a place of the text."""
        index = next((i for i, word in enumerate(self.words) if word.start <= at < word.end), None)
        seen: set[int] = set()
        while index is not None and index not in seen:
            seen.add(index)
            word = self.words[index]
            if word.pos in ("VERB", "AUX") and word.dep not in ("aux", "auxpass", "amod", "compound"):
                return index
            index = None if word.head == index else word.head
        return None


def subjects(tree: ClauseTree, index: int, depth: int = 0) -> list[int]:
    """Return the subjects of a verb: its own, or those of the verb that it shares them with."""
    own = tree.child(index, "nsubj", "nsubjpass", "csubj", "expl")
    word = tree.words[index]
    if own:
        relative = [s for s in own if tree.words[s].tag in ("WDT", "WP")]
        return [word.head] if relative and word.dep == "relcl" else own
    if depth < 4 and word.dep in ("conj", "xcomp", "advcl") and word.head != index:
        head = word.head
        if word.dep == "xcomp":
            told = tree.child(head, "dobj", "nsubjpass")
            if told:
                return told
        return subjects(tree, head, depth + 1) if tree.words[head].pos in ("VERB", "AUX") else []
    if word.dep == "acl" and word.tag in ("VBG", "VBN") and word.head != index:
        return [word.head]
    return []
