"""Reads the texts of the small news world: `world/outlets.toml` and one text file per outlet.

An article is a line `=== slug`, `key: value` lines, an empty line and its paragraphs. In the text, `{day}` is
the weekday of the event and `{date}` the day of publication; `[[before||after]]` changes between the first poll
(state 1) and the second (state 2), as `title2` does for the headline. `copy: slug` takes the text from another
outlet: `take: n` keeps its first paragraphs, `dateline` replaces the dateline and `end` adds a last line.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

WORLD = Path(__file__).with_name("world")
CHANGE = re.compile(r"\[\[(.*?)\|\|(.*?)\]\]", re.DOTALL)
AGE_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher; `table` is what a configuration says about it."""

    key: str
    name: str
    address: str
    path: str
    dates: str
    lang: str
    zone: ZoneInfo
    id_base: int
    charset: str
    table: dict[str, Any]

    @property
    def origin(self) -> str:
        """The symbolic origin that stands in all texts until the site knows its port."""
        return f"http://{self.key}.test"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: where it is and which of the shapes it takes."""

    key: str
    outlet: str
    path: str
    kind: str
    tier: str
    shape: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it stands in one state of the world, with what is true about it."""

    slug: str
    outlet: Outlet
    number: int
    path: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    modified: datetime
    by: str
    fields: dict[str, str]

    def __getattr__(self, name: str) -> str:
        """The optional fields of the text file: empty where it doesn't name them."""
        if name.startswith("__"):
            raise AttributeError(name)
        return self.fields.get(name, "")

    @property
    def url(self) -> str:
        """The canonical URL, on the symbolic origin."""
        return self.outlet.origin + self.path

    @property
    def text(self) -> str:
        """The paragraphs, as an extractor should find them."""
        return "\n\n".join(self.paragraphs)

    @property
    def form(self) -> str:
        """article, live, paywall, consent, video, missing or no-link."""
        return self.fields.get("kind", "article")


@lru_cache(maxsize=1)
def registry() -> tuple[dict[str, Outlet], tuple[Feed, ...]]:
    """The outlets and feeds."""
    raw = tomllib.loads((WORLD / "outlets.toml").read_text("utf-8"))
    outlets = {}
    for row in raw["outlet"]:
        table = {k: v for k, v in row.items() if k not in ("address", "path", "dates", "id_base", "charset")}
        outlets[row["key"]] = Outlet(
            row["key"],
            row["name"],
            row["address"],
            row["path"],
            row["dates"],
            row["lang"],
            ZoneInfo(row["timezone"]),
            row.get("id_base", 0),
            row.get("charset", "utf-8"),
            table,
        )
    return outlets, tuple(Feed(**row) for row in raw["feed"])


@lru_cache(maxsize=1)
def raw_articles() -> dict[str, dict[str, str]]:
    """slug → its fields; `body` is the text, `outlet` and `order` say where it stands."""
    found: dict[str, dict[str, str]] = {}
    for outlet in registry()[0]:
        source = WORLD / f"{outlet}.txt"
        if not source.exists():  # an outlet whose feed is dead has nothing to tell
            continue
        for order, block in enumerate(re.split(r"^=== ", source.read_text("utf-8"), flags=re.MULTILINE)[1:], 1):
            top, _, body = block.partition("\n\n")
            slug, *lines = top.splitlines()
            fields = {key: value.strip() for key, _, value in (line.partition(":") for line in lines)}
            assert slug not in found, f"two articles are called {slug}"
            found[slug] = {**fields, "body": body.strip(), "outlet": outlet, "order": str(order)}
    return found


def age(text: str) -> timedelta:
    """'1d4h20m' as a time span."""
    return timedelta(**{AGE_UNITS[unit]: int(number) for number, unit in re.findall(r"(\d+)([dhm])", text)})


def when(fields: dict[str, str], now: datetime) -> datetime:
    """The time of publication, in the zone of the outlet and to the second."""
    zone = registry()[0][fields["outlet"]].zone
    # the odd seconds keep two articles of one outlet from sharing an instant
    instant = now - age(fields["age"]) - timedelta(seconds=int(fields["order"]) * 7)
    return instant.replace(microsecond=0).astimezone(zone)


def paragraphs_of(fields: dict[str, str], now: datetime, state: int) -> tuple[str, ...]:
    """The text in a state of the world."""
    original = raw_articles()[fields["copy"]] if "copy" in fields else fields
    event = when(original, now)
    body = CHANGE.sub(lambda change: change[min(state, 2)], original["body"])
    body = body.replace("{day}", event.strftime("%A"))
    paragraphs = [" ".join(part.split("\n")) for part in body.split("\n\n")]
    paragraphs = paragraphs[: int(fields.get("take", len(paragraphs)))]
    if dateline := fields.get("dateline"):
        published = when(fields, now)
        date = f"{published:%b} {published.day}"
        paragraphs[0] = f"{dateline.replace('{date}', date)} {paragraphs[0]}"
    if end := fields.get("end"):
        paragraphs.append(end)
    return tuple(paragraphs)


def build_article(slug: str, fields: dict[str, str], now: datetime, state: int) -> Article:
    """One article in a state of the world."""
    outlet = registry()[0][fields["outlet"]]
    number = outlet.id_base + int(fields["order"])
    published = when(fields, now)
    path = fields.get("path", outlet.path).format(
        id=number, slug=slug, year=published.year, month=f"{published:%m}", day=f"{published:%d}"
    )
    paragraphs = paragraphs_of(fields, now, state)
    title = fields.get("title2", fields["title"]) if state > 1 else fields["title"]
    changed = state > 1 and (title, paragraphs) != (fields["title"], paragraphs_of(fields, now, 1))
    modified = (now - timedelta(minutes=4)).replace(microsecond=0).astimezone(outlet.zone)
    source: dict[str, str] = raw_articles()[fields["copy"]] if "copy" in fields else {}
    inherited = {key: value for key, value in source.items() if key in ("rel", "agency", "about")}
    return Article(
        slug,
        outlet,
        number,
        path,
        title,
        paragraphs,
        published,
        modified if changed else published,
        fields["by"],
        {**inherited, **fields},
    )


def load(now: datetime, state: int) -> tuple[Article, ...]:
    """All articles of a state of the world: 1 at the first poll, 2 at the second."""
    return tuple(
        build_article(slug, fields, now, state)
        for slug, fields in raw_articles().items()
        if int(fields.get("phase", "1")) <= state
    )
