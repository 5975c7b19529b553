"""Patterns of bylines, desks, agencies, datelines and credits in English and Urdu copy.

Facts: forms seen in Pakistani, Indian, American and agency copy.  APP (Associated Press of
Pakistan) is not AP; PTI in a dateline is the Press Trust of India, elsewhere a party.
"""

from __future__ import annotations

import re
from typing import Final

# Surface form (folded) to the agency's one name.
AGENCIES: Final[dict[str, str]] = {
    "app": "APP",
    "associated press of pakistan": "APP",
    "اے پی پی": "APP",
    "اي پي پي": "APP",
    "ap": "AP",
    "associated press": "AP",
    "the associated press": "AP",
    "اے پی": "AP",
    "afp": "AFP",
    "agence france-presse": "AFP",
    "agence france presse": "AFP",
    "اے ایف پی": "AFP",
    "reuters": "Reuters",
    "thomson reuters": "Reuters",
    "رائٹرز": "Reuters",
    "رائیٹرز": "Reuters",
    "روئٹرز": "Reuters",
    "pti": "PTI",
    "press trust of india": "PTI",
    "ani": "ANI",
    "asian news international": "ANI",
    "ians": "IANS",
    "indo-asian news service": "IANS",
    "nvi": "NVI",
    "uni": "UNI",
    "inp": "INP",
    "آئی این پی": "INP",
    "nni": "NNI",
    "این این آئی": "NNI",
    "online": "Online",
    "آن لائن": "Online",
    "kms": "KMS",
    "sana": "SANA",
    "sabah news": "Sabah",
    "ثناء نیوز": "SANA",
    "صباح نیوز": "Sabah",
    "dna": "DNA",
    "wnp": "WNP",
    "ppi": "PPI",
    "tdi": "TDI",
    "tti": "TTI",
    "xinhua": "Xinhua",
    "شنہوا": "Xinhua",
    "tass": "TASS",
    "sputnik": "Sputnik",
    "anadolu": "Anadolu",
    "anadolu agency": "Anadolu",
    "anadolu ajansı": "Anadolu",
    "aa": "Anadolu",
    "kyodo": "Kyodo",
    "kyodo news": "Kyodo",
    "bloomberg": "Bloomberg",
    "bloomberg news": "Bloomberg",
    "dpa": "dpa",
    "efe": "EFE",
    "upi": "UPI",
    "wam": "WAM",
    "spa": "SPA",
    "irna": "IRNA",
    "menafn": "MENAFN",
    "pa media": "PA",
    "pa": "PA",
    "press association": "PA",
    "belga": "Belga",
    "ansa": "ANSA",
    "the canadian press": "The Canadian Press",
    "canadian press": "The Canadian Press",
    "aap": "AAP",
    "cnn": "CNN",
    "internews": "Internews",
    "deutsche presse-agentur": "dpa",
    "voa": "VOA",
    "agencies": "agencies",
    "news agencies": "agencies",
    "agency": "agencies",
    "wire services": "agencies",
    "wires": "agencies",
    "خبر ایجنسیاں": "agencies",
    "خبر ایجنسی": "agencies",
    "ایجنسیاں": "agencies",
    "ایجنسیز": "agencies",
    "نیوز ایجنسیاں": "agencies",
}

