"""Versions of an article: what its address showed over time, folded to what differs.

Pure and independent of order: the versions follow from the set of snapshots alone, so
pages may be extracted in any order, again, and in any batches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tasks.dedupe.sentences import essence, sentence_changes
from tasks.ids import sha256_hex
from tasks.text import plain_signs

# What a reader can read of an article; the rest of the verdicts hide it, wholly or partly.
_SHOWN = {"article", "brief", "live_blog", "gallery", "video"}


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

    @property
    def essence(self) -> tuple[str, str, str]:
        """What makes a version: without signs typed otherwise, time stamps and links to other stories."""
        return plain_signs(self.title or ""), essence(self.text), self.verdict


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
    compared_with: int | None = None
    sentences_added: tuple[str, ...] | None = None
    sentences_removed: tuple[str, ...] | None = None
    sentences_changed: tuple[tuple[str, str], ...] | None = None


def standing(verdict: str) -> int:
    """How much of an article a page with this verdict shows: 2 all, 1 its beginning, 0 nothing.

    The current version is the last one of the highest standing, so that a wall or an error
    page that comes later never takes the place of a text.
    """
    return 2 if verdict in _SHOWN else int(verdict == "paywall_stub")


def current(versions: Iterable[Version]) -> Version:
    """The version that stands for an article."""
    return max(versions, key=lambda v: (standing(v.verdict), v.version))


def fold(article_id: str, known: Iterable[Snapshot], fresh: Iterable[Snapshot]) -> tuple[Version, ...]:
    """The versions of an article from snapshots stored before and new ones.

    Of two snapshots of one page the fresh one counts (the page was extracted again).
    Consecutive snapshots with equal content are one version, first seen with the first.  The
    changes of a version are counted against the last one before it that showed as much.
    """
    by_page = {s.page_id: s for s in known} | {s.page_id: s for s in fresh}
    out: list[Version] = []
    before: Snapshot | None = None
    for snapshot in sorted(by_page.values(), key=lambda s: (s.seen_at, s.page_id)):
        if before is None or snapshot.essence != before.essence:
            level = standing(snapshot.verdict)
            base = next((v for v in reversed(out) if standing(v.verdict) >= level), out[-1] if out else None)
            out.append(_version(article_id, len(out) + 1, snapshot, base))
        before = snapshot
    return tuple(out)


def _version(article_id: str, number: int, now: Snapshot, before: Version | None) -> Version:
    same_kind = before is not None and standing(before.verdict) == standing(now.verdict)
    # a wall before a text is no edit of it: there are no changes to count
    compared = before if same_kind else None
    added, removed = word_changes(compared.text, now.text) if compared else (None, None)
    sentences = sentence_changes(compared.text, now.text) if compared else None
    return Version(
        article_id=article_id,
        version=number,
        seen_at=now.seen_at,
        title=now.title,
        text=now.text,
        page_id=now.page_id,
        words_added=added,
        words_removed=removed,
        title_changed=plain_signs(now.title or "") != plain_signs(compared.title or "") if compared else None,
        verdict=now.verdict,
        content_sha256=now.content_sha256,
        compared_with=before.version if before else None,
        sentences_added=sentences.added if sentences else None,
        sentences_removed=sentences.removed if sentences else None,
        sentences_changed=sentences.changed if sentences else None,
    )


def word_changes(before: str, after: str) -> tuple[int, int]:
    """(words added, words removed), counted as multisets: moving a paragraph changes nothing."""
    old, new = Counter(essence(before).split()), Counter(essence(after).split())
    return (new - old).total(), (old - new).total()
