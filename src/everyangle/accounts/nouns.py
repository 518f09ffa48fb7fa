"""Nouns and adjectives that attribute, by what may follow them: a hand-written lexicon of English.

The table is read as that of :mod:`everyangle.accounts.verbs`: s a clause ("their claim **that …**"), t an infinitive
("a promise **to wait**"), after ``+`` the prepositions whose object is the content ("criticism of **the raid**").
"""

from __future__ import annotations

from everyangle.accounts.verbs import read_table

NOUNS = read_table(
    """
st+of asserts: claim
s+of+about asserts: assertion declaration assurance acknowledgment acknowledgement announcement account
s+of+about asserts: revelation
s+that asserts: contention insistence argument conclusion finding observation testimony confirmation word
s+about+of asserts: suggestion warning complaint rumor rumour boast lie
s+of+about+against accuses: accusation allegation charge
s+of denies: denial
t declines: refusal
t+for demands: call demand request appeal plea order
s+of predicts: prediction forecast
t+of promises: promise pledge vow offer threat commitment guarantee
t+of+for other: hope desire wish
t other: decision intention intent eagerness reluctance
s+about+over+of other: concern worry fear anxiety doubt suspicion skepticism scepticism misgiving qualm
s+of+on+about+toward+towards other: opinion perception
s+on+about+toward+towards other: view belief
s other: sense conviction realization expectation
+for other: admiration respect praise contempt disdain enthusiasm sympathy preference
+of+for asserts: endorsement criticism condemnation denunciation defense defence approval rejection portrayal
+of+for asserts: description
+of asserts: characterization depiction critique
+to other: opposition objection commitment
+on+about+regarding asserts: comment statement
+about+regarding asserts: remark
+on+against asserts: attack
+to asserts: reference
+about+on+over asks: question
+about asserts: speech story anecdote
+of other: understanding memory recollection
"""
)

ADJECTIVES = read_table(
    """
s other: clear
s+of+about other: sure certain confident aware unaware convinced afraid fearful hopeful optimistic doubtful unsure
s+of+about other: uncertain
s+about+by other: concerned worried surprised shocked disappointed dismayed alarmed happy glad proud upset
s+about+of other: skeptical sceptical wary suspicious
t other: willing unwilling eager reluctant determined content
+of other: critical supportive dismissive mindful
+to other: opposed
+about other: enthusiastic excited pessimistic curious
+in other: interested
+at+about+over+with other: angry furious outraged frustrated
"""
)

CARRIERS = frozenset(
    {
        *(
            "make",
            "issue",
            "raise",
            "express",
            "voice",
            "have",
            "give",
            "repeat",
            "reiterate",
            "renew",
            "offer",
            "hold",
        ),
        *("launch", "level", "air", "share", "deny", "dispute", "reject", "dismiss", "face", "draw", "spread", "pose"),
        *("announce", "declare", "throw", "lodge", "harbor", "release", "show", "cast", "take"),
    }
)
"""Verbs that only carry a noun ("**made** a promise to", "**raised** questions about"): their subject speaks."""

RECEIVERS = frozenset({"face", "draw", "deny", "dispute", "reject", "dismiss", "get", "receive"})
"""Those whose subject does not speak."""
