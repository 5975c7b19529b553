"""An article on a site and what runs do with it over simulated days: for the tests of looking again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.site.server import Conditional, Handler, Page, Site
from tests.support import START, Lab

LINES = (
    "ISLAMABAD: The two delegations met for three hours on Monday and agreed to go on with the talks.",
    "Officials said that four rounds were planned before the end of the year, the next of them in June.",
    "A spokesman for Gen. A. B. Khan did not comment on the report. “We will see,” he said.",
    "The ministry put the volume of trade at nine billion dollars, two billion more than the year before.",
    "Both sides left open who would lead the next round, and where it would take place.",
    "Observers had expected less: the last round ended without a joint paper and with harsh words on both sides.",
)
NOTHING = Page("<html><title>Not here</title></html>", status=404)


def story(*lines: str, title: str = "Talks go on", head: str = "") -> Page:
    """A page of an article."""
    body = "".join(f"<p>{line}</p>" for line in lines or LINES)
    return Page(
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


CONSENT = Page(
    "<html><head><title>Paper</title></head><body><div><h1>Your choice about cookies</h1><p>We value your privacy. We "
    "and our partners store cookies and consent identifiers for personalised advertising and tracking. Accept all or "
    "reject all; see our privacy policy.</p></div></body></html>"
)
STUB = Page(
    '<html><head><title>Talks go on</title><script type="application/ld+json">{"@type": "NewsArticle", "headline": '
    '"Talks go on", "isAccessibleForFree": false}</script></head><body><article><h1>Talks go on</h1>'
    f"<p>{LINES[0]}</p><p>Subscribe to continue reading.</p></article></body></html>"
)
HOME = Page("<html><head><title>Paper</title></head><body><h1>Paper</h1><p>All the news.</p></body></html>")


def shows(site: Site, page: Handler, path: str = "/talks") -> None:
    """The site shows a page from now on, with an ETag."""
    site.routes[path] = Conditional(page)


def round_(here: Lab) -> int:
    """What a run does, without its feeds; returns the number of pages asked."""
    taken = here.fetch().taken
    here.extract()
    return taken


def begin(here: Lab, site: Site, page: Handler | None = None) -> None:
    """The article is seen and read for the first time."""
    shows(site, page or story())
    here.poll()
    assert round_(here) == 1


def until_the_end(here: Lab) -> list[float]:
    """Runs whenever something is due, until nothing ever is; returns the ages of the article at them."""
    asked: list[float] = []
    while len(asked) < 20:
        (due,) = here.values("select min(next_fetch_at) from frontier")
        if due is None:
            break
        assert due > here.clock()
        here.clock.now = due
        assert round_(here) == 1
        asked.append((due - START) / timedelta(hours=1))
    return asked


def outcomes(here: Lab) -> list[tuple[str, int | None]]:
    """(outcome, HTTP status) of every fetch, in order."""
    rows = here.rows("select outcome, http_status from pages order by fetched_at")
    return [(r["outcome"], r["http_status"]) for r in rows]


def versions(here: Lab) -> list[dict[str, Any]]:
    """The rows of ``article_versions``."""
    return here.rows("select * from article_versions order by version")


def article(here: Lab) -> dict[str, Any]:
    """The one row of ``articles``."""
    (row,) = here.rows("select * from articles")
    return row
