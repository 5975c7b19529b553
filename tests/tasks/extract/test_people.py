"""Bylines and authors: what a reader sees against what a content system records."""

from __future__ import annotations

import pytest

from tasks.extract.people import is_person, parse_byline
from tasks.records import FeedEvidence
from tests.tasks.extract.pages import article, extract, html_paragraphs, jsonld, page


@pytest.mark.parametrize(
    ("raw", "authors", "desk", "agency"),
    [
        ("By Anwar Iqbal", ("Anwar Iqbal",), None, None),
        ("By Saeed Shah and Asif Shahzad", ("Saeed Shah", "Asif Shahzad"), None, None),
        ("BY KAMRAN YOUSAF", ("Kamran Yousaf",), None, None),
        ("Samya Kullab | Correspondent", ("Samya Kullab",), None, None),
        ("By Baqir Sajjad Syed, Senior Reporter", ("Baqir Sajjad Syed",), None, None),
        ("F.P. Report", (), "F.P. Report", None),
        ("Web Desk", (), "Web Desk", None),
        ("AFP", (), None, "AFP"),
        ("Reuters", (), None, "Reuters"),
        ("از انور اقبال", ("انور اقبال",), None, None),
        ("admin", (), None, None),
        ("By Friday morning rain fell", (), None, None),
    ],
)
def test_printed_bylines(raw: str, authors: tuple[str, ...], desk: str | None, agency: str | None) -> None:
    found = parse_byline(raw)
    assert (found.authors, found.desk, found.agency) == (authors, desk, agency)


@pytest.mark.parametrize(
    "name", ["Watermark feed", "news@example.com", "Dawn.com", "Updated March 3", "View all posts", "Anwar"]
)
def test_what_is_no_person(name: str) -> None:
    assert not is_person(name)


def test_the_visible_byline_wins_over_a_cms_user() -> None:
    head = jsonld(headline="Envoys meet to discuss trade", author={"@type": "Person", "name": "Watermark Import"})
    document = extract(article(f'<div class="byline">By Amber Bunch</div>{html_paragraphs()}', head))
    assert document.authors == ("Amber Bunch",)
    assert "Watermark" not in str(document.byline)


def test_given_and_family_name_make_a_name() -> None:
    head = jsonld(
        headline="Envoys meet to discuss trade",
        author=[{"@type": "Person", "givenName": "Maleeha", "familyName": "Lodhi"}],
    )
    assert extract(article(head=head)).authors == ("Maleeha Lodhi",)


def test_one_record_may_hold_several_names() -> None:
    head = jsonld(author={"@type": "Person", "name": "Samya Kullab and Vasilisa Stepanenko"})
    assert extract(article(head=head)).authors == ("Samya Kullab", "Vasilisa Stepanenko")


def test_authors_may_be_references_in_a_graph() -> None:
    graph = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": '
        '"Envoys meet to discuss trade", "author": {"@id": "#p"}},'
        '{"@id": "#p", "@type": "Person", "name": "Zahid Hussain"}]}</script>'
    )
    assert extract(article(head=graph)).authors == ("Zahid Hussain",)


@pytest.mark.parametrize(
    ("name", "desk", "agency"), [("Web Desk", "Web Desk", None), ("AFP", None, "AFP"), ("APP", None, "APP")]
)
def test_a_desk_or_an_agency_is_no_author(name: str, desk: str | None, agency: str | None) -> None:
    document = extract(article(head=jsonld(author={"@type": "Person", "name": name})))
    assert (document.authors, document.desk, document.agency) == ((), desk, agency)


def test_the_authors_of_comments_and_related_stories_are_not_asked() -> None:
    body = (
        f'<h1>Envoys meet to discuss trade</h1>{html_paragraphs()}<div class="comments"><cite '
        f'class="author">Paul Coker</cite></div>'
    )
    related = '<aside class="related"><span class="byline">By Some Body</span></aside>'
    assert extract(page(f"<article>{body}</article>{related}")).authors == ()


def test_a_byline_at_the_head_of_the_text_is_read_and_leaves_it() -> None:
    document = extract(article(f"<p>By Mathatisi Sebusi</p>{html_paragraphs()}"))
    assert document.authors == ("Mathatisi Sebusi",)
    assert "Sebusi" not in document.text


def test_an_author_without_a_name_is_no_crash() -> None:
    assert extract(article(head=jsonld(author={"@type": "Person"}))).authors == ()
    assert extract(article(head=jsonld(author=[None, 3, {"name": []}]))).authors == ()


def test_the_feed_names_an_author_whom_the_page_does_not() -> None:
    assert extract(article(), feed=FeedEvidence(authors=("none@none.com (Anwar Iqbal)",))).authors == ("Anwar Iqbal",)
    assert extract(article(), feed=FeedEvidence(authors=("none@none.com ()",))).authors == ()
