"""What a page is: an article, or one of the things that are stored but not counted.

Order of evidence: HTTP status and JSON-LD (isAccessibleForFree, types) before the shape of the
page, and phrases last and only where little else is there: a footer never condemns an article.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from tasks.extract.canonical import is_specific
from tasks.extract.gone import says_gone
from tasks.extract.structured import Structured, as_text
from tasks.extract.tree import squeeze

BRIEF_WORDS: Final = 80
# Below this many words a page can be a wall; above, the phrases of walls are furniture.
_WALL_WORDS: Final = 160

_CHALLENGE: Final = re.compile(
    r"just a moment|checking (?:if the site connection is secure|your browser)|enable "
    r"javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"are you a (?:human|robot)|i['’]?m not a robot|attention required!|access denied|"
    r"pardon our interruption|request unsuccessful|incapsula|ddos protection|"
    r"unusual (?:traffic|activity) from|security check|complete the captcha|captcha|bot "
    r"(?:detection|protection)|you have been blocked|please wait while we verify|"
    r"press (?:&|and) hold|403 forbidden|your access to this site has been limited|ray id",
    re.I,
)
_CONSENT: Final = re.compile(
    r"\b(?:cookies?|consent|privacy (?:policy|settings|preferences)|personali[sz]ed "
    r"(?:ads|advertising|content)|our partners|third[- ]part(?:y|ies)|tracking|gdpr|"
    r"accept all|reject all|manage (?:options|preferences)|legitimate interest|"
    r"einwilligung|datenschutz|werbung|zustimm\w+|with(?:out)? ads|data processing|"
    r"store and/or access information|consentement|partenaires|publicité)\b",
    re.I,
)
_PAYWALL: Final = re.compile(
    r"subscribe (?:now |today )?to (?:continue|read|keep|unlock|access|view)|to "
    r"(?:continue|keep) reading|(?:this|the full) (?:article|story|content) is (?:for|"
    r"available to|reserved for|exclusive to)"
    r" (?:our )?(?:subscribers|members|registered|premium)|already a (?:subscriber|"
    r"member)|become a (?:subscriber|member) to|sign in to (?:continue|read|keep)|"
    r"to view the full story|unlock (?:this|the full)|subscribers? only|you have "
    r"(?:reached|used) (?:your|all)|log in to read|create (?:a|your) (?:free )?account to "
    r"(?:continue|read)|"
    r"register (?:now |for free )?to (?:continue|read)|free articles? (?:remaining|left|"
    r"this month)|purchase a subscription|please subscribe",
    re.I,
)
_LIVE_URL: Final = re.compile(
    r"/live(?:-?(?:blog|updates?|news|story|reporting|coverage))?(?:/|-|$)|"
    r"-live(?:-updates?|blog)?(?:[-/.]|$)|liveblog",
    re.I,
)
_GALLERY_URL: Final = re.compile(
    r"/(?:photo-?)?galler(?:y|ies)|/photos?(?:tory|-essay)?(?:/|$)|/slideshow|"
    r"/picture-?(?:gallery|story|stories)|/in-pictures|/multimedia/photo",
    re.I,
)
_VIDEO_URL: Final = re.compile(r"/(?:videos?|watch|clips?|vod|live-?tv|programmes?)(?:/|$)", re.I)
_INDEX_URL: Final = re.compile(
    r"^/?(?:[a-z]{2}/?)?(?:index\.\w+|home|news|latest(?:-news)?|category/.*|tags?/.*|"
    r"topics?/.*|section/.*|author/.*|search.*|archives?(?:/.*)?|page/\d+)?/?$",
    re.I,
)
# Plain strings: lxml's own kind, which knows its element, costs several times as much.
_VISIBLE = etree.XPath("//body//text()[not(parent::script or parent::style or parent::noscript)]", smart_strings=False)
_HEADING_LINKS = etree.XPath(
    "//*[self::h2 or self::h3 or self::h4][.//a and not(ancestor::aside or ancestor::footer or ancestor::nav)]"
    "[following-sibling::*[self::p or self::div or self::span]]"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of the closed list, the reason in words, and whether the text is known to be cut."""

    verdict: str
    reason: str
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """What the other modules found, as far as the verdict needs it."""

    words: int
    title: str | None
    text: str
    url: str
    http_status: int
    has_article: bool
    gallery_words: int = 0


def _free(stated: Structured) -> bool | None:
    """isAccessibleForFree of the page's article: True, False, or None when it is not stated."""
    values = [node["isAccessibleForFree"] for node in stated.articles if "isAccessibleForFree" in node]
    if not values:
        value = (stated.first("article:content_tier", "content_tier") or "").lower()
        return {"free": True, "locked": False, "metered": None}.get(value)
    text = str(values[0]).lower().rsplit("/", 1)[-1]
    return {"true": True, "false": False, "1": True, "0": False}.get(text)


def _visible_sample(tree: HtmlElement) -> str:
    parts: list[str] = _VISIBLE(tree)  # type: ignore[assignment]
    return squeeze(" ".join(parts[:4000]))[:20_000]


def _link_share(tree: HtmlElement) -> tuple[float, int]:
    """Share of visible letters inside links, and number of links that read like headlines."""
    linked = headlines = 0
    for link in tree.iter("a"):
        text = squeeze("".join(link.itertext()))
        linked += len(text)
        headlines += len(text.split()) >= 5
    total = len(_visible_sample(tree)) or 1
    return linked / max(total, linked), headlines


