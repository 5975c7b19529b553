"""What counts as coverage, how often, and on which day: against rows worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tasks.load import database as db
from tests.warehouse.rows import article, at, warehouse

WIRE = {"origin_article_id": "wire", "copy_kind": "reprint", "outlet_id": "nation"}
ARTICLES = [
    # 20:30 UTC on 1 March: 2 March in Karachi, still 1 March in Washington
    article("wire", copy_kind="original", topics="trade security", word_count=300),
    article("copy1", **WIRE, topics="trade security"),
    # 02:30 UTC on 2 March: 2 March in Karachi, 1 March in Washington
    article("copy2", **WIRE, topics="trade", published_at=at(26.5)),
    article("quoting", **{**WIRE, "copy_kind": "excerpt"}, published_at=at(26.5)),
    article("undated", published_at=None, topics="trade"),
    # a text whose source is no coverage: the first copy stands for it
    article("handout", relevance=0, copy_kind="original"),
    article("first", origin_article_id="handout", copy_kind="near", published_at=at(40)),
    article("second", origin_article_id="handout", copy_kind="reprint", published_at=at(41), outlet_id="nation"),
    # nothing of this is an article, whatever it names
    article("wall", verdict="consent_wall", topics="trade"),
    article("pictures", verdict="gallery", topics="trade", origin_article_id="wire", copy_kind="near"),
    article("frame", verdict="template", topics="trade"),
    article("cricket", relevance=0, topics="trade"),
]
MARCH_1, MARCH_2 = "2026-03-01", "2026-03-02"


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[db.Connection]:
    with warehouse(tmp_path_factory.mktemp("daily")) as connection:
        outlets = [{"outlet_id": key, "name": key.title(), "country": "PK"} for key in ("dawn", "nation")]
        db.upsert(connection, "outlets", outlets, ["outlet_id"])
        db.upsert(connection, "articles", ARTICLES, ["article_id"])
        entity = {"entity_id": "state-dept", "kind": "organisation", "name": "State Department", "country": "US"}
        db.upsert(connection, "entities", [entity], ["entity_id"])
        named = [a["article_id"] for a in ARTICLES if a["article_id"] != "quoting"]
        db.append(connection, "mentions", [{"article_id": key, "entity_id": "state-dept"} for key in named])
        common = {"origin_article_id": "wire", "origin_agency": None, "containment": None, "evidence": "{}"}
        reprints = [
            {**common, "article_id": "copy1", "kind": "reprint", "evidence": '{"shared": "agency"}'},
            {**common, "article_id": "copy2", "kind": "reprint", "origin_agency": "AFP"},
            {
                **common,
                "article_id": "undated",
                "kind": "credited",
                "origin_agency": "Reuters",
                "origin_article_id": None,
            },
            {**common, "article_id": "pictures", "kind": "near"},
        ]
        db.append(connection, "reprints", reprints)
        story = {"story_id": "s", "title": "Visit", "first_seen_at": at(20.5), "article_count": 3}
        db.upsert(connection, "stories", [story], ["story_id"])
        members = [{"article_id": key, "story_id": "s", "sure": True} for key in ("wire", "copy2", "pictures")]
        db.upsert(connection, "story_members", members, ["article_id"])
        yield connection


def test_syndication_names_whose_text_it_is_and_by_what(con: db.Connection) -> None:
    query = "select article_id, source, named_by, origin_outlet_id, shared, minutes_later from syndication order by 1"
    assert con.execute(query).fetchall() == [
        ("copy1", "Dawn", "text", "dawn", "agency", 0),
        ("copy2", "AFP", "credit and text", "dawn", None, 360),
        ("undated", "Reuters", "credit", None, None, None),
    ]


def test_a_story_has_its_articles_only(con: db.Connection) -> None:
    query = "select article_id, story_title, outlet_id, minutes_after_first from story_coverage order by 1"
    assert con.execute(query).fetchall() == [("copy2", "Visit", "nation", 360), ("wire", "Visit", "dawn", 0)]


def test_a_reprinted_text_counts_once_in_coverage_unique(con: db.Connection) -> None:
    query = "select article_id, copies, copy_outlets from coverage_unique order by 1"
    assert con.execute(query).fetchall() == [
        ("first", 1, 2),
        ("quoting", 0, 0),
        ("undated", 0, 0),
        ("wire", 2, 1),
    ]
    names = con.execute("select list(article_id order by article_id) from coverage").fetchall()[0][0]
    assert names == ["copy1", "copy2", "first", "quoting", "second", "undated", "wire"]


def test_the_first_copy_stands_for_a_text_that_is_no_coverage(con: db.Connection) -> None:
    assert db.rows(con, "from stand_ins") == [{"origin_article_id": "handout", "article_id": "first"}]


def test_coverage_unique_has_the_columns_of_coverage_and_two_more(con: db.Connection) -> None:
    columns = {
        view: [row["column_name"] for row in db.rows(con, f"describe {view}")]
        for view in ("coverage", "coverage_unique")
    }
    assert columns["coverage_unique"] == [*columns["coverage"], "copies", "copy_outlets"]


DAILY = {
    "outlet_daily": [
        (MARCH_1, "dawn", "Dawn", 1, 1, 0, 0, 1, 1),
        (MARCH_1, "nation", "Nation", 1, 0, 0, 0, 3, 1),
        (MARCH_2, "dawn", "Dawn", 1, 1, 2, 2, 1, 1),
        (MARCH_2, "nation", "Nation", 3, 1, 4, 1, 1, 0),
        (None, "dawn", "Dawn", 1, 1, 1, 1, 1, 1),
    ],
    "topic_daily": [
        (MARCH_1, "security", 2, 1, 0, 0, 2, 1),
        (MARCH_1, "trade", 2, 1, 0, 0, 3, 1),
        (MARCH_2, "security", 0, 0, 2, 1, 0, 0),
        (MARCH_2, "trade", 1, 0, 3, 1, 0, 0),
        (None, "trade", 1, 1, 1, 1, 1, 1),
    ],
    "actor_daily": [
        (MARCH_1, "state-dept", "State Department", "organisation", "US", 2, 1, 0, 0, 3, 1),
        (MARCH_2, "state-dept", "State Department", "organisation", "US", 3, 1, 5, 2, 2, 1),
        (None, "state-dept", "State Department", "organisation", "US", 1, 1, 1, 1, 1, 1),
    ],
}


@pytest.mark.parametrize("view", DAILY)
@pytest.mark.parametrize("zone", ["UTC", "Asia/Karachi"])
def test_each_zone_has_its_own_days(con: db.Connection, view: str, zone: str) -> None:
    con.execute(f"set timezone = '{zone}'")
    found = con.execute(
        f"select * replace (cast(day as varchar) as day) from {view} order by 1 nulls last, 2"
    ).fetchall()
    assert found == DAILY[view]


def test_days_are_those_of_the_wide_view(con: db.Connection) -> None:
    """The daily views look days up by the hour: that must say the same, in summer time and in 2008 too."""
    con.execute("begin")
    for number in range(60):
        moment = at(number * 24 * 97.31 - 24 * 365 * 18)
        db.upsert(con, "articles", [article(f"n{number}", published_at=moment)], ["article_id"])
    for zone in ("utc", "karachi", "washington"):
        wide = f"select day_{zone} as day, count(*) from coverage group by all order by 1"
        daily = f"select day, sum(articles_{zone}) as n from outlet_daily group by all having n > 0 order by 1"
        assert con.execute(wide).fetchall() == con.execute(daily).fetchall()
    con.execute("rollback")


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (at(20), []),
        (at(21), [(1, "Old", at(21), at(30))]),
        (at(29.9), [(1, "Old", at(21), at(30))]),
        (at(30), [(2, "New", at(30), None)]),
    ],
)
def test_an_article_as_readers_saw_it(con: db.Connection, moment: object, shown: list[object]) -> None:
    versions = [
        {"article_id": "wire", "version": n, "seen_at": at(hours), "title": title, "text": "t", "page_id": f"p{n}"}
        for n, hours, title in ((1, 21, "Old"), (2, 30, "New"))
    ]
    db.upsert(con, "article_versions", versions, ["article_id", "version"])
    query = "select version, title, seen_at, seen_until from article_as_of('wire', $moment)"
    assert con.execute(query, {"moment": moment}).fetchall() == shown


def test_what_the_file_says_about_itself(con: db.Connection) -> None:
    con.execute("begin")
    run = {
        "run_id": "r1",
        "flow": "ingest",
        "started_at": at(1),
        "finished_at": at(2),
        "state": "ok",
        "code_version": "9",
    }
    db.upsert(con, "runs", [run], ["run_id"])
    db.upsert(con, "articles", [article("old", extractor_version="0", read_at=at(1))], ["article_id"])
    db.upsert(con, "articles", [article("new", extractor_version="1", read_at=at(2))], ["article_id"])
    said = {row["key"]: row["value"] for row in db.rows(con, "from about")}
    con.execute("rollback")
    assert said["articles"] == "9"
    assert said["unique_articles"] == "6"
    assert said["pages"] == "14"
    assert said["undated"] == "1"
    assert said["fresh_as_of"] == "2026-03-01 02:00 UTC"
    assert said["last_run"] == "r1 ok"
    assert said["khabar_version"] == "9"
    assert said["extractor_versions"] == "1 (13), 0 (1)"
    assert said["extractor_stale"] == "1"