_DESK_EN = (
    r"F\.? ?P\.? (?:Report|Monitoring)|(?:Our )?Monitoring (?:Desk|Report)|"
    r"(?:[A-Z][\w.&'’-]* ){0,3}(?:Web|News|Digital|National|World|"
    r"International|Foreign|Business|City|Sports|Online|Reporting|Editorial|Features?) ?Desk|Web ?Desk|News ?Desk|"
    r"(?:Our |By |[A-Z][\w.&'’-]* ){0,3}Staff (?:Report(?:er)?s?|Writers?|"
    r"Correspondents?)|(?:Our|A) (?:Staff |Special |Own |Diplomatic |Political )?"
    r"(?:Correspondent|Reporter)s?|Special Correspondent|(?:[A-Z]\w+ )?Bureau(?: Report)?|"
    r"Recorder Report|Correspondents?|"
    r"News(?:paper|paper['’]s) (?:Staff )?(?:Reporter|Correspondent)|Editorial Board|The "
    r"Editorial Board|News Report|Staff|"
    r"Web Report|Agency Report|Commerce Reporter|(?:[A-Z][\w.&'’-]* ){1,3}(?:Staff|"
    r"Newsroom|Web Team|Web Team Staff)|Newsroom"
)
_DESK_UR = (
    "(?:[\u0600-\u06ff]+ )?(?:مانیٹرنگ ڈیسک|مانیٹرنگ رپورٹ|ویب ڈیسک|نیوز ڈیسک|نمائندہ "
    "خصوصی|نمائندہ جنگ|نمائندہ|نمائندگان|بیورو رپورٹ|"
    "خصوصی رپورٹ|اسٹاف رپورٹر|سٹاف رپورٹر|اپنے نامہ نگار سے|نامہ نگار|کامرس رپورٹر|بزنس "
    "رپورٹر|وقائع نگار خصوصی|وقائع نگار)"
)
_AGENCY_IN_BRACKETS = (
    r"AP|AFP|APP|PTI|ANI|IANS|NVI|UNI|INP|NNI|KMS|SANA|DNA|WNP|TDI|TTI|PPI|Reuters|"
    r"REUTERS|Xinhua|TASS|Sputnik|Anadolu|AA|Kyodo|"
    r"Bloomberg|CNN|Online|DPA|dpa|UPI|EFE|WAM|SPA|MENAFN[^)\n]{0,40}|Agencies|News "
    r"Agencies|Web Desk|News Desk|Monitoring Desk|"
    r"Monitoring Report|Staff Report(?:er)?|Internews|[A-Z][A-Za-z.'’ ]{2,30}(?: News| "
    r"Times| Post| Desk| Report| Correspondent)|"
    r"The [A-Z][A-Za-z.'’ ]{2,30}|APP ?- ?[^)\n]{3,60}|[A-Z][A-Za-z]+/[^)\n]{3,60}"
)
_MONTH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_FILED = (
    rf"(?P<filed>(?:{_MONTH})\.? ?\d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?|\d{{1,2}}(?:st|"
    rf"nd|rd|th)? (?:{_MONTH})\.?(?:,? \d{{4}})?)"
)
_UR_AGENCY = (
    "این این آئی|اے پی پی|اي پي پي|آن لائن|آئی این پی|ثناء نیوز|صباح نیوز|اے ایف پی|اے "
    "پی|رائٹرز|روئٹرز|شنہوا|خبر ایجنسیاں|خبر ایجنسی|"
    "نیوز ایجنسیاں|ایجنسیاں|[\u0600-\u06ff ]{2,25} آن لائن|[\u0600-\u06ff]{2,12} نیوز"
)
_UR_PLACE = (
    "واشنگٹن(?: ڈی سی)?|اسلام ?آباد|راولپنڈی|کراچی|لاہور|پشاور|کوئٹہ|نیویارک|کابل|نئی "
    "دہلی|لندن|اقوام متحدہ|مظفر ?آباد|ملتان|دبئی|بیجنگ|ریاض|ماسکو|تہران|گلگت"
)

DESK: Final = re.compile(rf"^[ \t]*(?:by[ \t]+|از[ \t]+)?(?P<desk>{_DESK_EN}|{_DESK_UR})[ \t]*$", re.I)

DATELINE_AGENCY: Final = re.compile(
    rf"^[ \t]*(?P<place>[A-Z][A-Za-z .'’/,-]{{1,45}}?)(?: ?\[(?P<country>[A-Z][A-Za-z "
    rf".]+)\])?,?[ \t]*(?:{_FILED},?)?[ \t]*"
    rf"\([ \t]*(?P<agency>{_AGENCY_IN_BRACKETS})[ \t]*\)[ \t]*(?:[:\-–—]+[ \t]*(?=\S)|(?=[A-Z“\"\[‘]))"
)
DATELINE_SLASH: Final = re.compile(
    rf"^[ \t]*(?P<place>[A-Z][A-Z .'’-]{{2,40}}?),?[ \t]*(?:{_FILED})?[ \t]*[:.]?[ "
    rf"\t]*/(?P<agency>[A-Z]{{2,8}})/\.?[ \t]*[:\-–—]*[ \t]*(?=\S)"
)
DATELINE_HOUSE: Final = re.compile(
    rf"^[ \t]*(?P<place>[A-Z]{{3,}}(?:[ /,.'’-]+[A-Z]{{2,}}){{0,4}}|[A-Z]{{3,}}(?:[ "
    rf"-][A-Z]+)?, [A-Z][a-z]+(?: [A-Z][a-z]+)?)"
    rf"(?:,? {_FILED})?[ \t]*(?::|—|–|--| - )[ \t/]*(?=\S)"
)
DATELINE_TITLE: Final = re.compile(
    r"^[ \t]*(?P<place>(?:Washington(?: DC|,? D\.C\.)?|Islamabad|Rawalpindi|Karachi|"
    r"Lahore|Peshawar|Quetta|New Delhi|Kabul|New York|"
    r"London|Beijing|Dubai|Riyadh|Doha|Tehran|Muzaffarabad|Geneva|Brussels|United Nations))"
    rf"(?:,? {_FILED})?[ \t]*(?::|—|–|--| - )[ \t]*(?=\S)"
)
DATELINE_UR: Final = re.compile(
    rf"^[ \t]*(?P<place>[\u0600-\u06ff][\u0600-\u06ff ،/]{{2,24}}?)[ "
    rf"\t]*\((?P<agency>{_UR_AGENCY}|{_DESK_UR})\)[ \t]*[:\-–—۔]*[ \t]*"
)
DATELINE_UR_PLAIN: Final = re.compile(rf"^[ \t]*(?P<place>{_UR_PLACE})[ \t]*(?::|—|–|۔|-)[ \t]*(?=\S)")

