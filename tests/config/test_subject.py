"""The tables of the subject: what ships is valid, mistakes are reported at once, the version follows the contents."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from config.subject import SHIPPED, Holding, Subject, load_subject


def load(directory: Path) -> tuple[Subject, list[str]]:
    problems: list[str] = []
    return load_subject(directory, problems), problems


def copy(directory: Path, name: str, **changes: dict[str, str]) -> None:
    """The shipped table with some cells changed, by key."""
    with (SHIPPED / name).open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    for row in rows:
        row.update(changes.get(row.get("key", "") or row.get("role", ""), {}))
    with (directory / name).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_what_ships_is_valid_and_complete() -> None:
    subject, problems = load(SHIPPED)
    assert problems == []
    assert len([t for t in subject.topics if t.parent]) == 28
    assert len([a for a in subject.actors if a.tier <= 2]) > 400
    assert len({h.role for h in subject.holdings}) > 30


def test_a_directory_without_tables_has_the_shipped_ones(tmp_path: Path) -> None:
    assert load(tmp_path)[0].version == load(SHIPPED)[0].version


def test_every_problem_is_reported_at_once(tmp_path: Path) -> None:
    copy(
        tmp_path,
        "actors.csv",
        **{"asim-munir": {"kind": "ghost"}, "imran-khan": {"tier": "9"}, "ishaq-dar": {"aliases": "", "ambiguous": ""}},
    )
    (tmp_path / "roles.csv").write_text("role,person,start,end\npk-pm,nobody-known,2020-13-01,\n", encoding="utf-8")
    (tmp_path / "topics.csv").write_text("key,name,phrase\nsec,Security,a\n", encoding="utf-8")
    _, problems = load(tmp_path)
    text = "\n".join(problems)
    for words in (
        "actor 'asim-munir': kind", "actor 'imran-khan': tier", "actor 'ishaq-dar': needs at least one form",
        "roles.csv: line 2, role 'pk-pm': start", "topics.csv: phrase: unknown column",
    ):  # fmt: skip
        assert words in text


def test_rows_must_fit_each_other(tmp_path: Path) -> None:
    (tmp_path / "roles.csv").write_text(
        "role,person,start\npk-pm,nobody,2020\nimran-khan,imran-khan,2020\n", encoding="utf-8"
    )
    (tmp_path / "topics.csv").write_text("key,parent,name,actors\nsec.x,sec,X,no-such\n", encoding="utf-8")
    _, problems = load(tmp_path)
    assert problems == [
        "roles.csv: role 'pk-pm': person: 'nobody' is no person of actors.csv",
        "roles.csv: role 'imran-khan': role: 'imran-khan' is no office of actors.csv",
        "topics.csv: topic 'sec.x': parent: 'sec' is not in topics.csv",
        "topics.csv: topic 'sec.x': actors: 'no-such' is not in actors.csv",
    ]


def test_the_version_follows_contents_not_notes(tmp_path: Path) -> None:
    before = load(SHIPPED)[0].version
    copy(tmp_path, "actors.csv", **{"asim-munir": {"notes": "another note"}})
    assert load(tmp_path)[0].version == before
    copy(tmp_path, "actors.csv", **{"asim-munir": {"aliases": "Asim Munir"}})
    assert load(tmp_path)[0].version != before


def test_partial_dates_span_what_they_may_mean() -> None:
    holding = Holding(role="pk-pm", person="x", start="2020-02", end="2021")
    assert (holding.first, holding.last) == (date(2020, 2, 1), date(2021, 12, 31))
