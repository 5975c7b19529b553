"""Bytes to text: byte order mark, valid UTF-8, HTTP header, meta, detector, in this order.

Valid multi-byte UTF-8 goes before the header: text in another charset hardly ever happens to
be valid UTF-8, while servers that state a wrong charset for UTF-8 pages are common.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

# The browsers' reading of labels (WHATWG Encoding Standard): pages that state the left one use the right one.
_BROWSER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-6": "cp1256",
    "big5": "big5hkscs",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEADER = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_META = re.compile(rb"<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_CONTROLS = (*(chr(n) for n in range(32) if n not in (9, 10, 13)), "\ufffe", "\uffff")
_CONTROL_BYTES = bytes(n for n in range(32) if n not in (9, 10, 13))
# What a browser shows for a byte that the charset leaves open is a C1 control; real text has none.
_C1 = re.compile("[\x80-\x9f]")
_META_WINDOW = 4096
_DETECT_WINDOW = 20_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a body; ``replaced`` counts characters that could not be decoded."""

    text: str
    charset: str
    source: str
    replaced: int = 0


def _codec(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip()).name
        if not codecs.lookup(name)._is_text_encoding:
            return None
    except (LookupError, ValueError):
        return None
    return _BROWSER.get(name, name)


def _strict(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except (UnicodeDecodeError, UnicodeError):
        return None


def _declared(body: bytes, content_type: str | None) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if content_type and (match := _HEADER.search(content_type)):
        found.append((match[1], "header"))
    if meta := _META.search(body[:_META_WINDOW]):
        label = meta[1].decode("ascii", "replace")
        # A meta that could be read byte by byte cannot be in UTF-16.
        found.append(("utf-8" if label.lower().startswith(("utf-16", "utf-32")) else label, "meta"))
    return [(codec, source) for label, source in found if (codec := _codec(label))]


def _detected(body: bytes) -> str | None:
    # Markup is ASCII and says nothing: the detector sees the stretches around high bytes only.
    rich = b" ".join(re.findall(rb"[^<>]{0,80}[\x80-\xff][^<>]{0,200}", body)[:400])[:_DETECT_WINDOW]
    best = from_bytes(rich or body[:_DETECT_WINDOW]).best()
    return best.encoding if best else None


def _clean(text: str) -> str:
    # Looking for the characters one by one is faster than any pattern: pages hardly ever have one.
    for bad in _CONTROLS:
        if bad in text:
            text = text.replace(bad, "")
    return text


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Decode a body; never fails.  Undecodable bytes become U+FFFD and are counted."""
    for mark, charset in _BOMS:
        if body.startswith(mark):
            text = body[len(mark) :].decode(charset, "replace")
            return Decoded(_clean(text), charset, "bom", text.count("�"))
    utf8 = _strict(body, "utf-8")
    if utf8 is not None and not (utf8.isascii() and "\x1b" in utf8):
        # One pass over the bytes tells whether there is anything to clean; pages hardly ever have it.
        clean = len(body.translate(None, _CONTROL_BYTES)) == len(body) and "\ufffe" not in utf8 and "\uffff" not in utf8
        return Decoded(utf8 if clean else _clean(utf8), "utf-8", "valid")
    declared = _declared(body, content_type)
    for charset, source in declared:
        text_or_none = _strict(body, charset)
        if text_or_none is not None and not _C1.search(text_or_none):
            return Decoded(_clean(text_or_none), charset, source)
    return _fallback(body, declared)


def _fallback(body: bytes, declared: list[tuple[str, str]]) -> Decoded:
    # A declared charset with a few broken bytes (a cut file, one pasted quote) beats a guess.
    candidates = [*declared, ("utf-8", "fallback")]
    high = sum(1 for byte in body if byte >= 0x80) or 1
    tries = [(body.decode(charset, "replace"), charset, source) for charset, source in candidates]
    text, charset, source = min(tries, key=lambda t: t[0].count("�") + len(_C1.findall(t[0])))
    bad = text.count("�") + len(_C1.findall(text))
    if bad > 0.02 * high and (guess := _detected(body)):
        guessed = body.decode(guess, "replace")
        if guessed.count("�") + len(_C1.findall(guessed)) < bad:
            text, charset, source = guessed, guess, "detector"
    return Decoded(_clean(text), charset, source, text.count("�"))
