"""The dedupe stage's work: articles in, what each says by itself and what it shares with others out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tasks.dedupe.compare import Overlap, Side, compare
from tasks.dedupe.credits import is_handout, told
from tasks.dedupe.furniture import body_lines
from tasks.dedupe.origins import Edge
from tasks.dedupe.shingles import Prepared, fingerprints, prepare
from tasks.dedupe.storyterms import NOTHING, Vector, vector_of
from tasks.errors import Code
from tasks.records import Failure, Outcome

# Raise it when anything changes that rows are made from: everything is then pending again, a few at a time.
DEDUPE_VERSION = "dedupe-4"


@dataclass(frozen=True, slots=True)
class Raw:
    """The text of an article, as it is stored, and the day under which it is compared."""

    article_id: str
    outlet_id: str | None
    text: str
    day: date


@dataclass(frozen=True, slots=True)
class Text:
    """An article's text, ready for comparison."""

    article_id: str
    outlet_id: str | None
    lines: tuple[str, ...]
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the stage's query: an article as it stands now. ``gone``: it is none any more."""

    article_id: str
    gone: bool
    day: date
    known_day: date | None
    outlet_id: str | None
    title: str | None
    text: str
    extractor_version: str
    read_at: datetime | None
    actors: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What an article says by itself: its fingerprints, what it is about, whom it names as its source."""

    prints: tuple[int, ...] = ()
    whole: int | None = None
    arabic: bool = False
    vector: Vector = NOTHING
    handout: bool = False
    told: str | None = None
    told_full: bool | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """An article to compare with its candidates. No ``reading``: it is gone, or could not be read (``problem``)."""

    source: Source
    reading: Reading | None = None
    problem: str = ""
    candidates: tuple[Raw, ...] = ()

    @property
    def raw(self) -> Raw:
        return Raw(self.source.article_id, self.source.outlet_id, self.source.text, self.source.day)


@dataclass(frozen=True, slots=True)
class Deduped:
    """What the stage found out about an article. Each edge of the batch stands with one of its ends only."""

    job: Job
    edges: tuple[Edge, ...] = ()


Compared = tuple[Edge, ...] | str


def read_text(article_id: str, outlet_id: str | None, text: str) -> Text:
    """Prepare a text; costs about half a millisecond for 400 words."""
    lines = body_lines(text or "")
    return Text(article_id, outlet_id, tuple(lines), prepare(lines))


def read_articles(sources: Sequence[Source]) -> list[Reading | str]:
    """What each article says by itself; whatever is wrong with one becomes its problem."""
    found: list[Reading | str] = []
    for source in sources:
        try:
            found.append(_reading(source))
        except Exception as error:  # one bad document never sinks a batch
            found.append(f"{type(error).__name__}: {error}")
    return found


def _reading(source: Source) -> Reading:
    text = read_text(source.article_id, source.outlet_id, source.text)
    named = told(source.text)
    return Reading(
        prints=fingerprints(text.prepared),
        whole=text.prepared.whole,
        arabic=text.prepared.arabic,
        vector=vector_of(source.title, "\n".join(text.lines), source.actors or ()),
        handout=is_handout(source.text),
        told=named[0] if named else None,
        told_full=named[1] if named else None,
    )


def compare_articles(pairs: Sequence[tuple[Raw, tuple[Raw, ...]]]) -> list[Compared]:
    """What each article shares with its candidates, or its problem."""
    texts: dict[str, Text] = {}

    def text_of(raw: Raw) -> Text:
        if raw.article_id not in texts:
            texts[raw.article_id] = read_text(raw.article_id, raw.outlet_id, raw.text)
        return texts[raw.article_id]

    found: list[Compared] = []
    for article, others in pairs:
        try:
            found.append(tuple(edge for other in others for edge in edges_of(text_of(article), text_of(other))))
        except Exception as error:  # one bad document never sinks a batch
            found.append(f"{type(error).__name__}: {error}")
    return found


def outcome(jobs: Sequence[Job], compared: Mapping[str, Compared]) -> Outcome[Deduped]:
    """The results of a batch; ``compared`` has those of the articles with candidates."""
    done: list[Deduped] = []
    failed: list[Failure] = []
    for job in jobs:
        edges = job.problem or compared.get(job.source.article_id, ())
        if isinstance(edges, str):
            failed.append(Failure("dedupe", job.source.article_id, Code.INTERNAL, edges))
        else:
            done.append(Deduped(job, edges))
    return Outcome(tuple(done), tuple(failed))


def edges_of(a: Text, b: Text) -> tuple[Edge, ...]:
    """The overlap of two texts as seen from either, or nothing."""
    if b.article_id < a.article_id:
        a, b = b, a
    same = a.outlet_id is not None and a.outlet_id == b.outlet_id
    found = compare(list(a.lines), list(b.lines), a.prepared, b.prepared, same_outlet=same)
    if found is None:
        return ()
    return _edge(a, b, found, found.a), _edge(b, a, found, found.b)


def _edge(article: Text, other: Text, found: Overlap, side: Side) -> Edge:
    return Edge(
        article_id=article.article_id,
        other_id=other.article_id,
        kind=found.kind,
        jaccard=found.jaccard,
        share=side.share,
        covered=side.covered,
        own=side.own,
        shared_words=found.shared_words,
        quoted=found.quoted,
        paragraphs=side.paragraphs,
    )
