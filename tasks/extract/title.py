"""The headline as a reader sees it: the candidate that most of the page agrees on, without the site's name."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from tasks.extract.structured import Structured, as_text, types_of
from tasks.extract.tree import class_id, squeeze
from tasks.records import FeedEvidence, OutletRules
from tasks.text import fold, fold_key

_SEPARATOR = re.compile(
    r"\s+[|–—\-·•»›«~/l]\s+|\s*[|｜‖]\s*|\s::\s|(?<=[^\s\d]):\s+|\s+:\s|[：_](?=\S)|"
    r"(?<=[\u3000-\u9fff\uff00-\uffef])-+(?=[\u4e00-\u9fff])|\s-(?=\w)|--"
)
_CUT = re.compile(r"\s*(?:\.{3}|…)$")
# A visible headline counts most, then the publisher's own record of it; og and twitter are for sharing and
# mostly copies of one another; <title> is written for search engines.
_WEIGHTS = {"h1": 3.3, "jsonld": 2.5, "feed": 1.5, "title": 1.5, "og": 1.1, "meta": 0.8, "twitter": 0.5, "heading": 1.0}
_META = ("dc.title", "dcterms.title", "headline", "parsely-title", "sailthru.title", "article:title", "title")
_FRAME = re.compile(
    r"comment|related|sidebar|widget|footer|logo|site-?(?:title|name)|masthead|brand|"
    r"newsletter|cookie|consent|modal|promo|screen-reader|sr-only|hidden"
)


@dataclass(frozen=True, slots=True)
class Title:
    """The headline, where it was taken from, the element that shows it, and all forms of it on the page."""

    text: str | None = None
    source: str | None = None
    heading: HtmlElement | None = None
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: str
    text: str
    element: HtmlElement | None = None


def _clean(text: str | None) -> str:
    value = squeeze(text)
    return squeeze(html.unescape(value)) if "&" in value else value


def _headings(tree: HtmlElement) -> Iterator[_Candidate]:
    for h1 in list(tree.iter("h1"))[:12]:
        text = _clean("".join(h1.itertext()))
        if text and not _FRAME.search(class_id(h1)):
            yield _Candidate("h1", text, h1)


def _candidates(tree: HtmlElement, stated: Structured, feed: FeedEvidence | None) -> list[_Candidate]:
    found = [*_headings(tree)]
    node = stated.article
    if types_of(node) - {"WebPage", "ItemPage", "AboutPage"}:
        found.append(_Candidate("jsonld", _clean(as_text(node.get("headline")) or as_text(node.get("name")))))
    found.append(_Candidate("og", _clean(stated.first("og:title"))))
    found.append(_Candidate("twitter", _clean(stated.first("twitter:title"))))
    found.append(_Candidate("meta", _clean(stated.first(*_META))))
    heading = next(tree.iter("title"), None)
    found.append(_Candidate("title", _clean(heading.text_content() if heading is not None else "")))
    found.append(_Candidate("feed", _clean(feed.title if feed else "")))
    return [c for c in found if len(c.text) > 1 and any(ch.isalnum() for ch in c.text)]


def site_keys(stated: Structured, url: str, outlet: OutletRules | None) -> set[str]:
    """Folded names by which a site may call itself in titles and bylines."""
    names = [
        stated.first("og:site_name", "application-name", "publisher", "twitter:site"),
        outlet.name if outlet else None,
    ]
    names += [
        as_text(node.get("name"))
        for node in stated.nodes
        if node.get("@type") in ("WebSite", "Organization", "NewsMediaOrganization")
    ]
    names += [as_text(stated.resolve(stated.article.get("publisher")))]
    keys = {fold_key(name).replace(" ", "") for name in names if name}
    host = (urlsplit(url).hostname or "").lower().removeprefix("www.")
    keys |= {host.replace(".", ""), *(part for part in host.split(".") if len(part) > 3)}
    return {key for key in keys if key}


def _is_site(segment: str, sites: set[str]) -> bool:
    words = [word for word in dict.fromkeys(fold_key(segment).split()) if word not in ("logo", "home", "homepage")]
    key = "".join(words)
    return bool(key) and any(
        key == site or (len(key) > 4 and (key in site or (site in key and len(site) * 2 > len(key)))) for site in sites
    )


def _variants(text: str) -> Iterator[str]:
    """A title without its last, or first, segments; longest first."""
    spans = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text)]
    for start, _ in reversed(spans):
        yield text[:start].strip()
    for _, end in spans:
        yield text[end:].strip()


def strip_site(text: str, sites: set[str]) -> str:
    """A title without leading or trailing segments that are the site's name."""
    for _ in range(3):
        spans = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text)]
        if not spans:
            return text
        if _is_site(text[spans[-1][1] :], sites) and len(text[: spans[-1][0]]) > 3:
            text = text[: spans[-1][0]].strip()
        elif _is_site(text[: spans[0][0]], sites) and len(text[spans[0][1] :]) > 3:
            text = text[spans[0][1] :].strip()
        else:
            return text
    return text


def _similar(a: str, b: str) -> float:
    left, right = set(fold_key(a).split()), set(fold_key(b).split())
    if len(left) < 2 or len(right) < 2:
        return float(fold_key(a).replace(" ", "") == fold_key(b).replace(" ", ""))
    return len(left & right) / min(len(left), len(right))


