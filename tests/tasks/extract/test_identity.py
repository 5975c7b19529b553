"""One article however it is reached, two however alike their items are: from the feed to the row."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from config.model import ExtractSettings
from tasks.dedupe.task import STAGE as DEDUPE
from tasks.extract.pool import child_pool
from tests.site.server import Page, Redirect, Site
from tests.support import Lab, item, rss
from tests.tasks.fetch.revisiting import LINES, story

PATTERN = {"id_pattern": r"/(?:news|amp|print)/(?P<id>\d+)", "id_path": "/news/{id}"}


@pytest.fixture(scope="module", autouse=True)
def children() -> Iterator[None]:
    """One pool for all runs."""
    with child_pool(ExtractSettings(workers=1)):
        yield


@pytest.fixture
def paper(lab: Callable[..., Lab], site: Site) -> Lab:
    """An outlet with a rule for its addresses, a mirror on another host, and two feeds."""
    mirrored = {"main": {**PATTERN, "hosts": [site.authority(), site.authority("h2")]}, "h2": {"hosts": ["h2.example"]}}
    return lab({"home": "/rss", "world": "/world.rss"}, outlets=mirrored, settings={"fetch": {"respect_robots": False}})


def brings(site: Site, *items: str, path: str = "/rss") -> None:
    """What a feed holds from now on."""
    site.routes[path] = Page(rss(*items), "application/rss+xml")


def run(here: Lab) -> None:
    """Every feed, and all that follows, an hour after the last time."""
    here.poll_all()
    here.fetch()
    here.extract()
    here.clock.forward(hours=1)


def counts(here: Lab) -> tuple[int, int, int]:
    """Articles, sightings, and articles that the sightings point to."""
    (row,) = here.rows(
        "select count(*) as sightings, count(distinct article_id) as sighted, "
        "(select count(*) from articles) as articles from entries"
    )
    return row["articles"], row["sightings"], row["sighted"]


def test_feeds_amp_print_a_mirror_a_slug_and_a_new_guid_are_sightings_of_one_article(paper: Lab, site: Site) -> None:
    """No two of them are alike, and one address is asked."""
    site.default = story()
    mirror = site.url("/print/77", "h2")
    brings(site, item("Talks go on", "/news/77/talks-go-on", "g1"))
    brings(site, item("Talks go on", "/amp/77", "w1"), item("Talks (print)", mirror, "w2"), path="/world.rss")
    run(paper)
    brings(site, item("Talks go on", "/news/77/talks-may-go-on?utm_source=rss", "g2"), item("Talks!", "/news/77", "g1"))
    run(paper)
    assert counts(paper) == (1, 5, 1)
    assert len(paper.rows("from frontier")) == 1
    assert paper.values("select identity_key from articles") == [f"https://{site.authority()}/news/77"]


def test_a_guid_that_changes_at_each_poll_is_no_new_sighting(paper: Lab, site: Site) -> None:
    site.default = story()
    for poll in range(3):
        brings(site, item("Talks go on", "/news/77", f"g{poll}"))
        run(paper)
    assert counts(paper) == (1, 1, 1)


@pytest.mark.parametrize("how", ["redirect", "canonical"])
def test_addresses_that_no_rule_folds_meet_where_the_site_says_they_are_one(paper: Lab, site: Site, how: str) -> None:
    """Each leads to the article by itself, in whatever order they come."""
    page = story(head=f'<link rel="canonical" href="{site.url("/talks-go-on-in-the-capital")}">')
    site.default = page if how == "canonical" else Redirect("/talks-go-on-in-the-capital")
    site.routes["/talks-go-on-in-the-capital"] = page
    for title, path in (("Fast", "/fast/talks-go-on-in-the-capital"), ("Talks", "/talks-go-on-in-the-capital")):
        brings(site, item(title, path))
        run(paper)
    brings(site, item("Short", "/s/9"))
    run(paper)
    assert counts(paper) == (1, 3, 1)


def test_one_guid_for_two_articles_keeps_them_apart(paper: Lab, site: Site) -> None:
    """At once, and when an old guid comes back with another article."""
    for n in (1, 2, 3):
        site.routes[f"/news/{n}"] = story(*LINES[n:], title=f"Report {n}")
    brings(site, item("Report 1", "/news/1", "same"), item("Report 2", "/news/2", "same"))
    run(paper)
    assert counts(paper) == (2, 2, 2)
    brings(site, item("Report 3", "/news/3", "same"))
    run(paper)
    assert counts(paper) == (3, 3, 3)
    assert paper.values(
        "select articles.title = entries.title from entries inner join articles using (article_id)"
    ) == [True] * 3  # fmt: skip


def test_a_page_that_calls_all_its_articles_by_one_link_joins_none(paper: Lab, site: Site) -> None:
    """A canonical link to the home page, a section, or one other article under a rule's id."""
    for n, link in ((1, "/"), (2, "/news"), (3, "/news/1")):
        head = f'<link rel="canonical" href="{site.url(link)}">'
        site.routes[f"/news/{n}"] = story(*LINES[n:], title=f"Report {n}", head=head)
    brings(site, *(item(f"Report {n}", f"/news/{n}", f"g{n}") for n in (1, 2, 3)))
    run(paper)
    assert counts(paper) == (3, 3, 3)


def test_equal_texts_under_two_addresses_are_two_articles_and_one_text(paper: Lab, site: Site) -> None:
    """The limit that docs/configuration.md states: a moved slug without a rule, seen before its old address is."""
    site.default = story()
    for title, path in (("Talks go on", "/talks-go-on"), ("Talks go on", "/talks-went-on")):
        brings(site, item(title, path))
        run(paper)
    assert counts(paper) == (2, 2, 2)
    paper.stage(DEDUPE)
    assert sorted(paper.values("select copy_kind from articles")) == ["near", "original"]
    assert paper.values("select count(*) from coverage_unique") == [1]
