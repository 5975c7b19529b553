"""The headline as a reader sees it."""

from __future__ import annotations

import pytest

from tasks.records import FeedEvidence, OutletRules
from tests.tasks.extract.pages import extract, html_paragraphs, jsonld, page

HEADLINE = "Envoys meet to discuss trade and tariffs"


def _page(h1: str, title: str, head: str = "") -> str:
    return page(f"<article>{h1}{html_paragraphs()}</article>", head, title=title)


@pytest.mark.parametrize(
    "title",
    [
        f"{HEADLINE} | Example News",
        f"{HEADLINE} - Pakistan - EXAMPLE.COM.PK",
        f"Example News: {HEADLINE}",
        f"{HEADLINE} – Example",
        HEADLINE,
    ],
)
def test_the_sites_name_is_no_part_of_it(title: str) -> None:
    head = '<meta property="og:site_name" content="Example News">'
    assert extract(_page("", title, head)).title in {HEADLINE, f"{HEADLINE} - Pakistan"}
    assert extract(_page(f"<h1>{HEADLINE}</h1>", title, head)).title == HEADLINE


def test_a_logo_in_the_first_h1_is_no_headline() -> None:
    assert extract(_page(f"<h1>Example News</h1><h1>{HEADLINE}</h1>", f"{HEADLINE} - Example News")).title == HEADLINE


def test_h1_of_other_stories_are_no_headline() -> None:
    others = "<h1>Rain expected in the north of the country</h1><h1>Cricket board names new captain</h1>"
    assert extract(_page(f"{others}<h1>{HEADLINE}</h1>", f"{HEADLINE} | Example")).title == HEADLINE


def test_a_kicker_inside_the_heading_goes() -> None:
    head = jsonld(headline=HEADLINE) + f'<meta property="og:title" content="{HEADLINE}">'
    assert extract(_page(f"<h1><span>Trade</span>{HEADLINE}</h1>", "x", head)).title == HEADLINE


def test_what_most_of_the_page_says_wins_over_one_form_for_search_engines() -> None:
    head = f'<meta property="og:title" content="Trade talks: what you need to know">{jsonld(headline=HEADLINE)}'
    assert extract(_page(f"<h1>{HEADLINE}</h1>", "Trade talks: what you need to know", head)).title == HEADLINE


def test_the_feeds_title_is_evidence() -> None:
    document = extract(
        _page("", "Example", ""), feed=FeedEvidence(title=HEADLINE), outlet=OutletRules("example", name="Example")
    )
    assert document.title == HEADLINE


def test_entities_are_resolved() -> None:
    head = (
        '<meta property="og:title" content="Pakistan &amp;amp; US agree on &amp;#8216;framework&amp;#8217; for trade">'
    )
    assert extract(_page("", "", head)).title == "Pakistan & US agree on ‘framework’ for trade"


def test_no_title_is_none() -> None:
    assert extract("<html><body><p>short</p></body></html>").title is None
