"""What a frozen data set holds: one file per table, what it follows, and how the files refer to each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """A table or view that becomes a file.

    ``keys`` identify a row and give the order of the file; without ``unique`` equal rows may
    occur.  ``follows`` is the column by which it follows the chosen ``chosen_{of}``; without
    it the file is whole.  ``never`` are columns that mean nothing outside of the running
    system, ``texts`` those that are left out with ``--no-text``, where the schema has them.
    """

    name: str
    keys: tuple[str, ...]
    of: str = ""
    follows: str = ""
    never: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    unique: bool = True

    @property
    def file(self) -> str:
        return f"{self.name}.parquet"

    @property
    def condition(self) -> str:
        """Which rows, as SQL."""
        return f"{self.follows} in (from chosen_{self.of})" if self.of else "true"


def _of_article(name: str, *keys: str, texts: tuple[str, ...] = ()) -> Table:
    return Table(name, ("article_id", *keys), "articles", "article_id", texts=texts)


_VALIDATORS = ("etag", "last_modified", "validators_lie", "unconditional_at")

TABLES = (
    _of_article("articles", texts=("text", "relevance_sentence")),
    _of_article(
        "article_versions", "version", texts=("text", "sentences_added", "sentences_removed", "sentences_changed")
    ),
    _of_article("reprints", "origin_article_id", "origin_agency"),
    _of_article("story_members"),
    Table("stories", ("story_id",), "stories", "story_id"),
    _of_article("mentions", "entity_id"),
    _of_article("article_topics", "topic_id"),
    _of_article("quotes", "quote_no", texts=("text", "anonymity_reason", "left_out", "put_in")),
    Table("entities", ("entity_id",)),
    Table("roles", ("role_id", "entity_id", "start_date", "form")),
    Table("outlets", ("outlet_id",)),
    Table("feeds", ("feed_id",), never=_VALIDATORS),
    Table("feed_states", ("feed_id", "since", "state"), unique=False),
    Table("ledger", ("feed_id", "day")),
    Table("polls", ("poll_id",), "polls", "poll_id"),
    Table("entries", ("entry_id",), "entries", "entry_id", texts=("summary", "content")),
    Table("frontier", ("target_id",), "targets", "target_id", never=_VALIDATORS),
    Table("pages", ("page_id",), "pages", "page_id", never=_VALIDATORS),
    Table("extractions", ("page_id",), "pages", "page_id"),
    Table("runs", ("run_id",), "runs", "run_id", never=("prefect_run_id",)),
    Table(
        "failures",
        ("run_id", "stage", "key", "code", "failed_at", "detail", "retryable"),
        "failures",
        "key",
        unique=False,
    ),
)

# (file, column, file referred to, its column)
REFERENCES = (
    *((t.name, "article_id", "articles", "article_id") for t in TABLES[1:] if "article_id" in t.keys),
    ("articles", "outlet_id", "outlets", "outlet_id"),
    ("articles", "story_id", "stories", "story_id"),
    ("articles", "origin_article_id", "articles", "article_id"),
    ("articles", "page_id", "pages", "page_id"),
    ("articles", "target_id", "frontier", "target_id"),
    ("article_versions", "page_id", "pages", "page_id"),
    ("reprints", "origin_article_id", "articles", "article_id"),
    ("story_members", "story_id", "stories", "story_id"),
    ("mentions", "entity_id", "entities", "entity_id"),
    ("mentions", "role_id", "entities", "entity_id"),
    ("quotes", "speaker_entity_id", "entities", "entity_id"),
    ("roles", "entity_id", "entities", "entity_id"),
    ("feeds", "outlet_id", "outlets", "outlet_id"),
    ("feed_states", "feed_id", "feeds", "feed_id"),
    ("ledger", "feed_id", "feeds", "feed_id"),
    ("polls", "feed_id", "feeds", "feed_id"),
    ("polls", "run_id", "runs", "run_id"),
    ("entries", "article_id", "articles", "article_id"),
    ("entries", "feed_id", "feeds", "feed_id"),
    ("entries", "poll_id", "polls", "poll_id"),
    ("entries", "target_id", "frontier", "target_id"),
    ("frontier", "article_id", "articles", "article_id"),
    ("pages", "run_id", "runs", "run_id"),
    ("pages", "target_id", "frontier", "target_id"),
    ("extractions", "article_id", "articles", "article_id"),
    ("failures", "run_id", "runs", "run_id"),
)
