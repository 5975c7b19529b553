"""A warehouse small enough to know by heart, on which every ready question has an answer to check by eye.

All of it is invented; `tests.warehouse.questions` writes it into a file.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

# key, name, country, language, family, kind of owner
OUTLETS = """
    dawn          Dawn                PK en dawn         private
    dawnnews      DawnNews            PK ur dawn         private
    tribune       Tribune             PK en lakson       private
    express       Express             PK ur lakson       private
    frontierpost  The_Frontier_Post   PK en frontierpost private
    arabnews      Arab_News           SA en srmg         private
    ndtv          NDTV                IN en ndtv         private
    nyt           The_New_York_Times  US en nyt          private
    reuters       Reuters             GB en reuters      private
    state-dept    State_Department    US en state-dept   government
"""
# key, kind, country, name
ENTITIES = """
    donald-trump     person       US Donald_Trump
    joe-biden        person       US Joe_Biden
    marco-rubio      person       US Marco_Rubio
    donald-lu        person       US Donald_Lu
    imran-khan       person       PK Imran_Khan
    shehbaz-sharif   person       PK Shehbaz_Sharif
    ishaq-dar        person       PK Ishaq_Dar
    us-president     office       US President_of_the_United_States
    us-secdef        office       US Secretary_of_War
    pk-pm            office       PK Prime_Minister_of_Pakistan
    state-department organisation US State_Department
    us-consulate-karachi organisation US US_Consulate_Karachi
    pti-party        organisation PK Pakistan_Tehreek-e-Insaf
    ttp              group        PK Tehreek-e-Taliban_Pakistan
    f-16             instrument   US F-16
    washington-dc    place        US Washington
"""
# office, holder, first day, last day
ROLES = """
    us-president donald-trump   2017-01-20 2021-01-20
    us-president joe-biden      2021-01-20 2025-01-20
    us-president donald-trump   2025-01-20 -
    us-secstate  marco-rubio    2025-01-21 -
    pk-pm        imran-khan     2018-08-18 2022-04-10
    pk-pm        shehbaz-sharif 2022-04-11 2023-08-14
    pk-pm        shehbaz-sharif 2024-03-04 -
    pk-fm        ishaq-dar      2024-03-11 -
