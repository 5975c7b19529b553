"""Addresses and identity: one article, one key, and a key's key is itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.reader import DEFAULT_DIRECTORY, load
from tasks.ids import make_id
from tasks.records import OutletRules
from tasks.urls import OutletIndex, fetchable, identity_key, is_tracking, netloc_of

CONFIG = load(DEFAULT_DIRECTORY, environ={})
RULES = [o.rules for o in CONFIG.outlets]
PAPER = OutletRules(
    "paper",
    hosts=("paper.example", "mirror.example"),
    id_pattern=r"/(?:news|amp|print)/(?P<id>\d+)",
    id_path="/news/{id}",
)
SHOP = OutletRules(
    "shop", hosts=("shop.example",), id_pattern=r"/read(?P<id>)", id_path="/read{id}", keep_params=("id",)
)

# pieces that URLs are really made of, and some that they should not be
# the same examples each time: a test that fails by chance teaches people to run it again
MANY = settings(max_examples=400, derandomize=True, deadline=None)
WORDS = (
    "news amp AMP / // 1934567 talks-begin %2F % %zz %e2%9c%93 خبر ? & = # utm_source=x id=7 ;jsessionid=1 print "
    ".html : @ .. + [ ~ www. m. a.b %FF S \\ s=0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a"
)
NAMES = (
    "paper.example www.paper.example WWW.www.m.Paper.example mirror.example:443 shop.example:80 a www.com [::1] "
    "amp.paper.example 127.0.0.1:8080 xn--mgbab2bd.example اخبار.example user:pw@paper.example paper.example."
)
PIECES = st.sampled_from([*WORDS.split(), " ", "\t", "\x80", "\ud800"])
PATHS = st.lists(PIECES, max_size=8).map("".join)
HOSTS = st.sampled_from(NAMES.split())
URLS = st.tuples(st.sampled_from(["http", "https", "HTTP", "ftp", ""]), HOSTS, PATHS).map(
    lambda parts: f"{parts[0]}://{parts[1]}/{parts[2]}"
)


@MANY
@given(url=URLS | st.text(max_size=60), outlet=st.sampled_from([None, PAPER, SHOP]))
def test_the_key_of_a_key_is_itself(url: str, outlet: OutletRules | None) -> None:
    key = identity_key(url, outlet)
    if key is not None:
        assert identity_key(key, outlet) == key
        assert key.startswith("https://")
        key.encode("ascii")


@MANY
@given(data=st.data())
def test_the_key_of_a_key_is_itself_for_every_outlet_of_the_registry(data: st.DataObject) -> None:
    rules = data.draw(st.sampled_from(RULES))
    host = data.draw(st.sampled_from(rules.hosts)) if rules.hosts else "a.example"
    prefix = data.draw(st.sampled_from(["", "www.", "m.", "amp."]))
    path = data.draw(PATHS)
    if rules.id_pattern and data.draw(st.booleans()):
        # most random paths miss the rule: these hit it
        path = data.draw(st.from_regex(rules.id_pattern, alphabet=st.characters(max_codepoint=126))).lstrip("/") + path
    key = identity_key(f"http://{prefix}{host}/{path}", rules)
    if key is not None:
        assert identity_key(key, rules) == key


@MANY
@given(url=URLS | st.text(max_size=60), base=st.none() | URLS)
def test_an_address_to_fetch_is_clean_and_stays_so(url: str, base: str | None) -> None:
    address = fetchable(url, base)
    if address is not None:
        assert fetchable(address) == address
        assert address.startswith(("http://", "https://"))
        assert address.isascii()
        assert not set(address) & set(' \t\r\n<>"#')
        assert netloc_of(address)


def test_ids_are_stable() -> None:
    """The same on every machine and in every release: a change here orphans everybody's archive."""
    key = identity_key("http://www.paper.example/amp/1934567/talks?utm_source=rss#top", PAPER)
    assert key == "https://paper.example/news/1934567"
    assert make_id(key) == "78ee62e15a3a7e42"