COURTESY: Final = re.compile(
    r"^[ \t(]*(?:courtesy(?: of)?|بشکریہ)[ \t]*(?:[:\-–—][ \t]*|(?<=ہ)[ \t]+)(?P<source>[^\n)]{2,60}?)[ \t).]*$", re.I
)
SOURCE_LINE: Final = re.compile(
    r"^[ \t]*(?:(?i:sources?)|ماخذ)[ \t]*[:\-][ \t]*(?P<source>[A-Z\u0600-\u06ff][^\n]{1,50})$"
)
BASED_ON: Final = re.compile(r"^[ \t]*based on (?P<source>[A-Z][\w .]{1,30}?) (?:report|inputs|copy)[ \t.]*$", re.I)
INPUTS: Final = re.compile(r"^[ \t(\[]*with (?:additional )?inputs? from (?P<source>[^).\n\]]{2,60})[).\]\s]*$", re.I)
REPORTING: Final = re.compile(
    r"^[ \t(\[]*with (?:additional )?reporting (?:by|from) (?P<source>[^.\n]{2,60})[).\]\s]*$", re.I
)
REUTERS_TAIL: Final = re.compile(
    r"^[ \t(]*Reporting by (?P<reporters>[^;.\n]+)(?:[;.] ?(?:Additional reporting by|"
    r"Writing by)[^;.\n]+)*[;.,] ?Editing by (?P<editors>[^\n).]+)"
)
PUBLISHED_IN: Final = re.compile(
    r"^[ \t(]*Published in (?P<source>[A-Z][\w.'’& ]{2,40}?),? (?:on "
    r")?(?P<date>(?:[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?|\d{1,2}(?:st|nd|rd|th)? "
    r"[A-Z][a-z]+),? \d{4})[.)\s]*$"
)
ORIGINALLY: Final = re.compile(
    r"\b(?i:(?:was )?(?:originally|first) (?:published|appeared) (?:in|on|by)) (?P<source>[A-Z][^.,\n]{2,60})"
)
DISCLAIMER: Final = re.compile(
    r"(?:auto-?generated|published|sourced) from (?:a |an )?syndicated feed|(?:only the "
    r"headline|except for the headline)[^.\n]{0,120}",
    re.I,
)
COPYRIGHT: Final = re.compile(
    r"^[ \t]*(?:Copyright|©|\(c\))[ \t]*(?:©[ \t]*)?(?P<source>[A-Z][A-Za-z .]+?),? (?P<year>20\d\d)\b[^\n]{0,40}$"
)
REPOST: Final = re.compile(r"^[ \t]*As Reported by (?:The )?(?P<source>[A-Z][\w .]{2,40})[ \t]*$")
RSS_NONE: Final = re.compile(r"none@none\.com \((?P<author>[^)]*)\)")
# "(Reporting by A in Washington)", "Additional reporting by B", "C contributed to this report."
REPORTERS: Final = re.compile(r"^[ \t(]*(?:Reporting|Additional reporting|Writing) by [A-Z][^\n]{3,250}$")
CONTRIBUTED: Final = re.compile(
    r"^(?P<source>[A-Z][^\n]{3,120}?),? (?:also )?contributed to this (?:report|story|article)\b[^\n]{0,40}$"
)
CAPTION_CREDIT: Final = re.compile(
    r"[ \t]*(?:—|–|--?) ?(?P<source>(?:Reuters|AFP|AP|APP|ISPR|PID|File|FILE|Geo|"
    r"DawnNewsTV|Online|INP|NNI|PPI|Twitter|White Star|X/@\w+|"
    r"Screengrab[^\n]{0,40}|Photo:? ?(?:FILE|File|by[^\n]{2,40}))(?:/[\w ]+)?)[ \t]*$"
)
PHOTO_LINE: Final = re.compile(
    r"^[ \t]*(?:photo(?:graph)?|image|picture|pic)s?(?: credit)?[ \t]*(?::|by)[ \t]*(?P<source>[^\n]{2,60})$", re.I
)
FUSED_CAPTION: Final = re.compile(r"[—–] ?(?P<source>AFP|Reuters|APP|AP)(?=[A-Z“\"])")
FURNITURE: Final = re.compile(
    r"^[\W_]*(?:more to follow\W*|(?:also )?read(?: more| also| next| full story)?\s*[:|"
    r"-].*|read more|also read\b.*|see also\s*:.*|"
    r"related(?: (?:articles?|stories|news|posts|coverage|topics))?(?:\s*:.{0,150}|.{0,3})|tags?|"
    r"(?:get|receive) .{0,100}(?:\binbox|newsletter)\b.{0,80}|if you enjoyed this .*|"
    r"follow .{0,80} at https?:.*|"
    r"advertisement|story continues below.*|article continues below.*|"
    r"(?:continue|keep) reading\W*.{0,40}|read comments|next story|short url.*|(?:follow|"
    r"like) us on.*|you (?:might|may) also (?:like|be interested).*|"
    r"load next story|most (?:read|popular|viewed).{0,20}|trending(?: now)?|"
    r"recommended(?: for you)?|more (?:stories|news|from)\b.{0,40}|"
    r"(?:sign|signed) up (?:for|to)\b.*(?:newsletter|alerts?|inbox|briefing|updates).*|"
    r"subscribe (?:to|now|here|for)\b.{0,120}|"
    r"(?:share|tweet|print|email|comments?|copy link|save|listen|watch(?: now)?)(?: this(?: article| story)?)?|"
    r"(?:click|tap) here (?:to|for)\b.{0,90}|download (?:the|our) .{0,40}app\b.*|join our "
    r"(?:whatsapp|telegram).*|get (?:the latest|our).{0,80}newsletter.*|"
    r"more\s*:.{0,150}|.{0,150}\[[A-Z][A-Z ]{3,20}\]|for more stories like this.*|get in "
    r"touch with our .*|tell us what you think\W*|"
    r"this (?:copy|article) (?:is for your personal|has been sent to).*|this article is "
    r"the copyrighted .*|written permission must be obtained.*|"
    r"to (?:view|read) the full (?:story|article),? (?:please )?(?:subscribe|log|sign).*|"
    r"if you[’'](?:re|ve) .{0,60}already a (?:subscriber|member).*|"
    r"(?:first-time|new|existing|already an?) (?:subscribers?|members?)\b.*|(?:please "
    r")?(?:subscribe|log ?in|sign in|register)\b.{0,60}to (?:continue|read|access|view|"
    r"unlock).*|"
    r".{0,60}(?:download|get) the .{0,40}\bapps?\b.*|click here to get .*|"
    r"(?:you can |please )?(?:follow|like|join) .{0,60}on (?:twitter|facebook|instagram|"
    r"whatsapp|telegram|youtube|google news)\b.*|"
    r"(?:subscribe|sign up|register) (?:now |today )?(?:to|for) .{0,60}(?:newsletters?|"
    r"e-?(?:nation|paper|edition)|channel|updates|alerts|edition)\b.*|"
    r"submit your letter.*|send us (?:an? )?(?:e-?mail|your|news).*|(?:have|got) a (?:tip|story|question)\b.*|"
    r"(?:le|te) puede interesar\b.{0,150}|related roundup.*|how to listen to .{0,60}|"
    r"(?:listen|download|itunes|spotify)\s*:\s*http.*|lea (?:también|además)\s*:?.*|lees "
    r"(?:meer|ook)\b.*|lire aussi\b.*|mehr zum thema.*|leia (?:também|mais)\b.*|"
    r"(?:this article|this story) (?:has been|was) (?:updated|corrected)\.?|scroll "
    r"(?:down )?(?:to|for) .{0,40}|skip (?:advertisement|ad).{0,20}|"
    r"مزید پڑھیں.*|یہ بھی پڑھیں.*|یہ بھی پڑھئے.*|شیئر:?|جواب دیں|مزید خبریں.*|متعلقہ خبریں.*|یہ بھی دیکھیں.*)[\W_]*$",
    re.I,
)
