"""Authors of a page: JSON-LD, meta tags and the visible byline, weighed against each other.

The visible byline wins over a record that the page does not show: content systems put the
account that imported a story where its author should stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from lxml.html import HtmlElement

from tasks.extract.marks import Marks
from tasks.extract.people import Byline, clean_name, is_person, parse_byline, unique
from tasks.extract.provenance import agency_of, desk_of
from tasks.extract.structured import Structured, as_text, types_of
from tasks.extract.tree import class_id, squeeze
from tasks.text import fold, fold_key

_META: Final = (
    "byl",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "author",
    "article:author",
    "article:author_name",
    "dc.creator",
    "dcterms.creator",
    "articleauthor",
    "dcsext.author",
    "citation_author",
    "rbauthors",
    "twitter:creator_name",
)
_ELSEWHERE: Final = re.compile(
    r"comment|related|sidebar|(?<!elementor-)widget|footer|recommend|most-?(?:read|popular)|trending|"
    r"teaser|more-?(?:news|stories|from)|latest|carousel|promo|card-?list|next-|"
    r"newsletter|"
    r"caption|photo|image|avatar|\bbio|description|quote|tooltip"
)
_PROFILE: Final = re.compile(
    r"/(?:authors?|profiles?|editors|staff|people|by|journalists?|writers?|reporters?)/[\w%.-]+/?$"
)
_RSS_AUTHOR: Final = re.compile(r"\S+@\S+\s*\(([^)]*)\)")
_LONGEST: Final = 160
# A byline without marks stands among the first runs of text after the headline.
_BYLINE_RUNS: Final = 40


def _split_names(value: str) -> list[str]:
    return [
        name
        for part in re.split(r"\s*(?:,|;|\||/|&)\s*|\s+(?:and|und|et|اور|y)\s+", value)
        if (name := clean_name(part))
    ]


def _node_name(node: dict[str, Any]) -> str | None:
    name = as_text(node.get("name"))
    if not name:
        name = " ".join(
            part for key in ("givenName", "additionalName", "familyName") if (part := as_text(node.get(key)))
        )
    return name or None


def _stated_people(stated: Structured) -> tuple[list[str], list[str]]:
    """(persons, other names) of JSON-LD; names of organisations may be desks and agencies."""
    persons: list[str] = []
    others: list[str] = []
    for article in stated.articles[:3]:
        value = article.get("author") or article.get("creator")
        for raw in value if isinstance(value, list) else [value]:
            item = stated.resolve(raw)
            kinds = types_of(item) if isinstance(item, dict) else frozenset()
            name = _node_name(item) if isinstance(item, dict) else as_text(item)
            if not name:
                continue
            parts = [name] if desk_of(name) or agency_of(name) else _split_names(name)
            for part in parts:
                shown = part.title() if part.islower() and " " in part and "Person" in kinds else part
                single = "Person" in kinds and re.fullmatch(r"[A-Z][a-z]{2,}", part) and is_person(f"{part} X")
                if (is_person(shown) or single) and not kinds & {
                    "Organization",
                    "NewsMediaOrganization",
                    "Corporation",
                }:
                    persons.append(shown)
                else:
                    others.append(name)
        if persons:
            break
    return persons, others


def _meta_people(stated: Structured) -> tuple[list[str], list[str]]:
    persons: list[str] = []
    others: list[str] = []
    for name in _META:
        for value in stated.meta.get(name, ()):
            if re.search(r"https?:|www\.|\.(?:com|org|net)\b", value) or len(value) > 200:
                continue
            byline = parse_byline(value)
            persons.extend(byline.authors)
            if not byline.authors:
                others.append(value)
        if persons:
            break
    return persons, others


def _foreign(element: HtmlElement) -> bool:
    if _elsewhere(class_id(element)):
        return True
    for depth, ancestor in enumerate(element.iterancestors()):
        if ancestor.tag in ("article", "main", "body") or depth > 8:
            return False
        if ancestor.tag in ("footer", "nav", "figure", "li") or _elsewhere(class_id(ancestor)):
            return True
    return False


@lru_cache(maxsize=8192)
def _elsewhere(names: str) -> bool:
    return bool(_ELSEWHERE.search(names))


def _visible(marks: Marks) -> Iterator[tuple[HtmlElement, str]]:
    for element, _ in marks.bylines:
        parts: list[str] = []
        size = 0
        for text in element.itertext():
            parts.append(text)
            size += len(text)
            if size > 3 * _LONGEST:
                break
        text = squeeze(" ".join(parts))
        if 3 <= len(text) <= _LONGEST and not _foreign(element):
            yield element, text


def _linked_names(element: HtmlElement) -> list[str]:
    names = [clean_name(squeeze(" ".join(a.itertext()))) for a in element.iter("a")]
    return [name for name in names if is_person(name)]


def visible_byline(marks: Marks) -> Byline:
    """The first byline that a reader sees; names that are links are taken as the page divides them."""
    best = Byline()
    for element, text in _visible(marks):
        byline = parse_byline(text)
        linked = _linked_names(element)
        if linked and (not byline.authors or len(linked) >= len(byline.authors)):
            return Byline(raw=text, authors=unique(linked), desk=byline.desk, agency=byline.agency)
        if byline.authors:
            return byline
        if byline.raw and not best.raw:
            best = byline
    return best


def _profile_links(links: list[HtmlElement]) -> list[str]:
    """Names that are links to a page about an author, on pages that mark their byline in no other way."""
    names = [
        squeeze(" ".join(link.itertext()))
        for link in links
        if _PROFILE.search(link.get("href") or "") and not _foreign(link)
    ]
    return [name for name in dict.fromkeys(names) if is_person(name)][:3]


def _not_site(names: list[str], sites: set[str]) -> list[str]:
    return [name for name in names if fold_key(name).replace(" ", "") not in sites]


def _byline_near(after: Sequence[str]) -> Byline:
    """'By …' in the first runs of text after the headline, on pages that do not mark their byline."""
    runs = after[:_BYLINE_RUNS]
    for index, run in enumerate(runs):
        text = run
        if len(text) > 200:
            # The body has begun: what comes after it belongs to other stories.
            break
        if re.fullmatch(r"(?:by|written by|von|por|par|از|تحریر)\W*", text, re.I) and index + 1 < len(runs):
            text = f"By {runs[index + 1]}"
        if len(text) <= 100 and re.match(r"(?:by|written by|از|تحریر)\s*:?\s", text, re.I):
            byline = parse_byline(text)
            if byline.raw:
                return byline
    return Byline()


def _shown_on_page(tree: HtmlElement, names: list[str]) -> bool:
    texts = tree.xpath("//body//text()[string-length() < 400 and not(parent::script) and not(parent::style)]")
    page = fold_key(" ".join(texts))
    return any(fold_key(name) in page for name in names)


def _believed(tree: HtmlElement, recorded: list[str], source: str, shown: Byline, shown_names: list[str]) -> bool:
    """Whether recorded names stand against the visible byline: it names them too, or the page shows them elsewhere."""
    if not shown_names or any(fold(name) in fold(shown.raw) for name in recorded):
        return True
    # A meta tag without any echo is weaker than what is printed; JSON-LD may list more people than the byline.
    return source == "jsonld" and _shown_on_page(tree, recorded)


def _feed_names(authors: tuple[str, ...]) -> list[str]:
    # RSS writes "address (name)"; an empty name is a desk.
    stated = [match[1] if (match := _RSS_AUTHOR.fullmatch(a.strip())) else a for a in authors]
    return [name for text in stated for name in parse_byline(text).authors]


def read_authors(
    tree: HtmlElement,
    stated: Structured,
    marks: Marks,
    *,
    sites: set[str],
    after: Sequence[str] = (),
    feed_authors: tuple[str, ...] = (),
) -> tuple[Byline, str | None]:
    """The byline of a page and where its authors come from."""
    shown = visible_byline(marks)
    if not shown.authors:
        near = _byline_near(after)
        shown = near if near.authors or not shown.raw else shown
    shown_names = _not_site(list(shown.authors), sites)
    recorded, others = _stated_people(stated)
    meta, more = _meta_people(stated)
    names, source = _not_site(recorded, sites), "jsonld"
    if not names:
        names, source = _not_site(meta, sites), "meta"
    if not (names and _believed(tree, names, source, shown, shown_names)):
        names, source = shown_names or _not_site(_profile_links(marks.links), sites), "visible"
    if not names:
        names, source = _not_site(_feed_names(feed_authors), sites), "feed"
    authors = unique(names)
    unnamed = [*others, *more, *feed_authors]
    desk = shown.desk or next((d for name in unnamed if (d := desk_of(name))), None)
    agency = shown.agency or next((a for name in unnamed if (a := agency_of(name))), None)
    raw = shown.raw if shown.raw and (shown.authors or not authors) else (", ".join(authors) or desk or agency)
    return Byline(raw=raw, authors=authors, desk=desk, agency=agency), (source if authors else None)
