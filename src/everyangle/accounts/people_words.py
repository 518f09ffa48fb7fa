"""Words that tell of people: titles and their holders' side, kin, witnesses, kinds of organizations and of papers.

English. What a word tells is a convention of this house; see ``corpus/README.md`` for the names of unnamed sides.
"""

from __future__ import annotations

from everyangle.accounts.tokens import word_set

COURTESY = {
    "mr": "m", "sir": "m", "shri": "m", "alhaji": "m", "lord": "m", "mrs": "f", "ms": "f", "miss": "f", "smt": "f",
    "lady": "f", "dame": "f", "madam": "f", "mme": "f", "mallam": "m", "prince": "m", "comrade": "", "adv": "",
    "barr": "", "sheikh": "m", "begum": "f", "kumari": "f", "thiru": "m", "mx": "", "fr": "m", "sr": "f",
    "princess": "f", "dr": "", "prof": "", "professor": "", "hon": "", "rev": "", "engr": "",
    "honourable": "",
}  # fmt: skip
"""Titles without an office, with the gender that they tell."""

POLICE = word_set("""
    pc dc wpc constable officer sergeant sgt inspector insp superintendent supt detective det deputy dep sheriff
    lieutenant lt captain capt chief corporal cpl sp dsp cp dpo patrolman trooper commander cmdr commissioner
    marshal colonel col major brigadier general gen warden ofc patrolwoman policeman policewoman cop dci di
    garda sub-inspector si asi sho acp dcp ssp asp dysp csp igp dig aig ppro commandant undersheriff gendarme
    wardress turnkey guard agent investigator brig maj wo ds dsi
""")
"""Ranks of police and the like."""

LONG = {
    "pc": "constable", "wpc": "constable", "sgt": "sergeant", "insp": "inspector", "supt": "superintendent",
    "det": "detective", "dep": "deputy", "lt": "lieutenant", "capt": "captain", "col": "colonel", "cpl": "corporal",
    "gen": "general", "cmdr": "commander", "ofc": "officer", "cllr": "councillor", "ald": "alderman",
    "dci": "inspector", "di": "inspector", "dc": "constable", "cp": "commissioner",
}  # fmt: skip
"""Titles cut short, and the word that calls their bearer again."""

OFFICES = {
    "judge": "court", "justice": "court", "magistrate": "court", "councillor": "councillors", "cllr": "councillors",
    "councilman": "council", "councilwoman": "council", "alderman": "council", "ald": "council", "mayor": "",
    "minister": "government", "senator": "", "principal": "", "president": "", "governor": "government",
    "director": "", "manager": "", "secretary": "", "chairman": "", "chairwoman": "", "chair": "", "skipper": "",
    "coordinator": "", "counsel": "", "reporter": "press", "presenter": "press", "anchor": "press", "nurse": "",
    "porter": "witnesses", "foreman": "", "prosecutor": "", "coroner": "", "solicitor": "family", "attorney": "",
    "lawyer": "", "paramedic": "ambulance", "congresswoman": "congress", "congressman": "congress",
    "vice-president": "", "comptroller": "", "ranger": "", "registrar": "", "chancellor": "", "warden": "",
    "matron": "", "pastor": "", "imam": "", "bishop": "", "coach": "", "collector": "", "premier": "government",
    "mla": "", "mp": "", "td": "", "mec": "government", "reeve": "", "sarpanch": "villagers", "tahsildar": "",
    "convener": "", "convenor": "", "organiser": "", "organizer": "", "treasurer": "", "president-general": "",
    "superintendent-general": "", "advocate": "", "barrister": "", "sheriff": "", "deputy-mayor": "", "dean": "",
    "provost": "", "headmaster": "", "headmistress": "", "headteacher": "", "consultant": "", "surgeon": "",
    "plaintiff": "plaintiff", "defendant": "", "respondent": "", "petitioner": "", "applicant": "", "appellant": "",
    "complainant": "", "claimant": "", "inmate": "detainees", "detainee": "detainees", "affiant": "", "deponent": "",
    "professor": "", "engineer": "", "firefighter": "fire service", "witness": "witnesses", "juror": "court",
}  # fmt: skip
"""Other offices that stand before a name, with the side that they tell by themselves."""

