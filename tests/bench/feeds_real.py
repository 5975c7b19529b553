"""Measures the feed parser on saved real feeds: are all items found, with title and link?

    python -m tests.bench.feeds_real --corpora DIR

DIR holds ``feeds-real`` (gzip'd feeds, ``index.jsonl``, some with the result of another parser
beside them) and, optionally, ``feeds-conformance`` (tar files of small cases, which must neither
crash nor hang).  Without another parser's result, the yardstick is an independent count by lxml
in recovery mode.  Exit code 1 if an item is missing or anything but CodedError was raised.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import sys
import tarfile
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from tasks.errors import CodedError
from tasks.poll.parse import parse_feed
from tasks.records import ParsedFeed

_URL = "https://feeds.example.org/news/feed.xml"
_SLOW_SECONDS = 5.0
# A link through a counting proxy: the parser prefers the feed's own origLink, as it should.
_FEED_PROXY = ("/~r/", "feedproxy.google.com")


@dataclass
class Wanted:
    """What the yardstick says: the number of items, and titles and links where it knows them."""

    count: int
    by: str
    titles: list[str] = field(default_factory=list)
    links: list[list[str]] = field(default_factory=list)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def wanted_by_lxml(body: bytes) -> Wanted | None:
    """Items, their titles and links by a plain walk over whatever lxml can recover."""
    try:
        root = etree.fromstring(body.lstrip(), etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    wanted = Wanted(0, "lxml")
    names = ("url", "sitemap") if _local(root) in ("urlset", "sitemapindex") else ("item", "entry")
    for element in root.iter():
        if _local(element) not in names or any(_local(up) in names for up in element.iterancestors()):
            continue
        wanted.count += 1
        titles = ["".join(child.itertext()) for child in element if _local(child) == "title"]
        links = [child.get("href") or "".join(child.itertext()) for child in element if _local(child) == "link"]
        wanted.titles.append(titles[0] if len(titles) == 1 else "")
        wanted.links.append([link for link in links if link.strip()])
    return wanted


def wanted_by_peer(path: Path) -> Wanted:
    """The shapes of two other parsers: ``feed.items`` and ``entries``."""
    with gzip.open(path) as file:
        document = json.load(file)
    document = document.get("feed", document)
    wanted = Wanted(0, "peer")
    for row in document.get("items") or document.get("entries") or []:
        wanted.count += 1
        title = row.get("title")
        wanted.titles.append((title.get("content") if isinstance(title, dict) else title) or "")
        links = [row["link"]] if isinstance(row.get("link"), str) else [x["href"] for x in row.get("links") or []]
        wanted.links.append(links)
    return wanted


def wanted_by_json(body: bytes) -> Wanted | None:
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except ValueError:
        return None
    rows = document if isinstance(document, list) else document.get("items") or document.get("articles") or []
    rows = [row for row in rows if isinstance(row, dict)]
    titles = [row["title"] if isinstance(row.get("title"), str) else "" for row in rows]
    return Wanted(len(rows), "json", titles, [[str(row.get("url") or "")] for row in rows])


def _yardstick(body: bytes) -> Wanted | None:
    return wanted_by_json(body) if body.lstrip()[:1] in (b"{", b"[") else wanted_by_lxml(body)


def bare(text: str | None) -> str:
    """Letters and digits only, so that two ways of cleaning a title compare equal."""
    value = re.sub(r"<[^<>]{1,300}>", "", html.unescape(html.unescape(html.unescape(text or ""))))
    return re.sub(r"[\W_]+", "", value).casefold()


def bare_link(link: str | None) -> str:
    return re.sub(r"\s+", "", unquote(html.unescape(link or ""))).rstrip("/")


def twice_encoded(text: str) -> str:
    """The letters meant by UTF-8 that was read as Latin-1 and encoded again."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def judge(feed: ParsedFeed, wanted: Wanted) -> tuple[int, int, int, list[str]]:
    """Items missing, titles that differ, links that differ, and samples of what differs."""
    got = len(feed.items) + len(feed.sitemaps)
    missing, samples = max(0, wanted.count - got), []
    if got != wanted.count:
        return missing, 0, 0, [f"{got} items, {wanted.by} has {wanted.count}"]
    titles = links = 0
    for item, title, targets in zip(feed.items, wanted.titles, wanted.links, strict=False):
        if title and bare(item.title) not in (bare(title), bare(twice_encoded(title))):
            titles += 1
            samples.append(f"title {item.title!r} for {' '.join(title.split())!r}")
        ends = [bare_link(target) for target in targets if target]
        got_link = bare_link(item.url)
        proxied = any(mark in end for mark in _FEED_PROXY for end in ends[:1])
        if ends and not proxied and not any(got_link.endswith(end.lstrip("./")) for end in ends):
            links += 1
            samples.append(f"link {item.url!r} for {targets!r}")
    return missing, titles, links, samples


