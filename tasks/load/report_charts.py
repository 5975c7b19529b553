"""The charts of the report, as plotly figures; colours are names of CSS variables, which the page looks up.

Labels come from the web and plotly reads some HTML in them, so every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from html import escape
from typing import Any

from plotly.offline import get_plotlyjs, get_plotlyjs_version

from tasks.load.report_data import Findings, Scope

Figure = dict[str, Any]

_LEGEND = {"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "traceorder": "normal"}
_SCALE = [[0, "var(--heat-0)"], [0.5, "var(--heat-1)"], [1, "var(--heat-2)"]]
_ROW = 22  # pixels of a labelled row: text of 12 pixels and air
_LONGEST = 40  # letters of a label; the page cuts further on a telephone
_UPRIGHT = 22  # and of one above a column
_OTHERS = "all others"
# bars stand in the middle of the time they stand for; weeks begin on Mondays
_PERIOD = {"day": 86_400_000, "week": 7 * 86_400_000, "month": "M1"}


def script() -> str:
    """Plotly's script, from the package."""
    return str(get_plotlyjs())


def version() -> str:
    """Version of that script."""
    return str(get_plotlyjs_version())


def charts(findings: Findings) -> dict[str, Figure]:
    """A figure for each question that has something to draw."""
    makers = {
        "volume": _volume, "outlets": _outlets, "supply": _supply, "topics": _topics, "actors": _actors,
        "listening": _listening,
    }  # fmt: skip
    return {key: make(findings) for key, make in makers.items() if findings.rows(key)}


def _volume(findings: Findings) -> Figure:
    rows, scope = findings.rows("volume"), findings.scope
    x = [row["since"].isoformat() for row in rows]
    shares = [_share(row) for row in rows]
    # gaps between many thin bars come out uneven
    filled = 0.9 if len(rows) < 60 else 1.0
    lengths = [_after(row["since"], scope.bucket) - row["since"] for row in rows]
    when: Figure = {
        "x": x, "xperiod": _PERIOD[scope.bucket], "xperiod0": "2001-01-01", "xhoverformat": "%a %d %b %Y",
        # said in milliseconds: a bar alone would be as thin as one of them
        "width": [filled * length / timedelta(milliseconds=1) for length in lengths],
    }  # fmt: skip
    highest = max(row["first_prints"] + row["reprints"] for row in rows)
    bars = [
        {
            "type": "bar",
            "name": name,
            "y": [row[column] for row in rows],
            "marker": {"color": f"var(--{column})"},
            **when,
        }
        for column, name in (("first_prints", "printed first"), ("reprints", "printed again"))
    ]
    share = {
        "type": "bar", "name": "feeds heard", "y": shares, "yaxis": "y2", "showlegend": False,
        "marker": {"color": "var(--heard)"}, "hovertemplate": "%{y:.0%} of feeds heard<extra></extra>", **when,
    }  # fmt: skip
    layout = {
        "height": 420, "barmode": "stack", "hovermode": "x unified", "legend": _LEGEND,
        "xaxis": {**_time(scope, rows), "anchor": "y2"},
        "yaxis": {**_whole(highest), "domain": [0.25, 1], "title": {"text": "articles"}},
        "yaxis2": {
            "domain": [0, 0.17], "range": [0, 1], "tickvals": [0, 0.5, 1], "tickformat": ".0%",
            "title": {"text": "heard"},
        },
        "shapes": [_shade(row, scope) for row in rows if row["listening"] != "heard"],
    }  # fmt: skip
    return {"data": [*bars, share], "layout": layout}


