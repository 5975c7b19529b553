"""Feeds that redirect, from the first poll to the adopted address; the rules alone are in test_decide_moves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.site.server import Conditional, Page, Redirect, Site
from tests.support import Lab, item, rss

MakeLab = Callable[..., Lab]
TWO = rss(item("A", "/a"), item("B", "/b"))
THREE = rss(item("A", "/a"), item("B", "/b"), item("C", "/c"))


def feed(text: str) -> Page:
    return Page(text, "application/rss+xml")


def test_a_temporary_redirect_keeps_the_address(lab: MakeLab, site: Site) -> None:
    site.routes |= {"/rss": Redirect("/elsewhere", 302), "/elsewhere": feed(TWO)}
    home = lab({"home": "/rss"})
    for _ in range(4):
        home.poll_all()
    assert home.feed("home")["effective_url"] is None
    assert len(site.seen("/rss")) == 4


def test_a_real_move_is_adopted_and_keeps_its_history(lab: MakeLab, site: Site) -> None:
    """301, and all guids are new at the new place: the archive doubles nothing."""
    old = rss(*(item(f"Story {n}", f"/{n}", f"old-{n}") for n in range(5)))
    new = rss(*(item(f"Story {n}", f"/{n}", f"https://new/?p={n}") for n in range(6)))
    site.routes["/rss"] = feed(old)
    home = lab({"home": "/rss"})
    home.poll_all()
    site.routes |= {"/rss": Redirect("/new"), "/new": Conditional(feed(new))}
    assert home.poll_all().counts["entries_new"] == 1
    for _ in range(3):
        home.poll_all()
    row = home.feed("home")
    assert (row["url"], row["effective_url"]) == (site.url("/rss"), site.url("/new"))
    home.poll_all()
    assert len(site.seen("/rss")) == 4  # no longer asked
    assert home.values("select count(*) from entries") == [6]
    assert home.values("select distinct feed_id from polls") == ["home"]


@pytest.mark.parametrize(
    "page",
    [
        Page("<html><title>Maintenance</title></html>"),
        feed(rss()),
        feed(rss(item("We are back soon", "/maintenance", "m1"))),
    ],
    ids=["a page", "an empty feed", "a feed of its own"],
)
def test_a_redirect_to_a_maintenance_page_is_never_adopted(lab: MakeLab, site: Site, page: Page) -> None:
    site.routes["/rss"] = feed(TWO)
    home = lab({"home": "/rss"})
    home.poll_all()
    site.routes |= {"/rss": Redirect("/maintenance"), "/maintenance": page}
    for _ in range(5):
        home.poll_all()
    assert home.feed("home")["effective_url"] is None
    site.routes["/rss"] = feed(THREE)
    assert home.poll_all().counts["entries_new"] == 1


def test_a_redirect_to_a_private_address_is_refused_and_not_kept(lab: MakeLab, site: Site) -> None:
    site.routes["/rss"] = Redirect("http://169.254.169.254/latest/meta-data/")
    home = lab({"home": "/rss"})
    for _ in range(4):
        assert home.poll_all().codes == {"blocked_address": 1}
    row = home.feed("home")
    assert (row["effective_url"], row["redirect_url"]) == (None, None)
