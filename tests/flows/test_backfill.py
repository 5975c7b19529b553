"""Older material from sitemaps, lists and WARC sets, by real flow runs on a real site."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from flows.cli import main
from tasks.fetch.archive import read_response
from tests.flows.test_ingest import hashes, query
from tests.site.server import Page, Site, Slow
from tests.support import item, rss, write_config

NOW = datetime.now(UTC)
XML = "application/xml"
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)
OLD = "2019-03-05T10:00:00+05:00"


def article(number: int) -> Page:
    words = ["cotton", "mangoes", "visas", "tariffs", "water", "ports", "rail", "wheat", "steel", "films"]
    first, second = words[number % 10], words[(number * 3 + 1) % 10]
    text = (
        f"<p>The ministry said on Tuesday that talks on {first} between Pakistan and the United States would go on, "
        f"and that a paper on {second}, number {number}, was ready to be signed by both sides in spring.</p>"
        f"<p>An official who had read the paper said that {first} came before {second} in it, for {number} reasons.</p>"
    )
    title = f"Talks on {first} and {second} go on, paper {number} is ready"
    return Page(
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{text}</article></body></html>"
    )


def urlset(*urls: str, date: str = OLD) -> str:
    news = f"<news:news><news:publication_date>{date}</news:publication_date></news:news>" if date else ""
    return f"<urlset {NAMESPACES}>{''.join(f'<url><loc>{url}</loc>{news}</url>' for url in urls)}</urlset>"


def index(*urls: str, changed: str = "") -> str:
    parts = "".join(f"<sitemap><loc>{url}</loc>{changed}</sitemap>" for url in urls)
    return f"<sitemapindex {NAMESPACES}>{parts}</sitemapindex>"


@dataclass
class Old:
    """A site with an archive of ten articles, and a project that knows its outlet."""

    site: Site
    folder: Path

    @property
    def published(self) -> Path:
        return self.folder / "config" / "out" / "khabar.duckdb"

    def backfill(self, *arguments: object) -> Result:
        command = ["--config", str(self.folder / "config"), "backfill", *map(str, arguments)]
        return CliRunner().invoke(main, command)

    def urls(self, *numbers: int) -> list[str]:
        return [self.site.url(f"/story/{number}", "h2") for number in numbers]

    def held(self) -> set[str]:
        return {row[0] for row in query(self.published, "select url from articles")}

    def asked(self, path: str) -> int:
        return len(self.site.seen(path, "h2"))


@pytest.fixture
def old(prefect_server: None, tmp_path: Path) -> Iterator[Old]:
    with Site({f"h2/story/{n}": article(n) for n in range(10)}, {"h2": "127.0.0.2"}) as site:
        site.routes["h2/robots.txt"] = Page("User-agent: *\nDisallow: /closed/\n", "text/plain")
        write_config(tmp_path / "config", site, {"home": site.url("/rss", "h2")})
        yield Old(site, tmp_path)


def build_index(old: Old) -> str:
    """An index with a compressed part, a broken one, a loop, a level below, and one that robots.txt forbids."""
    at = old.site.url
    old.site.routes |= {
        "h2/map.xml": Page(
            index(
                *(at(p, "h2") for p in ("/a.xml", "/b.xml.gz", "/bad.xml", "/no.xml", "/map.xml", "/in.xml"))
            ).replace("</sitemapindex>", f"<sitemap><loc>{at('/closed/c.xml', 'h2')}</loc></sitemap></sitemapindex>"),
            XML,
        ),
        "h2/a.xml": Page(urlset(*old.urls(0, 1)), XML),
        "h2/b.xml.gz": Page(gzip.compress(urlset(*old.urls(2, 3)).encode(), mtime=0), "application/gzip"),
        "h2/bad.xml": Page("<html><title>Just a moment</title></html>"),
        "h2/in.xml": Page(index(at("/last.xml", "h2"), at("/map.xml", "h2")), XML),
        "h2/last.xml": Page(urlset(*old.urls(4), at("/story/404", "h2")), XML),
        "h2/closed/c.xml": Page(urlset(*old.urls(9)), XML),
    }
    return at("/map.xml", "h2")


def test_an_index_with_compressed_broken_and_looping_parts(old: Old) -> None:
    url = build_index(old)
    done = old.backfill("--sitemap", url)
    assert done.exit_code == 0, done.output
    assert old.held() == set(old.urls(0, 1, 2, 3, 4))
    assert "sitemaps 5 read, 3 failed: 6 addresses, 6 to fetch" in done.stderr
    codes = query(old.published, "select stage, code, count(*) from failures group by all order by all")
    assert codes == [
        ("fetch", "not_found", 1),
        ("poll", "not_a_feed", 1),
        ("poll", "not_found", 1),
        ("poll", "robots_disallowed", 1),
    ]
    assert [old.asked(p) for p in ("/map.xml", "/closed/c.xml", "/last.xml")] == [1, 0, 1], "each once, loops end"
    dates = query(old.published, "select distinct published_at, date_source from articles")
    assert [date.isoformat() for date, _ in dates] == ["2019-03-05T05:00:00+00:00"], "the sitemap's date is evidence"
    assert query(old.published, "select distinct outlet_id from articles") == [("h2",)]
    assert query(old.published, "select count(*) from ledger where feed_id like 'backfill%'") == [(0,)]


def test_a_site_is_asked_which_sitemaps_it_has(old: Old) -> None:
    """Its robots.txt names them; one is a list of addresses."""
    old.site.routes |= {
        "h2/robots.txt": Page("User-agent: *\nDisallow:\nSitemap: /a.xml\nSitemap: /list.txt\n", "text/plain"),
        "h2/a.xml": Page(urlset(*old.urls(0)), XML),
        "h2/list.txt": Page("\n".join(old.urls(1, 2)), "text/plain"),
    }
    done = old.backfill("--sitemap", old.site.url("", "h2").rstrip("/"))
    assert done.exit_code == 0, done.output
    assert old.held() == set(old.urls(0, 1, 2))
    assert "sitemaps 3 read: 3 addresses, 3 to fetch" in done.stderr


def test_sitemaps_are_archived_as_they_were_sent(old: Old) -> None:
    assert old.backfill("--sitemap", build_index(old)).exit_code == 0
    places = query(old.published, "select url, archive_file, archive_offset from polls where archive_file is not null")
    kept = {url.rpartition("/")[2]: (file, offset) for url, file, offset in places}
    assert set(kept) == {"map.xml", "a.xml", "b.xml.gz", "in.xml", "last.xml"}
    stored = read_response(old.published.parent / "archive", *kept["b.xml.gz"])
    assert gzip.decompress(stored.raw_body).startswith(b"<urlset")
    bodies = b"".join(gzip.decompress(p.read_bytes()) for p in (old.published.parent / "archive").glob("*/*.gz"))
    assert b"Just a moment" in bodies, "the broken one too: archived before it was parsed"


def test_twice_changes_nothing(old: Old) -> None:
    url = build_index(old)
    assert old.backfill("--sitemap", url).exit_code == 0
    before, archived = hashes(old.published), archive_size(old)
    done = old.backfill("--sitemap", url)
    assert "6 addresses, 1 to fetch" in done.stderr, "the one that was not found rests, and is tried again later"
    assert hashes(old.published) == before
    # a broken body has no row that knows it: it is kept each time
    assert archive_size(old) - archived < 1000
    assert [old.asked(f"/story/{n}") for n in range(5)] == [1] * 5


def archive_size(old: Old) -> int:
    return sum(p.stat().st_size for p in (old.published.parent / "archive").rglob("*.gz"))


def test_days_narrow_the_addresses_and_spare_the_parts_of_an_index(old: Old) -> None:
    at = old.site.url
    old.site.routes |= {
        "h2/map.xml": Page(
            index(at("/new.xml", "h2"))[: -len("</sitemapindex>")]
            + index(at("/ancient.xml", "h2"), changed="<lastmod>2012-01-01</lastmod>").partition(">")[2],
            XML,
        ),
        "h2/new.xml": Page(
            urlset(*old.urls(0), date="2023-12-14T23:30:00+05:00")[: -len("</urlset>")]
            + urlset(*old.urls(1), date="2023-12-15T00:30:00+05:00").partition(">")[2][: -len("</urlset>")]
            + urlset(*old.urls(2), date="2023-12-13T10:00:00Z").partition(">")[2][: -len("</urlset>")]
            + urlset(*old.urls(3), at("/2023/12/14/x", "h2"), date="").partition(">")[2],
            XML,
        ),
        "h2/2023/12/14/x": article(7),
    }
    done = old.backfill("--sitemap", at("/map.xml", "h2"), "--since", "2023-12-14", "--until", "2023-12-14")
    assert done.exit_code == 0, done.output
    assert old.held() == {*old.urls(0), at("/2023/12/14/x", "h2")}, "by the publisher's day, and by the address"
    assert "3 left out (1 without a date)" in done.stderr
    assert old.asked("/ancient.xml") == 0, "last changed before the first day"


def test_a_list_of_addresses_and_what_feeds_found_too_old(old: Old, tmp_path: Path) -> None:
    long_ago = NOW - timedelta(days=400)
    old.site.routes["h2/rss"] = Page(
        rss(item("Old", old.urls(5)[0], date=long_ago), item("Older", old.urls(6)[0], date=long_ago)), "text/xml"
    )
    config = ["--config", str(old.folder / "config")]
    assert CliRunner().invoke(main, [*config, "ingest", "--all"]).exit_code == 0
    assert query(old.published, "select state, count(*) from frontier group by 1") == [("old", 2)]
    path = tmp_path / "list.csv"
    rows = ["URL,Published,Outlet", f"{old.urls(5)[0]},5 March 2019 10:00,h2", "nowhere,,", f"{old.urls(7)[0]},soon,"]
    path.write_text("\n".join([*rows, f"{old.urls(8)[0]},,nobody"]), encoding="utf-8")
    done = old.backfill("--urls", path)
    assert done.exit_code == 0, done.output
    assert old.held() == set(old.urls(5, 7))
    assert query(old.published, "select url from frontier where state = 'old'") == [(old.urls(6)[0],)]
    failed = dict(query(old.published, "select parse_filename(key), detail from failures where stage = 'import'"))
    assert "is not an http or https address" in failed["list.csv:3"]
    assert "is no date; taken without" in failed["list.csv:4"]
    assert "not in outlets.toml" in failed["list.csv:5"]
    before = hashes(old.published)
    assert old.backfill("--urls", path).exit_code == 0
    assert hashes(old.published) == before


def test_limit_takes_the_list_piece_by_piece(old: Old, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("# ten stories\n\n" + "\n".join(old.urls(*range(10))), encoding="utf-8")
    for held in (4, 8, 10, 10):
        assert old.backfill("--urls", path, "--limit", 4).exit_code == 0
        assert len(old.held()) == held


def test_a_long_backfill_lets_other_runs_between_its_rounds(old: Old, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("flows.backfill._ROUND", 4)
    path = tmp_path / "list.txt"
    path.write_text("\n".join(old.urls(*range(10))), encoding="utf-8")
    done = old.backfill("--urls", path)
    assert done.exit_code == 0, done.output
    assert "6 pages to go" in done.stderr
    assert query(old.published, "select distinct parameters ->> '$.asked[0]' from runs") == [(f"--urls {path}",)]
    assert "fetch: 10 ok" in done.stderr, "the end counts all rounds"
    assert query(old.published, "select flow, state from runs") == [("backfill", "ok")] * 3
    assert len(old.held()) == 10


@pytest.mark.slow
@pytest.mark.parametrize("finisher", ["backfill", "ingest"])
def test_a_killed_backfill_is_finished_by_the_next_run(old: Old, tmp_path: Path, finisher: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text("\n".join(old.urls(*range(10))), encoding="utf-8")
    slow = {f"h2/story/{n}": Slow(0.2, article(n)) for n in range(10)}
    old.site.routes |= slow
    config = ["--config", str(old.folder / "config")]
    killed_when([*config, "backfill", "--urls", str(path)], lambda: old.asked("/story/2") + old.asked("/story/7") > 0)
    old.site.routes["h2/rss"] = Page(rss(item("Story 0", old.urls(0)[0])), "text/xml")
    done = CliRunner().invoke(main, [*config, finisher, *(["--all"] if finisher == "ingest" else [])])
    assert done.exit_code == 0, done.output
    assert old.held() == set(old.urls(*range(10)))
    assert [r[0] for r in query(old.published, "select state from runs order by started_at")] == ["crashed", "ok"]


def killed_when(arguments: list[str], happened: Callable[[], bool]) -> None:
    """Run the command on the tests' Prefect server until something has happened, then kill it."""
    from prefect.settings import PREFECT_API_URL

    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PREFECT_API_URL": str(PREFECT_API_URL.value())},
    )
    until = time.monotonic() + 60
    while process.poll() is None and not happened() and time.monotonic() < until:
        time.sleep(0.005)
    assert process.poll() is None, "it ended before it was killed"
    process.send_signal(signal.SIGKILL)
    process.wait(30)


def test_warc_sets_are_pages(old: Old, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("\n".join(old.urls(0, 1, 2)), encoding="utf-8")
    assert old.backfill("--urls", path).exit_code == 0
    warcs = list((old.published.parent / "archive").glob("*/*.warc.gz"))
    write_config(tmp_path / "other" / "config", old.site, {})
    other = Old(old.site, tmp_path / "other")
    done = other.backfill("--warc", *warcs, "--outlet", "main")
    assert done.exit_code == 0, done.output
    assert other.held() == set(old.urls(0, 1, 2))
    assert query(other.published, "select distinct outlet_id from articles") == [("main",)]
