"""When an article was published, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Dates:
    """The publication instant with its evidence; day-only dates are local midnight, source ':day'."""

    published_at: datetime | None = None
    offset_minutes: int | None = None
    modified_at: datetime | None = None
    source: str | None = None
    confidence: str | None = None
    conflict: str | None = None
