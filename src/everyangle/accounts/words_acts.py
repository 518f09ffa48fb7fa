"""Words for acts: verbs that mean the same, and nouns that name an act. Hand-written general English of encounters.

Sets are narrow: two words share one only where one account's word would be the other's. What only implies another act
("punch" and "hit") stands in :mod:`everyangle.accounts.implied`.
"""

from __future__ import annotations

VERBS = """
break: break smash shatter crack knock_in break_in stave_in
hit: hit strike beat batter thrash thump pummel bash clobber beat_up lay_into
punch: punch jab
kick: kick stamp stomp
slap: slap smack
club: club cudgel bludgeon cane whip lash baton truncheon
fire: fire shoot discharge open_fire loose_off let_off fire_off
show: show present display produce flash hold_up
shout: shout yell scream call_out bellow bawl shout_out cry_out
ask: ask request inquire enquire beg plead ask_for
warn: warn caution alert announce
enter: enter storm come_in go_in get_in walk_in burst_in barge_in step_in rush_in
leave: leave exit get_out step_out climb_out come_out go_out walk_out depart drive_off walk_off go_away walk_away
arrive: arrive come reach turn_up get_there show_up pull_up
attend: attend participate
injure: injure hurt wound harm maim
die: die perish pass_away succumb
kill: kill slay shoot_dead
hold: hold restrain pin hold_down pin_down subdue
kneel: kneel
push: push shove jostle barge
drag: drag pull haul yank tug lug pull_out drag_out haul_out
fall: fall trip stumble collapse slip fall_over topple tumble fall_down keel_over
give: give hand provide offer supply deliver hand_over issue
tell: tell inform advise
notify: notify
consent: consent agree
allow: allow permit let
record: record film videotape tape
seize: seize confiscate take_away impound
arrest: arrest detain take_in apprehend
release: release free let_go set_free discharge_from
chase: chase pursue run_after
search: search frisk pat_down rummage ransack
use: use employ deploy resort_to
threaten: threaten menace
throw: throw hurl pelt lob fling chuck toss
lock: lock chain bolt padlock lock_up
unlock: unlock unbolt unchain
close: close shut slam
open: open open_up
begin: begin start commence break_out
end: end finish stop_short
stop: stop halt pull_over flag_down
last: last
wait: wait stand_by hang_back
negotiate: negotiate parley
resist: resist struggle fight fight_back lash_out wrestle
comply: comply obey cooperate
flee: flee escape run_away run_off bolt_away make_off
see: see observe witness notice spot
hear: hear
know: know
apologise: apologise apologize say_sorry
identify: identify
order: order command instruct direct
call: call phone telephone ring ring_up call_up
burn: burn scald
set_fire: torch set_alight set_fire ignite
drown: drown
sign: sign
pay: pay
treat: treat bandage tend
take_part: take_part
switch_on: switch_on turn_on activate put_on
switch_off: switch_off turn_off deactivate shut_off
cut: cut edit splice trim
delete: delete erase wipe destroy
drop: drop
touch: touch lay_hand_on manhandle
bite: bite maul
sound: sound blow go_off
check: check inspect examine look_in check_on look_in_on
visit: visit
train: train
come_on: come_on
set_off: set_off
delay: delay
approve: approve authorise authorize sanction sign_off
report: report log
handcuff: handcuff cuff shackle manacle
spray: spray
choke: choke throttle strangle
tackle: tackle floor
stab: stab knife
grab: grab grasp clutch snatch seize_hold catch_hold grip
point: point aim level train_on
reach: reach_for reach_into
swing: swing
spit: spit
insult: insult abuse swear_at curse
repair: repair mend fix
break_down: break_down fail_mechanically pack_up conk_out
disable: disable disconnect
knock: knock bang rap pound hammer
evict: evict expel eject throw_out turn_out put_out
loot: loot pillage plunder
steal: steal rob pinch nick
disperse: disperse scatter
block: block obstruct bar barricade
surround: surround encircle kettle
interview: interview question interrogate quiz
charge: charge indict
send: send dispatch
carry: carry bear
stay: stay remain
drive: drive
crash: crash collide ram
follow: follow tail
refuse: refuse decline
pray: pray
eat: eat
drink: drink
sleep: sleep
mention: mention
promise: promise pledge vow
deny: deny
hide: hide conceal
wear: wear
sedate: sedate tranquillise tranquilize
vaccinate: vaccinate inject
operate: operate
lie: lie
undress: undress strip strip_search
translate: translate interpret
help: help assist aid rescue
ignore: ignore disregard
wave: wave
undo: undo loosen
belong: belong
return: return come_back go_back
turn: turn swerve veer
"""

NOMINAL = """
warn: warning announcement caution
fire: shot gunshot discharge
ask: request
promise: promise assurance pledge
notify: notice notification
knock: knock
loot: looting
hit: blow strike beating
punch: punch
kick: kick
slap: slap
push: push shove
apologise: apology
arrest: arrest detention
order: order command instruction
call: call
search: search
consent: consent permission
negotiate: negotiation
threaten: threat
resist: resistance
check: check inspection
attack: attack assault
release: release
treat: treatment
hold: restraint
stab: stabbing
charge: charge
interview: interview
chase: chase pursuit
crash: collision crash
touch: contact
explain: explanation
help: assistance aid help
injure: injury wound
choke: chokehold headlock
handcuff: handcuff cuff shackle
fall: fall
stop: stop
die: death
arrive: arrival
leave: departure
enter: entry
talk: conversation
delay: delay
train: training
visit: visit
approve: approval authorisation authorization
"""

LIGHT = """
give make issue have receive hear get deliver do take serve post send be carry_out conduct strike land throw offer
use put_up mount suffer sustain
"""
"""Verbs that mean nothing beside a noun that names an act."""