KIN = word_set("""
    family families mother father sister brother son daughter wife husband widow widower cousin aunt uncle niece
    nephew grandmother grandfather parent parents relative relatives partner fiancé fiancée stepfather
    stepmother dad mum mom brother-in-law sister-in-law mother-in-law father-in-law son-in-law daughter-in-law
    grandson granddaughter kin in-laws grandparents grandparent godmother godfather granny nan fiance fiancee
    boyfriend girlfriend spouse spouses sibling siblings twin great-aunt great-uncle great-grandmother stepson
    stepdaughter stepbrother stepsister half-sister half-brother grandchildren mothers fathers sisters brothers
    sons daughters wives husbands widows cousins aunts uncles
""")
LAWYERS = word_set("lawyer lawyers solicitor solicitors attorney attorneys counsel barrister barristers defender")
WITNESSES = word_set("""
    neighbour neighbours neighbor neighbors witness witnesses eyewitness eyewitnesses passenger passengers
    bystander bystanders motorist motorists onlooker onlookers passer-by passers-by passersby shopkeeper
    shopkeepers vet porter pedestrian pedestrians commuter commuters cyclist cyclists customer customers aide
    cellmate roommate housemate flatmate friend friends
""")
SIDES = {
    **dict.fromkeys(KIN, "family"),
    **dict.fromkeys(WITNESSES, "witnesses"),
    **dict.fromkeys(word_set("advocate advocates"), "advocates"),
    **dict.fromkeys(word_set("activist activists"), "activists"),
    **dict.fromkeys(word_set("campaigner campaigners"), "campaigners"),
    **dict.fromkeys(word_set("resident residents homeowner homeowners householder householders"), "residents"),
    **dict.fromkeys(word_set("tenant tenants"), "tenants"),
    **dict.fromkeys(word_set("villager villagers"), "villagers"),
    **dict.fromkeys(word_set("bench tribunal usher bailiff"), "court"),
    **dict.fromkeys(word_set("medic emt emts"), "ambulance"),
    **dict.fromkeys(word_set("firefighter firefighters"), "fire service"),
    **dict.fromkeys(word_set("priest pastor vicar imam rabbi bishop chaplain"), "church"),
    **dict.fromkeys(
        word_set("reporter reporters journalist journalists presenter anchor media press q interviewer host moderator"),
        "press",
    ),
    **dict.fromkeys(word_set("judge justice magistrate court clerk jury"), "court"),
    **dict.fromkeys(word_set("councillor councillors"), "councillors"),
    **dict.fromkeys(word_set("student students pupil pupils"), "students"),
    **dict.fromkeys(word_set("detainee detainees inmate inmates prisoner"), "detainees"),
    **dict.fromkeys(word_set("paramedic paramedics ambulance medics"), "ambulance"),
    **dict.fromkeys(word_set("union representative unions"), "union"),
    **dict.fromkeys(word_set("survivor survivors"), "survivors"),
    **dict.fromkeys(word_set("plaintiff"), "plaintiff"),
    **dict.fromkeys(word_set("skipper deckhand crew mate"), "crew"),
    **dict.fromkeys(word_set("trader traders hawker hawkers"), "traders"),
    **dict.fromkeys(word_set("teacher teachers lecturer lecturers"), "teachers"),
    **dict.fromkeys(word_set("migrant migrants refugee refugees"), "migrants"),
    **dict.fromkeys(word_set("protester protesters demonstrator demonstrators marchers"), "protesters"),
    **dict.fromkeys(word_set("worker workers labourer labourers"), "workers"),
    **dict.fromkeys(word_set("striker strikers picket pickets"), "strikers"),
    **dict.fromkeys(word_set("expert experts"), "experts"),
    **dict.fromkeys(word_set("prosecutor prosecutors"), "prosecutor"),
    "mayor": "mayor",
    "examiner": "medical examiner",
    "engineer": "engineer",
    "surveyor": "surveyor",
    "coroner": "coroner",
    "insurers": "insurers",
    **dict.fromkeys(word_set("patient"), "patient"),
}
"""The unnamed side that a noun tells."""

