"""Every statement of a page about its dates, with its kind; ``dates`` weighs them.

Scripts are never searched: what stands there (expiry dates, consent stamps) is not about the article;
the one exception is a script that does nothing but show a date, on a page that states none otherwise.
A year alone ("© 2019") is no date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from tasks.extract.datenames import MODIFIED_META, PUBLISHED_META
from tasks.extract.datetext import Stamp, parse_date
from tasks.extract.marks import Marks
from tasks.extract.structured import Structured, as_text
from tasks.extract.tree import class_id, squeeze
from tasks.extract.urldates import url_day
from tasks.records import FeedEvidence

_ELSEWHERE = re.compile(
    r"comment|related|sidebar|(?:sidebar|footer|recent)[-_ ]?widget|widget-?area|footer|"
    r"recommend|most-?(?:read|popular|viewed)|"
    r"trending|teaser|more-?(?:news|stories)|latest|carousel|promo|"
    r"next-|prev-|newsletter|weather|\bnav|menu|ticker|reply|archive|calendar|event-|"
    r"listing|headlines|popular|copyright|caption"
)
_UPDATED = re.compile(
    r"updat|modif|actuali[sz]|aktualis|edited|düzenle|güncell|mis à jour|revised|última|aggiorn|изменен|تازہ|اپ ڈیٹ",
    re.I,
)
_PUBLISHED_LABEL: Final = re.compile(
    r"\W*(?:(?:first )?published|posted|written|created|date|erstellt|veröffentlicht|"
    r"publicado|publié|pubblicato|geplaatst|yayın|опубликовано|입력|등록|公開|发布|"
    r"发表|تاریخ|شائع|نشر)\b",
    re.I,
)
# A script of one call that shows a date where it stands: showDate("2020/04/17 01:43"), in older content systems.
_SHOW_DATE: Final = re.compile(
    r"\s*(?:document\.write(?:ln)?\(\s*)?[\w.$]*(?:date|time)\w*\(\s*[\"']([^\"']{8,40})[\"']\s*\)[\s);]*", re.I
)
_PARSELY_DATE: Final = re.compile(r'"pub_date"\s*:\s*"([^"]{8,40})"')
_MAX_TEXT = 160
_MAX_ELEMENTS = 400


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement: ``source`` is jsonld, meta, microdata, time, feed, visible or url."""

    source: str
    stamp: Stamp
    raw: str
    modified: bool = False


def month_first_of(lang: str | None) -> bool | None:
    """How 03/04/2020 is meant on a page of this language tag; None when unknown."""
    tag = (lang or "").lower().replace("_", "-")
    if tag in ("en", ""):
        return None
    return tag in ("en-us", "en-ph", "fil", "es-us")


def _claim(source: str, raw: str | None, *, modified: bool = False, month_first: bool | None = None) -> Iterator[Claim]:
    if raw and (stamp := parse_date(raw, month_first=month_first)):
        yield Claim(source, stamp, squeeze(raw)[:80], modified)


def _stated(stated: Structured, month_first: bool | None) -> Iterator[Claim]:
    for node in stated.articles[:4]:
        for key, modified in (
            ("datePublished", False),
            ("dateCreated", False),
            ("uploadDate", False),
            ("dateModified", True),
        ):
            yield from _claim("jsonld", as_text(node.get(key)), modified=modified, month_first=month_first)
    for names, modified in ((PUBLISHED_META, False), (MODIFIED_META, True)):
        for name in names:
            for value in stated.meta.get(name, ())[:1]:
                yield from _claim("meta", value, modified=modified, month_first=month_first)

    for record in stated.meta.get("parsely-page", ())[:1]:
        if match := _PARSELY_DATE.search(record):
            yield from _claim("meta", match[1], month_first=month_first)


def _foreign(element: HtmlElement) -> bool:
    """Whether an element stands in a list of other stories, in comments or in the page's frame."""
    for depth, ancestor in enumerate(element.iterancestors()):
        if ancestor.tag in ("body", "article", "main") or depth > 12:
            return False
        if ancestor.tag in ("aside", "nav", "footer", "figure", "figcaption") or _elsewhere(class_id(ancestor)):
            return True
    return False


# Pages repeat a few hundred class names thousands of times; the answers depend on the names alone.
@lru_cache(maxsize=8192)
def _elsewhere(names: str) -> bool:
    return bool(_ELSEWHERE.search(names))


def _short_text(element: HtmlElement) -> str:
    parts: list[str] = []
    size = 0
    for text in element.itertext():
        size += len(text)
        parts.append(text)
        if size > 2 * _MAX_TEXT:
            return ""
    text = squeeze(" ".join(parts))
    return text if len(text) <= _MAX_TEXT else ""


