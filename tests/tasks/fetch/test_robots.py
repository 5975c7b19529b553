"""robots.txt by RFC 9309: what each answer allows, remembered across runs, and recorded with the page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from tasks.fetch.robots import RobotsFile, judge
from tests.site.server import ForAgent, Garbage, Handler, Page, Redirect, Reset, Site
from tests.support import Lab

MakeLab = Callable[..., Lab]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OK = Page("<p>fine</p>")
TEXT = "text/plain"


def rules(text: str, status: int = 200) -> Page:
    return Page(text, TEXT, status)


ANSWERS: dict[str, tuple[Handler, str]] = {
    "allowed": (rules("User-agent: *\nDisallow: /private"), "allowed"),
    "disallowed": (rules("User-agent: *\nDisallow: /news"), "disallowed"),
    "our own group wins": (rules("User-agent: *\nDisallow: /\n\nUser-agent: khabar\nAllow: /"), "allowed"),
    "our own group forbids": (rules("User-agent: *\nAllow: /\n\nUser-agent: Khabar\nDisallow: /"), "disallowed"),
    "another agent": (rules("User-agent: GPTBot\nDisallow: /"), "allowed"),
    "the longest match": (rules("User-agent: *\nDisallow: /news\nAllow: /news/1"), "allowed"),
    "empty": (rules(""), "allowed"),
    "an HTML page": (Page("<html>no robots here</html>"), "allowed"),
    "bytes": (Page(b"\xff\xfe\x00\x01\xd8User-agent", TEXT), "allowed"),
    "not found": (rules("no", 404), "none"),
    "unauthorised": (rules("no", 401), "none"),
    "forbidden": (rules("no", 403), "none"),
    "gone": (rules("no", 410), "none"),
    "server error with a page": (Page("<html>User-agent: *\nAllow: /", status=503), "unavailable"),
    "rate limit": (rules("no", 429), "unavailable"),
    "reset": (Reset(), "unavailable"),
    "no HTTP": (Garbage(), "unavailable"),
    "a loop": (Redirect("/robots.txt", 302), "none"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_what_an_answer_means(lab: MakeLab, site: Site, case: str) -> None:
    handler, verdict = ANSWERS[case]
    site.routes = {"/robots.txt": handler, "/news/1": OK}
    home = lab()
    url = site.url("/news/1")
    home.add_targets(url)
    home.fetch()
    page = home.page(url)
    assert page["robots"] == verdict
    fetched = verdict in ("allowed", "none")
    assert page["outcome"] == ("ok" if fetched else "failed")
    assert len(site.seen("/news/1")) == int(fetched)
    code = None if fetched else f"robots_{verdict}"
    assert page["code"] == code
    # what is forbidden stays so; what is unavailable is tried again
    states = {None: "done", "robots_disallowed": "refused", "robots_unavailable": "pending"}
    assert home.target(url)["state"] == states[code]


def test_robots_is_asked_with_our_own_agent(lab: MakeLab, site: Site) -> None:
    """A peer asked with its library's agent, got 403 and took everything for forbidden."""
    site.routes = {"/robots.txt": ForAgent(rules("User-agent: *\nDisallow:"), only=("khabar",)), "/a": OK}
    home = lab()
    home.add_targets(site.url("/a"))
    assert home.fetch().ok == 1
    assert home.page(site.url("/a"))["robots"] == "allowed"


def test_five_redirects_lead_to_the_file(lab: MakeLab, site: Site) -> None:
    site.routes = {"/robots.txt": Redirect("/r1"), "/r5": rules("User-agent: *\nDisallow: /a"), "/a": OK}
    site.routes |= {f"/r{n}": Redirect(f"/r{n + 1}", 302) for n in range(1, 5)}
    home = lab()
    home.add_targets(site.url("/a"))
    assert home.fetch().codes == {"robots_disallowed": 1}


