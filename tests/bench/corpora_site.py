"""Serves a collection of saved feeds and pages from loopback, so that the real flow can run over real input.

    python -m tests.bench.corpora_site --corpora DIR [--pages 1000] [--config FOLDER]

DIR holds ``feeds-real``, ``feeds-conformance``, ``extract-*`` and ``pk-pages``.  Generated feeds list the pages;
more pages than there are come from serving them again under other addresses.  With ``--config`` a
configuration for `khabar --config FOLDER ingest` is written.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import socket
import sys
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from tasks.urls import fetchable
from tests.site.server import Page, Request, Response, Served, Site, serve_in_process

ROBOTS = Page("User-agent: *\nDisallow: /private/\nDisallow: /*?preview=\n", "text/plain; charset=utf-8")
MISSING = Page("<h1>404 Not Found</h1>", status=404)
# The pages keep their charset to themselves: what a page says of it is part of what is tested.
HTML = "text/html"
FEED_TYPES = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "rdf": "application/rdf+xml",
    "json": "application/feed+json",
    "other": "text/xml",
}
_TITLE = re.compile(r"<title[^>]*>(.{1,400}?)</title", re.I | re.S)
_PAGE_PATH = re.compile(r"/p/(\d+)/(\d+)/")


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A page of a corpus; ``tail`` is the path it had, which dates and kinds of page are read from."""

    corpus: str
    name: str
    file: Path
    tail: str
    content_type: str = HTML


@dataclass(frozen=True, slots=True)
class SavedFeed:
    """A feed document of a corpus and the path it is served at."""

    name: str
    path: str
    content_type: str
    body: bytes


