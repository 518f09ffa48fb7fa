"""Quotations by words: which quotation a word stands in."""

from __future__ import annotations

from everyangle.accounts.pieces import Pieces, union, without
from everyangle.accounts.quotes import quotations
from everyangle.accounts.tree import Tree


class Marks:
    """Quotations as ranges of words.

    Attributes:
        found: the quotations.
        of: number of the quotation that each word stands in, its marks included, or -1.
        ranges: each quotation as a range of words, its marks included.
    """

    def __init__(self, tree: Tree) -> None:
        self.found = quotations(tree.text)
        self.of = [-1] * len(tree.words)
        self.ranges: list[tuple[int, int]] = []
        at = 0
        words = tree.words
        for number, q in enumerate(self.found):
            while at < len(words) and words[at].end <= q.start:
                at += 1
            first = at
            while at < len(words) and words[at].start < q.end:
                self.of[at] = number
                at += 1
            self.ranges.append((first, at))

    def whole_line(self, tree: Tree, q: int) -> bool:
        """Whether a quotation is its line's first, and all of the line is quoted."""
        first, after = self.ranges[q]
        starts = first == 0 or tree.line[first - 1] < tree.line[first]
        return starts and (after >= len(tree.words) or tree.line[after] > tree.line[first])

    def completed(self, content: Pieces, own: Pieces, at: int) -> Pieces:
        """Return a content with the whole of each quotation that it has a word of, less the cue and the source."""
        out = content
        for start, end in content:
            for q in {self.of[i] for i in range(start, end)} - {-1, self.of[at]}:
                out = union(out, without((self.ranges[q],), own))
        return out