POLICE_GROUPS = word_set("""
    police officers officer policeman policemen policewoman constables constable detectives detective troopers
    deputies deputy sergeant inspector patrolman guard guards agents agent investigators cops coppers
    garda gardaí gardai troopers trooper constabulary patrolmen wardens marshals
""")

FEMALE = word_set("""
    mother sister daughter wife widow aunt niece grandmother woman women girl lady spokeswoman policewoman
    chairwoman councilwoman congresswoman actress stepmother mum mom sister-in-law mother-in-law daughter-in-law
    granddaughter businesswoman
""")
MALE = word_set("""
    father brother son husband widower uncle nephew grandfather man men boy gentleman spokesman policeman
    chairman councilman stepfather dad brother-in-law father-in-law son-in-law grandson businessman foreman lad
""")

HEADS = word_set("""
    constabulary department service services police council office ombudsman association agency court security
    ltd inc llc plc union forum hospital school college university ministry bureau commission committee command
    guard board district trust authority group company custodial facilities protection society centre center
    coalition network alliance foundation party infirmary administration division prison jail counsel
    corporation assembly federation institute church force tram trams stadium festival post times herald gazette
    courier mail news radio garda síochána siochana gendarmerie municipality secretariat directorate inspectorate
    tribunal panel inquiry clinic clinics laboratory laboratories mine mines mining minerals resources energy
    power holdings partners industries enterprises logistics transport railways railway airlines shipping airport
    properties developments construction builders engineering technologies systems solutions consultants
    initiative campaign movement league club brigade corps battalion regiment navy army cooperative co-operative
    collective chambers associates advocates defenders watch monitor project fund bank insurance hotel farms
    panchayat parishad samiti sabha guild brotherhood temple mosque parish diocese embassy consulate mission
    parliament senate legislature rights liberties coastguard lifeboat ambulance patrol customs immigration
    prisons correctional corrections probation revenue band tribe nation consortium contractors stewarding
    guarding protective haulage freight airways motors timber foods cleaning trucking lines ferries dispatch
    ministries observatory utilities telecom broadcasting workers residents tenants parents vendors traders
    fishermen farmers drivers students neighbours neighbors families
""")
"""Words that names of organizations hold."""

CLASSES = {
    "force": "constabulary police department service command garda",
    "constabulary": "constabulary",
    "department": "department",
    "police": "constabulary police department command sheriff garda gendarmerie",
    "gardaí": "garda",
    "gardai": "garda",
    "corporation": "corporation",
    "municipality": "municipality municipal",
    "university": "university",
    "charity": "charity foundation trust aid society",
    "foundation": "foundation",
    "mine": "mine mines mining minerals resources platinum",
    "operator": "lines railways rail transport transit trams buses bus ferries energy",
    "network": "network",
    "coalition": "coalition",
    "campaign": "campaign justice",
    "group": "group network coalition collective alliance campaign forum friends justice watch project",
    "tribunal": "tribunal",
    "panel": "panel",
    "inquiry": "inquiry",
    "clinic": "clinic",
    "federation": "federation",
    "church": "church parish diocese",
    "club": "club",
    "trust": "trust",
    "coastguard": "coastguard",
    "army": "army",
    "agency": "agency service department bureau office administration protection",
    "service": "service services",
    "bureau": "bureau",
    "command": "command",
    "firm": "security facilities custodial ltd inc llc plc group company corporation",
    "company": "security facilities custodial ltd inc llc plc group company corporation",
    "contractor": "security facilities custodial ltd inc llc plc group company",
    "employer": "security facilities custodial ltd inc llc plc group company",
    "council": "council",
    "hospital": "hospital infirmary",
    "infirmary": "infirmary",
    "union": "union",
    "forum": "forum",
    "school": "school college",
    "college": "college",
    "district": "district",
    "ministry": "ministry",
    "ombudsman": "ombudsman",
    "court": "court",
    "association": "association",
    "commission": "commission",
    "committee": "committee",
    "office": "office",
    "authority": "authority",
    "board": "board",
    "guard": "guard",
    "sheriff": "sheriff sheriff's",
    "jail": "jail prison",
    "prison": "prison",
}
"""What a common noun for an organization may mean, by the words in organizations' names."""

