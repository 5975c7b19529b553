"""What extraction writes: templates, twins, and pages extracted again."""

from __future__ import annotations

from collections.abc import Callable

from tests.site.server import Page, Sequence, Site
from tests.support import Lab, item, rss

LAB = Callable[..., Lab]


def page(title: str, text: str, head: str = "") -> Page:
    body = "".join(f"<p>{line}</p>" for line in text.split("\n"))
    return Page(
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def story(n: int) -> str:
    lines = [f"The {n}th delegation arrived in the capital on Monday and met officials for {n + 2} hours of talks."]
    lines += [
        f"Paragraph {k} of report {n} says what the two sides agreed on in point {k * n}, and what they left open."
        for k in range(1, 6)
    ]
    return "\n".join(lines)


def test_the_same_text_on_many_addresses_of_a_host_is_a_template(lab: LAB, site: Site) -> None:
    """The real articles beside it, and the same text elsewhere, stay what they are."""
    wall = (
        "We and our partners store information on your device.\n"
        "Choose with or without advertisements to go on reading this site today."
    )
    site.routes["/rss"] = Page(
        rss(
            *(item(f"Wall {n}", f"/wall/{n}") for n in range(7)),
            item("Real", "/real"),
            *(item(f"Twice {n}", f"/twice/{n}") for n in range(2)),
        ),
        "application/rss+xml",
    )
    for n in range(7):
        site.routes[f"/wall/{n}"] = page(f"Wall {n}", wall)
    site.routes["/real"] = page("Real", story(1))
    for n in range(2):
        site.routes[f"/twice/{n}"] = page(f"Twice {n}", story(3))
    here = lab({"home": site.url("/rss")}, settings={"extract": {"batch": 3}})
    here.poll()
    here.fetch()
    while here.extract().taken:
        continue
    found = here.rows("select title, verdict, verdict_reason from articles order by title")
    assert {r["verdict"] for r in found if r["title"].startswith("Wall")} == {"template"}
    assert "5 or more addresses" in next(r["verdict_reason"] for r in found if r["title"] == "Wall 0")
    assert {r["verdict"] for r in found if not r["title"].startswith("Wall")} == {"article"}
    assert here.rows("select count(*) n from coverage") == [{"n": 3}]


def test_an_amp_twin_is_a_sighting_and_no_edit(lab: LAB, site: Site) -> None:
    """The twin's canonical link leads to the article; its other wording is not a version."""
    canonical = f'<link rel="canonical" href="{site.url("/news/story-of-talks-one")}">'
    site.routes["/rss"] = Page(
        rss(item("Talks", "/news/story-of-talks-one"), item("Talks (fast)", "/fast/story-of-talks-one")),
        "application/rss+xml",
    )
    site.routes["/news/story-of-talks-one"] = page("Talks", story(1), canonical)
    site.routes["/fast/story-of-talks-one"] = page(
        "Talks", story(1) + "\nShort form of the page, with a line of its own here.", canonical
    )
    here = lab({"home": site.url("/rss")})
    here.poll()
    here.fetch()
    here.extract()
    assert here.rows("select version from articles") == [{"version": 1}]
    assert here.rows("select count(distinct article_id) n, count(*) m from entries") == [{"n": 1, "m": 2}]


def test_an_edited_page_is_a_version_with_its_bytes(lab: LAB, site: Site) -> None:
    site.routes["/rss"] = Sequence(
        [
            Page(rss(item("Talks", "/talks")), "application/rss+xml"),
            Page(rss(item("Talks end", "/talks")), "application/rss+xml"),
        ]
    )
    site.routes["/talks"] = Sequence(
        [
            page("Talks", story(1)),
            page("Talks end", story(1) + "\nThe talks ended late at night without a paper being signed."),
        ]
    )
    here = lab({"home": site.url("/rss")})
    for _ in range(2):
        here.poll()
        here.fetch()
        here.extract()
        here.clock.forward(hours=3)
    found = here.rows(
        "select version, title, words_added, title_changed, page_id from article_versions order by version"
    )
    assert [(r["version"], r["title"], r["title_changed"]) for r in found] == [
        (1, "Talks", None),
        (2, "Talks end", True),
    ]
    assert found[1]["words_added"] == 11
    assert len({r["page_id"] for r in found}) == 2
    assert here.rows("select version, title from articles") == [{"version": 2, "title": "Talks end"}]
