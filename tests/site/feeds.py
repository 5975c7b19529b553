"""The feeds of the small news world, each in the format and with the habits of its outlet."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from .content import Article, Feed, Outlet

XML = '<?xml version="1.0" encoding="{}"?>\n'
CONTENT_TYPES = {
    "rss2": "application/rss+xml; charset=utf-8",
    "rss2-full": "application/rss+xml; charset=utf-8",
    "rss2-1256": "text/xml",  # no charset: the truth is in the XML declaration only
    "rss2-broken": "application/rss+xml; charset=UTF-8",
    "rss1": "application/rdf+xml",
    "rss091": "text/xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
    "sitemap": "application/xml",
    "wordpress": "application/json; charset=UTF-8",
}


def html_of(article: Article) -> str:
    """The story as an HTML fragment."""
    return "\n".join(f"<p>{escape(text)}</p>" for text in article.paragraphs)


def link_of(article: Article, feed: Feed) -> str:
    """The link as this feed gives it: with tracking, to the AMP twin, or to an address that has moved."""
    if article.track and feed.key == "courier-home":
        return f"{article.url}?utm_source=rss&utm_medium=feed&utm_campaign={feed.key}"
    if article.amp and feed.key == "courier-world":
        return f"{article.outlet.origin}/amp/{article.number}"
    if article.moved:
        return f"{article.outlet.origin}/go/{article.number}"
    return article.url


def guid_of(article: Article) -> str:
    """The guid element; `guid` in the text file makes several articles share one."""
    if article.guid:
        return f'<guid isPermaLink="false">{article.guid}</guid>'
    return f'<guid isPermaLink="false">{article.outlet.key}-{article.number}-{article.slug[:12]}</guid>'


def rss_date(article: Article, feed: Feed) -> str:
    """pubDate in the outlet's manner: GMT, with offset, with a zone's letters, or naive."""
    moment = article.published
    manners = {
        "ipa-wire": lambda: format_datetime(moment.astimezone(UTC), usegmt=True),
        "sentinel-rss": lambda: f"{moment:%a, %d %b %Y %H:%M:%S} PKT",
        "awaz-rss": lambda: f"{moment:%Y-%m-%d %H:%M:%S}",
    }
    return manners.get(feed.key, lambda: format_datetime(moment))()


def rss2_item(article: Article, feed: Feed, *, broken: bool) -> str:
    """One item; the broken feed doesn't escape its titles."""
    title = article.title if broken else escape(article.title)
    lines = [f"<title>{title}</title>"]
    if article.form != "no-link":
        lines.append(f"<link>{escape(link_of(article, feed))}</link>")
    summary = escape(article.paragraphs[0])
    if broken and article.slug == "torkham-us-weapons-shown":
        summary = summary.replace(" ", " \x13", 1)  # a control character, which XML forbids
    lines.append(f"<description>{summary}</description>")
    if feed.shape == "rss2-full":
        body = html_of(article) if article.form == "article" else f"<p>{summary}</p>"
        lines.append(f"<content:encoded><![CDATA[{body}]]></content:encoded>")
        lines.append(f"<dc:creator>{escape(article.by)}</dc:creator>")
    lines.append(guid_of(article))
    lines.append(f"<pubDate>{rss_date(article, feed)}</pubDate>")
    return "<item>" + "\n".join(lines) + "</item>"


def rss2(feed: Feed, outlet: Outlet, articles: Sequence[Article]) -> str:
    """RSS 2.0; ttl and sy:updatePeriod for the feeds that give full text."""
    broken = feed.shape == "rss2-broken"
    namespaces = "".join(
        f' xmlns:{prefix}="{uri}"'
        for prefix, uri in (
            ("content", "http://purl.org/rss/1.0/modules/content/"),
            ("dc", "http://purl.org/dc/elements/1.1/"),
            ("sy", "http://purl.org/rss/1.0/modules/syndication/"),
        )
    )
    items = "\n".join(rss2_item(article, feed, broken=broken) for article in articles)
    pace = {
        "courier-home": "<ttl>30</ttl>",
        "courier-world": "<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>",
    }.get(feed.key, "")
    name = "Khyber Sentinel – News & Views" if broken else escape(outlet.name)
    top = f"""{XML.format(outlet.charset)}<rss version="2.0"{namespaces}>
<channel><title>{name}</title><link>{outlet.origin}/</link><description>{escape(outlet.name)}</description>
<language>{outlet.lang}</language>{pace}
{items}
"""
    return top + ("<item><title>Older ne" if broken else "</channel></rss>\n")


def rss1(feed: Feed, outlet: Outlet, articles: Sequence[Article]) -> str:
    """RSS 1.0 (RDF) with Dublin Core."""
    refs = "".join(f"<rdf:li rdf:resource={quoteattr(a.url)}/>" for a in articles)
    items = "\n".join(
        f"""<item rdf:about={quoteattr(a.url)}><title>{escape(a.title)}</title><link>{escape(a.url)}</link>
<description>{escape(a.paragraphs[0])}</description><dc:creator>{escape(a.by)}</dc:creator>
<dc:date>{a.published.isoformat()}</dc:date></item>"""
        for a in articles
    )
    return f"""{XML.format("utf-8")}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="{outlet.origin}{feed.path}"><title>{escape(outlet.name)}</title><link>{outlet.origin}/</link>
<description>{escape(outlet.name)}</description><items><rdf:Seq>{refs}</rdf:Seq></items></channel>
{items}
</rdf:RDF>
"""


