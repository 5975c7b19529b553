"""Verbs and phrases that introduce what somebody said, with their stance class.

Classes after the reporting-verb table of the domain notes: neutral, asserting, claiming (the
writer keeps distance), denying, requesting, warning, approving, disapproving, revealing.
"""

from __future__ import annotations

from tasks.enrich.wordlist import wordset

_BY_CLASS = {
    "neutral": """say says said saying tell tells told telling add adds added adding states stated stating
        announce announces announced announcing remarks remarked reply replies replied replying
        respond responds responded responding answered commented commenting write writes
        wrote writing tweet tweets tweeted tweeting posted posting explain explains explained
        explaining describe describes described describing reports reported recall recalls
        recalled quip quipped joked continue continued notes noted noting observe observed
          testify testified mentioned mentioning think thinks thought believe believes
        believed suggest suggests suggested suggesting predict predicts predicted expressed
        expressing declare declares declared declaring conclude concluded argue argues argued arguing
         discussed quoted feels felt calls called calling say-so pledged
         promised indicate indicated hope hopes hoped hoping shout shouted shouts yell yelled
        exclaimed advise advises advised email emailed e-mailed texted informed informs opined mused
        wondered wonders countered counters speculated questioned questions began begins begin retorted
        blogged summed offered offers elaborated clarified clarifies testifies asserting cited
        citing arguing contending remarking joking quipping predicting recalling testifying
        wondering recounting yelling shouting reads
        recount recounted ruled propose proposed کہا کہنا کہی کہے کہتے کہتی بتایا بتائی بیان
        گویا لکھا لکھتے بولے بولیں جواب اعلان
        show shows showed signaled signalled implied implies""",
    "asserting": """stress stresses stressed stressing underscore underscored underscoring reiterate reiterates
        reiterated reiterating maintain maintains maintained maintaining insist insists insisted
        insisting emphasise emphasised emphasize emphasized emphasizing emphasising affirm affirmed
        reaffirm reaffirmed assert asserts asserted asserting contend contends contended confirm
        confirms confirmed confirming boast boasted زور اعادہ واضح
        assured assures assuring reminded reminds reminding touted highlight highlights highlighted
        highlighting proclaimed trumpeted""",
    "claiming": """ claims claimed claiming allege alleges alleged alleging accuse accuses accused accusing
        دعویٰ دعوی الزام""",
    "denying": """deny denies denied denying reject rejects rejected rejecting dismiss dismissed dismissing refute
        refuted refuting disputed disputes تردید مسترد
        decline declines declined declining refuse refuses refused refusing""",
    "requesting": """urge urges urged urging demands demanded demanding ask asks asked asking
         requested requesting appealed recommend recommended مطالبہ درخواست اپیل""",
    "warning": "warn warns warned warning cautions cautioned cautioning vows vowed vowing threatened خبردار متنبہ",
    "approving": """laud lauded lauding hail hails hailed praises praised praising thank thanked thanking
        welcome welcomed applaud applauded appreciated commended congratulated سراہا شکریہ خیرمقدم
        agree agrees agreed endorse endorses endorsed defend defends defended defending""",
    "disapproving": """condemn condemns condemned condemning slam slams slammed slamming criticise criticised criticize
        criticized criticizing lament lamented regret regretted complain complains complained
        complaining blasted decried decry denounced مذمت افسوس تنقید
        oppose opposes opposed bemoaned""",
    "revealing": """reveal reveals revealed revealing disclose disclosed admit admits admitted admitting acknowledge
        acknowledges acknowledged acknowledging concede conceded concedes confess confessed انکشاف
        اعتراف""",
}
CUES: dict[str, str] = {word: name for name, words in _BY_CLASS.items() for word in wordset(words)}
# so common as nouns, adjectives or other acts that they introduce indirect speech only before 'that'
WEAK = wordset(
    """note call post posting report reports think thinks thought believe believes believed feel feels
    felt express describe describes read reads continue continued welcome welcomed discuss discussed
    quote quoted warning claim claims appeal demand demands state states answer comment request
    praise maintain maintained hold find found promise promised pledge pledged rule ruled hope hopes
    reject recall recalls indicate indicated reveal revealed hail hails recalling contending ask
    asks asking cite confirm confirmed blast blasted thank cautioned slammed propose answered
    applauded regret vow blame admit respond responded write written began begin begins offers
    informed informs questions wondered advised deny denied disputed disputes boast boasted tweet
    tweets complained"""
)
AUXILIARIES = wordset(
    """has have had is are was were be been also later then reportedly repeatedly further earlier again
    once recently previously first just already still even subsequently simply often always never
    did do does would will could may might should must only quickly today yesterday monday tuesday
    wednesday thursday friday saturday sunday publicly openly famously flatly instead ever rightly
    wryly bluntly quietly long"""
)
# what a subject cannot reach across when read backwards from its verb
CLAUSE = wordset(
    "and but that which when as while because if although though where so or after before since than what how whether"
)
PRONOUNS = wordset("he she they it i we you who his her their وہ انہوں انھوں اس ان")
PLAIN_PRONOUNS = wordset("he she وہ انہوں انھوں")
