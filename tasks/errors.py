"""The closed set of failure codes.

A failure is a value, never an exception that travels: each becomes a row
``(run, stage, key, code, retryable, detail, at)``.  Every code says what happened in
the world, whether time alone may heal it, and what a person can do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Why something did not work; the only values of ``failures.code``."""

    # the network, before a response
    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    BLOCKED_ADDRESS = "blocked_address"
    BAD_URL = "bad_url"
    # what a server answered
    REDIRECT_LOOP = "redirect_loop"
    TOO_MANY_REDIRECTS = "too_many_redirects"
    NOT_FOUND = "not_found"
    GONE = "gone"
    HOME_PAGE = "home_page"
    FORBIDDEN = "forbidden"
    CLIENT_ERROR = "client_error"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    UNSOLICITED_304 = "unsolicited_304"
    BAD_RESPONSE = "bad_response"
    TOO_LARGE = "too_large"
    DECODED_TOO_LARGE = "decoded_too_large"
    BAD_ENCODING = "bad_encoding"
    EMPTY_BODY = "empty_body"
    WRONG_TYPE = "wrong_type"
    # rules we keep
    FETCH_OFF = "fetch_off"
    ROBOTS_DISALLOWED = "robots_disallowed"
    ROBOTS_UNAVAILABLE = "robots_unavailable"
    HOST_BACKOFF = "host_backoff"
    # feeds
    NOT_A_FEED = "not_a_feed"
    FEED_BROKEN = "feed_broken"
    FEED_FROZEN = "feed_frozen"
    ITEM_WITHOUT_LINK = "item_without_link"
    ITEM_UNRESOLVED_LINK = "item_unresolved_link"
    # documents
    ARCHIVE_MISSING = "archive_missing"
    UNDECODABLE = "undecodable"
    EXTRACT_DEADLINE = "extract_deadline"
    EXTRACT_MEMORY = "extract_memory"
    EXTRACT_DIED = "extract_died"
    EXTRACT_ERROR = "extract_error"
    BAD_ROW = "bad_row"
    # whatever we did not foresee: the detail carries the exception
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means to a person."""

    retryable: bool
    text: str
    remedy: str


_LATER = "nothing to do: the next run tries again"
_REPORT = "the raw bytes are in the archive; please report it"

MEANING: dict[Code, Meaning] = {
    Code.DNS: Meaning(
        True,
        "the host name does not resolve",
        "if all say so: check this machine's network; else the host in config/feeds.csv",
    ),
    Code.CONNECT: Meaning(True, "no connection could be made", _LATER),
    Code.TLS: Meaning(
        True,
        "the certificate or the TLS handshake is bad",
        "open the address in a browser; khabar never skips verification",
    ),
    Code.TIMEOUT: Meaning(True, "the deadline for the whole request passed", _LATER),
    Code.RESET: Meaning(True, "the connection broke in the middle of the answer", _LATER),
    Code.BLOCKED_ADDRESS: Meaning(
        False,
        "the host resolves to an address that is not public",
        "allow host:port in [http] allow_private if it is meant",
    ),
    Code.BAD_URL: Meaning(False, "the address is not an http or https URL", "correct it in config/feeds.csv"),
    Code.REDIRECT_LOOP: Meaning(False, "the address redirects to itself", "look for a new address"),
    Code.TOO_MANY_REDIRECTS: Meaning(False, "more than the allowed number of redirects", "look for a new address"),
    Code.NOT_FOUND: Meaning(True, "404: not there (now)", "if it stays, look for a new address"),
    Code.GONE: Meaning(False, "410: gone for good", "remove the feed, or look for a new address"),
    Code.HOME_PAGE: Meaning(
        True, "the address of an article leads to the site's home page", "nothing to do: it counts as removed"
    ),
    Code.FORBIDDEN: Meaning(
        True,
        "401, 403 or 451: the server refuses us",
        "ask the publisher, or switch the feed off with the reason beside it",
    ),
    Code.CLIENT_ERROR: Meaning(False, "another 4xx answer", "open the address in a browser"),
    Code.RATE_LIMITED: Meaning(
        True, "429: too many requests", "the host rests until Retry-After; raise its pause in config/outlets.toml"
    ),
    Code.SERVER_ERROR: Meaning(True, "5xx: the server is ill", _LATER),
    Code.UNSOLICITED_304: Meaning(True, "304 although nothing was asked conditionally, twice", _LATER),
    Code.BAD_RESPONSE: Meaning(True, "the answer is not valid HTTP", _LATER),
    Code.TOO_LARGE: Meaning(
        False, "the body is larger than [http] max_bytes", "raise the limit if the document is wanted"
    ),
    Code.DECODED_TOO_LARGE: Meaning(
        False, "the body unpacks to more than [http] max_decoded_bytes", "raise the limit if the document is wanted"
    ),
    Code.BAD_ENCODING: Meaning(True, "the content encoding is unknown or broken", _LATER),
    Code.EMPTY_BODY: Meaning(True, "the answer has no body", _LATER),
    Code.WRONG_TYPE: Meaning(False, "not a document that can be an article (PDF, image, ...)", "nothing to do"),
    Code.FETCH_OFF: Meaning(
        False,
        "the outlet's pages are not to be fetched (config/outlets.toml says why)",
        "nothing to do: the sighting is kept",
    ),
    Code.ROBOTS_DISALLOWED: Meaning(
        False, "robots.txt forbids this address to our agent", "ask the publisher, or switch the feed off"
    ),
    Code.ROBOTS_UNAVAILABLE: Meaning(True, "robots.txt cannot be read, so nothing may be fetched for now", _LATER),
    Code.HOST_BACKOFF: Meaning(True, "the host asked for a rest that is not over", _LATER),
    Code.NOT_A_FEED: Meaning(
        True,
        "a document came, but no feed (often a block page with status 200)",
        "open the address in a browser; `khabar feeds check KEY`",
    ),
    Code.FEED_BROKEN: Meaning(True, "the feed cannot be parsed, not even loosely", _LATER),
    Code.FEED_FROZEN: Meaning(
        True, "the feed answers, but its newest item is old", "look for the publisher's current feed"
    ),
    Code.ITEM_WITHOUT_LINK: Meaning(
        False, "a feed item has neither a link nor a guid that is one", "nothing to do: its text is in `entries`"
    ),
    Code.ITEM_UNRESOLVED_LINK: Meaning(
        False,
        "the link leads to an aggregator's redirect page, not to an article",
        "nothing to do: the item is kept as a sighting",
    ),
    Code.ARCHIVE_MISSING: Meaning(
        False, "the archived bytes are not where the page row says", "restore the WARC file from a backup"
    ),
    Code.UNDECODABLE: Meaning(False, "the bytes are not text in any known charset", _REPORT),
    Code.EXTRACT_DEADLINE: Meaning(False, "extraction took longer than [extract] deadline_seconds", _REPORT),
    Code.EXTRACT_MEMORY: Meaning(False, "extraction needed more than [extract] memory_mb", _REPORT),
    Code.EXTRACT_DIED: Meaning(False, "the process that extracted the document died", _REPORT),
    Code.EXTRACT_ERROR: Meaning(False, "extraction raised an error", _REPORT),
    Code.BAD_ROW: Meaning(False, "a row of an imported file cannot be used", "correct the row named in the detail"),
    Code.INTERNAL: Meaning(True, "an error in khabar itself", "please report it with the detail"),
}


class KhabarError(Exception):
    """An error that ends a command: one clear line with what is wrong and what helps."""


class CodedError(Exception):
    """Raised inside a stage and turned into a failure row at its edge.

    ``code`` is what happened, ``detail`` the particulars (a size, an address), ``status`` the
    HTTP status where an answer came.
    """

    def __init__(self, code: Code, detail: str = "", status: int | None = None) -> None:
        super().__init__(f"{code}: {detail}" if detail else str(code))
        self.code = code
        self.detail = detail
        self.status = status

    def __reduce__(self) -> tuple[type[CodedError], tuple[Code, str, int | None]]:
        # exceptions travel from child processes by their arguments
        return CodedError, (self.code, self.detail, self.status)
