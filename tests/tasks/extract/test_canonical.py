"""Canonical links are believed only when they can be true."""

from __future__ import annotations

import pytest

from tasks.extract.canonical import site_of
from tasks.records import OutletRules
from tests.tasks.extract.pages import URL, article, extract

RULES = OutletRules("example", hosts=("example.com.pk", "example-mirror.net"), id_pattern=r"/news/(\d+)")


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (URL, URL),
        ("/news/1907655/envoys-meet-to-discuss-trade", URL),
        (f"{URL}#comments", URL),
        (
            "https://example-mirror.net/news/1907655/envoys-meet-to-discuss-trade",
            "https://example-mirror.net/news/1907655/envoys-meet-to-discuss-trade",
        ),
        ("https://www.example.com.pk/", None),
        ("https://www.example.com.pk", None),
        ("https://www.example.com.pk/news", None),
        ("https://www.example.com.pk/en/", None),
        ("https://www.other.com.pk/news/1907655/envoys-meet-to-discuss-trade", None),
        ("https://www.example.com.pk/news/1/another-story-of-the-day-with-a-slug", None),
        ("javascript:void(0)", None),
        ("http://[broken", None),
        ("", None),
    ],
)
def test_plausible_links(link: str, expected: str | None) -> None:
    assert extract(article(head=f'<link rel="canonical" href="{link}">'), outlet=RULES).canonical_url == expected


def test_amp_and_print_pages_lead_home() -> None:
    html = article(head=f'<link rel="canonical" href="{URL}">')
    assert extract(html, url=f"{URL}/amp").canonical_url == URL
    assert (
        extract(html, url="https://amp.example.com.pk/news/1907655/envoys-meet-to-discuss-trade").canonical_url == URL
    )


def test_two_sites_under_one_country_suffix_are_two_sites() -> None:
    assert site_of("www.dawn.com") == "dawn.com"
    assert site_of("www.thenews.com.pk") == "thenews.com.pk"
    assert site_of("epaper.thenews.com.pk") == "thenews.com.pk"


def test_without_a_link_there_is_none() -> None:
    assert extract(article()).canonical_url is None
