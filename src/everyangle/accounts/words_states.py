"""Words for states: adjectives and the like that mean the same, and those that say the opposite. General English."""

from __future__ import annotations

UNDOES = """
off: on
closed: open
shut: open
locked: open
chained: open
bolted: open
padlocked: open
false: true
untrue: true
wrong: true
incorrect: true
inaccurate: true
nonsense: true
invented: true
fabricated: true
absent: present
calm: violent
peaceful: violent
peacefully: violent
nonviolent: violent
orderly: violent
unarmed: armed
unconscious: conscious
unresponsive: conscious
intact: broken
undamaged: broken
unbroken: broken
incomplete: complete
invalid: valid
expired: valid
unlawful: lawful
defunct: working
dead: alive
illegal: lawful
unauthorised: lawful
unjustified: justified
unnecessary: necessary
disproportionate: proportionate
excessive: proportionate
uninjured: injured
unhurt: injured
unharmed: injured
unscathed: injured
sober: drunk
outside: inside
unaware: aware
ignorant: aware
empty: full
silent: loud
quiet: loud
untrained: trained
unqualified: trained
dry: wet
dark: light
loose: leashed
asleep: awake
unwell: well
ill: well
sick: well
unable: able
stationary: moving
parked: moving
impossible: possible
deliberate: accidental
intentional: accidental
involuntary: voluntary
forced: voluntary
unwilling: willing
uncooperative: cooperative
late: early
missing: present
unsafe: safe
dangerous: safe
guilty: innocent
unfit: fit
unlit: lit
unarmoured: armoured
unmarked: marked
unlicensed: licensed
unlicenced: licensed
uninsured: insured
unregistered: registered
unattended: attended
unsupervised: supervised
unaccompanied: accompanied
unsecured: secured
insecure: secured
unstable: stable
unavailable: available
unauthorized: lawful
unplanned: planned
unprovoked: provoked
unannounced: announced
uninvited: invited
unpaid: paid
untouched: touched
unprepared: prepared
unreliable: reliable
unclear: clear
blocked: clear
unfounded: founded
baseless: founded
unreasonable: reasonable
unfair: fair
unusual: usual
unknown: known
uninhabited: inhabited
unoccupied: occupied
vacant: occupied
unstaffed: staffed
unmanned: staffed
unanswered: answered
improper: proper
inappropriate: appropriate
inadequate: adequate
insufficient: adequate
invisible: visible
inoperable: working
inoperative: working
inactive: active
illegible: legible
irregular: regular
disabled: working
dishonest: honest
disobedient: obedient
noncompliant: cooperative
compulsory: voluntary
mandatory: voluntary
helpless: able
lifeless: alive
careless: careful
reckless: careful
"""

SAME = """
on: on running
open: open unlocked ajar
true: true right correct accurate
violent: violent aggressive rowdy riotous unruly
present: present there
inside: inside
lawful: lawful legal
working: working operational functional functioning
injured: injured hurt wounded
alive: alive
drunk: drunk intoxicated inebriated
conscious: conscious responsive
moving: moving
voluntary: voluntary
accidental: accidental
cooperative: cooperative compliant
well: well fine ok okay healthy
broken: broken smashed shattered cracked
awake: awake
"""

EXCLUSIVE = """
left true
left right
front back
front rear
live rubber blank plastic
north south east west
northern southern eastern western
northbound southbound eastbound westbound
black white red blue green yellow silver grey brown
accident suicide homicide murder
forward backward
clockwise anticlockwise
upstairs downstairs
"""
"""Words of which only one can be true of one thing; "true" stands for "right", which means the same here."""

PHRASES = """
on lead leashed
on leash leashed
off lead -leashed
off leash -leashed
on duty on_duty
off duty -on_duty
out order -working
out action -working
out service -working
in order working
in custody detained
in handcuff handcuffed
under arrest arrested
under influence drunk
at large -detained
in pain in_pain
in uniform uniformed
in danger -safe
"""
"""A preposition and a noun that tell a state; "-" before one that is denied."""
