"""A page, or a plain text, becomes a ``Document``: every field with the evidence for it.

Pure: no clock, disk, network or randomness.  The caller sets the deadline and the memory limit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from tasks.extract.authors import read_authors
from tasks.extract.body import read_body
from tasks.extract.canonical import canonical_url
from tasks.extract.dateclaims import collect_claims, feed_claim
from tasks.extract.dates import Dates, decide_dates
from tasks.extract.decode import decode
from tasks.extract.language import detect_language
from tasks.extract.marks import mark
from tasks.extract.people import Byline, is_note_on, names_of_line
from tasks.extract.plain import split_plain
from tasks.extract.provenance import Provenance, read_provenance
from tasks.extract.structured import Structured, read_structured
from tasks.extract.title import choose_title, site_keys
from tasks.extract.tree import empty_page, parse_html, texts_after
from tasks.extract.verdict import Seen, by_length, judge
from tasks.records import Document, FeedEvidence, OutletRules
from tasks.text import count_words

# Raised with every change that can alter a field: rows made by an older one become pending again.
EXTRACTOR_VERSION: Final = "5"
# Byline, date and lead may stand in the first runs of text after the headline.
_RUNS_AFTER: Final = 60


def _assemble(title: str | None, byline: Byline, found: Provenance, dates: Dates, prior: str | None) -> Document:
    text = "\n".join(found.paragraphs)
    desk = byline.desk or found.desk
    agency = found.agency or byline.agency
    evidence = {**found.evidence}
    if byline.agency and not found.agency:
        evidence["agency"] = "byline"
    if dates.raw:
        evidence["published"] = dates.raw
    return Document(
        title=title,
        text=text,
        lang=detect_language(text or title or "", prior=prior),
        word_count=count_words(text),
        byline=byline.raw or found.byline or desk,
        authors=byline.authors or found.authors,
        desk=desk,
        agency=agency,
        dateline=found.dateline,
        credit=found.credit,
        caption_credit=found.caption_credit,
        published_at=dates.published_at,
        published_offset_minutes=dates.offset_minutes,
        modified_at=dates.modified_at,
        date_source=dates.source,
        date_confidence=dates.confidence,
        date_conflict=dates.conflict,
        evidence=evidence,
    )


def extract_plain(
    text: str,
    *,
    title: str | None,
    fetched_at: datetime,
    outlet: OutletRules | None = None,
    feed: FeedEvidence | None = None,
) -> Document:
    """Document of a plain text: title (first line, unless given), then maybe byline, dateline, body and credit.

    The date comes from ``feed`` only (a row's own date is handed in as such); without it, it is unknown.
    """
    headline, byline, lines = split_plain(text, title or (feed.title if feed else None))
    dates = decide_dates(list(feed_claim(feed)), fetched_at=fetched_at, outlet=outlet)
    document = _assemble(headline, byline, read_provenance(lines), dates, outlet.lang if outlet else None)
    verdict = by_length(document.word_count)
    return replace(
        document,
        verdict=verdict.verdict,
        verdict_reason=verdict.reason,
        evidence={**document.evidence, "text": "plain"},
    )


def extract_document(
    body: bytes,
    *,
    url: str,
    content_type: str | None,
    fetched_at: datetime,
    outlet: OutletRules | None = None,
    feed: FeedEvidence | None = None,
    http_status: int = 200,
) -> Document:
    """Document of an HTML page.

    ``fetched_at`` bounds every date; ``feed`` and ``outlet`` are evidence and rules where known.
    Never raises for bad input: a page without text has the verdict 'empty' or the name of the wall.
    """
    fetched_at = fetched_at if fetched_at.tzinfo else fetched_at.replace(tzinfo=UTC)
    decoded = decode(body, content_type)
    parsed = parse_html(decoded.text)
    # The feed may know the text of a page that came empty.
    tree = empty_page() if parsed is None else parsed
    page = _Page(decoded.text, tree, read_structured(tree), url, fetched_at, outlet, feed)
    document, has_article = _read(page)
    seen = Seen(
        words=document.word_count,
        title=document.title,
        text=document.text,
        url=url,
        http_status=http_status,
        has_article=has_article,
    )
    verdict = judge(seen, page.stated, page.untouched)
    return replace(
        document,
        verdict=verdict.verdict,
        verdict_reason=verdict.reason,
        partial=verdict.partial,
        charset=decoded.charset,
        replaced_chars=decoded.replaced,
        evidence={**document.evidence, "charset": decoded.source},
    )


@dataclass(frozen=True)
class _Page:
    markup: str
    tree: HtmlElement
    stated: Structured
    url: str
    fetched_at: datetime
    outlet: OutletRules | None
    feed: FeedEvidence | None

    @cached_property
    def _again(self) -> HtmlElement:
        parsed = parse_html(self.markup)
        return empty_page() if parsed is None else parsed

    def untouched(self) -> HtmlElement:
        """The page as it came.  The tree is used up by the text; a copy for each page would cost more than
        parsing those anew whose text or verdict is in doubt, about one in four.
        """
        return self._again

    @property
    def declared_lang(self) -> str | None:
        lang = self.tree.get("lang") or self.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        return str(lang) if lang else None


def _read(page: _Page) -> tuple[Document, bool]:
    """All fields but the verdict, and whether the page says of itself to be an article."""
    tree, stated, url, outlet, feed = page.tree, page.stated, page.url, page.outlet, page.feed
    marks = mark(tree)
    sites = site_keys(stated, url, outlet)
    title = choose_title(tree, stated, sites, feed=feed)
    after = [*islice(texts_after(title.heading), _RUNS_AFTER)]
    names = feed.authors if feed else ()
    byline, authors_from = read_authors(tree, stated, marks, sites=sites, after=after, feed_authors=names)
    home = outlet.lang if outlet else None
    lang = page.declared_lang or home
    claims = collect_claims(tree, stated, marks, url=url, feed=feed, after=after, lang=lang)
    dates = decide_dates(claims, fetched_at=page.fetched_at, outlet=outlet)
    canonical = canonical_url(tree, stated, url=url, outlet=outlet)
    # Last, for it uses the tree up.
    text = read_body(tree, page.untouched, stated, marks, titles=title.forms, after=after, feed=feed)
    found = read_provenance(
        text.lines,
        captions=text.captions,
        byline=byline.raw,
        names_in=names_of_line,
        is_note=lambda line: is_note_on(line, byline.authors),
    )
    document = _assemble(title.text, byline, found, dates, home or page.declared_lang)
    evidence = {**document.evidence, "text": text.source}
    evidence |= {key: value for key, value in (("title", title.source), ("authors", authors_from)) if value}
    return replace(document, canonical_url=canonical, evidence=evidence), bool(stated.strong_article)