def _outlets(findings: Findings) -> Figure:
    kinds = (
        ("own_text", "own text", "first_prints"), ("with_an_excerpt", "with an excerpt", "excerpts"),
        ("reprints", "reprint", "reprints"), ("not_compared", "not compared yet", "nothing"),
    )  # fmt: skip
    figure = _bars(findings, "outlets", "outlet", kinds)
    # shares: outlets differ in size, and all others together are larger than any
    figure["layout"] |= {"barnorm": "percent", "xaxis": {"range": [0, 100], "ticksuffix": "%", "nticks": 6}}
    sizes = [sum(row[column] for column, _, _ in kinds) for row in findings.rows("outlets")]
    axis = figure["layout"]["yaxis"]
    axis["ticktext"] = [f"{label} · {size:,}" for label, size in zip(axis["ticktext"], sizes, strict=True)]
    for trace, column in ((t, c) for t in figure["data"] for c, name, _ in kinds if name == t["name"]):
        trace["customdata"] = [row[column] for row in findings.rows("outlets")]
        trace["hovertemplate"] = "%{customdata:,d} (%{x:.0f}%)"
    return figure


def _actors(findings: Findings) -> Figure:
    kinds = (
        ("in_the_headline", "in the headline", "first_prints"),
        ("in_the_text_only", "in the text only", "excerpts"),
    )
    return _bars(findings, "actors", "actor", kinds)


def _supply(findings: Findings) -> Figure:
    rows = findings.rows("supply")
    outlets, sources = _names(rows, "outlet"), _names(rows, "source")
    counts = {(row["outlet"], row["source"]): row["articles"] for row in rows}
    z = [[counts.get((outlet, source)) for source in sources] for outlet in outlets]
    named = [n for cell, n in counts.items() if _OTHERS not in cell]
    heat = {
        "type": "heatmap", "x": _labels(sources), "y": _labels(outlets), "z": z, "colorscale": _SCALE, "zmin": 0,
        # all others together would leave the rest pale
        "zmax": max([4, *named]), "showscale": False, "xgap": 1, "ygap": 1, "texttemplate": "%{z:.3~s}",
        "hoverongaps": False,
        "hovertemplate": "%{y} carries %{x}: %{z:,d} articles<extra></extra>",
    }  # fmt: skip
    layout = {
        "height": 150 + _ROW * len(outlets),
        "xaxis": {**_categories(sources, _UPRIGHT), "side": "top", "tickangle": -55},
        "yaxis": {**_categories(outlets), "autorange": "reversed"},
    }
    return {"data": [heat], "layout": layout}


def _topics(findings: Findings) -> Figure:
    rows = findings.rows("topics")
    # where nobody listened and nothing came, the cell stays empty: not a zero
    missed = {row["since"] for row in findings.rows("volume") if row["listening"] != "heard"}
    counts = {(row["topic"], row["since"]): row["articles"] for row in rows}
    # all others together would leave the rest pale
    names = [name for name in _names(rows, "topic") if name != _OTHERS]

    def value(topic: str, since: date) -> int | None:
        return counts.get((topic, since), None if since in missed else 0)

    highest = max((count for (topic, _), count in counts.items() if topic != _OTHERS), default=1)
    bar = {"tickformat": ",d", **_steps(highest)}
    return _over_time(findings, names, value, "%{z:,d} articles", {"zmax": highest, "colorscale": _SCALE}, bar)


def _listening(findings: Findings) -> Figure:
    rows = findings.rows("listening")
    shares = {(row["outlet"], row["since"]): _share(row) for row in rows}
    scale = {"zmax": 1, "colorscale": [[0, "var(--unheard)"], [1, "var(--all-heard)"]]}
    bar = {"tickformat": ".0%", "nticks": 5}
    return _over_time(findings, _names(rows, "outlet"), lambda *cell: shares.get(cell), "%{z:.0%} heard", scale, bar)


