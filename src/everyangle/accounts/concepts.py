"""Words that mean the same to a weighing: small, hand-written sets of verbs, nouns and adjectives, and opposites.

General English of incidents, reports and hearings; nothing here is about one case. A word that stands in no set means
itself. Sets are deliberately narrow: two words share one only where one account's word would be the other's.
"""

from __future__ import annotations

_VERBS = """
break: break smash shatter crack
hit: hit strike beat punch kick club slap thump batter whip thrash
fire: fire shoot discharge
show: show present display produce
shout: shout yell scream call_out
ask: ask request inquire enquire beg plead
warn: warn caution alert announce
enter: enter storm come_in go_in get_in walk_in burst_in
leave: leave exit get_out step_out climb_out come_out go_out
arrive: arrive come reach turn_up get_there
attend: attend participate
injure: injure hurt wound harm
die: die perish
kill: kill slay
hold: hold restrain pin
kneel: kneel
push: push shove
drag: drag pull haul
fall: fall trip stumble collapse slip
give: give hand provide offer supply deliver
tell: tell inform
notify: notify
consent: consent agree
allow: allow permit let
record: record film videotape tape
seize: seize confiscate take_away
arrest: arrest detain
release: release free
chase: chase pursue
search: search frisk
use: use employ deploy
threaten: threaten menace
throw: throw hurl pelt lob fling
lock: lock chain bolt padlock
close: close shut
begin: begin start commence
end: end finish stop_short
last: last
wait: wait
negotiate: negotiate
resist: resist struggle
comply: comply obey cooperate
flee: flee escape run_away
see: see observe witness notice spot
hear: hear
know: know
apologise: apologise apologize
identify: identify
order: order command instruct direct
call: call phone telephone ring
burn: burn
drown: drown
sign: sign
pay: pay
treat: treat
take_part: take_part
switch_on: switch_on turn_on activate
switch_off: switch_off turn_off deactivate
cut: cut edit
delete: delete erase wipe
drop: drop
touch: touch
bite: bite
sound: sound blow
check: check inspect examine
train: train
approve: approve authorise authorize
report: report log
"""

_NOUNS = """
officer: officer policeman policewoman constable deputy cop trooper sergeant patrolman inspector pc
police: police constabulary
guard: guard steward bailiff
person: person people man woman individual
child: child kid boy girl youngster infant baby
car: car vehicle automobile saloon sedan van truck
window: window pane windscreen windshield
gun: gun weapon firearm pistol rifle revolver
shot: shot bullet round gunshot
shell: shell canister
gas: gas
warning: warning announcement caution
protester: protester demonstrator marcher
crowd: crowd
student: student pupil
warrant: warrant
paper: paper document
ambulance: ambulance paramedic medic
recording: recording video footage tape film
camera: camera bodycam dashcam
door: door gate entrance
phone: phone telephone mobile handset
injury: injury wound cut bruise
injured: injured casualty patient victim
blow: blow strike punch
dog: dog alsatian
stone: stone rock brick
driver: driver motorist
passenger: passenger
resident: resident neighbour neighbor
engine: engine motor
minute: minute
name: name
permission: permission consent
hospital: hospital infirmary
money: money cash
ground: ground floor pavement
blast: blast explosion detonation charge
"""

_NOMINAL = """
warn: warning announcement caution
fire: shot gunshot discharge
ask: request
promise: promise assurance
notify: notice notification
knock: knock
loot: looting theft
hit: blow strike punch kick
apologise: apology
arrest: arrest
order: order command instruction
call: call
search: search
consent: consent permission
negotiate: negotiation
"""

_UNDOES = """
off: on
closed: open
shut: open
locked: open
chained: open
bolted: open
false: true
untrue: true
wrong: true
absent: present
calm: violent
peaceful: violent
peacefully: violent
nonviolent: violent
unarmed: armed
unconscious: conscious
intact: broken
undamaged: broken
incomplete: complete
invalid: valid
unlawful: lawful
defunct: working
illegal: lawful
legal: lawful
unjustified: justified
unnecessary: necessary
uninjured: injured
unhurt: injured
unharmed: injured
hurt: injured
wounded: injured
sober: drunk
outside: inside
unaware: aware
dead: alive
empty: full
silent: loud
untrained: trained
dry: wet
dark: light
"""

_SAME = """
on: on running
open: open unlocked ajar
true: true right correct accurate
violent: violent aggressive rowdy
present: present there
inside: inside
lawful: lawful
working: working operational functional
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


REFUSING = _words(
    """
    decline fail forget neglect omit refuse
    """
)
"""Verbs that say that what follows did not happen."""

MOVING = _words(
    """
    burst come drive get go march move run walk
    """
)
"""Verbs that with "into" mean to enter."""

BECOMING = _words(
    """
    begin come continue go happen keep manage proceed start use
    """
)
"""Verbs that say that what follows happened."""

REPORTING = _words(
    """
    add allege announce argue ask believe claim confirm deny estimate fear feel hear hope imagine insist know
    maintain note order promise report say see show state suggest suppose swear tell testify think warn wonder
    write
    """
)
"""Verbs whose clause is somebody's word, not the speaker's own."""

GENERIC = _words(
    """
    ask be become begin bring call come do exist feel find get give go happen have hear keep know let look make
    mean need put report say see seem set show start take tell think try turn use want work
    """
)
"""Frames that mean too much to tell by themselves what a statement is about."""

VAGUE = _words(
    """
    a.m. afternoon amount anybody anyone anything april august case day december evening event everybody everyone
    everything fact february friday he here hour i incident it january july june kind lot march matter may minute
    monday month morning night nobody none nothing november number october one other p.m. part people person place
    saturday second september she situation somebody someone something sort sunday that there they thing this
    thursday time tuesday way we wednesday week what which who year you
    """
)
"""Nouns that name nothing by themselves."""

LOOSE = _words(
    """
    about almost ever even also still just only once twice later earlier together soon often quite rather perhaps maybe
    then there here very again already always never whatsoever nearly simply really actually otherwise however therefore
    instead
    """
)
"""Adverbs that do not narrow what they stand beside."""


def _table(text: str) -> dict[str, str]:
    rows = (line.split(":") for line in text.strip().splitlines())
    return {word: concept for concept, words in rows for word in words.split()}


VERBS = _table(_VERBS)
NOUNS = _table(_NOUNS)
NOMINAL = _table(_NOMINAL)
UNDOES = {line.split(":")[0]: line.split(":")[1].strip() for line in _UNDOES.strip().splitlines()}
_STATES = _table(_SAME)


def verb(lemma: str, particle: str = "") -> str:
    """Return what a verb means, with its particle where that changes it."""
    joined = f"{lemma}_{particle}" if particle else lemma
    return VERBS.get(joined) or (f"{VERBS.get(lemma, lemma)}_{particle}" if particle else VERBS.get(lemma, lemma))


def noun(lemma: str) -> str:
    """Return what a noun means."""
    return NOUNS.get(lemma, lemma)


def state(lemma: str) -> tuple[str, bool]:
    """Return what an adjective means, and whether it says the opposite of that ("off" is not "on")."""
    if lemma in UNDOES:
        return UNDOES[lemma], True
    return _STATES.get(lemma, lemma), False