def rss091(feed: Feed, outlet: Outlet, articles: Sequence[Article]) -> str:
    """RSS 0.91: no dates and no guids."""
    items = "\n".join(
        f"<item><title>{escape(a.title)}</title><link>{escape(a.url)}</link>"
        f"<description>{escape(a.paragraphs[0])}</description></item>"
        for a in articles
    )
    return f"""{XML.format("utf-8")}<rss version="0.91"><channel><title>{escape(outlet.name)}</title>
<link>{outlet.origin}/</link><description>World news</description><language>en-us</language>
{items}
</channel></rss>
"""


def atom(feed: Feed, outlet: Outlet, articles: Sequence[Article]) -> str:
    """Atom with xml:base and relative links; a copy from the agencies has no <published>."""
    entries = []
    for a in articles:
        published = "" if a.copy else f"<published>{a.published.isoformat()}</published>"
        entries.append(
            f"""<entry><id>tag:harbour.test,2026:{a.number}</id><title>{escape(a.title)}</title>
<link rel="alternate" href={quoteattr(a.path.removeprefix("/"))}/>{published}
<updated>{a.modified.isoformat()}</updated><author><name>{escape(a.by)}</name></author>
<summary>{escape(a.paragraphs[0])}</summary></entry>"""
        )
    newest = max(a.modified for a in articles).isoformat()
    body = "\n".join(entries)
    return f"""{XML.format("utf-8")}<feed xmlns="http://www.w3.org/2005/Atom" xml:base="{outlet.origin}/">
<id>tag:harbour.test,2026:feed</id><title>{escape(outlet.name)}</title><updated>{newest}</updated>
<link rel="self" href="{feed.path}"/>
{body}
</feed>
"""


def json_feed(feed: Feed, outlet: Outlet, articles: Sequence[Article]) -> str:
    """JSON Feed 1.1."""
    items = [
        {
            "id": a.url,
            "url": a.url,
            "title": a.title,
            "content_html": html_of(a),
            "date_published": a.published.isoformat(),
            "authors": [{"name": a.by}],
        }
        for a in articles
    ]
    top = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": outlet.origin + "/",
        "feed_url": outlet.origin + feed.path,
        "items": items,
    }
    return json.dumps(top, indent=1, ensure_ascii=False)


def sitemap(feed: Feed, outlet: Outlet, articles: Sequence[Article]) -> str:
    """A news sitemap as Google asks for it."""
    urls = "\n".join(
        f"""<url><loc>{escape(link_of(a, feed))}</loc><news:news><news:publication>
<news:name>{escape(outlet.name)}</news:name><news:language>en</news:language></news:publication>
<news:publication_date>{a.published.isoformat()}</news:publication_date>
<news:title>{escape(a.title)}</news:title></news:news></url>"""
        for a in articles
    )
    return f"""{XML.format("UTF-8")}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{urls}
</urlset>
"""


def wordpress(feed: Feed, outlet: Outlet, articles: Sequence[Article]) -> str:
    """The list that WordPress gives at /wp-json/wp/v2/<type>: naive local and naive UTC times, HTML entities."""

    def naive(moment: datetime) -> str:
        return f"{moment:%Y-%m-%dT%H:%M:%S}"

    rows = [
        {
            "id": 600000 + a.number,
            "date": naive(a.published),
            "date_gmt": naive(a.published.astimezone(UTC)),
            "guid": {"rendered": f"{outlet.origin}/?post_type=press_release&#038;p={600000 + a.number}"},
            "modified": naive(a.modified),
            "modified_gmt": naive(a.modified.astimezone(UTC)),
            "slug": a.slug,
            "status": "publish",
            "type": "press_release",
            "link": a.url,
            "title": {"rendered": escape(a.title).replace("'", "&#8217;")},
            "content": {"rendered": html_of(a), "protected": False},
            "excerpt": {"rendered": f"<p>{escape(a.paragraphs[0][:120])} [&hellip;]</p>", "protected": False},
        }
        for a in articles
    ]
    return json.dumps(rows)


SHAPES: dict[str, Callable[[Feed, Outlet, Sequence[Article]], str]] = {
    "rss2": rss2,
    "rss2-full": rss2,
    "rss2-1256": rss2,
    "rss2-broken": rss2,
    "rss1": rss1,
    "rss091": rss091,
    "atom": atom,
    "json": json_feed,
    "sitemap": sitemap,
    "wordpress": wordpress,
}


def render(feed: Feed, outlet: Outlet, articles: Sequence[Article]) -> bytes:
    """The document; letters that the charset lacks (ی and ۔ in windows-1256) become references."""
    text = SHAPES[feed.shape](feed, outlet, articles)
    return text.encode(outlet.charset, "xmlcharrefreplace")
