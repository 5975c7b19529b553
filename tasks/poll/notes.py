"""Warnings about one document, counted per kind so that ten thousand bad items stay one line."""

from __future__ import annotations

# A sample must show what is wrong and still fit a table cell.
_SAMPLE_CHARS = 80


class Notes:
    """Collects warnings; ``lines()`` gives one per kind: ``kind (3x, first: sample)``."""

    def __init__(self) -> None:
        self._seen: dict[str, tuple[int, str]] = {}

    def add(self, kind: str, sample: str = "") -> None:
        count, first = self._seen.get(kind, (0, sample))
        self._seen[kind] = (count + 1, first)

    def lines(self) -> tuple[str, ...]:
        return tuple(_line(kind, count, sample) for kind, (count, sample) in self._seen.items())


def _line(kind: str, count: int, sample: str) -> str:
    short = " ".join(sample.split())[:_SAMPLE_CHARS]
    facts = ([f"{count}x"] if count > 1 else []) + ([f"first: {short}"] if short and count > 1 else [])
    if count == 1 and short:
        facts = [short]
    return f"{kind} ({', '.join(facts)})" if facts else kind