def _over_time(findings: Findings, names: list[str], value: Any, said: str, scale: Figure, bar: Figure) -> Figure:
    """A row for each name, a cell for each bucket of time."""
    scope, buckets = findings.scope, [row["since"] for row in findings.rows("volume")]
    heat = {
        "type": "heatmap", "xgap": 1 if len(buckets) < 60 else 0, "ygap": 1, "hoverongaps": False, "zmin": 0, **scale,
        # cells by their edges: a single one has a width, too
        "x": [day.isoformat() for day in (*buckets, _after(buckets[-1], scope.bucket))],
        "y": _labels(names), "z": [[value(name, day) for day in buckets] for name in names],
        "customdata": [[f"{day:%d %b %Y}" for day in buckets]] * len(names),
        "hovertemplate": f"%{{y}}, {scope.bucket} of %{{customdata}}: {said}<extra></extra>",
        "colorbar": {
            "orientation": "h", "thickness": 8, "len": 0.6, "y": 0, "yref": "container", "yanchor": "bottom",
            "outlinewidth": 0, **bar,
        },
    }  # fmt: skip
    layout = {
        "height": 110 + _ROW * len(names),
        "margin": {"b": 64},
        "plot_bgcolor": "var(--nothing)",
        "xaxis": {"type": "date", "side": "top", "showgrid": False},
        "yaxis": {**_categories(names), "autorange": "reversed"},
    }
    return {"data": [heat], "layout": layout}


def _bars(findings: Findings, question: str, label: str, kinds: Sequence[tuple[str, str, str]]) -> Figure:
    """Lying bars, one row for each label, stacked by kind: column, name and colour."""
    rows = findings.rows(question)
    names = [str(row[label]) for row in rows]
    longest = max(sum(row[column] for column, _, _ in kinds) for row in rows)
    data = [
        {
            "type": "bar", "orientation": "h", "name": name, "y": _labels(names), "x": [row[column] for row in rows],
            "marker": {"color": f"var(--{colour})"},
        }
        for column, name, colour in kinds
        if any(row[column] for row in rows)
    ]  # fmt: skip
    layout = {
        "height": 90 + _ROW * len(names), "barmode": "stack", "bargap": 0.25, "hovermode": "y unified",
        "legend": _LEGEND, "showlegend": True, "xaxis": _whole(longest),
        "yaxis": {**_categories(names), "autorange": "reversed"},
    }  # fmt: skip
    return {"data": data, "layout": layout}


def _whole(highest: int) -> Figure:
    """An axis of counts, without halves."""
    return {"rangemode": "tozero", "tickformat": ",d", **_steps(highest)}


def _steps(highest: int) -> Figure:
    return {"dtick": 1} if highest < 6 else {"nticks": 6}


def _time(scope: Scope, rows: Sequence[Figure]) -> Figure:
    """An axis from the first bucket to the end of the last; a bucket alone has air around it."""
    first, end = rows[0]["since"], _after(rows[-1]["since"], scope.bucket)
    air = 2 * (end - first) if len(rows) == 1 else timedelta(0)
    return {"type": "date", "range": [(first - air).isoformat(), (end + air).isoformat()]}


def _shade(row: Figure, scope: Scope) -> Figure:
    """Grey behind a bucket in which too little was heard; lighter where nothing was asked."""
    return {
        "type": "rect", "layer": "below", "yref": "y domain", "y0": 0, "y1": 1, "line": {"width": 0},
        "x0": row["since"].isoformat(), "x1": _after(row["since"], scope.bucket).isoformat(),
        "fillcolor": "var(--outage)" if row["listening"] == "outage" else "var(--nothing)",
    }  # fmt: skip


def _after(day: date, bucket: str) -> date:
    """The first day of the next bucket."""
    if bucket == "month":
        return date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return day + timedelta(days=1 if bucket == "day" else 7)


def _share(row: Figure) -> float | None:
    asked = row["feeds_heard"] + row["feeds_not_heard"]
    return row["feeds_heard"] / asked if asked else None


def _names(rows: Iterable[Figure], column: str) -> list[str]:
    """The different names in a column, in order of appearance, with all others last."""
    found = list(dict.fromkeys(str(row[column]) for row in rows))
    return sorted(found, key=lambda name: name == _OTHERS)


def _labels(names: Iterable[str]) -> list[str]:
    return [escape(name) for name in names]


def _categories(names: Sequence[str], longest: int = _LONGEST) -> Figure:
    """An axis of names: long ones are cut, and are whole under the pointer."""
    cut = [name if len(name) <= longest else f"{name[: longest - 1]}…" for name in names]
    return {"type": "category", "tickvals": _labels(names), "ticktext": _labels(cut), "showgrid": False, "ticks": ""}
