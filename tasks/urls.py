"""URLs: made absolute, made safe to fetch, and folded into the identity of an article.

Two notions, never mixed: the *address* is what is fetched and stored as it was given;
the *identity key* says which article it leads to.  A key is itself a URL, and the key of
a key is itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from tasks.records import OutletRules

# Parameters that say how a reader came, not what is read; by who adds them.
TRACKING = {
    "analytics": {
        "gclid",
        "gclsrc",
        "dclid",
        "gbraid",
        "wbraid",
        "_ga",
        "_gl",
        "ga_source",
        "ga_medium",
        "ga_campaign",
    },
    "social": {"fbclid", "igshid", "igsh", "twclid", "ttclid", "li_fat_id", "yclid", "msclkid", "epik", "rdt_cid"},
    "mail": {
        "mc_cid",
        "mc_eid",
        "mkt_tok",
        "vero_id",
        "_hsenc",
        "_hsmi",
        "ck_subscriber_id",
        "oly_enc_id",
        "oly_anon_id",
    },
    "feeds": {"traffic_source", "maca", "ocid", "cmpid", "ito", "cmp", "mod", "smid", "partner", "xtor", "ns_mchannel"},
    "counters": {
        "s_cid",
        "clickid",
        "wt_mc",
        "wt_zmc",
        "icid",
        "ncid",
        "spm",
        "scid",
        "soc_src",
        "soc_trk",
        "amp_js_v",
    },
    "variants": {"amp", "outputtype", "print", "printable"},
}
_TRACKING = frozenset().union(*TRACKING.values())
_TRACKING_PREFIX = ("utm_", "at_", "pk_", "mtm_", "piwik_", "hsa_", "trk_")
# parameters that track only with such a value: elsewhere they may name the article
_TRACKING_VALUES = {
    "ref": {"rss", "home", "feed", "twitter", "facebook"},
    "src": {"rss", "home", "feed"},
    "source": {"rss"},
}
_SESSION = {"phpsessid", "jsessionid", "aspsessionid", "sessionid", "session_id", "sid", "cfid", "cftoken"}
_SESSION_SHORT = {"s"}  # only with 32 hex digits as value: WordPress searches use ?s=word
_HEX32 = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_VARIANT_HOSTS = ("www.", "m.", "mobile.", "amp.")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = _UNRESERVED | frozenset("!$&'()*+,;=:@/%")
_DEFAULT_PORT = {"http": 80, "https": 443}


def _percent(text: str, safe: frozenset[str] = _SAFE) -> str:
    """Percent-encoding in one form: upper case, nothing unreserved encoded, all else encoded."""

    def one(match: re.Match[str]) -> str:
        char = chr(int(match.group(1), 16))
        return char if char in _UNRESERVED else match.group(0).upper()

    text = re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text)
    text = re.sub(r"%([0-9A-Fa-f]{2})", one, text)
    return "".join(c if c in safe else "".join(f"%{b:02X}" for b in c.encode("utf-8", "replace")) for c in text)


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".").lower()
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return ""
    return f"[{host}]" if ":" in host else host


def fetchable(url: str | None, base: str | None = None) -> str | None:
    """The address to fetch: absolute, http(s), encoded, without fragment; None if there is none.

    ``base`` is the address of the document that holds the link.  Parameters and their
    order are left alone: a server may sign them.
    """
    url = re.sub(r"[\t\r\n]", "", url or "").strip()
    try:
        parts = urlsplit(urljoin(base, url) if base else url)
        port = parts.port
    except ValueError:
        return None
    host = _host(parts)
    if parts.scheme.lower() not in _DEFAULT_PORT or not re.fullmatch(r"\[[0-9a-f:.]+\]|[a-z0-9._-]+", host):
        return None
    scheme = parts.scheme.lower()
    netloc = host if port in (None, _DEFAULT_PORT[scheme]) else f"{host}:{port}"
    query = _percent(parts.query, _SAFE | frozenset("?[]"))
    return urlunsplit((scheme, netloc, _percent(parts.path) or "/", query, ""))


def netloc_of(url: str) -> str:
    """Host, with the port where it is not the scheme's own: the unit of politeness and robots."""
    return urlsplit(url).netloc


