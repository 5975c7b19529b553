"""Small cleaners shared by the feed formats: plain-text titles, absolute links, author names."""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5
from urllib.parse import urljoin, urlsplit

# C0 and C1 controls and the byte order mark; the joiners that Urdu needs (U+200C, U+200D) stay.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff]")
_TAG = re.compile(
    r"</?(?:a|abbr|acronym|article|b|big|blockquote|br|center|cite|code|del|dfn|div|em|font|footer|h[1-6]|header|hr"
    r"|i|iframe|img|ins|kbd|li|mark|nobr|ol|p|pre|q|s|samp|section|small|span|strike|strong|sub|sup|table|tbody|td"
    r"|th|tr|tt|u|ul|var|wbr)(?:\s[^<>]*)?/?>|<!--.*?(?:-->|\Z)",
    re.I | re.S,
)
_BLOCK = re.compile(r"</?(?:br|p|div|li|h[1-6]|tr|td|hr|ul|ol|blockquote)\b", re.I)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EMAIL = re.compile(r"<?\b(?:mailto:)?[\w.+%-]{1,100}@[\w-]{1,100}(?:\.[\w-]{1,100}){0,9}>?")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")
_MAX_NAME = 500  # a field that lists a whole commission still fits
# Nothing longer is a headline, a name or an address; it bounds what the patterns here can cost.
MAX_LINE = 4000
# What a URL may not contain literally; letters beyond ASCII are kept as the publisher wrote them.
_UNSAFE = re.compile(r'[\s"<>\\^`{|}]')


def line(text: object) -> str | None:
    """One line of clean text, or None when nothing is left (or it is not text at all)."""
    if not isinstance(text, str):
        return None
    return " ".join(_CONTROL.sub("", text).split()) or None


def html_block(text: object) -> str | None:
    """Markup as it was given, without control characters; None when blank."""
    if not isinstance(text, str):
        return None
    return _CONTROL.sub("", text).strip() or None


def title(text: object, *, literal: bool = False) -> str | None:
    """A headline as plain text: markup out, entities resolved, also when escaped twice.

    ``literal`` is for sources that promise plain text (Atom type="text"): tags stay words there.
    Only tags that HTML knows are markup, so ``Array<T>`` keeps its words.
    """
    if not isinstance(text, str):
        return None
    value = text[:MAX_LINE] if literal else strip_tags(text[:MAX_LINE])
    for _ in range(3):  # escaped once too often happens, twice too; more never was seen
        if not _ENTITY.search(value):
            break
        value = _ENTITY.sub(_resolve, value)
    return line(value)


def strip_tags(text: str) -> str:
    """Text without HTML tags; a block tag separates words, an inline one does not."""
    return _TAG.sub(lambda tag: " " if _BLOCK.match(tag.group()) else "", text)


def _resolve(match: re.Match[str]) -> str:
    whole = match.group()
    return unescape(whole) if whole[1] == "#" or whole[1:] in html5 else whole


def absolute(link: object, base: str) -> str | None:
    """An absolute http(s) URL with what is illegal in one percent-encoded, or None."""
    if not isinstance(link, str) or len(link) > MAX_LINE:
        return None
    value = _CONTROL.sub("", link).strip()
    value = re.sub(r"\s*[\r\n\t]+\s*", "", value)  # line breaks inside a link come from wrapping
    if not value:
        return None
    try:
        joined = urljoin(base, _UNSAFE.sub(lambda bad: _percent(bad.group()), value))
        parts = urlsplit(joined)
        _ = parts.port  # raises on a nonsense port
    except ValueError:
        return None
    return joined if parts.scheme in ("http", "https") and parts.hostname else None


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8"))


def author(text: object) -> str | None:
    """The name in an author field; mail addresses are not names: ``a@b.com (Name)`` is Name."""
    value = title(text)
    if value is None:
        return None
    name = _EMPTY_BRACKETS.sub(" ", _EMAIL.sub(" ", value)).strip(" ,;-")
    wrapped = re.fullmatch(r"\((.*)\)", name)
    found = line(wrapped.group(1) if wrapped else name)
    return found if found and len(found) <= _MAX_NAME else None


def unique(values: list[str | None]) -> tuple[str, ...]:
    """The values in order, each once, without the missing ones."""
    return tuple(dict.fromkeys(value for value in values if value))
