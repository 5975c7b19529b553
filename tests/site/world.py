"""The small news world: outlets, feeds and pages on loopback, in the state of a first and of a second poll.

Build it with `build_world(now)`, run it with `world.serve()`, point a configuration at it with
`world.write_config(directory, settings)`, and between the polls call `site.advance()`: then an article and a
headline are edited, three articles are new, and the feed that was busy (429) answers.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from . import feeds as shapes
from . import pages
from .content import Article, Feed, Outlet, load, registry
from .server import Conditional, Handler, Page, Redirect, Request, Response, Site, TooManyRequests

RETRY_AFTER = 120
ROBOTS = "User-agent: *\nDisallow: /admin/\n"
CLOSED = "User-agent: *\nDisallow: /members/\n"
NO_TRAINING = "User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
RELATED = 5


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true about an article, to check results by. `fetch` is ok, missing, robots or no-link."""

    slug: str
    outlet: str
    path: str
    title: str
    title_after: str
    text: str
    text_after: str
    lang: str
    by: str
    published: datetime
    feeds: tuple[str, ...]
    poll: int
    fetch: str
    verdict: str
    copy_of: str | None
    copy_kind: str
    agency: str | None
    same_event: str | None
    about: bool
    relevance: int
    edited: str


@dataclass(frozen=True, slots=True)
class Local:
    """A handler whose symbolic origins (http://courier.test) are replaced by where the site really listens."""

    handler: Handler
    origins: Mapping[str, str]

    def __call__(self, request: Request) -> Response:
        response = self.handler(request)
        body, headers = response.body, dict(response.headers)
        for symbol, real in self.origins.items():
            body = body.replace(symbol.encode(), real.encode())
            headers = {name: value.replace(symbol, real) for name, value in headers.items()}
        return replace(response, body=body, headers=headers)


@dataclass(frozen=True, slots=True)
class ByParameter:
    """One path, many pages, told apart by a query parameter; others in the query don't matter."""

    name: str
    handlers: Mapping[str, Handler]

    def __call__(self, request: Request) -> Response:
        given = parse_qs(request.path.partition("?")[2]).get(self.name, [""])[0]
        return self.handlers.get(given, Page("<h1>404 Not Found</h1>", status=404))(request)


@dataclass(frozen=True, slots=True)
class WordPress:
    """A list with the headers of WordPress; a page past the last one is an error, as there."""

    body: bytes
    count: int

    def __call__(self, request: Request) -> Response:
        headers = {"Content-Type": shapes.CONTENT_TYPES["wordpress"]}
        if parse_qs(request.path.partition("?")[2]).get("page", ["1"])[0] != "1":
            error = {"code": "rest_post_invalid_page_number", "data": {"status": 400}}
            return Response(json.dumps(error).encode(), 400, headers)
        return Response(self.body, 200, {**headers, "X-WP-Total": str(self.count), "X-WP-TotalPages": "1"})


class WorldSite(Site):
    """The running site of a world."""

    def __init__(self, world: World) -> None:
        super().__init__({}, {outlet.key: outlet.address for outlet in world.outlets.values()})
        self.world = world

    def start(self) -> WorldSite:
        """Listen, then fill in the addresses that are known only now."""
        super().start()
        self.routes = self._local(self.world.site_routes)
        return self

    def advance(self) -> None:
        """Go on to the second poll's state; the new routes replace the old ones at once."""
        self.routes = self._local(self.world.routes_after)

    def _local(self, routes: Mapping[str, Handler]) -> dict[str, Handler]:
        origins = {outlet.origin: self.url("", key) for key, outlet in self.world.outlets.items()}
        local: dict[str, Handler] = {key: Local(handler, origins) for key, handler in routes.items()}
        for feed in self.world.feeds:
            key = feed.outlet + feed.path
            newest = max((a.modified for a in self.world.articles if a.outlet.key == feed.outlet), default=None)
            if feed.shape in ("rss2", "rss2-full", "atom", "json", "sitemap", "rss2-broken"):
                local[key] = Conditional(local[key])
            elif feed.shape == "rss1" and newest:
                local[key] = Conditional(local[key], newest.astimezone(UTC), etag=False)
        return local


