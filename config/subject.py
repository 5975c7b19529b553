"""What khabar looks for: the tables actors, roles and topics, checked.

``load_subject(directory, problems)`` reads `actors.csv`, `roles.csv` and `topics.csv` and
appends every problem of every file to ``problems``, by file, line and key.  A table that the
directory lacks is the one shipped beside this module.  A cell that holds several values
separates them with semicolons.
"""

from __future__ import annotations

import calendar
import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

SHIPPED = Path(__file__).parent
Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
TopicKey = Annotated[str, Field(pattern=r"^[a-z]+(\.[a-z_]+)?$")]
Country = Annotated[str, Field(pattern=r"^([A-Z]{2}|INT)$")]
Side = Literal["PK", "US"]
EntityKind = Literal["person", "office", "organisation", "group", "place", "instrument"]
# a day, a month or a year: what is not known is not written
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]


def _split(value: Any) -> Any:
    return tuple(v.strip() for v in value.split(";") if v.strip()) if isinstance(value, str) else value


Forms = Annotated[tuple[str, ...], BeforeValidator(_split)]


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Actor(Row):
    """Somebody or something that articles name.

    ``aliases`` link wherever they stand; ``ambiguous`` forms need a second cue: the full
    name elsewhere, a word of ``context``, or the country.  ``side`` says whose presence a
    mention is, ``host`` in which other country a mission stands: it is presence of both.
    ``misprints`` link but are marked, ``not_in`` are longer phrases in which
    the forms mean something else.  A place that ``stands_for`` a government does so except
    after a preposition of place.
    """

    key: Key
    kind: EntityKind
    name: Annotated[str, Field(min_length=1)]
    country: Country
    tier: Annotated[int, Field(ge=1, le=3)] = 2
    side: Side | None = None
    host: Side | None = None
    aliases: Forms = ()
    ambiguous: Forms = ()
    context: Forms = ()
    misprints: Forms = ()
    not_in: Forms = ()
    stands_for: Key | None = None
    notes: str = ""

    @model_validator(mode="after")
    def _has_a_form(self) -> Actor:
        if not self.aliases and not self.ambiguous:
            raise ValueError("needs at least one form in aliases or ambiguous")
        return self


class Holding(Row):
    """Who held an office from when to when; ``end`` empty: still in office."""

    role: Key
    person: Key
    start: PartialDate
    end: PartialDate | None = None
    form: str = ""
    notes: str = ""

    @model_validator(mode="after")
    def _dates_are_in_order(self) -> Holding:
        for value in (self.start, self.end):
            if value is not None:
                _checked(value)
        if self.last is not None and self.last < self.first:
            raise ValueError(f"end {self.end} lies before start {self.start}")
        return self

    @property
    def first(self) -> date:
        """First day it may have begun."""
        return _day(self.start, last=False)

    @property
    def last(self) -> date | None:
        """Last day it may have lasted; None: open."""
        return None if self.end is None else _day(self.end, last=True)


class TopicRow(Row):
    """A topic and the phrases that speak for it; ``negative`` phrases hide what they contain."""

    key: TopicKey
    parent: TopicKey | None = None
    name: Annotated[str, Field(min_length=1)]
    name_ur: str = ""
    phrases: Forms = ()
    weak: Forms = ()
    negative: Forms = ()
    actors: Forms = ()
    notes: str = ""


class Subject(Row):
    """The three tables, checked against each other. ``version`` changes with any of them."""

    actors: tuple[Actor, ...] = ()
    holdings: tuple[Holding, ...] = ()
    topics: tuple[TopicRow, ...] = ()

    @property
    def version(self) -> str:
        """Eight hex digits over the contents, not over the files' bytes: notes do not count."""
        rows = [r.model_dump(exclude={"notes"}) for table in (self.actors, self.holdings, self.topics) for r in table]
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:8]


R = TypeVar("R", bound=Row)


def load_subject(directory: Path, problems: list[str]) -> Subject:
    """Read the three tables; what is wrong with them is appended to ``problems``."""
    before = len(problems)
    actors = tuple(_table(_place(directory, "actors.csv"), Actor, "actor", "key", problems))
    holdings = tuple(_table(_place(directory, "roles.csv"), Holding, "role", "role", problems))
    topics = tuple(_table(_place(directory, "topics.csv"), TopicRow, "topic", "key", problems))
    if len(problems) == before:  # a row that cannot be read is not also missing
        problems += _cross_check(actors, holdings, topics)
    return Subject(actors=actors, holdings=holdings, topics=topics)


def _place(directory: Path, name: str) -> Path:
    own = directory / name
    return own if own.exists() else SHIPPED / name


def _table(path: Path, model: type[R], what: str, label: str, problems: list[str]) -> Iterator[R]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        problems.append(f"{path}: is missing")
        return
    except UnicodeDecodeError as error:
        problems.append(f"{path}: is not UTF-8: {error}")
        return
    reader = csv.DictReader(io.StringIO(text), restkey="(surplus)")
    columns = reader.fieldnames or []
    needed = {n for n, f in model.model_fields.items() if f.is_required()}
    problems += [f"{path}: {c}: the column is missing" for c in sorted(needed - set(columns))]
    problems += [f"{path}: {c}: unknown column" for c in columns if c not in model.model_fields]
    if needed - set(columns):
        return
    for row in reader:
        where = f"{path}: line {reader.line_num}, {what} {row[label]!r}"
        try:
            yield model.model_validate({k: v for k, v in row.items() if v not in ("", None)})
        except ValidationError as error:
            problems += _lines(error, where)


def _lines(error: ValidationError, where: str) -> Iterator[str]:
    for item in error.errors(include_url=False):
        key = ".".join(str(part) for part in item["loc"])
        given = "" if item["type"] in ("missing", "value_error") else f" (given: {item['input']!r})"
        yield ": ".join(p for p in (where, key, item["msg"].removeprefix("Value error, ") + given) if p)


def _cross_check(
    actors: tuple[Actor, ...], holdings: tuple[Holding, ...], topics: tuple[TopicRow, ...]
) -> Iterator[str]:
    kinds = {a.key: a.kind for a in actors}
    for file, keys in (("actors.csv: actor", [a.key for a in actors]), ("topics.csv: topic", [t.key for t in topics])):
        yield from (f"{file} {k!r}: the key is used {n} times" for k, n in Counter(keys).items() if n > 1)
    for actor in actors:
        if actor.stands_for is not None and actor.stands_for not in kinds:
            yield f"actors.csv: actor {actor.key!r}: stands_for: {actor.stands_for!r} is not in actors.csv"
    for holding in holdings:
        for column, key, kind in (("role", holding.role, "office"), ("person", holding.person, "person")):
            if kinds.get(key) != kind:
                yield f"roles.csv: role {holding.role!r}: {column}: {key!r} is no {kind} of actors.csv"
    known = {t.key for t in topics}
    for topic in topics:
        if topic.parent is not None and topic.parent not in known:
            yield f"topics.csv: topic {topic.key!r}: parent: {topic.parent!r} is not in topics.csv"
        for key in topic.actors:
            if key not in kinds:
                yield f"topics.csv: topic {topic.key!r}: actors: {key!r} is not in actors.csv"


def _checked(value: str) -> None:
    try:
        _day(value, last=False)
    except ValueError as error:
        raise ValueError(f"{value} is not a date: {error}") from error


@lru_cache(maxsize=4096)
def _day(value: str, *, last: bool) -> date:
    """The first or last day that a day, month or year may mean."""
    year, month, day = ([int(p) for p in value.split("-")] + [0, 0])[:3]
    month = month or (12 if last else 1)
    return date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