def is_tracking(name: str, value: str) -> bool:
    """Whether a query parameter says nothing about which article is meant."""
    name = name.lower()
    if name in _TRACKING or name.startswith(_TRACKING_PREFIX) or name in _SESSION:
        return True
    if name in _SESSION_SHORT and _HEX32.fullmatch(value):
        return True
    return value.lower() in _TRACKING_VALUES.get(name, ())


def covers(rule_host: str, host: str) -> bool:
    """Whether an outlet's host covers ``host``: the same, or a subdomain of it."""
    return host == rule_host or host.endswith("." + rule_host)


def identity_key(url: str, outlet: OutletRules | None = None) -> str | None:
    """Which article an address leads to, as a URL; None if it is no address at all.

    Idempotent: ``identity_key(identity_key(u)) == identity_key(u)``.  Without an outlet only
    what never matters is folded (scheme, ``www.``, tracking, order of parameters, fragment,
    trailing slash, ``/amp``); the outlet's rule folds the rest.
    """
    address = fetchable(url)
    if address is None:
        return None
    parts = urlsplit(address)
    host = _canonical_host(parts.netloc, outlet)
    path = re.sub(r";jsessionid=[^/;]*", "", parts.path, flags=re.IGNORECASE)
    path = re.sub(r"(?:/+amp)+$", "", path.rstrip("/")).rstrip("/") or "/"
    # bytes that are no UTF-8 (windows-1256) must survive: they may be all that tells two articles apart
    query = parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
    params = sorted({(k, v) for k, v in query if not is_tracking(k, v)})
    ruled = _by_rule(path, outlet)
    keep = outlet.keep_params if outlet else ()
    if ruled is not None:
        path = ruled
        params = [(k, v) for k, v in params if k in keep]
    return urlunsplit(("https", host, path, urlencode(params, errors="surrogateescape"), ""))


def _canonical_host(netloc: str, outlet: OutletRules | None) -> str:
    """Fold reader variants of a host; and an outlet's mirror hosts into its first one."""
    # keys are https: the other scheme's port, once it is there, would be dropped by the next pass
    netloc = netloc.removesuffix(":443")
    bare: str | None = netloc
    while bare and outlet:
        if bare in outlet.hosts:
            return outlet.hosts[0]
        bare = next((bare.removeprefix(v) for v in _VARIANT_HOSTS if bare.startswith(v)), None)
    while netloc.startswith("www.") and netloc.count(".") > 1:
        netloc = netloc.removeprefix("www.")
    return netloc


def _by_rule(path: str, outlet: OutletRules | None) -> str | None:
    if outlet is None or outlet.id_pattern is None or outlet.id_path is None:
        return None
    pattern = _compiled(outlet.id_pattern)
    match = pattern.match(path)
    if match is None:
        return None
    folded = outlet.id_path.replace("{id}", match.group("id"))
    again = pattern.match(folded)
    # a rule that does not recognise its own result would give one article two keys
    return folded if again and again.group("id") == match.group("id") else None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class OutletIndex:
    """Finds the outlet of an address by the longest host that covers it."""

    def __init__(self, outlets: Iterable[OutletRules]) -> None:
        self._by_host = {host: rules for rules in outlets for host in rules.hosts}

    def find(self, url: str) -> OutletRules | None:
        netloc = netloc_of(url).lower()
        # a host that is configured with its port wins over the same host without
        for host in (netloc, netloc.rpartition(":")[0]):
            name = host
            while name:
                if name in self._by_host:
                    return self._by_host[name]
                _, _, name = name.partition(".")
        return None