class World:
    """All there is, at a moment `now`; build it with `build_world`."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.outlets, self.feeds = registry()
        self.articles = load(now, 1)
        self.articles_after = load(now, 2)
        self.site_routes = routes(self.articles, 1)
        self.routes_after = routes(self.articles_after, 2)
        self.truth = truths(self.articles, self.articles_after)
        self._site: WorldSite | None = None

    @contextmanager
    def serve(self) -> Iterator[WorldSite]:
        """The running site, in its first state."""
        with WorldSite(self) as site:
            self._site = site
            try:
                yield site
            finally:
                self._site = None

    def url(self, slug: str) -> str:
        """The canonical URL of an article on the running site."""
        assert self._site, "the world is not being served"
        return self._site.url(self.truth[slug].path, self.truth[slug].outlet)

    def write_config(self, directory: Path, settings: Mapping[str, Any] | None = None) -> None:
        """Write settings.toml, feeds.csv and outlets.toml for the running site."""
        assert self._site, "the world is not being served"
        directory.mkdir(parents=True, exist_ok=True)
        places = {key: self._site.authority(key) for key in self.outlets}
        sections = {**(settings or {})}
        allowed = [*sections.get("http", {}).get("allow_private", []), *places.values()]
        sections["http"] = {**sections.get("http", {}), "allow_private": allowed}
        (directory / "settings.toml").write_text(toml(sections), "utf-8")
        tables = []
        for key, outlet in self.outlets.items():
            table = {**outlet.table, "homepage": f"http://{places[key]}/", "hosts": [places[key]]}
            tables.append("[[outlet]]\n" + toml(table))
        (directory / "outlets.toml").write_text("\n".join(tables), "utf-8")
        with (directory / "feeds.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(["key", "outlet", "url", "kind", "tier", "enabled", "reason", "notes"])
            for feed in self.feeds:
                url = f"http://{places[feed.outlet]}{feed.path}"
                rows.writerow([feed.key, feed.outlet, url, feed.kind, feed.tier, "yes", "", feed.notes])


def build_world(now: datetime) -> World:
    """The world whose newest articles appeared a few minutes before `now` (aware)."""
    return World(now)


def toml(table: Mapping[str, Any]) -> str:
    """A table with sub-tables as TOML; JSON's strings, lists, numbers and booleans are TOML's too."""
    plain = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in plain.items()]
    for key, value in table.items():
        if isinstance(value, Mapping):
            lines += ["", f"[{key}]", toml(value).strip()]
    return "\n".join(lines).strip() + "\n"


def in_feed(article: Article, feed: Feed) -> bool:
    """Whether a feed lists an article: those that name feeds are in these, the others in all of their outlet."""
    named = article.fields.get("feeds", "").split()
    return article.outlet.key == feed.outlet and (not named or feed.key in named)


def feed_handler(feed: Feed, outlet: Outlet, articles: Sequence[Article], state: int) -> Handler:
    """What answers at a feed's URL."""
    if feed.shape == "dead":
        return Page("<h1>404</h1><p>The page you are looking for has moved.</p>", status=404)
    if feed.shape == "rss091" and state == 1:
        return TooManyRequests(RETRY_AFTER)
    listed = sorted((a for a in articles if in_feed(a, feed)), key=lambda a: a.published, reverse=True)
    body = shapes.render(feed, outlet, listed)
    if feed.shape == "wordpress":
        return WordPress(body, len(listed))
    return Page(body, shapes.CONTENT_TYPES[feed.shape])


def page_handler(article: Article, neighbours: Sequence[Article]) -> Handler:
    """What answers at an article's URL."""
    outlet = article.outlet
    related = [a for a in neighbours if a is not article and a.form != "no-link"][:RELATED]
    text = pages.consent(article) if article.form == "consent" else pages.story(article, related)
    # the windows-1256 outlet says its charset in the page only
    kind = "text/html; charset=utf-8" if outlet.charset == "utf-8" else "text/html"
    headers = {"TDM-Reservation": "1"} if outlet.key == "lens" else {}
    return Page(text.encode(outlet.charset, "xmlcharrefreplace"), kind, 200, headers)


def outlet_routes(outlet: Outlet, mine: Sequence[Article]) -> Iterator[tuple[str, Handler]]:
    """The pages of one outlet by path."""
    robots = {"potomac": CLOSED, "lens": NO_TRAINING}.get(outlet.key, ROBOTS)
    if outlet.key != "awaz":  # has none: a 404, which allows everything
        yield "/robots.txt", Page(robots, "text/plain; charset=utf-8")
    by_id: dict[str, Handler] = {}
    for article in mine:
        if article.form in ("missing", "no-link"):
            continue
        handler = page_handler(article, mine)
        if "?" in article.path:
            by_id[str(article.number)] = handler
        else:
            yield article.path, handler
        if article.amp:
            yield f"/amp/{article.number}", Page(pages.amp(article))
        if article.moved:
            yield f"/go/{article.number}", Redirect(article.path, 301)
    if by_id:
        yield outlet.path.partition("?")[0], ByParameter("id", by_id)


def routes(articles: Sequence[Article], state: int) -> dict[str, Handler]:
    """All routes of a state of the world, with symbolic origins."""
    outlets, feeds = registry()
    found: dict[str, Handler] = {}
    for outlet in outlets.values():
        mine = [a for a in articles if a.outlet.key == outlet.key]
        own_feeds = [feed for feed in feeds if feed.outlet == outlet.key]
        home = pages.front(outlet, own_feeds, mine).encode(outlet.charset, "xmlcharrefreplace")
        found[outlet.key + "/"] = Page(home, "text/html")
        found |= {outlet.key + path: handler for path, handler in outlet_routes(outlet, mine)}
        found |= {feed.outlet + feed.path: feed_handler(feed, outlet, mine, state) for feed in own_feeds}
    return found


def truths(before: Sequence[Article], after: Sequence[Article]) -> dict[str, Truth]:
    """slug → what is true about it."""
    first = {a.slug: a for a in before}
    return {a.slug: truth_of(first.get(a.slug, a), a) for a in after}


def truth_of(old: Article, new: Article) -> Truth:
    """The truth about one article, from its two states."""
    edited = "text" if old.text != new.text else "headline" if old.title != new.title else ""
    fetch = {"missing": "missing", "no-link": "no-link"}.get(new.form, "robots" if new.robots == "no" else "ok")
    feeds = tuple(feed.key for feed in registry()[1] if in_feed(new, feed))
    return Truth(
        new.slug,
        new.outlet.key,
        new.path,
        old.title,
        new.title,
        old.text,
        new.text,
        new.outlet.lang,
        new.by,
        new.published,
        feeds,
        int(new.fields.get("phase", "1")),
        fetch,
        new.fields.get("verdict", "article"),
        new.copy or None,
        new.copy_kind or "original",
        new.agency or None,
        new.same_event or None,
        new.about != "no",
        int(new.rel or 0),
        edited,
    )
