"""Every table and column of the schema is in a data set or left out on purpose; no publisher's sentence slips in."""

from __future__ import annotations

import pytest

from tasks.load import database as db
from tasks.load.freeze_tables import REFERENCES, TABLES
from tests.support import empty_warehouse

# what a data set doesn't need: it follows from the texts, or serves the running system only
LEFT_OUT = {
    "hosts": "rests and robots.txt of hosts, for the next run",
    "schema_log": "which migrations the file has had",
    "subject_state": "which tables of config/ the registry shows; the manifest has their hashes",
    "dedupe_state": "what was noted of a text while it was compared",
    "fingerprints": "index of texts, to find copies",
    "shared_copy": "pairs of texts that share copy; what became of them is in reprints",
    "story_vectors": "index of texts, to find stories",
    "story_links": "pairs of articles; what became of them is in story_members",
    "quote_prints": "index of quotations; what became of them is quotes.quotation_id",
    "quote_ties": "pairs of quotations; what became of them is quotes.quotation_id",
    **dict.fromkeys(("search_segments", "search_postings", "search_terms", "search_dead"), "the search index"),
}
# Publishers' words that stay without texts: headlines, names, credits, phrases of a topic. No sentence of a body.
SHORT = {
    "articles": "title byline authors agency dateline credit desk caption_credit relevance_reason verdict_reason",
    "article_versions": "title",
    "article_topics": "evidence",
    "entries": "title authors categories source_name guid item_key published_raw",
    "mentions": "surface spans",
    "quotes": "speaker cue",
    "stories": "title",
}
# Ours: keys, hashes, codes of closed lists, addresses, what config/ says, numbers in JSON, words on failures.
OURS = {
    "articles": "lang date_source date_confidence date_conflict verdict copy_kind evidence relevance_features topics "
    "canonical_url extractor_version enricher_version deduped_version deduped_extractor",
    "article_versions": "verdict",
    "article_topics": "rule_version",
    "entities": "kind name country side",
    "entries": "date_source problem",
    "extractions": "stage_version verdict code",
    "failures": "stage key code detail",
    "feed_states": "state",
    "feeds": "tier due_reason state kind notes reason effective_url redirect_url last_code",
    "frontier": "host state last_code",
    "ledger": "verdict failed_by_code",
    "mentions": "how flags rule_version",
    "outlets": "name country lang owner_type family timezone owner owner_country homepage hosts notes",
    "pages": "outcome archive_file robots opt_out extracted_with source code content_type redirects",
    "polls": "outcome code format due_reason warnings archive_file",
    "quotes": "kind cue_class source_kind quote_key rule_version wording",
    "reprints": "origin_agency kind evidence",
    "roles": "form start_stated end_stated",
    "runs": "flow state counts parameters code_version",
}
KEYS = ("_id", "url", "_sha256", "sha256", "identity_key")


@pytest.fixture(scope="module")
def schema() -> dict[str, dict[str, str]]:
    """Columns and their types of every table and view, by its name."""
    con = db.reader(empty_warehouse())
    try:
        found = db.rows(
            con, "select table_name, column_name, lower(data_type) as kind from duckdb_columns() where not internal"
        )
        views = db.rows(con, "select view_name from duckdb_views() where not internal")
    finally:
        con.close()
    frozen, seen = {t.name for t in TABLES}, {v["view_name"] for v in views}
    tables: dict[str, dict[str, str]] = {}
    for row in found:
        if row["table_name"] not in seen or row["table_name"] in frozen:
            tables.setdefault(row["table_name"], {})[row["column_name"]] = row["kind"]
    return tables


def test_every_table_is_frozen_or_left_out_for_a_reason(schema: dict[str, dict[str, str]]) -> None:
    frozen = {t.name for t in TABLES}
    assert frozen | LEFT_OUT.keys() == schema.keys()
    assert not frozen & LEFT_OUT.keys()


def test_every_column_with_words_was_judged(schema: dict[str, dict[str, str]]) -> None:
    """A new column with text fails here until it is a text to leave out, short, or ours."""
    unjudged, unknown = [], []
    for table in TABLES:
        judged = {*table.texts, *table.never, *SHORT.get(table.name, "").split(), *OURS.get(table.name, "").split()}
        words = {c for c, kind in schema[table.name].items() if "varchar" in kind or "json" in kind}
        unjudged += [f"{table.name}.{c}" for c in sorted(words - judged) if not c.endswith(KEYS)]
        unknown += [f"{table.name}.{c}" for c in sorted(judged - schema[table.name].keys() - set(table.never))]
    assert (unjudged, unknown) == ([], [])


def test_whatever_is_called_a_text_is_left_out() -> None:
    """Columns of these names hold bodies, quotations and sentences wherever they stand."""
    texts = {f"{t.name}.{c}" for t in TABLES for c in t.texts}
    assert texts >= {
        "articles.text", "articles.relevance_sentence", "article_versions.text", "article_versions.sentences_added",
        "article_versions.sentences_removed", "article_versions.sentences_changed", "quotes.text", "quotes.left_out",
        "quotes.put_in", "quotes.anonymity_reason", "entries.summary", "entries.content",
    }  # fmt: skip


def test_what_is_stated_of_the_files_holds_in_the_schema(schema: dict[str, dict[str, str]]) -> None:
    for table in TABLES:
        assert {*table.keys, *table.texts} <= schema[table.name].keys(), table.name
    for file, column, other, its in REFERENCES:
        assert column in schema[file]
        assert its in schema[other]
