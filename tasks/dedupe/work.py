"""The dedupe stage's work: a batch of articles with their candidates in, what they share out. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tasks.dedupe import credits as sources
from tasks.dedupe.compare import Overlap, Side, compare
from tasks.dedupe.furniture import body_lines
from tasks.dedupe.origins import Edge
from tasks.dedupe.shingles import Prepared, fingerprints, prepare
from tasks.dedupe.storyterms import Term, terms_of
from tasks.errors import Code
from tasks.records import Failure, Outcome

# Raise it when anything changes that rows are made from: everything is then pending again, a few at a time.
DEDUPE_VERSION = "dedupe-1"


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
    lang: str | None
    extractor_version: str
    read_at: datetime | None
    actors: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """An article to compare. ``text`` is None for one that is gone, or could not be prepared (``problem``)."""

    source: Source
    text: Text | None
    prints: tuple[int, ...] = ()
    whole: int | None = None
    problem: str = ""
    candidates: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Deduped:
    """What the stage found out about an article. Each edge of the batch stands with one of its ends only."""

    job: Job
    handout: bool = False
    told: str | None = None
    told_full: bool | None = None
    edges: tuple[Edge, ...] = ()
    terms: tuple[Term, ...] = ()
    arabic: bool = False


def read_text(article_id: str, outlet_id: str | None, text: str) -> Text:
    """Prepare a text; costs about a millisecond for 400 words."""
    lines = body_lines(text or "")
    return Text(article_id, outlet_id, tuple(lines), prepare(lines))


def job_of(source: Source) -> Job:
    """An article with its fingerprints; whatever is wrong with its text becomes its problem."""
    if source.gone:
        return Job(source, None)
    try:
        text = read_text(source.article_id, source.outlet_id, source.text)
        return Job(source, text, fingerprints(text.prepared), text.prepared.whole)
    except Exception as error:  # one bad document never sinks a batch
        return Job(source, None, problem=f"{type(error).__name__}: {error}")


def dedupe(jobs: Sequence[Job]) -> Outcome[Deduped]:
    """Compare every article of a batch with its candidates; of two in the batch, the lower identifier does it."""
    batch = {job.source.article_id for job in jobs}
    done: list[Deduped] = []
    failed: list[Failure] = []
    for job in jobs:
        if job.problem:
            failed.append(Failure("dedupe", job.source.article_id, Code.INTERNAL, job.problem))
            continue
        try:
            done.append(_deduped(job, batch))
        except Exception as error:  # one bad document never sinks a batch
            problem = f"{type(error).__name__}: {error}"
            failed.append(Failure("dedupe", job.source.article_id, Code.INTERNAL, problem))
    return Outcome(tuple(done), tuple(failed))


def _deduped(job: Job, batch: set[str]) -> Deduped:
    if job.text is None:
        return Deduped(job)
    edges: list[Edge] = []
    for other in job.candidates:
        if other.article_id in batch and other.article_id < job.source.article_id:
            continue
        edges += edges_of(job.text, other)
    named = sources.told(job.source.text)
    return Deduped(
        job,
        handout=sources.is_handout(job.source.text),
        told=named[0] if named else None,
        told_full=named[1] if named else None,
        edges=tuple(edges),
        terms=terms_of(job.source.title, "\n".join(job.text.lines), job.source.actors or ()),
        arabic=job.text.prepared.arabic,
    )


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


def with_candidates(jobs: Sequence[Job], pairs: Sequence[tuple[str, str]], texts: Mapping[str, Text]) -> list[Job]:
    """The jobs with the texts they may share copy with; ``pairs`` are (article, candidate)."""
    found: dict[str, list[Text]] = {}
    for article_id, other_id in pairs:
        if other_id in texts:
            found.setdefault(article_id, []).append(texts[other_id])
    return [
        Job(job.source, job.text, job.prints, job.whole, job.problem, tuple(found.get(job.source.article_id, ())))
        for job in jobs
    ]
