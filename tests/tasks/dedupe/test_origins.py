"""Whom a text names, and which of two is the source."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from tasks.dedupe.credits import credits_of, squeeze, told
from tasks.dedupe.origins import Decision, Edge, Facts, decide, facts, known_outlets
from tests.tasks.dedupe.lab import START

OUTLETS = known_outlets(
    [
        {"outlet_id": "dawn", "name": "Dawn", "hosts": ["www.dawn.com"], "owner_type": "private"},
        {
            "outlet_id": "arabnews-pk",
            "name": "Arab News Pakistan",
            "hosts": ["www.arabnews.pk"],
            "owner_type": "private",
        },
        {"outlet_id": "frontierpost", "name": "The Frontier Post", "hosts": ["thefrontierpost.com"], "owner_type": "x"},
        {
            "outlet_id": "app",
            "name": "Associated Press of Pakistan (APP)",
            "hosts": ["app.com.pk"],
            "owner_type": "state",
        },
    ]
)
NOTHING: dict[str, Any] = dict.fromkeys(
    ("agency", "credit", "credit_kind", "byline", "authors", "told", "told_full", "handout", "date_source")
)


def fact(name: str, outlet_id: str, hours: float, **more: Any) -> Facts:
    row = NOTHING | {"article_id": name, "outlet_id": outlet_id, "published_at": START + timedelta(hours=hours)}
    return facts(row | {"date_confidence": "high", "first_seen_at": START, "word_count": 300} | more, OUTLETS)


def edge(a: str, b: str, kind: str = "reprint") -> Edge:
    return Edge(a, b, kind, 0.5, 0.8, 0.8, 0.1, 200, 0.0, (1.0, 0.2))


def decision(article: Facts, *others: Facts, kind: str = "reprint") -> Decision:
    edges = [edge(article.article_id, other.article_id, kind) for other in others]
    return decide(article, edges, {other.article_id: other for other in others})


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The envoy told Anadolu on Monday that talks go on.", ("Anadolu", True)),
        ("According to a report published by Dawn, the talks go on.", ("Dawn", False)),
        ("Bloomberg reported on Friday that talks go on.", ("Bloomberg", False)),
        ("He told PTI workers in Lahore to stay calm.", None),
        ("The minister told reporters that talks go on.", None),
        ("عرب نیوز کے مطابق وزیر دفاع نے ملاقات کی", ("Arab News", False)),
        ("میڈیا رپورٹ کے مطابق ملاقات ہوئی", ("media", False)),
        ("بشکریہ: ڈان", ("Dawn", True)),
    ],
)
def test_sources_in_running_text(text: str, source: tuple[str, bool] | None) -> None:
    assert told(text) == source


def test_two_spellings_of_a_credit_are_one_source() -> None:
    assert squeeze("arab news") == squeeze("ArabNews") == squeeze("Arab  News")
    first, second = (fact("a", "frontierpost", 1, credit=c, credit_kind="courtesy") for c in ("arab news", "arabnews"))
    assert first.credits[0].source == second.credits[0].source == "Arab News Pakistan"


def test_a_partial_credit_does_not_make_a_reprint() -> None:
    row = NOTHING | {"agency": "Reuters", "credit": "agencies", "credit_kind": "inputs"}
    assert [credit.full for credit in credits_of(row)] == [False, False]
    assert (
        decision(fact("a", "dawn", 1, agency="Reuters", credit="agencies", credit_kind="inputs")).copy_kind
        == "original"
    )


def test_the_seed_is_credited_to_one_paper_and_made_of_another() -> None:
    dawn = fact("dawn", "dawn", 0)
    seed = fact("seed", "frontierpost", 5, credit="arab news", credit_kind="courtesy")
    found = decision(seed, dawn)
    assert found.origin_article_id == "dawn"
    assert [(r.origin_article_id, r.origin_agency, r.kind) for r in found.reprints] == [
        ("dawn", "Arab News Pakistan", "reprint")
    ]


def test_whom_it_credits_comes_before_whom_it_follows() -> None:
    early, credited = fact("early", "dawn", 0), fact("credited", "arabnews-pk", 9)
    copy = fact("copy", "frontierpost", 5, credit="Arab News", credit_kind="courtesy")
    assert decision(copy, early, credited).origin_article_id == "credited"
    assert decision(credited, copy).copy_kind == "original"


def test_a_credited_agency_is_a_source_without_its_text() -> None:
    found = decision(fact("a", "dawn", 1, agency="AFP"))
    assert (found.copy_kind, found.origin_article_id) == ("reprint", None)
    assert [(r.origin_agency, r.kind) for r in found.reprints] == [("AFP", "credited")]
    assert decision(fact("b", "app", 1, agency="APP")).copy_kind == "original"


def test_a_copy_without_credit_has_the_source_that_its_twin_credits() -> None:
    found = decision(fact("silent", "dawn", 1), fact("honest", "frontierpost", 3, agency="AFP"))
    assert [(r.origin_article_id, r.origin_agency) for r in found.reprints] == [(None, "AFP")]


def test_only_a_trusted_hour_comes_first() -> None:
    day_only = fact("day", "dawn", -9, date_source="meta:day")
    hour = fact("hour", "frontierpost", 3)
    assert decision(day_only, hour).origin_article_id == "hour"
    assert decision(hour, day_only).copy_kind == "original"
    late = fact("late", "dawn", -9, date_confidence="low", first_seen_at=START + timedelta(days=2))
    assert decision(late, hour).origin_article_id == "hour"


def test_of_two_alike_in_all_else_the_one_seen_first_is_the_source() -> None:
    late, early = fact("a", "dawn", 1, first_seen_at=START + timedelta(hours=3)), fact("b", "frontierpost", 1)
    found = decision(late, early)
    assert (found.origin_article_id, json.loads(found.reprints[0].evidence)["first"]) == ("b", "seen earlier")
    assert decision(early, late).copy_kind == "original"
    # an authority's own text stays one, though it was found later
    assert decision(early, fact("c", "app", 1, first_seen_at=START + timedelta(hours=3))).origin_article_id == "c"


def test_what_decided_last_is_said() -> None:
    found = decision(fact("b", "dawn", 1), fact("a", "frontierpost", 1))
    assert json.loads(found.reprints[0].evidence)["first"] == "identifier"


def test_passages_of_several_sources_are_kept_once_each() -> None:
    first, second = fact("first", "dawn", 0), fact("second", "arabnews-pk", 1)
    found = decision(fact("mixed", "frontierpost", 4), first, second, kind="excerpt")
    assert found.copy_kind == "excerpt"
    assert [r.origin_article_id for r in found.reprints] == ["first"]
