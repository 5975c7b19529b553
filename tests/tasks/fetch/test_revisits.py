"""Looking at articles again: when, how politely, and when no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tasks.errors import Code
from tasks.fetch.archive import responses
from tasks.fetch.task import STAGE
from tasks.load import database as db
from tests.site.server import Conditional, Handler, LyingEtag, Page, Reset, Site, TooManyRequests
from tests.support import START, Lab, item, rss
from tests.tasks.fetch.revisiting import (
    LINES,
    article,
    begin,
    outcomes,
    round_,
    shows,
    story,
    until_the_end,
    versions,
)

LAB = Callable[..., Lab]


def test_an_unchanged_article_costs_a_304_and_the_schedule_ends(here: Lab, site: Site) -> None:
    """The last look asks without validators, and bytes that are the same are not stored again."""
    begin(here, site)
    assert until_the_end(here) == [1, 3, 12, 48, 168]
    same = ("not_modified", 304)
    assert outcomes(here) == [("ok", 200), same, same, same, same, ("not_modified", 200)]
    assert len({r["sha256"] for r in here.rows("select sha256 from pages")}) == 1
    files = list(here.config.settings.warehouse.archive_dir.glob("*/*.warc.gz"))
    stored = [s for file in files for _, _, s in responses(file) if "page-id" in s.fields]
    assert len(stored) == 1
    assert len(versions(here)) == 1
    row = here.target(site.url("/talks"))
    assert (row["state"], row["next_fetch_at"], row["removed_at"], row["attempts"]) == ("done", None, None, 0)
    assert here.values("select count(*) from failures") == [0]


def test_new_articles_come_before_looks(here: Lab, site: Site) -> None:
    begin(here, site)
    here.clock.forward(hours=1)
    links = [f"/new/{n}" for n in range(3)]
    site.routes |= {link: story(title=f"Other news {link}") for link in links}
    here.add_targets(*(site.url(link) for link in links))
    order = [t.url for t in STAGE.pending(here.run(), 10)]
    assert order[-1] == site.url("/talks")
    assert [t.url for t in STAGE.pending(here.run(), 2)] == order[:2]
    with db.writer(here.config.settings.warehouse) as con:
        pending = db.rows(con, db.statement("load/status_pending"), {"now": here.clock(), "marks": ""})[0]
    assert (pending["pages_due"], pending["revisits_due"]) == (3, 1)


def test_an_outage_of_ours_is_made_up_for_once(here: Lab, site: Site) -> None:
    begin(here, site)
    here.clock.forward(hours=50)
    assert round_(here) == 1
    assert round_(here) == 0
    assert here.target(site.url("/talks"))["next_fetch_at"] == START + timedelta(hours=168)


def test_only_what_may_be_an_article_is_looked_at_again(here: Lab, site: Site) -> None:
    links = "".join(f'<li><a href="/x/{n}">A headline of six words {n}</a></li>' for n in range(30))
    index = Page(f"<html><head><title>World</title></head><body><h1>World</h1><ul>{links}</ul></body></html>")
    begin(here, site, index)
    assert article(here)["verdict"] == "index_page"
    assert until_the_end(here) == []


def test_a_twin_is_not_looked_at_again(lab: LAB, site: Site) -> None:
    canonical = f'<link rel="canonical" href="{site.url("/news/talks-go-on-again")}">'
    site.routes = {
        "/rss": Page(
            rss(item("Talks", "/news/talks-go-on-again"), item("Talks", "/fast/talks-go-on-again")), "text/xml"
        ),
        "/news/talks-go-on-again": story(head=canonical),
        "/fast/talks-go-on-again": story(head=canonical),
    }
    here = lab({"home": "/rss"}, settings={"fetch": {"respect_robots": False}})
    here.poll()
    assert round_(here) == 2
    here.clock.forward(hours=1)
    assert round_(here) == 1


def test_a_server_whose_etag_never_changes_is_found_out_in_the_end(here: Lab, site: Site) -> None:
    site.routes["/talks"] = LyingEtag(story())
    here.poll()
    round_(here)
    site.routes["/talks"] = LyingEtag(story(*LINES[:-1], "Observers were told otherwise."))
    until_the_end(here)
    assert [status for _, status in outcomes(here)] == [200, 304, 304, 304, 304, 200]
    assert article(here)["version"] == 2


def test_a_changed_headline_in_the_feed_asks_without_validators(here: Lab, site: Site) -> None:
    site.routes["/talks"] = LyingEtag(story())
    here.poll()
    round_(here)
    site.routes["/talks"] = LyingEtag(story(title="Talks end"))
    site.routes["/rss"] = Page(rss(item("Talks end", "/talks")), "application/rss+xml")
    here.poll_all()
    assert round_(here) == 1
    assert [v["title"] for v in versions(here)] == ["Talks go on", "Talks end"]


def test_last_modified_alone_will_do_and_a_304_changes_no_validator(here: Lab, site: Site) -> None:
    site.routes["/talks"] = Conditional(story(), last_modified=START - timedelta(hours=1), etag=False)
    here.poll()
    round_(here)
    here.clock.forward(hours=1)
    round_(here)
    assert outcomes(here) == [("ok", 200), ("not_modified", 304)]
    assert site.seen("/talks")[1].headers["if-modified-since"] == "Mon, 02 Mar 2026 08:00:00 GMT"
    row = here.target(site.url("/talks"))
    assert (row["last_modified"], row["etag"]) == ("Mon, 02 Mar 2026 08:00:00 GMT", None)


@pytest.mark.parametrize("fault", [Reset(), TooManyRequests(60), Page("ill", status=500), Page("no", status=403)])
def test_a_failed_look_changes_nothing_and_is_made_again(here: Lab, site: Site, fault: Handler) -> None:
    begin(here, site)
    before = article(here)
    here.clock.forward(hours=1)
    site.routes["/talks"] = fault
    assert here.fetch().failed == 1
    row = here.target(site.url("/talks"))
    assert (row["state"], row["attempts"], row["removed_at"]) == ("done", 1, None)
    assert row["next_fetch_at"] < START + timedelta(hours=2)
    shows(site, story(*LINES, "A line that was added meanwhile."))
    here.clock.forward(hours=1)
    round_(here)
    assert article(here)["version"] == before["version"] + 1
    assert here.target(site.url("/talks"))["attempts"] == 0


def test_robots_and_rests_hold_for_looks(lab: LAB, site: Site) -> None:
    site.routes = {"/robots.txt": Page("User-agent: *\nAllow: /", "text/plain"), "/talks": story()}
    here = lab()
    here.add_targets(site.url("/talks"))
    round_(here)
    site.routes["/robots.txt"] = Page("User-agent: *\nDisallow: /", "text/plain")
    here.clock.forward(hours=48)
    result = here.fetch()
    assert result.codes == {Code.ROBOTS_DISALLOWED: 1}
    assert len(site.seen("/talks")) == 1
    row = here.target(site.url("/talks"))
    assert (row["state"], row["next_fetch_at"]) == ("done", None)
    assert len(versions(here)) == 1


def test_an_old_item_of_a_new_feed_is_hardly_looked_at_again(here: Lab, site: Site) -> None:
    """Age counts from publication: a back catalogue is no news."""
    dated = START - timedelta(days=3)
    site.routes["/rss"] = Page(rss(item("Talks go on", "/talks", date=dated)), "application/rss+xml")
    begin(here, site)
    assert until_the_end(here) == [96]


def test_twice_is_once(here: Lab, site: Site) -> None:
    begin(here, site)
    here.clock.forward(hours=1)
    shows(site, story(*LINES, "One more line was added."))
    round_(here)
    tables = ("articles", "article_versions", "pages", "frontier", "entries", "extractions")
    before = [here.rows(f"select * from {name} order by all") for name in tables]
    assert round_(here) == 0
    assert [here.rows(f"select * from {name} order by all") for name in tables] == before