def measure(folder: Path, now: datetime, verbose: bool) -> bool:
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text("utf-8").splitlines()]
    tally: Counter[str] = Counter()
    problems: list[str] = []
    for row in rows:
        with gzip.open(folder / row["file"]) as file:
            body = file.read()
        plain = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
        peer = folder / str(row.get("expected") or "")
        wanted = wanted_by_peer(peer) if row.get("expected") else None
        wanted = wanted or _yardstick(plain)
        _one(row, body, wanted, now, tally, problems)
    good = tally["complete"] + tally["refused, rightly"]
    for name, number in tally.most_common():
        say(f"{name:40} {number:6}")
    say(f"files whose items are all found: {good} of {len(rows)} ({100 * good / len(rows):.1f} %)")
    for problem in problems if verbose else [p for p in problems if not p.startswith("~")]:
        say(problem)
    return good == len(rows)


def _one(
    row: dict[str, Any],
    body: bytes,
    wanted: Wanted | None,
    now: datetime,
    tally: Counter[str],
    problems: list[str],
) -> None:
    name = f"{row['id']} [{row['format']}]"
    try:
        feed = parse_feed(body, url=_URL, now=now)
    except CodedError as error:
        kind = "refused, rightly" if not wanted or not wanted.count else "REFUSED"
        tally[kind] += 1
        problems.append(f"{'~' if kind != 'REFUSED' else ''}{kind}: {name}: {error}")
        return
    missing, titles, links, samples = judge(feed, wanted or Wanted(0, "nobody"))
    tally["INCOMPLETE" if missing else "complete"] += 1
    tally["items"] += len(feed.items)
    tally["items with url"] += sum(item.url is not None for item in feed.items)
    tally["items with title"] += sum(item.title is not None for item in feed.items)
    tally["items with date text"] += sum(item.published_raw is not None for item in feed.items)
    tally["items with date read"] += sum(item.published_at is not None for item in feed.items)
    tally["titles that differ"] += titles
    tally["links that differ"] += links
    if missing:
        problems.append(f"INCOMPLETE: {name}: {samples[0]}; {'; '.join(feed.warnings)}")
    problems += [f"differs: {name}: {sample}" for sample in samples[:3] if not missing]
    problems += [f"~warning: {name}: {warning}" for warning in feed.warnings]


def survive(folder: Path, now: datetime) -> bool:
    """Every small case of the conformance suites: an answer or a CodedError, and soon."""
    tally: Counter[str] = Counter()
    for archive in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(archive) as tar:
            for member in tar:
                file = tar.extractfile(member) if member.isfile() else None
                if file is None:
                    continue
                body, started = file.read(), time.perf_counter()
                try:
                    parse_feed(body, url=_URL, now=now)
                    tally["parsed"] += 1
                except CodedError as error:
                    tally[f"refused: {error.code}"] += 1
                except Exception as error:
                    tally["CRASHED"] += 1
                    say(f"CRASHED: {member.name}: {type(error).__name__}: {error}")
                if time.perf_counter() - started > _SLOW_SECONDS:
                    tally["SLOW"] += 1
                    say(f"SLOW: {member.name}")
    say(f"conformance suites: {dict(tally)}")
    return not tally["CRASHED"] and not tally["SLOW"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpora", type=Path, required=True, help="folder that holds feeds-real")
    parser.add_argument("--verbose", action="store_true", help="also print warnings and right refusals")
    options = parser.parse_args()
    now = datetime.now(UTC)
    good = measure(options.corpora / "feeds-real", now, options.verbose)
    suites = options.corpora / "feeds-conformance"
    return 0 if (not suites.is_dir() or survive(suites, now)) and good else 1


if __name__ == "__main__":
    raise SystemExit(main())
