"""What the report shows: each question as the SQL that is run and shown, and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from string import Template
from typing import Any
from zoneinfo import ZoneInfo

from tasks.errors import KhabarError
from tasks.load import database as db

ZONES = {"utc": "UTC", "karachi": "Asia/Karachi", "washington": "America/New_York"}
QUESTIONS = {
    "summary": "load/report_summary",
    "volume": "load/report_volume",
    "outlets": "load/report_outlets",
    "supply": "load/report_supply",
    "topics": "load/report_topics",
    "actors": "load/report_actors",
    "stories": "load/report_stories",
    "changes": "load/report_changes",
    "listening": "load/report_listening",
    "feeds": "load/report_feeds",
    "versions": "load/report_versions",
}
# the longest ranges in days that are shown by day and by week: some 200 bars are as many as can be told apart
_BY_DAY, _BY_WEEK = 120, 1500


@dataclass(frozen=True)
class Scope:
    """Which articles are counted: days of publication in a zone, both included, and the lowest relevance."""

    first: date
    last: date
    zone: str
    relevance: int

    @property
    def bucket(self) -> str:
        """``day``, ``week`` or ``month``: what one bar stands for."""
        days = (self.last - self.first).days + 1
        return "day" if days <= _BY_DAY else "week" if days <= _BY_WEEK else "month"

    def fill(self, question: str) -> str:
        """The SQL of a question with its values in it, ready to be run by anybody."""
        values = {"first": self.first, "last": self.last, "bucket": self.bucket, "relevance": self.relevance}
        return Template(db.statement(question).strip()).substitute(values, day=f"day_{self.zone}")


@dataclass(frozen=True)
class Answer:
    """The SQL that was run, the names of its columns and its rows."""

    sql: str
    columns: tuple[str, ...]
    rows: tuple[db.Row, ...]


@dataclass(frozen=True)
class Findings:
    """Everything the page says. ``shows`` and ``run_id`` name the last run in the file, None where there is none."""

    warehouse: str
    scope: Scope
    run_id: str | None
    shows: datetime | None
    engine: str
    answers: dict[str, Answer]

    def rows(self, question: str) -> tuple[db.Row, ...]:
        """The rows of an answer."""
        return self.answers[question].rows


def collect(
    con: db.Connection, warehouse: str, zone: str, relevance: int, first: date | None, last: date | None, now: datetime
) -> Findings:
    """Ask all questions; days that are not given reach as far as coverage and polls do, but not beyond ``now``.

    Raises `KhabarError` where the last day is before the first.
    """
    span = Template(db.statement("load/report_span"))
    found = db.rows(con, span.substitute(day=f"day_{zone}", zone=ZONES[zone], relevance=relevance))[0]
    today = now.astimezone(ZoneInfo(ZONES[zone])).date()
    last = last or min(found["last_day"] or today, today)
    first = first or min(found["first_day"] or last, last)
    if last < first:
        raise KhabarError(f"--from {first} is after the last day, {last}; give a --to that is not before it")
    scope = Scope(first, last, zone, relevance)
    answers = {key: _answer(con, scope.fill(name)) for key, name in QUESTIONS.items()}
    engine = str(db.scalar(con, "select version()"))
    return Findings(warehouse, scope, found["run_id"], found["finished_at"], engine, answers)


def _answer(con: db.Connection, sql: str) -> Answer:
    result = con.execute(sql)
    columns = tuple(column[0] for column in result.description or ())
    rows: list[tuple[Any, ...]] = result.fetchall()
    return Answer(sql, columns, tuple(dict(zip(columns, row, strict=True)) for row in rows))
