"""The page of the report: one HTML file that loads nothing. Every text in it is escaped."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from tasks import __version__
from tasks.load import database as db
from tasks.load import report_charts as plots
from tasks.load.report_data import ZONES, Answer, Findings

_PARTS = Path(__file__).parent / "report_parts"
# nothing is loaded from anywhere, whatever an article contains
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src"
_MOST_ROWS = 300  # of a table below a chart; the SQL gives all

_LEVELS = {
    1: "all coverage",
    2: "articles of relevance 2 (substantial) and above",
    3: "articles of relevance 3 (both countries above all)",
}


@dataclass(frozen=True)
class Section:
    """A question on the page: how to read its answer and what is not counted, and what to say where there is none."""

    key: str
    title: str
    caption: str
    empty: str = "No articles in these days."


SECTIONS = (
    Section(
        "volume",
        "How much, and were we listening",
        "Each bar is one {bucket} of publication; printed again is what carries the text of another article in the "
        "file, whole or cut. Dark grey: fewer than half of the feeds were heard, so a low bar may be an outage; light "
        "grey: no feed was asked. Articles without a date are in no bar; feeds are counted by UTC day; the range may "
        "cut the first and the last bar.",
    ),
    Section(
        "outlets",
        "Own text and reprints",
        "Whose text the outlets with most articles print, as shares of the articles counted beside their names; an "
        "excerpt is a passage that others have, too. An agency's text counts as a reprint also where the agency's own "
        "article isn't in the file; a copy without credit whose source isn't there counts as own text.",
    ),
    Section(
        "supply",
        "Who supplies whom",
        "Articles of the outlet on the left that carry or credit the text of the source above; an article with two "
        "sources counts in both columns. Excerpts and an outlet's own text printed again are not counted.",
        "No article in these days carries or credits another source's text.",
    ),
    Section(
        "topics",
        "Topics over time",
        "Articles by primary topic and {bucket} of publication, the most frequent topics first; reprints count. "
        "A grey cell is a {bucket} in which too few feeds were heard and nothing came. Articles without a topic are "
        "not counted; less frequent topics are in the table only.",
        "No article in these days has a topic.",
    ),
    Section(
        "actors",
        "Who is named",
        "Articles that name a person, office, organisation or group, each article once an actor; reprints count. "
        "Places and instruments are not shown. The table has their quotations, too.",
        "No article in these days names an actor.",
    ),
    Section(
        "stories",
        "The largest stories",
        "Articles on one event, copies too; only articles of these days are counted.",
        "No stories in these days.",
    ),
    Section(
        "changes",
        "What was changed after publication",
        "Articles whose words changed most between the first and the last version that khabar saw; words added and "
        "removed are summed over all changes. Changes between two visits that were undone are not seen.",
        "No article of these days was seen in two versions.",
    ),
    Section(
        "listening",
        "Which sources were heard",
        "Share of an outlet's feeds that answered, by {bucket} (UTC), the least heard outlets first. Grey: not asked. "
        "An outlet that is white in the charts above and not heard here was not silent.",
        "No feed was polled in these days.",
    ),
    Section(
        "feeds",
        "Feeds that are ill now",
        "The state when the file was published, whatever the days of this report; feeds that are off are not listed. "
        "The command khabar status says what helps.",
        "None: every feed that is on answered when it was last asked.",
    ),
)


def page(findings: Findings, now: datetime) -> str:
    """The whole page; the same findings and ``now`` give the same bytes."""
    figures = plots.charts(findings)
    plotly, own = plots.script(), _part("script.js")
    values = {
        "policy": f"{_POLICY} {_hashes(plotly, own)}",
        "style": _part("style.css"),
        "days": escape(_days(findings)),
        "source": _source(findings),
        "facts": _facts(findings, now),
        "tiles": _tiles(findings),
        "summary": _fold("SQL of these numbers", _sql(findings.answers["summary"])),
        "sections": "\n".join(_section(section, findings, figures) for section in SECTIONS),
        "versions": _fold("Versions of the rules", _table(findings.answers["versions"])),
        "versions_sql": _fold("SQL of the versions", _sql(findings.answers["versions"])),
        # a text with </script> in it must not end the element
        "figures": json.dumps(figures, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"),
        "plotly": plotly,
        "script": own,
    }
    return Template(_part("page.html")).substitute(values)


@cache
def _part(name: str) -> str:
    return (_PARTS / name).read_text(encoding="utf-8")


def _hashes(*scripts: str) -> str:
    """Scripts that may run, by their hashes: none that came with the data can."""
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)


def _days(findings: Findings) -> str:
    first, last = findings.scope.first, findings.scope.last
    return _day(first) if first == last else f"{_day(first)} to {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _source(findings: Findings) -> str:
    """Where from, as of when, and which articles: in one line."""
    shown = f"as of {_moment(findings.shows)}" if findings.shows else "before its first run has ended"
    scope = findings.scope
    return escape(f"{Path(findings.warehouse).name} {shown}; days in {ZONES[scope.zone]}; {_LEVELS[scope.relevance]}.")


def _facts(findings: Findings, now: datetime) -> str:
    scope = findings.scope
    facts = {
        "Warehouse": findings.warehouse,
        "As of": f"{_moment(findings.shows)} (run {findings.run_id})" if findings.shows else "no run has ended yet",
        "Days": f"{scope.first} to {scope.last} by day of publication, {ZONES[scope.zone]}",
        "Relevance": _LEVELS[scope.relevance],
        "Made": f"{_moment(now)} by khabar {__version__}, DuckDB {findings.engine}, plotly.js {plots.version()}",
    }
    return "".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts.items())


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _tiles(findings: Findings) -> str:
    numbers = findings.rows("summary")[0]
    return "".join(
        f"<div><dd>{value:,}</dd><dt>{escape(name.replace('_', ' '))}</dt></div>" for name, value in numbers.items()
    )


def _section(section: Section, findings: Findings, figures: dict[str, Any]) -> str:
    answer = findings.answers[section.key]
    caption = escape(section.caption.format(bucket=findings.scope.bucket))
    folds, kind = _fold("SQL", _sql(answer)), ""
    if not answer.rows:
        body = f'<p class="empty">{escape(section.empty)}</p>'
    elif section.key in _LISTS:
        body, folds = _list(answer, _LISTS[section.key]), _fold("Table", _table(answer)) + folds
    elif section.key in figures:
        body = f'<div class="chart" id="chart-{section.key}" role="img" aria-label="{escape(section.title)}"></div>'
        kind = ' class="figure"'
        folds = _fold(f"Table ({_count(len(answer.rows), 'row')})", _table(answer)) + folds
    else:
        body = _table(answer)
    return (
        f'<section id="{section.key}"{kind}><h2>{escape(section.title)}</h2><p class="caption">{caption}</p>\n'
        f"{body}\n{folds}</section>"
    )


def _fold(title: str, body: str) -> str:
    return f"<details><summary>{escape(title)}</summary>{body}</details>"


def _sql(answer: Answer) -> str:
    return f'<div class="sql"><button type="button">Copy</button><pre><code>{escape(answer.sql)}</code></pre></div>'


def _table(answer: Answer) -> str:
    head = "".join(_head(name, answer.rows) for name in answer.columns)
    body = "\n".join(f"<tr>{''.join(map(_cell, row.values()))}</tr>" for row in answer.rows[:_MOST_ROWS])
    more = len(answer.rows) - _MOST_ROWS
    note = f"<p>{more:,} more rows: run the SQL.</p>" if more > 0 else ""
    return f'<div class="scroll"><table><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>{note}'


def _head(name: str, rows: tuple[db.Row, ...]) -> str:
    kind = ' class="number"' if any(isinstance(row[name], int | float) for row in rows) else ""
    return f'<th scope="col"{kind}>{escape(name.replace("_", " "))}</th>'


def _cell(value: Any) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, datetime):
        return f"<td>{_moment(value)}</td>"
    if isinstance(value, int | float):
        return f'<td class="number">{value:,}</td>'
    return f'<td dir="auto">{escape(str(value))}</td>'


def _list(answer: Answer, item: Callable[[db.Row], str]) -> str:
    return f'<ol class="list">{"".join(f"<li>{item(row)}</li>" for row in answer.rows)}</ol>'


def _story(row: db.Row) -> str:
    days = f"{row['first_day']}" if row["first_day"] == row["last_day"] else f"{row['first_day']} to {row['last_day']}"
    reprints = f" ({_count(row['reprints'], 'reprint')})" if row["reprints"] else ""
    return (
        f'<span dir="auto">{_headline(row["headline"])}</span>'
        f"<small>{_count(row['articles'], 'article')}{reprints} in {_count(row['outlets'], 'outlet')}, {days}</small>"
    )


def _change(row: db.Row) -> str:
    before, after = _headline(row["headline_before"]), _headline(row["headline_after"])
    kept = f'<span dir="auto">{after}</span>'
    headlines = kept if before == after else f'<del dir="auto">{before}</del><ins dir="auto">{after}</ins>'
    added, removed = row["words_added"] or 0, row["words_removed"] or 0
    return (
        f"{headlines}<small><bdi>{escape(row['outlet'])}</bdi>, {row['day']}: {_count(row['changes'], 'change')}, "
        f'<b class="added">+{added:,}</b> <b class="removed">−{removed:,}</b> words, '
        f"last seen {_moment(row['last_change_seen_at'])}{_link(row['url'])}</small>"
    )


def _headline(text: str | None) -> str:
    return escape(text or "(no headline)")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _link(url: str) -> str:
    """A link that is followed on a click only, and to a web address only."""
    if not url.startswith(("http://", "https://")):
        return ""
    return f', <a href="{escape(url)}" rel="noreferrer noopener">article</a>'


_LISTS = {"stories": _story, "changes": _change}
