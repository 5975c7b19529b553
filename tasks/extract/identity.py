"""Which article a page shows: its address, or the address it turned out to have."""

from __future__ import annotations

from urllib.parse import urlsplit

from tasks.ids import make_id
from tasks.records import Document, OutletRules
from tasks.urls import identity_key, netloc_of


def article_identity(given_key: str, final_url: str, document: Document, rules: OutletRules | None) -> tuple[str, str]:
    """(article_id, identity key) of a page fetched for the address with ``given_key``.

    A plausible canonical link counts most (extraction judged it); then the address that
    answered, if it is of the same site and no home page; else the address asked.
    """
    candidates = [document.canonical_url, final_url if _leads_on(given_key, final_url) else None]
    for candidate in candidates:
        key = identity_key(candidate, rules) if candidate else None
        if key and urlsplit(key).path.strip("/"):
            return make_id(key), key
    return make_id(given_key), given_key


def _leads_on(given_key: str, final_url: str) -> bool:
    """Whether a redirect stayed on the site: one that left it may be a wall or a tracker."""
    given, final = netloc_of(given_key), netloc_of(final_url)
    return given.removeprefix("www.") == final.removeprefix("www.") or final.endswith("." + given)
