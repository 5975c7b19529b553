"""Versions of an article: what its address showed over time, folded to what differs.

Pure and independent of order: the versions follow from the set of snapshots alone, so
pages may be extracted in any order, again, and in any batches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tasks.ids import sha256_hex


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one page showed of an article."""

    page_id: str
    seen_at: datetime
    title: str | None
    text: str
    verdict: str

    @property
    def content_sha256(self) -> str:
        """Hash of what a reader would call the content; blanks don't count."""
        parts = (" ".join((self.title or "").split()), " ".join(self.text.split()), self.verdict)
        return sha256_hex("\x1f".join(parts).encode("utf-8", "replace"))


@dataclass(frozen=True, slots=True)
class Version:
    """A row of ``article_versions``."""

    article_id: str
    version: int
    seen_at: datetime
    title: str | None
    text: str
    page_id: str
    words_added: int | None
    words_removed: int | None
    title_changed: bool | None
    verdict: str
    content_sha256: str


def fold(article_id: str, known: Iterable[Snapshot], fresh: Iterable[Snapshot]) -> tuple[Version, ...]:
    """The versions of an article from snapshots stored before and new ones.

    Of two snapshots of one page the fresh one counts (the page was extracted again).
    Consecutive snapshots with equal content are one version, first seen with the first.
    """
    by_page = {s.page_id: s for s in known} | {s.page_id: s for s in fresh}
    out: list[Version] = []
    before: Snapshot | None = None
    for snapshot in sorted(by_page.values(), key=lambda s: (s.seen_at, s.page_id)):
        if before is not None and snapshot.content_sha256 == before.content_sha256:
            continue
        out.append(_version(article_id, len(out) + 1, snapshot, before))
        before = snapshot
    return tuple(out)


def _version(article_id: str, number: int, now: Snapshot, before: Snapshot | None) -> Version:
    added, removed = word_changes(before.text, now.text) if before else (None, None)
    return Version(
        article_id=article_id,
        version=number,
        seen_at=now.seen_at,
        title=now.title,
        text=now.text,
        page_id=now.page_id,
        words_added=added,
        words_removed=removed,
        title_changed=None if before is None else (now.title or "") != (before.title or ""),
        verdict=now.verdict,
        content_sha256=now.content_sha256,
    )


def word_changes(before: str, after: str) -> tuple[int, int]:
    """(words added, words removed), counted as multisets: moving a paragraph changes nothing."""
    old, new = Counter(before.split()), Counter(after.split())
    return (new - old).total(), (old - new).total()