@pytest.mark.parametrize(
    "variant",
    [
        "https://paper.example/news/77/talks-begin",
        "http://paper.example/news/77",
        "https://www.paper.example/news/77/another-slug/",
        "https://m.paper.example/news/77",
        "https://amp.paper.example/news/77",
        "https://mirror.example/print/77",
        "https://www.mirror.example/amp/77/talks",
        "https://paper.example/news/77/talks/amp",
        "https://paper.example/news/77?utm_source=a&fbclid=b#comments",
        "HTTPS://PAPER.EXAMPLE:443/news/77?print=1",
        "https://paper.example/news/77?ref=home",
    ],
)
def test_all_variants_of_an_article_are_one(variant: str) -> None:
    """AMP, print, mobile, mirror, slug, tracking, fragment."""
    assert identity_key(variant, PAPER) == "https://paper.example/news/77"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/AbC", "https://a.example/abc"),
        ("https://a.example/read?v=AbC", "https://a.example/read?v=abc"),
        ("https://news.a.example/1", "https://a.example/1"),
        ("https://a.example/?p=1", "https://a.example/?p=2"),
        ("https://a.example/?s=trade", "https://a.example/?s=talks"),
        ("https://a.example/?src=12", "https://a.example/?src=13"),
        ("https://a.example:8080/1", "https://a.example/1"),
        ("https://a.example/?id=%C7%E1", "https://a.example/?id=%C7%E2"),
        ("https://a.example/amplify", "https://a.example/"),
    ],
)
def test_different_articles_stay_apart(one: str, other: str) -> None:
    """A peer lower-cased paths and dropped subdomains: ids that differ in case were merged."""
    assert identity_key(one) != identity_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x/", "https://www.a.example/x"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2"),
        ("https://a.example/caf%c3%a9", "https://a.example/café"),
        ("https://a.example/%7Euser", "https://a.example/~user"),
        ("https://a.example/x;jsessionid=0A", "https://a.example/x"),
        ("https://a.example/x?PHPSESSID=1", "https://a.example/x"),
        (f"https://a.example/x?s={'0a' * 16}&id=7", f"https://a.example/x?s={'ff' * 16}&id=7"),
        ("https://a.example/x/amp/", "https://a.example/x"),
        ("https://a.example./x", "https://a.example/x"),
        ("http://a.example:80/x", "https://a.example:443/x"),
        ("https://اخبار.example/x", "https://xn--mgbacxr.example/x"),
    ],
)
def test_what_never_matters_is_folded(one: str, other: str) -> None:
    assert identity_key(one) == identity_key(other)


def test_cleaning_twice_changes_nothing() -> None:
    """A peer's cleaner removed one parameter on each pass."""
    once = identity_key("http://test.example/?s_cid=1&clickid=1")
    assert once == "https://test.example/"
    assert identity_key(once) == once


def test_trackers_go_consistently() -> None:
    """A peer stripped some and left others."""
    key = identity_key(
        "https://a.example/x?atag=x&utm_medium=a&utm_source=b&UTM_Campaign=c&gclid=d&at_medium=e&mc_cid=f"
    )
    assert key == "https://a.example/x?atag=x"


@pytest.mark.parametrize(
    ("name", "value", "tracks"),
    [
        ("utm_anything", "1", True), ("fbclid", "x", True), ("Fbclid", "x", True), ("ref", "rss", True),
        ("ref", "12345", False), ("id", "7", False), ("s", "trade", False), ("p", "1", False), ("page", "2", False),
        ("source", "rss", True), ("source", "dawn", False), ("at_campaign", "x", True), ("attack", "1", False),
    ],
)  # fmt: skip
def test_tracking_table(name: str, value: str, tracks: bool) -> None:
    assert is_tracking(name, value) is tracks


def test_parameters_that_name_the_article_survive_a_rule() -> None:
    assert identity_key("https://shop.example/read?id=7&sort=asc", SHOP) == "https://shop.example/read?id=7"
    assert identity_key("https://shop.example/read?id=8", SHOP) != identity_key("https://shop.example/read?id=7", SHOP)


def test_the_address_is_kept_as_given() -> None:
    """Only the identity folds: what is fetched keeps its parameters and their order, a server may sign them."""
    url = "http://a.example/x?utm_source=rss&b=2&a=1&sig=%2Babc"
    assert fetchable(url) == url


@pytest.mark.parametrize(
    ("url", "base", "address"),
    [
        ("opam-2-6/", "https://x.example/blog/feed.xml", "https://x.example/blog/opam-2-6/"),
        ("//host.example/a b, c", "https://x.example/f", "https://host.example/a%20b,%20c"),
        ("  https://x.example/a\n b ", None, "https://x.example/a%20b"),
        ("/x#part", "http://x.example:8080/", "http://x.example:8080/x"),
        ("https://x.example/سرخی", None, "https://x.example/%D8%B3%D8%B1%D8%AE%DB%8C"),
        ("https://x.example", None, "https://x.example/"),
        ("https://x.example/%zz%41", None, "https://x.example/%25zzA"),
        ("javascript:void(0)", "https://x.example/", None),
        ("mailto:a@x.example", None, None),
        ("ftp://x.example/", None, None),
        ("/relative", None, None),
        ("http://[::1", None, None),
        ("http://x.example:99999999/", None, None),
        ("http://x y.example/", None, None),
        ("", None, None),
        (None, "https://x.example/", "https://x.example/"),
    ],
)
def test_addresses_are_made_absolute_and_encoded(url: str | None, base: str | None, address: str | None) -> None:
    assert fetchable(url, base) == address


def test_the_longest_host_owns_an_address() -> None:
    index = OutletIndex([OutletRules("geo", hosts=("geo.tv",)), OutletRules("geo-urdu", hosts=("urdu.geo.tv",))])

    def owner(url: str) -> str | None:
        found = index.find(url)
        return found.outlet_id if found else None

    assert owner("https://urdu.geo.tv/x") == "geo-urdu"
    assert owner("https://www.geo.tv/x") == "geo"
    assert owner("https://live.urdu.geo.tv/x") == "geo-urdu"
    assert owner("https://www.geo.tv:8443/x") == "geo"
    assert owner("https://notgeo.tv/x") is None
    assert owner("https://geo.tv.evil.example/x") is None
