"""The HTML pages of the small news world: each outlet dates its pages in its own way."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from .content import Article, Feed, Outlet

URDU_MONTHS = (
    "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون",
    "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر",
)  # fmt: skip
LABELS = {
    "en": {
        "sections": ("Home", "Pakistan", "World", "Business", "Opinion"),
        "related": "Related stories",
        "by": "By ",
        "about": "About us",
        "contact": "Contact",
        "note": "A made-up outlet: people and events in its stories are invented.",
    },
    "ur": {
        "sections": ("صفحۂ اول", "پاکستان", "دنیا", "کاروبار", "کالم"),
        "related": "متعلقہ خبریں",
        "by": "",
        "about": "ہمارے بارے میں",
        "contact": "رابطہ",
        "note": "یہ ایک فرضی اخبار ہے: اس کی خبروں کے افراد اور واقعات فرضی ہیں۔",
    },
}
DESK_WORDS = ("desk", "report", "agencies", "press", "office", "correspondent", "ڈیسک", "رپورٹر", "نمائندہ")
CONSENT = (
    "We value your privacy. We and our 412 partners store and use information on your device, such as cookies "
    "and identifiers, to show personalised advertising and to measure it.",
    "Read on with advertising and tracking, or take out a subscription without either for 1.99 a week. You can "
    "withdraw your consent at any time at the foot of each page.",
)


def visible_date(moment: datetime, lang: str) -> str:
    """A date as a reader sees it: without time and zone."""
    if lang == "ur":
        return f"{moment.day} {URDU_MONTHS[moment.month - 1]} {moment.year}"
    return f"{moment:%B} {moment.day}, {moment.year}"


def is_desk(name: str, outlet: Outlet) -> bool:
    """Whether a byline names no person."""
    return name.isupper() or name == outlet.name or any(word in name.lower() for word in DESK_WORDS)


def json_ld(article: Article) -> str:
    """The schema.org block of a page."""
    outlet = article.outlet
    kinds = {"live": "LiveBlogPosting", "video": "VideoObject"}
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kinds.get(article.form, "NewsArticle"),
        "mainEntityOfPage": article.url,
        "headline": article.title,
        "datePublished": article.published.isoformat(),
        "dateModified": article.modified.isoformat(),
        "author": {"@type": "Organization" if is_desk(article.by, outlet) else "Person", "name": article.by},
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name, "url": outlet.origin + "/"},
    }
    if article.form == "paywall":
        data["isAccessibleForFree"] = False
        data["hasPart"] = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": ".subscribers"}
    if article.form == "live":
        data["liveBlogUpdate"] = [
            {"@type": "BlogPosting", "headline": text[:40], "articleBody": text} for text in article.paragraphs
        ]
    if article.form == "video":
        data["uploadDate"] = data["datePublished"]
        data["contentUrl"] = outlet.origin + "/video/debate.mp4"
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def head_of(article: Article) -> str:
    """Everything in <head>; an outlet that shows its dates only to readers has neither JSON-LD nor date tags."""
    outlet = article.outlet
    title, lead = escape(article.title), escape(article.paragraphs[0][:160])
    lines = [
        f'<meta charset="{outlet.charset}">',
        f"<title>{title} - {escape(outlet.name)}</title>",
        f'<link rel="canonical" href="{escape(article.url)}">',
        f'<meta name="description" content="{lead}">',
        f'<meta property="og:title" content="{title}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:site_name" content="{escape(outlet.name)}">',
    ]
    if article.amp:
        lines.append(f'<link rel="amphtml" href="{outlet.origin}/amp/{article.number}">')
    if outlet.dates == "meta":
        lines.append(f'<meta property="article:published_time" content="{article.published.isoformat()}">')
        lines.append(f'<meta property="article:modified_time" content="{article.modified.isoformat()}">')
        lines.append(f'<meta name="author" content="{escape(article.by)}">')
    if outlet.dates == "jsonld" or article.form in ("live", "video"):
        lines.append(json_ld(article))
    return "\n".join(lines)


def body_of(article: Article) -> str:
    """The story itself, by its form."""
    paragraphs = "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in article.paragraphs)
    if article.form == "paywall":
        return f"""<div class="story-text">{paragraphs}</div>
