"""The language of a text: script first, then letters that only one language has, then function words.

Deterministic, no model.  Urdu, Persian, Arabic, Pashto and Sindhi share a script and differ in
letters (ٹ ڈ ڑ ں ے; گ پ ژ; ة ي; ښ ځ ې; ٻ ڄ ڙ); Roman Urdu is told from English by its function words.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

UNKNOWN: Final = "und"
_MIN_LETTERS: Final = 20
_SAMPLE: Final = 3000

_SCRIPTS: Final = (
    ("arabic", "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"),
    ("latin", "A-Za-z\u00c0-\u024f\u1e00-\u1eff"),
    ("devanagari", "\u0900-\u097f"),
    ("bengali", "\u0980-\u09ff"),
    ("gurmukhi", "\u0a00-\u0a7f"),
    ("gujarati", "\u0a80-\u0aff"),
    ("tamil", "\u0b80-\u0bff"),
    ("telugu", "\u0c00-\u0c7f"),
    ("kannada", "\u0c80-\u0cff"),
    ("malayalam", "\u0d00-\u0d7f"),
    ("kana", "\u3040-\u30ff"),
    ("han", "\u3400-\u9fff"),
    ("hangul", "\uac00-\ud7a3\u1100-\u11ff"),
    ("cyrillic", "\u0400-\u04ff"),
    ("greek", "\u0370-\u03ff"),
    ("hebrew", "\u0590-\u05ff"),
    ("thai", "\u0e00-\u0e7f"),
    ("burmese", "\u1000-\u109f"),
    ("armenian", "\u0530-\u058f"),
    ("georgian", "\u10a0-\u10ff"),
)
_SCRIPT_RE: Final = {name: re.compile(f"[{span}]+") for name, span in _SCRIPTS}
_ONE_LANGUAGE: Final = {
    "devanagari": "hi",
    "bengali": "bn",
    "gurmukhi": "pa",
    "gujarati": "gu",
    "tamil": "ta",
    "telugu": "te",
    "kannada": "kn",
    "malayalam": "ml",
    "kana": "ja",
    "han": "zh",
    "hangul": "ko",
    "greek": "el",
    "hebrew": "he",
    "thai": "th",
    "burmese": "my",
    "armenian": "hy",
    "georgian": "ka",
}
# Letters that settle it, with how much each occurrence says.
_LETTERS: Final = {
    "ur": dict.fromkeys("ٹڈڑںے", 3.0) | dict.fromkeys("ہھ", 1.0),
    "ps": dict.fromkeys("ټډړښځڅڼېۍګ", 4.0),
    "sd": dict.fromkeys("ٻڄڃٺڌڏڙڳڱڻڦٿ", 4.0),
    "fa": dict.fromkeys("ژ", 1.0) | dict.fromkeys("پچگ", 0.3) | dict.fromkeys("یک", 0.2),
    "ar": dict.fromkeys("ةيكىأإ", 1.0),
}
_WORDS: Final = {
    "ur": "ہے ہیں کے کی کا کو میں سے نے اور پر کہ یہ اس بھی گیا تھا کیا ایک جو تو کر ہو گئے رہے",
    "fa": "است این که را با از به در آن برای های می شد شده کرد بود خود تا یک ها و",
    "ar": "في من على إلى أن التي الذي عن مع هذا هذه كان قد بعد ما لا كما وقال بين",
    "ps": "د په چې او ته دی ده کې له يې شوي هم دا سره پر نه وه دي کوي",
    "sd": "۾ جي جو کي ۽ آهي سان جا آهن تي کان هن اهو ته ڪيو",
    "en": "the of and to in that is was for on with as by at from his he it said has have are "
    "be not an this which will their but were",
    "ur-Latn": "hai hain ka ki ke ko mein main se aur nahi nahin kya yeh ye woh wo par bhi kar raha "
    "rahe rahi gaya gayi gaye tha thi thay liye ne apne apni jo ho hua hui hum aap kuch "
    "sath "
    "saath baad kaha karne karna kiya diya hota hoti wali wala wale jab tak agar lekin "
    "magar sab is us un in kaha nay mulk hukumat wazir azam unhon inhon kehna kiya jaye "
    "sakta sakte",
    "de": "der die und das den von zu mit ist im nicht ein eine auf für dem des sich auch als es hat werden bei",
    "fr": "le la les des et un une du en est que pour dans qui sur pas par au avec ce plus ont aux",
    "es": "el la los las de que y en un una por con para del se no su al es lo como más",
    "pt": "o a os as de que e em um uma por com para do da não se no na ao mais foi são",
    "it": "il la le di che e un una per con del della non si in da sono alla nel più gli",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er ook maar bij door",
    "tr": "ve bir bu da de için ile olarak çok daha olan ise gibi en kadar sonra ancak var ne oldu",
    "id": "yang dan di ini untuk dengan dari pada itu tidak akan dalam ke oleh juga telah karena ada mereka",
    "sv": "och att det som en på är av för med den till har inte om ett men var sig",
    "pl": "i w na z do się nie że to jest o po za od przez jak ale co dla",
    "ro": "și în de la cu pe care nu o a să din pentru este un mai au fost",
}
_WORD_SETS: Final = {lang: frozenset(words.split()) for lang, words in _WORDS.items()}
_ARABIC_LANGS: Final = ("ur", "fa", "ar", "ps", "sd")
_TOKEN: Final = re.compile(r"[^\W\d_]+")
# Words that English and Roman Urdu share say nothing.
_SHARED: Final = frozenset(["is", "in", "us", "are", "he", "main", "the", "to"])
_LATIN_LANGS: Final = tuple(lang for lang in _WORD_SETS if lang not in _ARABIC_LANGS)
# A function word and the languages that have it.
_LANGS_OF: Final = {
    word: tuple(
        lang for lang in _LATIN_LANGS if word in _WORD_SETS[lang] and not (lang == "ur-Latn" and word in _SHARED)
    )
    for word in {word for lang in _LATIN_LANGS for word in _WORD_SETS[lang]}
}


def _dominant(text: str) -> tuple[str, int]:
    letters = sum(map(str.isalpha, text))
    if text.isascii():
        return "latin", letters
    counts: dict[str, int] = {}
    for name, pattern in _SCRIPT_RE.items():
        counts[name] = len("".join(pattern.findall(text)))
        if counts[name] > 0.7 * letters and name != "han":
            return name, letters
    name = max(counts, key=lambda key: counts[key])
    # Japanese mixes kana with Han letters.
    if name == "han" and counts["kana"] > 0.05 * counts["han"]:
        name = "kana"
    return name, letters


def _arabic(text: str, prior: str | None) -> str:
    letters = Counter(text)
    words = Counter(_TOKEN.findall(text))
    total = max(1, sum(words.values()))
    scores: dict[str, float] = {}
    for lang in _ARABIC_LANGS:
        cue = sum(weight * letters[letter] for letter, weight in _LETTERS[lang].items())
        hits = sum(words[word] for word in _WORD_SETS[lang])
        scores[lang] = cue / total + 3.0 * hits / total + (0.15 if lang == prior else 0.0)
    # Letters of Urdu, Pashto and Sindhi occur nowhere else; Arabic ones occur in Urdu from an Arabic keyboard.
    return max(scores, key=lambda lang: scores[lang])


def _latin(text: str, prior: str | None) -> str:
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    if not tokens:
        return UNKNOWN
    hits = dict.fromkeys(_LATIN_LANGS, 0)
    for token, count in Counter(tokens).items():
        for lang in _LANGS_OF.get(token, ()):
            hits[lang] += count
    scores = {lang: n / len(tokens) + (0.03 if lang == prior else 0.0) for lang, n in hits.items()}
    best = max(scores, key=lambda lang: scores[lang])
    if scores[best] >= 0.06:
        return best
    # Too few function words (a headline, a language not listed): the page's own word, else English for plain ASCII.
    if prior and prior not in _ARABIC_LANGS and prior != "hi":
        return prior
    return "en" if text.isascii() and scores["en"] >= scores["ur-Latn"] else UNKNOWN


def detect_language(text: str, *, prior: str | None = None) -> str:
    """BCP 47 tag of a text ('en', 'ur', 'ur-Latn', 'fa', 'ar', 'ps', 'hi', …), or 'und' below 20 letters.

    ``prior`` (the outlet's or the page's tag) tips close calls only; it never outweighs the letters.
    """
    sample = text[:_SAMPLE]
    script, letters = _dominant(sample)
    if letters < _MIN_LETTERS:
        return UNKNOWN
    tag = (prior or "").lower().replace("_", "-").split("-")[0] or None
    if script == "arabic":
        return _arabic(sample, tag)
    if script == "latin":
        return _latin(sample, tag)
    if script == "cyrillic":
        return (
            "uk"
            if len(re.findall("[іїєґІЇЄҐ]", sample)) > 0.01 * letters
            else (tag if tag in ("bg", "sr", "mk", "kk", "be", "uz", "tg") else "ru")
        )
    if script == "devanagari" and tag in ("mr", "ne", "sa"):
        return str(tag)
    return _ONE_LANGUAGE[script]