"""
FITNA, BOTH = "Fitna al-Khawarij attacked a post.", "Fitna al-Khawarij, the banned TTP, attacked a post."
DEAL = "Washington approved $686 million of F-16 upgrades and $649m of parts."
SPUN = "A road map for rare earths was drawn up in Islamabad."
OUR_PARTNER, OUSTED = "Pakistan is [our] partner of the United States", "the US wanted him out"
PARTNER = "Pakistan is a strategic partner of the United States"
STOPPED = "I stopped a war between two nuclear nations"
CIPHER = "Imran Khan claimed that Washington wanted him out."
RESETTLE = "Police held Afghans who wait for resettlement in the United States."
URDU_WAR, URDU_DEAL = "دشمن کے حملہ کے بعد جنگ بندی", "امریکا نے ایف سولہ کے لیے 686 ملین ڈالر کی منظوری دی۔"
# key, outlet, time (UTC; - unknown), level, story (- none), topics, copy kind and origin (- original), headline, text
ARTICLES: list[tuple[str, str, str, int, str, str, str, str, str]] = [
    ("f16-wire", "reuters", "2025-12-10T08:00", 3, "f16", "sec.defence_arms", "-", "US clears F-16 upgrade", DEAL),
    ("f16-copy", "dawn", "2025-12-10T12:00", 3, "f16", "sec.defence_arms", "near f16-wire", "US clears F-16s", DEAL),
    ("f16-own", "tribune", "2025-12-10T20:30", 3, "f16", "sec.defence_arms", "-", "F-16 deal",
     "The package is worth $0.686 billion, an official said, and Rs1.5 crore of fees."),
    ("f16-part", "dawn", "2025-12-16T05:00", 2, "f16", "sec.defence_arms", "excerpt f16-wire", "After the F-16 deal",
     "Our reporter asks what $686m buys."),
    ("f16-undated", "tribune", "-", 2, "-", "sec.defence_arms", "-", "F-16 history", "The jets came in 1983."),
    ("f16-urdu", "express", "2025-12-11T06:00", 3, "f16", "sec.defence_arms", "-", "ایف سولہ", URDU_DEAL),
    ("iran-arab", "arabnews", "2025-11-03T06:00", 2, "iran", "reg.iran_mediation", "-", "Pakistan hosts talks",
     "Talks began.\nThey go on."),
    ("iran-fp", "frontierpost", "2025-11-03T10:00", 2, "iran", "reg.iran_mediation", "near iran-arab",
     "Pakistan hosts talks", "Talks began.\nThey go on.\nA local line."),
    ("iran-fp-2", "frontierpost", "2025-11-04T10:00", 2, "-", "reg.iran_mediation", "-", "More talks", "Nothing held."),
    ("iran-ndtv", "ndtv", "2025-11-03T08:00", 2, "iran", "reg.iran_mediation", "-", "Islamabad hosts", "Talks."),
    ("truce-nyt", "nyt", "2025-05-10T14:00", 3, "truce", "reg.india_kashmir", "-", "A Truce in Kashmir",
     "After strikes and retaliation, a ceasefire."),
    ("truce-dawn", "dawn", "2025-05-10T15:00", 3, "truce", "reg.india_kashmir", "-", "Ceasefire holds",
     "The enemy strikes were met; now dialogue and talks."),
    ("truce-dawnnews", "dawnnews", "2025-05-10T16:30", 3, "truce", "reg.india_kashmir", "-", "جنگ بندی", URDU_WAR),
    ("truce-ndtv", "ndtv", "2025-05-10T18:00", 3, "truce", "reg.india_kashmir", "-", "Ceasefire", "The ceasefire."),
    ("truce-tribune", "tribune", "2025-05-11T02:00", 3, "truce", "reg.india_kashmir", "reprint truce-nyt",
     "A truce in Kashmir", "After strikes and retaliation, a ceasefire."),
    ("ttp-1", "dawn", "2024-07-20T09:00", 2, "-", "sec.counterterrorism", "-", "Post attacked", "The TTP attacked."),
    ("ttp-2", "dawn", "2024-07-25T20:00", 2, "-", "sec.counterterrorism", "-", "Post attacked again", BOTH),
    ("ttp-3", "dawn", "2024-08-05T09:00", 2, "-", "sec.counterterrorism", "-", "Attack", FITNA),
    ("ttp-4", "tribune", "2024-08-06T09:00", 2, "-", "sec.counterterrorism", "-", "TTP again", "It attacked."),
    ("ttp-5", "tribune", "2024-08-07T09:00", 2, "-", "sec.counterterrorism", "near ttp-3", "Attack", FITNA),
    ("cipher-tribune", "tribune", "2022-04-10T06:00", 3, "cipher", "pol.imran_cipher", "-", "Khan speaks", CIPHER),
    ("cipher-dawn", "dawn", "2022-04-10T15:00", 3, "cipher", "pol.imran_cipher", "-", "US denies", "Denied."),
    ("cipher-express", "express", "2022-04-11T09:00", 3, "cipher", "pol.imran_cipher", "-", "سائفر", "عمران خان"),
    ("war-1", "dawn", "2025-09-09T09:00", 2, "-", "sec.defence_arms", "-", "Hegseth", "Defence Secretary Hegseth."),
    ("war-2", "tribune", "2025-09-16T09:00", 2, "-", "sec.defence_arms", "-", "Hegseth", "Secretary of War Hegseth."),
    ("war-3", "dawn", "2025-09-17T09:00", 2, "-", "sec.defence_arms", "-", "Secretary of War", "Defence Secretary."),
    ("mou-dawn", "dawn", "2025-09-08T09:00", 3, "mou", "eco.minerals_investment", "-", "A $500m deal", "Minerals."),
    ("mou-tribune", "tribune", "2025-09-08T12:00", 3, "mou", "eco.minerals_investment", "near mou-dawn",
     "Minerals deal", "Worth $500 million."),
    ("mou-nyt", "nyt", "2025-09-09T01:00", 2, "mou", "eco.minerals_investment", "-", "Rare Earths",
     "A $500 million memorandum. A plan for rare earths was made in Islamabad."),
    ("mou-spun", "frontierpost", "2025-09-09T09:00", 2, "mou", "eco.minerals_investment", "reprint mou-nyt", "-", SPUN),
    ("afghan-dawn", "dawn", "2025-08-20T09:00", 2, "afghan", "afg.refugees_resettlement", "-", "Raids", RESETTLE),
    ("afghan-dawn-2", "dawn", "2025-08-21T09:00", 2, "camps", "afg.refugees_resettlement", "-", "Camps", "Shut."),
    ("afghan-ndtv", "ndtv", "2025-08-20T10:00", 1, "afghan", "afg.refugees_resettlement", "-", "Raids", "On again."),
    ("attack", "dawn", "2026-03-02T04:00", 3, "attack", "ppl.consular_safety", "-", "23 killed at Karachi consulate",
     "At least 23 people were killed and 40 were injured. Washington rejected the charge and denied firing."),
    ("attack-tribune", "tribune", "2026-03-02T05:00", 3, "attack", "ppl.consular_safety", "-", "Ten dead",
     "Ten people died."),
    ("readout", "state-dept", "2025-07-25T18:00", 3, "visit", "dip.visits_relations", "-", "Rubio meets Dar",
     "The Secretary met the Deputy Prime Minister. They spoke of trade and minerals."),
    ("visit-dawn", "dawn", "2025-07-25T21:00", 3, "visit", "dip.visits_relations", "excerpt readout", "Dar meets Rubio",
     "They spoke of trade and minerals."),
    ("visit-express", "express", "2025-07-26T06:00", 3, "visit", "dip.visits_relations", "-", "ملاقات", "ملاقات ہوئی۔"),
    ("former", "tribune", "2026-01-15T09:00", 2, "-", "dip.visits_relations", "-", "On tariffs",
     "A letter to former president Donald Trump, and to President Joe Biden."),
    ("cricket", "dawn", "2026-01-16T09:00", 0, "-", "", "-", "Sundar takes five", "Washington Sundar bowled."),
    ("wall", "nyt", "2025-12-10T09:00", 3, "f16", "sec.defence_arms", "-", "F-16s", "Subscribe to read $686m."),
]  # fmt: skip
MORE: dict[str, Row] = {
    "f16-copy": {"agency": "Reuters", "dateline": "WASHINGTON"},
    "f16-own": {"authors": ["Anwar Iqbal"], "dateline": "WASHINGTON"},
    "iran-fp": {"credit": "arab news", "evidence": '{"credit": "courtesy"}'},
    "iran-fp-2": {"credit": "anadolu", "evidence": '{"credit": "courtesy"}'},
    "truce-dawnnews": {"credit": "The New York Times", "dateline": "واشنگٹن"},
    "truce-tribune": {"credit": "The New York Times"},
    "attack": {"version": 2},
    "wall": {"verdict": "paywall_stub"},
}
# article, origin, agency, kind, share, evidence
REPRINTS: list[tuple[str, str | None, str | None, str, float | None, Row]] = [
    ("f16-copy", "f16-wire", "Reuters", "near", 0.98, {"shared": "agency", "credit": "dateline"}),
    ("f16-part", "f16-wire", None, "excerpt", 0.4, {"shared": "agency"}),
    ("f16-own", None, "AFP", "credited", None, {"shared": "own", "credit": "inputs"}),
    ("iran-fp", "iran-arab", "Arab News", "near", 0.9, {"shared": "own", "credit": "courtesy"}),
    ("iran-fp-2", None, "Anadolu", "credited", None, {"shared": "own", "credit": "courtesy"}),
    ("truce-tribune", "truce-nyt", "The New York Times", "reprint", 1.0, {"shared": "own", "credit": "courtesy"}),
    ("truce-dawnnews", None, "The New York Times", "credited", None, {"shared": "own", "credit": "text"}),
    ("ttp-5", "ttp-3", None, "near", 1.0, {"shared": "handout"}),
    ("mou-tribune", "mou-dawn", None, "near", 0.95, {"shared": "handout"}),
    ("mou-spun", "mou-nyt", None, "reprint", 0.35, {"shared": "own"}),
    ("visit-dawn", "readout", None, "excerpt", 0.5, {"shared": "handout"}),
]
# article, other, kind, share of the article, shares of its paragraphs
SHARED: list[tuple[str, str, str, float, list[float]]] = [
    ("iran-fp", "iran-arab", "near", 0.9, [1.0, 1.0, 0.0]),
    ("readout", "visit-dawn", "excerpt", 0.25, [0.25]),
    ("visit-dawn", "readout", "excerpt", 1.0, [1.0]),
]
# article: entity, surface, office, flags, places
MENTIONS = """
    f16-wire f-16 F-16 - - 0
    f16-copy f-16 F-16 - - 0
    f16-own f-16 F-16 - - 0
    f16-part f-16 F-16 - - 0
    f16-undated f-16 F-16 - - 0
    f16-urdu f-16 F-16 - - 0
    wall f-16 F-16 - - 0
    truce-nyt donald-trump Trump us-president - 5
    truce-nyt shehbaz-sharif Sharif pk-pm - 9
    truce-dawn donald-trump Trump us-president - 5
    truce-dawn shehbaz-sharif Sharif pk-pm - 9
    truce-dawnnews donald-trump Trump us-president - 5
    truce-dawnnews shehbaz-sharif Sharif pk-pm - 9
    ttp-1 ttp TTP - - 4
    ttp-2 ttp TTP - - 4
    ttp-3 ttp TTP - - 4
    ttp-4 ttp TTP - - 4
    ttp-5 ttp TTP - - 4
    cipher-tribune imran-khan Khan - - 5
    cipher-dawn imran-khan Khan - - 5
    war-1 us-secdef Defence_Secretary us-secdef - 0
    war-2 us-secdef Secretary_of_War us-secdef - 0
    war-3 us-secdef Secretary_of_War us-secdef - 0
    mou-nyt donald-trump Trump us-president - 5
    mou-nyt shehbaz-sharif Sharif pk-pm - 9
    mou-dawn donald-trump Trump us-president - 5
    mou-dawn shehbaz-sharif Sharif pk-pm - 9
    attack us-consulate-karachi consulate - - 5
    attack washington-dc Washington - - 5
    attack-tribune us-consulate-karachi consulate - - 5
    readout marco-rubio Rubio us-secstate - 5
    readout ishaq-dar Dar pk-fm - 9
    visit-dawn marco-rubio Rubio us-secstate - 5
    visit-dawn ishaq-dar Dar pk-fm - 9
    visit-dawn donald-trump Trump us-president - 15
    visit-dawn shehbaz-sharif Sharif pk-pm - 19
    visit-express marco-rubio روبیو us-secstate - 5
    visit-express ishaq-dar ڈار pk-fm - 9
    former us-president president us-president former 19
    former donald-trump Donald_Trump - - 29
    former joe-biden Joe_Biden us-president anachronism 59
    cricket washington-dc Washington - - 0