def _lines(folder: Path) -> Iterator[dict[str, object]]:
    for line in (folder / "index.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def _tail(url: object) -> str:
    address = fetchable(url if isinstance(url, str) else None) or "http://x/story"
    path = urlsplit(address).path
    return path if path != "/" else "/story"


def _files(row: dict[str, object]) -> Iterator[tuple[str, object]]:
    """(file, url) of a line of any corpus: they name their files in four ways."""
    pages = row.get("pages")
    if isinstance(pages, list):
        yield from ((page["html"], page.get("url")) for page in pages)
    else:
        yield str(row.get("file") or row.get("html") or row.get("source")), row.get("url")


@cache
def saved_pages(corpora: Path) -> tuple[SavedPage, ...]:
    """Every page of ``extract-*`` and ``pk-pages``, in an order that doesn't change."""
    found: list[SavedPage] = []
    for folder in [*sorted(corpora.glob("extract-*")), corpora / "pk-pages"]:
        if not (folder / "index.jsonl").exists():
            continue
        for row in _lines(folder):
            sent = dict(row.get("response_headers") or [])  # type: ignore[call-overload]
            for file, url in _files(row):
                if not file.endswith(".json.gz"):
                    kind = sent.get("content-type", HTML)
                    found.append(SavedPage(folder.name, file, folder / file, _tail(url), kind))
    return tuple(found)


def extract_pages(corpora: Path) -> tuple[SavedPage, ...]:
    """Those of ``extract-*``: articles, of which throughput is measured."""
    return tuple(page for page in saved_pages(corpora) if page.corpus.startswith("extract-"))


def unpacked(file: Path) -> bytes:
    with gzip.open(file) as source:
        return source.read()


@cache
def real_feeds(corpora: Path) -> tuple[SavedFeed, ...]:
    """The feed documents of ``feeds-real``."""
    folder = corpora / "feeds-real"
    return tuple(
        SavedFeed(str(row["id"]), f"/real/{number}/feed", FEED_TYPES[str(row["format"])], unpacked(folder / name))
        for number, row in enumerate(_lines(folder))
        for name in [str(row["file"])]
    )


@cache
def conformance_feeds(corpora: Path) -> tuple[SavedFeed, ...]:
    """The cases of ``feeds-conformance``, without the expected results that lie beside them."""
    found: list[SavedFeed] = []
    for archive in sorted((corpora / "feeds-conformance").glob("*.tar.gz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                source = tar.extractfile(member) if member.isfile() and member.name.endswith(".xml") else None
                if source:
                    found.append(SavedFeed(member.name, f"/case/{len(found)}/feed", "text/xml", source.read()))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Address:
    """One address of one page: the ``number``-th page, the ``copy``-th time."""

    page: SavedPage
    number: int
    copy: int

    @property
    def path(self) -> str:
        return f"/p/{self.copy}/{self.number}{self.page.tail}"


def addresses(pages: Sequence[SavedPage], wanted: int) -> list[Address]:
    """``wanted`` addresses: all pages once, then all again, and so on. 0 means each page once."""
    return [Address(pages[n % len(pages)], n % len(pages), n // len(pages)) for n in range(wanted or len(pages))]


def number_of(url: str) -> tuple[int, int] | None:
    """(copy, number) of a page's address; None for other addresses."""
    found = _PAGE_PATH.match(urlsplit(url).path)
    return (int(found[1]), int(found[2])) if found else None


def loopback(hosts: int) -> list[str]:
    """Up to ``hosts`` loopback addresses that this system lets us listen on; one host is one queue of requests."""
    found = []
    for number in range(hosts):
        address = f"127.0.0.{number + 1}"
        try:
            socket.create_server((address, 0)).close()
        except OSError:  # some systems own only the first
            break
        found.append(address)
    return found


class Pages:
    """Answers for every page under all its addresses."""

    def __init__(self, pages: Sequence[SavedPage], packed: bool) -> None:
        self._pages = pages
        self._packed = packed

    def __call__(self, request: Request) -> Response:
        place = number_of(request.path)
        if place is None or place[1] >= len(self._pages):
            return MISSING(request)
        page = self._pages[place[1]]
        headers = {"Content-Type": page.content_type}
        if self._packed:
            return Response(page.file.read_bytes(), 200, {**headers, "Content-Encoding": "gzip"})
        return Response(unpacked(page.file), 200, headers)


class PageFeed:
    """An RSS feed that lists pages of the host that it is asked from."""

    def __init__(self, items: Sequence[Address]) -> None:
        self._items = [(a.path, headline(a.page.file), f"{a.copy}-{a.number}") for a in items]

    def __call__(self, request: Request) -> Response:
        origin = f"http://{request.headers['host']}"
        items = "".join(
            f"<item><title>{escape(title)}</title><link>{escape(origin + path)}</link>"
            f'<guid isPermaLink="false">{guid}</guid></item>\n'
            for path, title, guid in self._items
        )
        body = f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Pages</title>\n{items}'
        return Response((body + "</channel></rss>").encode(), 200, {"Content-Type": "application/rss+xml"})


@cache
def headline(file: Path) -> str:
    """What the page calls itself, cleaned of what XML can't hold."""
    found = _TITLE.search(unpacked(file)[:200_000].decode("utf-8", "replace"))
    words = "".join(c if c.isprintable() else " " for c in html.unescape(found[1] if found else file.name))
    return " ".join(words.split())


def share(items: Sequence[Address], hosts: int) -> list[list[Address]]:
    """Which host lists and serves which addresses."""
    return [list(items[start::hosts]) for start in range(hosts)]


def site(corpora: str, wanted: str, listen_on: str, packed: str, everything: str) -> Site:
    """The site, from strings (it starts in a process of its own); see `serve`."""
    root, places = Path(corpora), listen_on.split(",")
    pages = saved_pages(root) if everything == "yes" else extract_pages(root)
    hosts = {f"h{number}": place for number, place in enumerate(places)}
    running = Site({"/robots.txt": ROBOTS}, hosts, default=Pages(pages, packed == "yes"))
    for number, items in enumerate(share(addresses(pages, int(wanted)), len(places))):
        running.routes[f"h{number}/pages.xml"] = PageFeed(items)
    for feeds, there in ((real_feeds, "feeds-real"), (conformance_feeds, "feeds-conformance")):
        for feed in feeds(root) if (root / there).is_dir() else ():
            running.routes[feed.path] = Page(feed.body, feed.content_type)
    return running


def serve(
    corpora: Path, wanted: int, places: Sequence[str], *, packed: bool = False, everything: bool = False
) -> Served:
    """Start the site in a process of its own.

    ``wanted`` page addresses, over the loopback addresses ``places``; ``packed`` sends pages with gzip;
    ``everything`` has the pages of ``pk-pages`` too.
    """
    words = ["yes" if flag else "no" for flag in (packed, everything)]
    return serve_in_process("tests.bench.corpora_site:site", str(corpora), str(wanted), ",".join(places), *words)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=0, help="page addresses (0: every page once)")
    parser.add_argument("--hosts", type=int, default=10, help="loopback addresses")
    parser.add_argument("--gzip", action="store_true", help="send pages with Content-Encoding: gzip")
    parser.add_argument("--config", type=Path, help="write a configuration for the site into this folder")
    options = parser.parse_args()
    from tests.bench.harness import Listed, write_config

    places = loopback(options.hosts)
    served = serve(options.corpora, options.pages, places, packed=options.gzip, everything=True)
    listed = [Listed(f"pages-{number}", number, "/pages.xml") for number in range(len(places))]
    for kind, feeds in (("real", real_feeds), ("case", conformance_feeds)):
        listed += [Listed(f"{kind}-{n}", n % len(places), f.path) for n, f in enumerate(feeds(options.corpora))]
    if options.config:
        write_config(options.config, [f"{place}:{served.port}" for place in places], listed)
    sys.stdout.write("\n".join(f"http://{place}:{served.port}/pages.xml" for place in places))
    sys.stdout.write(f"\n{len(listed)} feeds; interrupt to end\n")
    try:
        sys.stdin.read()
    except KeyboardInterrupt:
        pass
    finally:
        served.stop()


if __name__ == "__main__":
    main()
