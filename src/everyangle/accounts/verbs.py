"""Verbs that attribute, by what may follow them: a hand-written lexicon of English.

A line of the table holds letters for what may be the content, prepositions after ``+`` whose object is the content,
prepositions after ``>`` that go on with an object that is the content ("accused **her of lying**"), the act, and the
verbs, by their dictionary form. A verb may stand in several lines; its act is that of the first.

q: a quotation, or a clause that it interrupts ("…, she said, …")
s: a clause, with or without "that", "whether", "how"
t: an infinitive ("refused **to say**")
g: a gerund ("denied **seeing him**")
o: a noun phrase ("denied **the claims**")
u: an object and an infinitive ("urged **them to wait**")
l: an object and what it is called ("called **it a mistake**", "described **him as calm**")
r: an object is the listener ("told **reporters** that …")
n: an infinitive that says what the listener should do ("told them **to stop**")
"""

from __future__ import annotations

from dataclasses import dataclass

from everyangle.core.accounts import Act

TABLE = """
qso asserts: say
o>as denies: reject dispute refute rebut debunk dismiss contest challenge contradict repudiate
s denies: doubt dispute disagree
+with denies: disagree
ql asserts: call
os admits: acknowledge concede
+for admits: apologize apologise
qs+against+of predicts: warn
s predicts: expect
tu predicts: expect
qs asks: wonder query
o>for>over>as other: criticize criticise praise condemn denounce blast slam
qsrn+about+of asserts: tell inform
qsr asserts: assure remind notify
qs+of asserts: write
qso asserts: state declare assert proclaim explain note stress emphasize emphasise reiterate repeat disclose reveal
qs asserts: add claim argue contend maintain insist comment remark observe reply respond answer recall recount quip
qs asserts: joke
qs asserts: counter continue conclude concur interject elaborate clarify exclaim shout yell chant cry whisper mutter
qs asserts: gush scoff sniff snap retort deadpan sigh bellow thunder smile laugh shrug rejoin opine crow lament gripe
qs asserts: muse
qs asserts: fume rant protest tweet blog post email text radio marvel venture volunteer
qs+about+of asserts: complain boast brag rave
qs asserts: testify attest swear
+to asserts: testify attest
qso asserts: announce report confirm affirm reaffirm highlight describe tweet retweet recount relate
so shows: indicate signal imply detail document
s shows: underscore illustrate demonstrate convey
so asserts: mention articulate suggest
o asserts: outline portray
q asserts: suggest indicate mention
qs+against+of asserts: warn caution
qso accuses: allege charge
>of accuses: accuse suspect convict
>with accuses: charge
o>for>on accuses: blame fault
qo>for>over>as asserts: criticize criticise praise condemn denounce blast slam attack chastise rebuke scold ridicule
qo>for>over>as asserts: mock
qo>for>over>as asserts: deride decry lambaste lambast assail bash berate castigate disparage belittle rip trash
qo>for>over>as asserts: commend
qo>for>over>as asserts: applaud hail laud salute thank congratulate credit dismiss disavow repudiate renounce
o>for>over>as asserts: champion tout trumpet defend demonize skewer excoriate pillory chide admonish reprimand
o>as asserts: reject oppose support endorse back embrace welcome approve disapprove veto second bemoan
o accuses: accuse
o asserts: deem retweete
o>as asserts: question dispute contest rebut refute debunk contradict doubt downplay
+about+of asserts: speak talk
+about asserts: joke fret agonize
+to asserts: refer point object
+against asserts: rail argue speak campaign protest
+on+upon demands: call
+for asserts: call push advocate vouch argue campaign plead root
s asserts: agree
+on asserts: comment agree elaborate expound focus weigh
+with asserts: agree disagree
+to asserts: agree
l asserts: describe label dub brand deem characterize characterise term portray depict paint regard view
l>to asserts: liken compare
st other: believe think feel hope
s other: know
o>for>over>as asserts: hammer savage pan pummel needle taunt troll insult vilify smear malign lampoon satirize parody
o>for>over>as asserts: upbraid
o>for>over>as asserts: scorn spurn snub rebuff shame denigrate minimize trivialize disown shun deplore herald extol
o>for>over>as asserts: glorify
o other: cherish value distrust mistrust dread tolerate
o asserts: protest cheer pitch plug uphold rescind revoke
o asserts: mandate
os other: foresee envision ponder mull assess interpret misinterpret
o asserts: summarize recap publicize broadcast divulge insinuate exaggerate overstate misstate misrepresent
o asserts: mischaracterize
o asserts: distort debunk
qs asserts: insinuate divulge
t other: opt resolve aspire yearn long elect
+at asserts: scoff sneer
+about asserts: gloat brag reminisce
+on asserts: insist
+against asserts: fulminate inveigh
so other: understand realize realise recognize recognise remember recall forget
l other: consider perceive see believe think
s+about other: worry wonder
so other: fear suspect doubt imagine
s other: assume guess figure reckon envision presume foresee speculate
s other: find learn notice hear sense discover determine decide conclude calculate judge bet pray
t other: decide
qs asks: wonder
o other: like dislike love hate prefer admire respect envy resent regret mourn lament detest loathe abhor appreciate
o other: desire
tg other: prefer
tu other: want expect intend wish hope plan aim seek like
g other: consider contemplate fear regret remember
g asserts: mention
s admits: accept
o other: consider contemplate weigh
s other: expect
o other: want expect seek
+for other: hope wish hop
qsou+that asserts: recommend
og asserts: recommend suggest propose
g asserts: advocate
s asserts: propose
t asserts: propose claim
qso asserts: acknowledge
qsog admits: admit concede confess
+to admits: admit confess
og admits: acknowledge
osg denies: deny
t promises: promise vow pledge agree offer swear threaten volunteer undertake
qs promises: promise vow pledge guarantee
o promises: promise pledge
qsrun+about asks: ask
+about asks: ask inquire
+for asks: ask
qs asks: inquire
qsuo demands: urge demand
uo demands: order
sn demands: order
u demands: encourage advise instruct direct command implore beg invite challenge press warn tell permit forbid
u demands: convince persuade
ou demands: request
qs demands: order
n demands: ask remind
qso predicts: predict
so predicts: forecast project estimate anticipate
t declines: refuse decline
o declines: refuse decline reject
s shows: show reveal suggest indicate
o shows: show depict
o shows: reveal cite reference note
qs asserts: cite
s asserts: rule find
os asserts: discuss
s asserts: address
o asserts: propose outline unveil announce offer express voice share claim echo post list name invoke
>at asserts: put estimate reckon value
+for+to demands: appeal plead
s admits: regret
qs+of asserts: advise
o reports-record: record
s other: agree want
o asserts: write
o asserts: email
o asserts: recite chant utter
o>as other: accept
s asserts: point question read convince
s other: hop
t other: hop
t demands: call
u demands: call push
o asks: ask
t demands: ask request
n demands: shout yell scream call
o asserts: answer remind
l>as asserts: cast name dismiss cite list identify criticize slam defend quote frame declare attribute denounce attack
g asserts: report support
t>for other: vote
+for+against other: vote
+for asserts: apologize
+from other: distance
+at asserts: lash hint
+at other: balk
+on asserts: double touch
+with other: side
+about other: know care think
+in other: believe
"""


@dataclass(frozen=True, slots=True)
class Verb:
    """What may follow a verb.

    Attributes:
        frames: letters, as the table has them.
        before: prepositions whose object is the content.
        after: prepositions that go on with an object that is part of the content.
        act: what is done by saying it, unless negation or other words change that.
    """

    frames: frozenset[str]
    before: frozenset[str]
    after: frozenset[str]
    act: Act


def read_table(table: str) -> dict[str, Verb]:
    """Return the verbs of a table."""
    verbs: dict[str, Verb] = {}
    for line in table.strip().splitlines():
        head, _, names = line.partition(":")
        code, _, act = head.rpartition(" ")
        parts = code.replace(">", " >").replace("+", " +").split()
        frames = frozenset(parts[0]) if parts and parts[0][0].isalpha() else frozenset()
        before = frozenset(part[1:] for part in parts if part[0] == "+")
        after = frozenset(part[1:] for part in parts if part[0] == ">")
        for name in names.split():
            old = verbs.get(name)
            verbs[name] = (
                Verb(old.frames | frames, old.before | before, old.after | after, old.act)
                if old
                else Verb(frames, before, after, Act(act))
            )
    return verbs


VERBS = read_table(TABLE)
