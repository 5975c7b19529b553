"""The text: what belongs to it, what does not, and pages that are built to break extractors."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from tasks.extract.body import html_lines
from tasks.records import FeedEvidence
from tests.tasks.extract.pages import URL, article, extract, html_paragraphs, jsonld, page, paragraphs, sentence

WHOLE = "\n".join(paragraphs())


def test_paragraphs_are_lines_and_the_headline_is_not_one() -> None:
    assert extract(article()).text == WHOLE


@pytest.mark.parametrize(
    "furniture",
    [
        '<div class="newsletter-signup"><p>Get our morning briefing in your inbox every day of the week.</p></div>',
        '<figure><img src="a.jpg"><figcaption>The envoys at the ministry on Monday '
        "afternoon. — AFP</figcaption></figure>",
        '<div class="media"><img src="a.jpg"><p>The envoys at the ministry on Monday afternoon.</p></div>',
        '<p><a href="/news/1">Cricket board names new captain for the tour of Australia</a></p>',
        '<a href="/news/1"><h3>Cricket board names new captain</h3><p>The board ended weeks '
        "of talk about the captaincy today.</p></a>",
        '<div class="related-stories"><h3>Related</h3><ul><li><a href="/1">Rain expected in '
        "the north</a></li></ul></div>",
        "<p>Read more: Rain expected in the north of the country</p>",
        "<p>Sign up for our newsletter to get updates in your inbox</p>",
        "<p>Some of the links are those of partners, and we may earn a small commission when you buy through them.</p>",
        "<p>Our picks are made by editors. We might receive compensation if you visit one of these shops. "
        "Terms apply.</p>",
        "<p>© 2026, The Example Daily. The words and pictures on this page belong to the Example Daily, of Example "
        "Street in Islamabad, and nobody may print or post them anywhere else without asking for leave first.</p>",
        "<p>مزید پڑھیں: شمالی علاقوں میں بارش</p>",
        '<div style="display: none"><p>This paragraph is not shown to anybody who reads the page.</p></div>',
        '<div class="share">Share this article</div>',
    ],
)
def test_furniture_is_no_text(furniture: str) -> None:
    half = html_paragraphs(4)
    document = extract(article(f"{half}{furniture}{html_paragraphs(4, 4)}"))
    assert document.text == WHOLE


def test_a_published_in_line_becomes_the_credit() -> None:
    document = extract(article(f"{html_paragraphs()}<p>Published in Dawn, March 2nd, 2026</p>"))
    assert (document.text, document.credit) == (WHOLE, "Published in Dawn, March 2nd, 2026")


def test_the_credit_of_a_caption_has_its_own_field() -> None:
    figure = (
        '<figure><img src="a.jpg"><figcaption>The envoys at the ministry on Monday. — AFP/File</figcaption></figure>'
    )
    document = extract(article(f"{figure}{html_paragraphs()}"))
    assert (document.caption_credit, document.agency, document.credit) == ("AFP/File", None, None)


def test_a_link_dense_tail_is_cut() -> None:
    links = "".join(
        f'<p><a href="/{n}">{sentence(n)}</a></p><li><a href="/x{n}">{sentence(n + 9)}</a></li>' for n in range(40, 46)
    )
    assert extract(article(f"{html_paragraphs()}<div>{links}</div>")).text == WHOLE


def test_a_lead_in_a_box_named_teaser_is_kept() -> None:
    lead = f"{sentence(30)} {sentence(31)}"
    document = extract(article(f'<div class="teaser-content"><p>{lead}</p></div>{html_paragraphs()}'))
    assert document.text == f"{lead}\n{WHOLE}"


def test_a_post_that_the_article_shows_is_part_of_it() -> None:
    post = (
        '<div class="social-media-embed"><blockquote class="twitter-tweet"><p>The talks were useful, and we will '
        "meet again in the spring.</p>— The envoy (@envoy)</blockquote></div>"
    )
    text = extract(article(f"{html_paragraphs(4)}{post}{html_paragraphs(4, 4)}")).text or ""
    assert "The talks were useful, and we will meet again in the spring." in text
    assert all(paragraph in text for paragraph in paragraphs())


def test_a_lead_between_headline_and_text_is_kept_when_the_description_confirms_it() -> None:
    lead = "After three days of talks the envoys leave with a calendar and little else to show."
    html = page(
        f"<header><h1>Envoys meet to discuss trade</h1><h2 "
        f'class="sub">{lead}</h2></header><article>{html_paragraphs()}</article>',
        f'<meta name="description" content="{lead}">',
    )
    assert extract(html).text.split("\n")[0] == lead


def test_a_body_in_an_aside_is_found_and_the_consent_text_is_not() -> None:
    consent = (
        '<div class="consent"><p>We use cookies to give you the best experience on our site '
        "and to show you ads.</p></div>"
    )
    document = extract(page(f"{consent}<h1>Envoys meet</h1><aside>{html_paragraphs()}</aside>"))
    assert document.text == WHOLE


def test_a_body_split_between_advertisements_comes_back_whole() -> None:
    chunks = "".join(
        f'<div class="body-chunk">{html_paragraphs(2, n)}</div><div class="ad">Advertisement</div>'
        for n in (0, 2, 4, 6)
    )
    assert extract(page(f"<h1>Envoys meet to discuss trade</h1><div class='wrap'>{chunks}</div>")).text == WHOLE


def test_nested_article_and_main_say_it_once() -> None:
    document = extract(page(f"<main><article><main><article><br>{html_paragraphs()}</article></main></article></main>"))
    assert max(Counter(document.text.split("\n")).values()) == 1
    assert document.text == WHOLE


def test_a_layout_table_keeps_whole_paragraphs() -> None:
    text = "".join(f"<p>The <i>first</i> point of {n} was <i>agreed</i> and {sentence(n)}</p>" for n in range(8))
    document = extract(page(f"<table><tr><td>menu</td><td><h1>Envoys meet</h1>{text}</td></tr></table>"))
    assert document.text.split("\n") == [f"The first point of {n} was agreed and {sentence(n)}" for n in range(8)]


def test_a_table_of_figures_comes_as_rows() -> None:
    table = "<table><tr><th>Year</th><th>Exports</th></tr><tr><td>2024</td><td>5.4</td></tr></table>"
    text = extract(article(f"{html_paragraphs(4)}{table}{html_paragraphs(4, 4)}")).text
    assert "2024 | 5.4" in text
    assert "---" not in text


def test_a_right_to_left_page_with_a_late_body_is_read() -> None:
    urdu = "امریکی محکمہ خارجہ کے ترجمان نے کہا ہے کہ پاکستان کے ساتھ تعلقات اہم ہیں اور بات چیت جاری رہے گی۔"
    menu = "".join(f"<li><a href='/{n}'>خبریں {n}</a></li>" for n in range(60))
    form = "<form><p>ہمیں اپنی رائے سے آگاہ کریں اور اپنا نام لکھیں</p></form>"
    text = "".join(f"<p>{urdu} {n}</p>" for n in range(8))
    html = page(f"<ul>{menu}</ul>{form}<div class='story'><h1>پاکستان سے تعلقات اہم ہیں</h1>{text}</div>", lang="ur")
    document = extract(html.replace("<html", '<html dir="rtl"'))
    assert document.text.split("\n") == [f"{urdu} {n}" for n in range(8)]
    assert (document.lang, document.verdict) == ("ur", "article")


def test_the_whole_text_in_jsonld_replaces_a_part_of_it() -> None:
    head = jsonld(headline="Envoys meet", articleBody="\n\n".join(paragraphs()))
    document = extract(page(f"<h1>Envoys meet</h1><article>{html_paragraphs(2)}</article>", head))
    assert (document.text, document.evidence["text"]) == (WHOLE, "jsonld")


def test_another_text_in_jsonld_does_not() -> None:
    head = jsonld(headline="Envoys meet", articleBody=" ".join(sentence(n) for n in range(100, 140)))
    assert extract(article(head=head)).text == WHOLE


def test_the_feeds_full_text_helps_a_page_that_shows_less() -> None:
    feed = FeedEvidence(content=f"<div>{html_paragraphs()}</div>")
    document = extract(article(html_paragraphs(1)), feed=feed)
    assert (document.text, document.evidence["text"]) == (WHOLE, "feed")
    assert extract("<html><body></body></html>", feed=feed).text == WHOLE


def test_pieces_of_html_and_of_plain_text_become_lines() -> None:
    assert html_lines("<p>one<br>two</p><script>x()</script><p>three</p>") == ["one", "two", "three"]
    assert html_lines("one\n\n two ") == ["one", "two"]


@pytest.mark.parametrize("span", ["9007199254740991", "-1", "1e9", "x"])
def test_absurd_spans_are_bounded(span: str) -> None:
    table = f'<table><tr><td colspan="{span}" rowspan="{span}">2024</td><td>5.4</td></tr></table>'
    start = time.perf_counter()
    assert paragraphs()[0] in extract(article(f"{html_paragraphs()}{table}")).text
    assert time.perf_counter() - start < 2


def test_a_large_table_is_read_in_bounded_time() -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{n * 7}</td></tr>" for n in range(20_000))
    start = time.perf_counter()
    document = extract(article(f"{html_paragraphs()}<table>{rows}</table>"))
    assert paragraphs()[0] in document.text
    assert time.perf_counter() - start < 10


@pytest.mark.parametrize("depth", [300, 1500])
def test_deep_nesting_loses_no_text(depth: int) -> None:
    html = page(f"{'<div>' * depth}<h1>Envoys meet</h1>{html_paragraphs()}{'</div>' * depth}")
    assert extract(html).text == WHOLE


def test_nothing_in_a_page_makes_extraction_raise() -> None:
    for html in (
        "<",
        "<<<>>>",
        "<html><body><p>\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        "\x00" * 50,
        "{}",
        "%PDF-1.4",
    ):
        extract(html)
    extract(b"\xff\xfe\x00")
    extract(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, url=URL)


def test_the_same_page_gives_the_same_document() -> None:
    html = article(head=jsonld(headline="Envoys meet", datePublished="2026-03-01T10:00:00+05:00"))
    assert extract(html) == extract(html)


def test_an_article_about_commissions_keeps_its_lines() -> None:
    line = "The agents said that the ministry might pay a commission, and that they may receive compensation later."
    assert line in extract(article(f"{html_paragraphs(4)}<p>{line}</p>{html_paragraphs(3, 5)}")).text