def _wall(seen: Seen, stated: Structured, visible: str) -> Verdict | None:
    blocked = seen.http_status in (401, 403, 406, 429, 503)
    short = seen.words < _WALL_WORDS and not seen.has_article
    match = _CHALLENGE.search(seen.title or "")
    if match is None and short and len(visible) < 4000:
        match = _CHALLENGE.search(visible[:3000])
    if match and (short or blocked):
        return Verdict("challenge", f"says {match[0].lower()!r}" + (f", status {seen.http_status}" if blocked else ""))
    if blocked and seen.words < BRIEF_WORDS:
        return Verdict("challenge", f"status {seen.http_status} with {seen.words} words")
    hits = len(_CONSENT.findall(seen.text)) if seen.words < 400 else 0
    if hits >= 3 and hits / seen.words > 0.03:
        return Verdict("consent_wall", f"{hits} phrases of consent in {seen.words} words")
    if seen.words < 30 and not seen.has_article and len(_CONSENT.findall(visible[:3000])) >= 5:
        return Verdict("consent_wall", "little but phrases of consent")
    return None


def _paywall(seen: Seen, stated: Structured, visible: str) -> Verdict | None:
    free = _free(stated)
    if seen.http_status == 402:
        return Verdict("paywall_stub", "status 402", partial=True)
    if free is True:
        return None
    stated_words = as_text(stated.article.get("wordCount")) or ""
    whole = int(stated_words) if stated_words.isdigit() else 0
    if free is False:
        if seen.words < _WALL_WORDS or (whole and seen.words < 0.5 * whole):
            return Verdict("paywall_stub", f"isAccessibleForFree is false, {seen.words} words", partial=True)
        return None
    # Phrases are weak: they must stand in the text itself, or right where a very short text ends.
    if seen.words < _WALL_WORDS and seen.words > 0:
        match = _PAYWALL.search(seen.text)
        if not match and seen.words < BRIEF_WORDS:
            tail = seen.text[-60:]
            at = visible.find(tail)
            match = _PAYWALL.search(visible[at + len(tail) : at + len(tail) + 400]) if at >= 0 else None
        if match:
            return Verdict("paywall_stub", f"{seen.words} words, then {match[0].lower()!r}", partial=True)
    return None


def _claims_article(stated: Structured) -> bool:
    return "article" in (stated.first("og:type") or "").lower() or stated.first("article:published_time") is not None


def _index(seen: Seen, stated: Structured, page: Callable[[], HtmlElement]) -> Verdict | None:
    """A front page, a section or a list of results: headlines that lead elsewhere."""
    parts = urlsplit(seen.url)
    home = parts.path in ("", "/") and not parts.query
    section = bool(_INDEX_URL.match(parts.path)) and not parts.query
    if seen.has_article:
        front = home and _link_share(page())[1] >= 20
        return Verdict("index_page", "the site's home page") if front else None
    specific = is_specific(parts.path) or bool(parts.query)
    if specific and seen.words >= BRIEF_WORDS:
        return None
    tree = page()
    share, headlines = _link_share(tree)
    listing = bool(stated.types & {"CollectionPage", "SearchResultsPage", "ItemList"})
    linked = len(_HEADING_LINKS(tree))  # type: ignore[arg-type]
    if (
        ((home or section or listing) and headlines >= 8)
        or (share > 0.6 and headlines >= 15 and seen.words < 400)
        or (linked >= 8 and (not specific or not _claims_article(stated)))
    ):
        return Verdict("index_page", f"{headlines} headline links, {share:.0%} of the letters linked")
    return None


def _kind(seen: Seen, stated: Structured, page: Callable[[], HtmlElement]) -> Verdict | None:
    path = urlsplit(seen.url).path
    types = stated.types
    if "LiveBlogPosting" in types:
        return Verdict("live_blog", "JSON-LD LiveBlogPosting")
    if _LIVE_URL.search(path) and len(page().xpath("//article | //time")) >= 8 and seen.words > 200:
        return Verdict("live_blog", "address of a live page with many posts")
    if index := _index(seen, stated, page):
        return index
    if seen.words < 250 and (
        types & {"ImageGallery", "MediaGallery"} or (_GALLERY_URL.search(path) and len(list(page().iter("img"))) >= 4)
    ):
        return Verdict("gallery", "a gallery with little text")
    video = "VideoObject" in types or (stated.first("og:type") or "").startswith("video")
    if seen.words < 120 and (
        (video and not seen.has_article)
        or (_VIDEO_URL.search(path) and (video or next(page().iter("video", "iframe"), None) is not None))
    ):
        return Verdict("video", f"a video with {seen.words} words")
    return None


def judge(seen: Seen, stated: Structured, page: Callable[[], HtmlElement]) -> Verdict:
    """The verdict on a page, with its reason; ``page`` gives its tree, asked only where it matters."""
    visible = _visible_sample(page()) if seen.words < _WALL_WORDS or seen.http_status >= 400 else ""
    found = _wall(seen, stated, visible)
    if not found and (phrase := says_gone(seen.title, seen.text, seen.words)):
        found = Verdict("empty", f"says {phrase!r}")
    found = found or _kind(seen, stated, page) or _paywall(seen, stated, visible)
    if found:
        return found
    if seen.http_status >= 400 and seen.words < BRIEF_WORDS:
        return Verdict("empty", f"status {seen.http_status}")
    return by_length(seen.words, partial=bool(_free(stated) is False and seen.words < 2 * _WALL_WORDS))


def by_length(words: int, *, partial: bool = False) -> Verdict:
    """empty, brief (under 80 words) or article."""
    if words == 0:
        return Verdict("empty", "no text")
    return Verdict("brief" if words < BRIEF_WORDS else "article", f"{words} words", partial)