def _is_update(element: HtmlElement, text: str) -> bool:
    prop = (element.get("itemprop") or element.get("property") or "").lower()
    label = f"{class_id(element)} {prop} {text[:40]}"
    lowered = text.lower()
    if ("publish" in label or _PUBLISHED_LABEL.match(text)) and not lowered.startswith(("updat", "last")):
        return False
    return bool(_UPDATED.search(label))


def _read_element(element: HtmlElement, names: str, month_first: bool | None) -> list[Claim]:
    prop = (element.get("itemprop") or element.get("property") or "").lower()
    micro = "datepublished" in prop or "datecreated" in prop or "datemodified" in prop
    is_time = element.tag == "time" or element.get("datetime") is not None
    text = _short_text(element)
    attribute = "content" if micro else "title" if not text else ""
    stated = element.get("datetime") or (element.get(attribute) if attribute else None)
    # Cheap tests first: most elements named like a date hold none.
    if not (stated or re.search(r"\d", text)) or _elsewhere(names) or _foreign(element):
        return []
    source = "microdata" if micro else "time" if is_time else "visible"
    modified = _is_update(element, text)
    found = list(_claim(source, stated, modified=modified, month_first=month_first))
    shown = "visible" if source == "time" else source
    return found or list(_claim(shown, text, modified=modified, month_first=month_first))


def _on_page(marks: Marks, month_first: bool | None) -> Iterator[Claim]:
    for element, names in (*marks.typed_dates[:_MAX_ELEMENTS], *marks.named_dates[:_MAX_ELEMENTS]):
        yield from _read_element(element, names, month_first)


def _near_title(after: Sequence[str], month_first: bool | None) -> Iterator[Claim]:
    """The first short run of text after the headline that holds a complete date."""
    for text in after:
        if 6 <= len(text) <= 60 and re.search(r"\d{4}", text):
            for claim in _claim("visible", text, month_first=month_first):
                modified = bool(_UPDATED.search(text)) and not _PUBLISHED_LABEL.match(text)
                yield Claim("visible", claim.stamp, claim.raw, modified)
                return


def _labelled(tree: HtmlElement, month_first: bool | None) -> Iterator[Claim]:
    """A run of text anywhere that says of itself to be the day of publication."""
    for text in tree.xpath("//body//text()[string-length() > 8 and string-length() < 120]"):
        if _PUBLISHED_LABEL.match(text) and re.search(r"\d{4}", text) and not _foreign(text.getparent()):
            found = list(_claim("visible", text, month_first=month_first))
            if found:
                yield found[0]
                return


def _scripted(tree: HtmlElement, month_first: bool | None) -> Iterator[Claim]:
    """The first date that a script of a single call writes into the page."""
    body = tree.find("body")
    for script in body.iter("script") if body is not None else ():
        text = script.text or ""
        if len(text) <= _MAX_TEXT and (match := _SHOW_DATE.fullmatch(text)) and not _foreign(script):
            found = list(_claim("visible", match[1], month_first=month_first))
            if found:
                yield found[0]
                return


def _url(url: str) -> Iterator[Claim]:
    if stamp := url_day(url):
        yield Claim("url", stamp, stamp.when.date().isoformat())


def feed_claim(feed: FeedEvidence | None) -> Iterator[Claim]:
    """The feed's date of the item."""
    if feed and feed.published_at:
        yield Claim("feed", Stamp(feed.published_at, has_time=True), feed.published_at.isoformat())


def collect_claims(
    tree: HtmlElement,
    stated: Structured,
    marks: Marks,
    *,
    url: str,
    feed: FeedEvidence | None,
    after: Sequence[str],
    lang: str | None,
) -> list[Claim]:
    """All claims about a page's dates, in the order in which sources are trusted, then of the page."""
    month_first = month_first_of(lang)
    claims = [*_stated(stated, month_first)]
    page = [*_on_page(marks, month_first)]
    if not any(not claim.modified for claim in page):
        page.extend(_near_title(after, month_first))
    if not any(not claim.modified for claim in (*claims, *page)):
        page.extend(_labelled(tree, month_first))
    if not any(not claim.modified for claim in (*claims, *page)):
        page.extend(_scripted(tree, month_first))
    order = {"microdata": 0, "time": 1, "visible": 3}
    page.sort(key=lambda claim: order.get(claim.source, 9))
    hard = [claim for claim in page if claim.source != "visible"]
    soft = [claim for claim in page if claim.source == "visible"]
    return [*claims, *hard, *feed_claim(feed), *soft, *_url(url)]
