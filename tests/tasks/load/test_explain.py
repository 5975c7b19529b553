"""`khabar explain`: who else prints a quotation, what copies the article, what changed, and that it is gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tasks.errors import KhabarError
from tasks.load import database as db
from tasks.load.explain import explain_article
from tests.warehouse.rows import article, at, warehouse

LONG = "We will talk about trade, and about the missing ships"

EDIT: dict[str, Any] = {
    "title": "More talks", "words_added": 5, "words_removed": 1, "title_changed": True, "compared_with": 1,
    "sentences_added": ["A new line came."], "sentences_removed": ["It rained."],
    "sentences_changed": [{"before": "Four died.", "after": "Nine died."}],
}  # fmt: skip


def quote(key: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "article_id": key, "quote_no": 1, "text": text, "speaker": "Ishaq Dar", "speaker_entity_id": "ishaq-dar",
        "cue": "said", "cue_class": "neutral", "kind": "direct", "source_kind": "person", "start_offset": 40,
        "quotation_id": "q1", "quote_key": text, "wording": "full",
        "left_out": None, **more,
    }  # fmt: skip


def version(number: int, hours: float, **more: Any) -> dict[str, Any]:
    return {
        "article_id": "a", "version": number, **dict.fromkeys(EDIT), "seen_at": at(hours), "title": "Talks",
        "text": "x",
        "page_id": f"p{number}", "verdict": "article", **more,
    }  # fmt: skip


def page(number: int, hours: float, outcome: str, **more: Any) -> dict[str, Any]:
    return {
        "page_id": f"p{number}", "url": "u", "fetched_at": at(hours), "outcome": outcome, "run_id": "r",
        "target_id": "a", "source": "web", "code": None, "http_status": 200, "archive_file": None,
        "archive_offset": None, **more,
    }  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with one article that has everything, and three others."""
    folder = tmp_path_factory.mktemp("explain")
    with warehouse(folder) as con:
        rows = [
            article("a", version=2), article("b", outlet_id="tribune"), article("c", outlet_id="sentinel"),
            article("wall", outlet_id="nyt", verdict="consent_wall"),
        ]  # fmt: skip
        db.upsert(con, "articles", rows, ["article_id"])
        read = {"article_id": "a", "page_id": "p2", "verdict_reason": "900 words"}
        db.upsert(con, "articles", [read], ["article_id"])
        quotes = [
            quote("a", "We will talk about the missing ships", wording="silent", left_out="trade, and about"),
            quote("b", LONG), quote("c", LONG), quote("wall", LONG), quote("b", "No", quote_no=2, quotation_id="q2"),
        ]  # fmt: skip
        db.upsert(con, "quotes", quotes, ["article_id", "quote_no"])
        evidence = '{"shared": "own"}'
        copies = [
            {"article_id": "b", "origin_article_id": "a", "origin_agency": None, "kind": "near", "evidence": evidence},
            {
                "article_id": "a",
                "origin_article_id": None,
                "origin_agency": "APP",
                "kind": "credited",
                "evidence": evidence,
            },
        ]
        db.upsert(con, "reprints", copies, ["article_id", "kind"])
        db.upsert(
            con, "article_versions", [version(1, 21), version(2, 22, **EDIT)],
            ["article_id", "version"],
        )  # fmt: skip
        gone = {"target_id": "a", "identity_key": "a", "url": "u", "host": "h", "discovered_at": at(1), "state": "done"}
        db.upsert(con, "frontier", [gone | {"article_id": "a", "attempts": 0, "removed_at": at(24)}], ["target_id"])
        archived = {"archive_file": "2026/03/x.warc.gz", "archive_offset": 77}
        pages = [
            page(1, 21, "ok"), page(2, 22, "ok", **archived),
            page(3, 24, "removed", code="not_found", http_status=404),
            page(4, 25, "removed", code="gone", http_status=410),
        ]  # fmt: skip
        db.upsert(con, "pages", pages, ["page_id"])
        entry = {
            "entry_id": "e",
            "feed_id": "dawn-home",
            "first_seen_at": at(1),
            "article_id": "a",
            "item_key": "i",
            "poll_id": "p",
        }
        db.upsert(con, "entries", [entry], ["entry_id"])
    return folder / "w.duckdb"


def section(text: str, heading: str) -> list[str]:
    """The lines under a heading."""
    (found,) = (part for part in text.split("\n\n") if part.startswith(heading + "\n"))
    return [line[2:] for line in found.rstrip().split("\n")[1:]]


def test_where_the_text_came_from(told: Path) -> None:
    lines = section(explain_article(told, "a"), "Title a")
    for line in ("feeds: dawn-home", "because: 900 words", "archived in: 2026/03/x.warc.gz", "at byte: 77"):
        assert line in lines


def test_who_else_prints_a_quotation(told: Path) -> None:
    """Two articles in one other wording; a wall prints nothing, and another quotation is another."""
    assert section(explain_article(told, "a"), "Quotations") == [
        "1. direct, Ishaq Dar = ishaq-dar [person], said (neutral), at 40: We will talk about the missing ships",
        "   quotation q1: silent, leaves out 'trade, and about', in 2 more by sentinel, tribune, 1 wording",
    ]
    assert section(explain_article(told, "b"), "Quotations")[-1] == "   quotation q2: full, nowhere else"


def test_what_it_copies_and_what_copies_it(told: Path) -> None:
    assert section(explain_article(told, "a"), "Copies") == [
        'credited of APP: {"shared": "own"}',
        'near in b (tribune, Title b): {"shared": "own"}',
    ]
    assert section(explain_article(told, "b"), "Copies") == ['near of a (dawn, Title a): {"shared": "own"}']


def test_what_was_changed_and_that_it_is_gone(told: Path) -> None:
    text = explain_article(told, "a")
    assert section(text, "Versions") == [
        "2, seen 2026-03-01 22:00:00+00:00, page p2: headline and text, 5 words added, 1 word removed",
        "   headline: Talks -> More talks",
        "   + A new line came.",
        "   - It rained.",
        "   Four died. -> Nine died.",
    ]
    assert section(text, "Taken down") == [
        "last there 2026-03-01 22:00:00+00:00, first found gone 2026-03-02 00:00:00+00:00, "
        "gone (status 410), seen 2 times"
    ]
    assert "Versions" not in explain_article(told, "b")


def test_an_unknown_article_is_an_error_that_helps(told: Path) -> None:
    with pytest.raises(KhabarError, match="khabar sql"):
        explain_article(told, "nothing")
