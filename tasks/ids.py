"""Stable identifiers: the same on every machine, in every run and release."""

from __future__ import annotations

import hashlib


def make_id(*parts: str) -> str:
    """16 hex digits of the SHA-256 of ``parts``.

    64 bits: among ten million keys a collision has a chance of 3 in a million.  The unit
    separator between the parts keeps ("ab", "c") apart from ("a", "bc").
    """
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sha256_hex(data: bytes) -> str:
    """The full SHA-256 of some bytes, as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()