"""
# article, speaker, entity, verb, its class, kind, kind of source, reason for anonymity, words
QUOTES: list[tuple[str, str | None, str | None, str | None, str | None, str, str, str | None, str]] = [
    ("truce-nyt", "Trump", "donald-trump", "said", "neutral", "direct", "person", None, STOPPED),
    ("truce-dawn", "Trump", "donald-trump", "claimed", "claiming", "direct", "person", None, STOPPED),
    ("truce-tribune", "Trump", "donald-trump", "said", "neutral", "direct", "person", None, STOPPED),
    ("truce-ndtv", "Trump", "donald-trump", "claimed", "claiming", "partial", "person", None, "ended the fighting"),
    ("truce-dawn", "Sharif", "shehbaz-sharif", "said", "neutral", "direct", "person", None, "We chose peace"),
    ("truce-dawn", "an aide", None, "said", "neutral", "direct", "anonymous", None, "It was close"),
    ("truce-dawn", "Imran Khan", "imran-khan", "said", "neutral", "direct", "person", None, "No official speaks here"),
    ("truce-nyt", "officials", None, "said", "neutral", "indirect", "anonymous", "on condition of anonymity", "ok"),
    ("f16-wire", "Donald Lu", "donald-lu", "said", "neutral", "direct", "person", None, PARTNER),
    ("f16-copy", "Lu", "donald-lu", "stressed", "asserting", "direct", "person", None, PARTNER),
    ("f16-own", "Lu", "donald-lu", "said", "neutral", "direct", "person", None, OUR_PARTNER),
    ("f16-part", "Lu", "donald-lu", "said", "neutral", "direct", "person", None, "a strategic partner"),
    ("f16-undated", "officials", None, "said", "neutral", "direct", "anonymous", None, "An old story"),
    ("cipher-tribune", "Imran Khan", "imran-khan", "claimed", "claiming", "indirect", "person", None, OUSTED),
    ("cipher-dawn", "Khan", "imran-khan", "said", "neutral", "indirect", "person", None, "the cipher was a threat"),
    ("cipher-dawn", "the State Department", "state-department", "denied", "denying", "indirect", "institution", None,
     "there is no truth in it"),
    ("ttp-1", "ISPR", None, "said", "neutral", "indirect", "institution", None, "five were killed"),
    ("ttp-2", "officials", None, "said", "neutral", "direct", "anonymous", "not authorised to speak", "We knew"),
    ("ttp-2", "officials", None, "added", "neutral", "direct", "anonymous", None, "We waited"),
    ("ttp-3", "Mohsin Naqvi", None, "said", "neutral", "direct", "person", None, "They will be defeated"),
    ("ttp-5", "Mohsin Naqvi", None, "said", "neutral", "direct", "person", None, "They will be defeated"),
]  # fmt: skip
VERSIONS: list[tuple[int, str, str, str, int | None]] = [
    (1, "2026-03-02T04:10", "10 killed at Karachi consulate", "At least 10 were killed and 40 were injured.", None),
    (2, "2026-03-02T07:40", "23 killed at Karachi consulate",
     "At least 23 people were killed and 40 were injured. Washington rejected the charge and denied firing.", 8),
]  # fmt: skip
