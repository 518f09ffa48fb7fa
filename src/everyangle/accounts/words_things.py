"""Words for things and people: nouns that mean the same, and kinds of others. Hand-written general English."""

from __future__ import annotations

NOUNS = """
officer: officer policeman policewoman constable deputy cop trooper sergeant patrolman inspector pc detective
police: police constabulary
guard: guard steward bailiff warder bouncer doorman
soldier: soldier serviceman infantryman
person: person people individual
man: man bloke gentleman guy lad fella fellow
woman: woman lady
child: child kid youngster infant baby boy girl toddler teenager teen minor juvenile
car: car vehicle automobile saloon sedan hatchback
van: van minibus
truck: truck lorry
window: window pane windscreen windshield glass
gun: gun firearm pistol rifle revolver handgun shotgun sidearm
weapon: weapon
knife: knife blade dagger machete
baton: baton truncheon nightstick stick club cudgel lathi cane
taser: taser stun-gun
shot: shot bullet round gunshot
shell: shell canister cartridge grenade
gas: gas teargas
warning: warning announcement caution
protester: protester protestor demonstrator marcher picket striker
crowd: crowd mob throng
student: student pupil
warrant: warrant
paper: paper document paperwork
letter: letter note
ambulance: ambulance
medic: paramedic medic
doctor: doctor physician surgeon
recording: recording video footage tape film clip
camera: camera bodycam dashcam
door: door gate entrance doorway
phone: phone telephone mobile handset smartphone cellphone
injury: injury wound bruise laceration
fracture: fracture break
injured: injured casualty patient victim wounded
blow: blow strike
dog: dog alsatian hound
stone: stone rock brick cobble
driver: driver motorist
passenger: passenger
prisoner: prisoner inmate detainee convict
resident: resident neighbour neighbor inhabitant
engine: engine motor ignition
minute: minute
name: name
permission: permission consent authorisation authorization approval
hospital: hospital infirmary clinic
cell: cell lockup
money: money cash
ground: ground floor pavement sidewalk
blast: blast explosion detonation
handcuff: handcuff cuff shackle manacle
lead: lead leash
loudspeaker: loudspeaker loudhailer megaphone speaker tannoy
lawyer: lawyer solicitor attorney barrister counsel
wrist: wrist
back: back spine
request: request plea
button: button buzzer
siren: siren
badge: badge warrant-card
uniform: uniform
fire: fire blaze
notice: notice
order: order command instruction
light: light lamp
key: key
seatbelt: seatbelt
alcohol: alcohol liquor booze
drug: drug narcotic
bag: bag rucksack backpack satchel
house: house home flat apartment dwelling
"""

KINDS = """
person: officer police guard soldier man woman child protester student doctor medic driver passenger prisoner resident
person: injured lawyer crowd neighbour agent staff worker steward fan player teacher nurse reporter witness inspector
police: officer
guard: officer
weapon: gun knife baton taser shell stone bottle hammer axe sword bat bomb spray
vehicle: car van truck bus tram motorcycle bike bicycle ambulance boat train
car: van truck
injury: fracture cut burn scratch bruise concussion swelling sprain bleeding scar
animal: dog horse cat
paper: warrant order letter notice summons permit licence receipt certificate form
building: house school shop church mosque library station hospital warehouse
"""
"""What a word may stand for: a denial of the first is one of each of the others."""

BODY = """
arm leg hand foot head face neck throat back shoulder chest stomach knee wrist ankle elbow hip rib skull eye nose mouth
jaw ear finger thumb thigh shin spine hair tooth lip body blade
"""
"""Parts of a body: where a person is touched is no other act."""

GROUPS = """
officer police guard agent patrol personnel staff force team unit soldier marshal operative squad troop
crowd protester student marcher fan supporter picket striker
shot gun shell fire gas round weapon
injured student patient child resident passenger person protester man woman
man person guard officer soldier agent
woman person
child man woman son daughter brother sister driver passenger prisoner student person
car van truck vehicle
window door
baton weapon knife taser gun
recording camera
warrant paper order
ambulance medic
"""
"""Nouns that may name one and the same, though they do not mean the same."""