def test_the_file_is_kept_for_a_day(lab: MakeLab, site: Site) -> None:
    site.routes = {"/robots.txt": rules("User-agent: *\nDisallow: /b")} | {f"/{p}": OK for p in "abcd"}
    home = lab(settings={"fetch": {"revisit_after_hours": []}})
    home.add_targets(site.url("/a"), site.url("/b"))
    assert home.fetch().codes == {"robots_disallowed": 1}
    (row,) = home.rows("select * from hosts")
    assert (row["host"], row["robots_status"]) == (site.authority(), 200)
    assert "Disallow: /b" in row["robots_body"]
    home.clock.forward(hours=23)
    home.add_targets(site.url("/c"))
    assert home.fetch().ok == 1
    assert len(site.seen("/robots.txt")) == 1
    home.clock.forward(hours=2)
    home.add_targets(site.url("/d"))
    assert home.fetch().ok == 1
    assert len(site.seen("/robots.txt")) == 2


def test_a_file_that_is_not_available_is_asked_for_again_soon(lab: MakeLab, site: Site) -> None:
    site.routes = {"/robots.txt": rules("ill", 500), "/a": OK}
    home = lab()
    home.add_targets(site.url("/a"))
    assert home.fetch().codes == {"robots_unavailable": 1}
    home.clock.forward(minutes=70)
    site.routes["/robots.txt"] = rules("User-agent: *\nAllow: /")
    assert home.fetch().ok == 1


def test_robots_of_a_redirect_target_count(lab: MakeLab, site: Site) -> None:
    site.routes = {
        "/robots.txt": rules("User-agent: *\nAllow: /"), "/go": Redirect(site.url("/x", "h2"), 302),
        "h2/robots.txt": rules("User-agent: *\nDisallow: /"), "h2/x": OK,
    }  # fmt: skip
    home = lab()
    home.add_targets(site.url("/go"))
    assert home.fetch().codes == {"robots_disallowed": 1}
    assert site.seen("/x") == []


def test_a_redirect_to_a_private_address_is_named_as_such(lab: MakeLab, site: Site) -> None:
    """Its robots.txt is not "unavailable for now": the address is refused, for good."""
    site.routes = {"/robots.txt": rules("", 404), "/go": Redirect("http://169.254.169.254/x", 302)}
    home = lab()
    home.add_targets(site.url("/go"))
    assert home.fetch().codes == {"blocked_address": 1}
    assert home.target(site.url("/go"))["state"] == "refused"
    assert home.values("select host from hosts") == [site.authority()]


def test_crawl_delay_is_kept(lab: MakeLab, site: Site) -> None:
    site.routes = {"/robots.txt": rules("User-agent: *\nCrawl-delay: 0.2")} | {f"/{p}": OK for p in "abc"}
    home = lab()
    home.add_targets(*(site.url(f"/{p}") for p in "abc"))
    assert home.fetch().ok == 3
    times = [r.time for r in site.requests]
    assert min(b - a for a, b in pairwise(times)) >= 0.19


@pytest.mark.parametrize(
    ("stated", "delay"), [("5", 5), ("86400", 30), ("-3", 0), ("nan", None), ("fast", 0), ("0", 0)]
)
def test_crawl_delays_beyond_reason(stated: str, delay: float | None) -> None:
    verdict, found = judge(RobotsFile("h", 200, f"User-agent: *\nCrawl-delay: {stated}", NOW), "https://h/")
    assert verdict == "allowed"
    assert delay is None or max(found, 0) == delay


def test_robots_may_be_switched_off(lab: MakeLab, site: Site) -> None:
    site.routes = {"/robots.txt": rules("User-agent: *\nDisallow: /"), "/a": OK}
    home = lab(settings={"fetch": {"respect_robots": False}})
    home.add_targets(site.url("/a"))
    assert home.fetch().ok == 1
    assert home.page(site.url("/a"))["robots"] == "not_asked"
    assert site.seen("/robots.txt") == []


def test_a_large_file_is_read_far_enough(lab: MakeLab, site: Site) -> None:
    """RFC 9309 asks for at least 500 KiB."""
    filler = "".join(f"Disallow: /nothing/{n:06}\n" for n in range(18_000))
    assert len(filler) > 450 * 1024
    site.routes = {"/robots.txt": rules(f"User-agent: *\n{filler}Disallow: /a\n"), "/a": OK}
    home = lab(settings={"http": {"max_bytes": 2_000_000, "max_decoded_bytes": 2_000_000}})
    home.add_targets(site.url("/a"))
    assert home.fetch().codes == {"robots_disallowed": 1}