<div class="subscribers"><h3>Subscribe to read on</h3><p>Four weeks for 100 rupees. Cancel at any time.</p></div>"""
    if article.form == "video":
        return f"""<figure class="player"><video src="/video/debate.mp4" controls></video>
<figcaption>{escape(article.paragraphs[0])}</figcaption></figure>"""
    if article.form == "live":
        entries = "\n".join(f'<li class="live-entry"><p>{escape(text)}</p></li>' for text in article.paragraphs)
        return f'<ol class="live-blog" reversed>{entries}</ol>'
    return f'<div class="story-text">\n{paragraphs}\n</div>'


def frame(outlet: Outlet, head: str, main: str) -> str:
    """The furniture of an outlet around the main part of a page."""
    labels = LABELS[outlet.lang]
    links = "".join(f'<li><a href="/section/{n}">{name}</a></li>' for n, name in enumerate(labels["sections"]))
    direction = "rtl" if outlet.lang == "ur" else "ltr"
    name = escape(outlet.name)
    return f"""<!DOCTYPE html>
<html lang="{outlet.lang}" dir="{direction}">
<head>
{head}
</head>
<body>
<header class="site-header"><a class="logo" href="/">{name}</a><nav><ul>{links}</ul></nav></header>
<main>
{main}
</main>
<footer><p>&copy; {name}. {labels["note"]}</p>
<ul><li><a href="/about">{labels["about"]}</a></li><li><a href="/contact">{labels["contact"]}</a></li></ul></footer>
</body>
</html>
"""


def story(article: Article, related: Sequence[Article]) -> str:
    """A whole page: headline, byline, date, story, and the links that follow it."""
    outlet = article.outlet
    labels = LABELS[outlet.lang]
    others = "\n".join(f'<li><a href="{escape(a.path)}">{escape(a.title)}</a></li>' for a in related)
    date = visible_date(article.published, outlet.lang)
    stamp = f'<span class="date">{date}</span>'
    if outlet.dates != "visible":
        stamp = f'<time datetime="{article.published.isoformat()}">{date}</time>'
    main = f"""<article class="story">
<h1 class="headline">{escape(article.title)}</h1>
<p class="meta"><span class="byline">{labels["by"]}{escape(article.by)}</span> | {stamp}</p>
{body_of(article)}
</article>
<aside class="related"><h3>{labels["related"]}</h3>
<ul>
{others}
</ul></aside>"""
    return frame(outlet, head_of(article), main)


def consent(article: Article) -> str:
    """What stands in place of the article until the reader agrees."""
    text = "\n".join(f"<p>{part}</p>" for part in CONSENT)
    main = f"""<div class="cmp-wall" role="dialog"><h1>Your choice about cookies</h1>
{text}
<button>Accept and read on</button> <a href="/subscribe">Subscribe</a></div>"""
    return frame(article.outlet, f'<meta charset="utf-8"><title>{escape(article.outlet.name)}</title>', main)


def amp(article: Article) -> str:
    """The AMP twin: the same text, with the canonical URL of the page proper."""
    head = head_of(article).replace('<link rel="amphtml"', '<link rel="alternate" type="text/html"')
    page = frame(article.outlet, head, f"<article><h1>{escape(article.title)}</h1>{body_of(article)}</article>")
    return page.replace("<html ", "<html amp ")


def front(outlet: Outlet, feeds: Sequence[Feed], articles: Sequence[Article]) -> str:
    """The home page; it names the outlet's feeds for autodiscovery."""
    types = {"atom": "application/atom+xml", "json": "application/feed+json"}
    head = [f'<meta charset="{outlet.charset}">', f"<title>{escape(outlet.name)}</title>"]
    for feed in feeds:
        if feed.kind in ("rss", "atom", "json", "auto"):
            kind = types.get(feed.kind, "application/rss+xml")
            head.append(f'<link rel="alternate" type="{kind}" title="{feed.key}" href="{feed.path}">')
    items = "\n".join(
        f'<li><a href="{escape(a.path)}">{escape(a.title)}</a></li>' for a in articles if a.form != "no-link"
    )
    return frame(outlet, "\n".join(head), f"<h1>{escape(outlet.name)}</h1>\n<ul>\n{items}\n</ul>")