def _drop_strange_headings(found: list[_Candidate], sites: set[str]) -> list[_Candidate]:
    """Keep of several h1 those that resemble what else the page calls itself; a site's name is no headline."""
    others = [c for c in found if c.source != "h1"]
    h1s = [c for c in found if c.source == "h1"]
    real = [c for c in h1s if not _is_site(c.text, sites)]
    alike = [c for c in real if any(_similar(c.text, o.text) >= 0.5 for o in others)]
    if alike:
        kept = alike
    elif len({fold_key(c.text) for c in real}) == 1 or not others:
        kept = real[:1]
    else:
        kept = []
    if kept and not alike and others and len(fold_key(kept[0].text).split()) <= 2:
        kept = []
    return [*kept, *others]


def _confirmed(c: _Candidate, text: str, keys: dict[str, float]) -> str:
    """The shortened form of a title that others bear out most; a visible heading loses at most half of itself."""
    best = (keys.get(fold_key(text), 0.0), text)
    for variant in _variants(text):
        key = fold_key(variant)
        support = keys.get(key, 0.0)
        if (
            len(key.replace(" ", "")) >= 8
            and support > best[0]
            and (c.source != "h1" or len(variant) >= 0.5 * len(text))
        ):
            best = (support, variant)
    return best[1]


def _without_kicker(text: str, found: list[_Candidate], sites: set[str]) -> str:
    """A heading that ends with the headline proper ("Open ProgressWhy …") is cut down to it."""
    joined = fold_key(text).replace(" ", "")
    for other in found:
        if other.source in ("jsonld", "og") and len(other.text) > 25:
            bare = strip_site(other.text, sites)
            tail = fold_key(bare).replace(" ", "")
            if joined.endswith(tail) and 0 < len(joined) - len(tail) < 30:
                return bare
    return text


def _normal(found: list[_Candidate], sites: set[str]) -> list[_Candidate]:
    """Cut each candidate down to a form that another candidate confirms, or take the site's name off."""
    result = []
    for c in found:
        keys: dict[str, float] = defaultdict(float)
        for other in found:
            if other.source != c.source:
                keys[fold_key(other.text)] += _WEIGHTS[other.source]
        text = strip_site(c.text, sites)
        if c.source != "feed":
            text = _confirmed(c, text, keys)
        if c.source == "h1":
            text = _without_kicker(text, found, sites)
        if len(found) == 1 and c.source == "title":
            text = _cut_short_tail(text)
        result.append(_Candidate(c.source, text, c.element))
    return result


def _cut_short_tail(text: str) -> str:
    """Without other evidence a short last segment of <title> is taken for the site's name."""
    spans = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text)]
    if spans and 3 * len(text[spans[-1][1] :]) < len(text[: spans[-1][0]]):
        return text[: spans[-1][0]].strip()
    return text


def choose_title(
    tree: HtmlElement,
    stated: Structured,
    sites: set[str],
    *,
    feed: FeedEvidence | None = None,
) -> Title:
    """The headline by weighted agreement of h1, JSON-LD, og, twitter, meta, <title> and feed.

    ``sites`` are the folded names by which the site calls itself (``site_keys``).
    """
    raw = _candidates(tree, stated, feed)
    found = _normal(_drop_strange_headings(raw, sites), sites)
    groups: dict[str, list[_Candidate]] = defaultdict(list)
    for c in found:
        if not _is_site(c.text, sites) or len(found) == 1:
            groups[fold_key(c.text)].append(c)
    if not groups:
        return Title(forms=tuple(c.text for c in raw))
    weights = {key: _weigh(key, members, groups) for key, members in groups.items()}
    best = max(groups, key=lambda key: weights[key])
    members = groups[best]
    text = _common_form(members)
    heading = next((c.element for c in found if c.element is not None), None)
    return Title(
        text=text,
        source="+".join(dict.fromkeys(c.source for c in members)),
        heading=heading if heading is not None else _find_heading(tree, text),
        forms=tuple(dict.fromkeys(c.text for c in (*found, *raw))),
    )


def _weigh(key: str, members: list[_Candidate], groups: dict[str, list[_Candidate]]) -> float:
    weight = sum(_WEIGHTS[source] for source in {c.source for c in members})
    for other, theirs in groups.items():
        # A cut form ("… for Hong Kong leader...") supports the whole one.
        cut = _CUT.search(theirs[0].text)
        if other != key and cut and key.startswith(other) and len(other) > 20:
            weight += sum(_WEIGHTS[c.source] for c in theirs) + 0.1
    return weight


def _common_form(members: list[_Candidate]) -> str:
    counts = Counter(fold(c.text) for c in members)
    top = max(counts.values())
    return next(c.text for c in members if counts[fold(c.text)] == top)


def _find_heading(tree: HtmlElement, text: str) -> HtmlElement | None:
    """The element that shows a headline that no h1 holds."""
    key = fold_key(text)
    for element in tree.iter("h2", "h3", "h4", "strong", "b", "div", "p", "td", "span"):
        own = element.text or ""
        if len(own) >= 0.5 * len(text) and fold_key(own) == key:
            return element
    return None