PAPERS = word_set("""
    record records log logs register diary book form report reports file files statement footage video videos
    camera cameras cctv tape tapes film recording recordings certificate return data document documents
    affidavit complaint lawsuit warrant order letter email emails photo photos image images policy minutes
    transcript notes system radar clip clips stream suit livestream broadcast page pages sign signs release book
    note petition indictment invoice sheet roster manual notice sensor gps bodycam dashcam telemetry
    dispatch screenshot caption label poster list ledger docket filing filings memo memorandum autopsy paperwork
""")
"""Papers and recordings, which speak for the office that keeps them."""

SPOKEN_FOR = word_set("""
    spokesman spokeswoman spokesperson spokespeople representative lawyer solicitor attorney counsel director
    manager chief head chairman chairwoman chair president secretary officer commander coordinator convenor
    principal superintendent commissioner inspector leader member official officials staff employee employees
    secretary foreman source sources nurse doctor guard guards board executive treasurer vice-president
    supervisor ceo editor
""")
"""Roles that are somebody's: of an organization that the words beside them name."""

POSTS = word_set("""
    foreman forewoman foremen master purser bosun management boss bosses conductor controller dispatcher
    technician operative operatives steward stewards
""")
"""Posts that an organization gives, and that nobody has without one."""

PLACES_KEPT = word_set("""
    harbour harbor port stadium airport station museum theatre hotel mall factory plant depot terminal resort casino
    pub shop store restaurant bakery warehouse gallery library zoo arena cinema quarry refinery hostel
    nursery supermarket
""")
"""Places that somebody keeps; before a post they tell whose it is ("the harbour master", "a stadium manager")."""

NO_NAMES = word_set("""
    the a an this that these those his her its their our my your he she they it we i you who what when where why
    how in on at by for from to of and or but if as with after before during while since until not no yes there
    here asked both one two three four five six seven eight nine ten monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december then
    now never nobody everyone some any each every another other more most later earlier earlier according
    meanwhile however also only just even still officers police neighbours witnesses advocates lawyers under
    over about because so did does do was were is are had has have can could will would should shall may might
    must let say says said tell told q once long
""")
"""Words that begin sentences with a capital letter and are no names."""

COMMON = word_set("""
    man woman men women boy boys girl girls people person source sources witness voice child children lady
    gentleman old young
""")
"""Words for people that tell no side and by which nobody in particular is known."""

BEFORE_NAMES = word_set("""
    assistant vice public relations information field press acting regional operations executive special agent
    chief deputy police station branch labour labor project contract board member opposition school resource
    district county city state national general senior junior team shift head duty medical legal divisional
    former divisional
""")
"""Other words that stand in a role before a name, with a capital letter at the beginning of a sentence."""

ABBREVIATED = word_set("""
    mr mrs ms dr prof rev fr hon sen rep gov sgt lt cpl capt maj col gen cmdr det insp supt ofc dep pvt st asst
    cllr ald inc ltd co jr sr atty engr
""")
"""What ends with a full stop within a name."""

PLACES = word_set("""
    row street road avenue lane hill park square bridge river island islands bay valley place boulevard drive
    way quay close crescent terrace gardens estate market harbour harbor beach creek lake mountain junction
    highway
""")
"""Words with which names of places end."""

PARTICLES = word_set("de van von der den del da di la le bin al ibn ní ó mac ter")

FIELDS = {
    "fire": "fire service", "county": "county", "city": "city", "town": "town", "school": "district", "schools":
    "district", "health": "health department", "labour": "", "labor": "", "housing": "", "planning": "", "parks": "",
    "executive": "", "press": "", "information": "", "probation": "", "safety": "", "environmental": "",
    "medical": "", "financial": "", "operating": "", "welfare": "", "relations": "", "liaison": "", "district": "",
}  # fmt: skip
"""Words before a rank that make it no policeman's ("labour officer", "fire chief"), with the side that they tell."""
