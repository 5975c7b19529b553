"""Word lists are written as text: a word a blank, as many lines as it takes."""

from __future__ import annotations


def wordset(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
