"""Text for search and comparison: one form for letters that look the same.

The original is always kept; these forms only meet each other.  Letter facts: Unicode, blocks Arabic and
Arabic Presentation Forms; Urdu keyboards write ی ک ہ where Arabic ones write ي ك ه.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS: dict[int, str | None] = {
    ord("ي"): "ی",
    ord("ى"): "ی",
    ord("ې"): "ی",
    ord("ٸ"): "ئ",
    ord("ۓ"): "ئے",
    ord("ك"): "ک",
    ord("ڪ"): "ک",
    ord("ه"): "ہ",
    ord("ۂ"): "ہ",
    ord("ۀ"): "ہ",
    ord("ة"): "ہ",
    ord("ۃ"): "ہ",
    ord("ە"): "ہ",
    ord("أ"): "ا",
    ord("إ"): "ا",
    ord("ٱ"): "ا",
    ord("۔"): ".",
    ord("،"): ",",
    ord("؛"): ";",
    ord("؟"): "?",
    ord("٪"): "%",
    ord("٫"): ".",
    ord("٬"): ",",
    0x640: None,  # kashida: stretches a word, means nothing
    **{0x660 + n: str(n) for n in range(10)},
    **{0x6F0 + n: str(n) for n in range(10)},
}
# Vowel marks, honorific signs, joiners and direction marks: written or left out at will.
_MARKS = re.compile(
    "[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"
)
_QUOTES = str.maketrans(
    {
        **dict.fromkeys(map(ord, "‘’‛´ʼ′"), "'"),
        **dict.fromkeys(map(ord, "“”„‟«»″"), '"'),
        **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
        ord("…"): "...",
    }
)
_ODD = re.compile("[‘’‛`´ʼ′“”„‟«»″‐‑‒–—―−…]")
# The odd signs of ordinary prose, mapped as in _QUOTES: without them most lines are ASCII.
_COMMON = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("…", "..."), ("\u00a0", " "))
_DASH = re.compile(r" ?-+ ?")
_NOT_WORD = re.compile(r"[^\w]+")
_ASCII_NOT_WORD = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) == "_")}
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


def normalize_urdu(text: str) -> str:
    """Urdu (and any Arabic-script) text in one spelling, blanks squeezed; idempotent.

    Presentation forms become letters (NFKC); ي ك ه and their variants the Urdu letters; digits
    ASCII; ZWNJ, kashida, vowel marks and direction marks vanish.  Other scripts pass unchanged but for NFKC.
    """
    text = unicodedata.normalize("NFKC", text)
    text = _MARKS.sub("", text.translate(_LETTERS))
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str | None) -> str:
    """A form for comparing names and titles: NFKC, case folded, quotes, dashes and blanks unified."""
    if not text:
        return ""
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    """``fold`` but for the blanks.  Most lines are ASCII or nearly so: the costly steps are for the others."""
    folded = text.casefold()
    if folded.isascii():
        return folded
    for odd, plain in _COMMON:
        folded = folded.replace(odd, plain)
    if folded.isascii():
        return folded
    folded = unicodedata.normalize("NFKC", folded).casefold()
    if _ODD.search(folded):
        folded = folded.translate(_QUOTES)
    return normalize_urdu(folded) if _ARABIC.search(folded) else folded


def plain_signs(text: str) -> str:
    """Quotes, dashes, ellipses, blanks and Urdu letters in one form; what was typed otherwise says the same."""
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    text = normalize_urdu(text) if _ARABIC.search(text) else " ".join(_MARKS.sub("", text).split())
    return _DASH.sub("-", text)


# a page asks for the same lines and titles several times
@lru_cache(maxsize=4096)
def fold_key(text: str | None) -> str:
    """``fold`` with every run of non-word characters as one space: equal keys, equal words."""
    if not text:
        return ""
    folded = _folded(text)
    if folded.isascii():
        return " ".join(folded.translate(_ASCII_NOT_WORD).split())
    return _NOT_WORD.sub(" ", folded).strip()


def words(text: str) -> list[str]:
    """The words of a text as written (ZWNJ and vowel marks do not split a word)."""
    return _WORD.findall(text if text.isascii() else _MARKS.sub("", text))


def count_words(text: str) -> int:
    """Number of words; a language written without blanks counts by runs between punctuation."""
    return len(words(text))


def has_arabic_script(text: str) -> bool:
    """Whether any letter of the Arabic script occurs."""
    return bool(_ARABIC.search(text))
