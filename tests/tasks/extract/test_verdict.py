"""What is not an article is labelled, with the reason; a phrase in a footer condemns nothing."""

from __future__ import annotations

import pytest

from tests.tasks.extract.pages import article, extract, html_paragraphs, jsonld, page, paragraphs, sentence

CONSENT = (
    "<p>We and our partners store and/or access information on your device, such as "
    "cookies, and process personal data for personalised ads.</p>"
    "<p>With your consent we and our third parties may use cookies for tracking. You can "
    "accept all or reject all, or manage options in our privacy policy.</p>"
)


def _verdict(html: str, **options: object) -> str:
    document = extract(html, **options)
    assert document.verdict_reason
    return document.verdict


def test_an_article_and_a_brief() -> None:
    assert _verdict(article()) == "article"
    assert _verdict(article(f"<p>{paragraphs()[0]}</p>")) == "brief"


@pytest.mark.parametrize("html", ["", "   ", "<html></html>", "<html><body></body></html>", "<!-- -->"])
def test_nothing_is_empty(html: str) -> None:
    assert _verdict(html) == "empty"


@pytest.mark.parametrize(
    ("heading", "text"),
    [
        ("Sorry", "The page you are looking for could not be found. Try the search, or go back to the home page."),
        ("Talks go on", "This article has been removed. We regret the inconvenience to our readers."),
        ("Oops!", "We can’t find that page.</p><p>It may have moved. Here is the latest from our newsroom."),
        ("Paper", "Sorry, this story is no longer available on our website."),
        ("Paper", "It looks like nothing was found at this location. Maybe try a search?"),
        ("404 - Page not found", "Read the latest stories from our newsroom below."),
        ("Page not found | Paper", "Read the latest stories from our newsroom below."),
        ("معذرت", "آپ کا مطلوبہ صفحہ موجود نہیں ہے۔ براہ کرم تلاش کریں یا ہوم پیج پر جائیں۔"),
        ("خبر", "معذرت، یہ خبر اب دستیاب نہیں ہے۔"),
        ("خبر", "یہ مضمون ہٹا دیا گیا ہے۔ قارئین سے معذرت۔"),
    ],
)
def test_a_page_that_says_it_is_gone_is_empty(heading: str, text: str) -> None:
    """Status 200 and the outlet's own title, as many sites do."""
    assert _verdict(page(f"<article><h1>{heading}</h1><p>{text}</p></article>", title="The Daily Paper")) == "empty"


@pytest.mark.parametrize(
    "text",
    [
        "ISLAMABAD: The post was removed by the platform a day after the ministry complained, an official said.",
        "The missing page of the agreement could not be found in the ministry's files, the auditors told the house.",
        "KARACHI: The story was not found to be true, the ministry said. The page was deleted by its owner.",
        "Police found 404 rounds of ammunition in a house in the city on Monday, and arrested two men.",
        "اسلام آباد: لاپتا صحافی کی خبر ہٹا دی گئی، وزارت نے پیر کو کہا کہ ویب سائٹ کا صفحہ موجود نہیں تھا۔",
    ],
)
def test_a_brief_about_pages_that_are_gone_is_a_brief(text: str) -> None:
    assert _verdict(page(f"<article><h1>Envoys meet</h1><p>{text}</p></article>", title="Envoys meet")) == "brief"


def test_an_article_that_ends_with_such_a_phrase_is_an_article() -> None:
    assert _verdict(article(html_paragraphs() + "<p>This page could not be found.</p>")) == "article"


def test_a_challenge() -> None:
    html = page("<h1>Just a moment...</h1><p>Enable JavaScript and cookies to continue</p>", title="Just a moment...")
    assert _verdict(html) == "challenge"
    assert _verdict(html, http_status=403) == "challenge"
    assert _verdict(page("<p>Forbidden</p>", title="403"), http_status=403) == "challenge"


def test_an_article_about_captchas_is_an_article() -> None:
    text = (
        ("<p>Researchers showed how a captcha can be solved, and why sites ask whether you are a human. ")
        + sentence(1)
        + "</p>"
    )
    assert _verdict(article(text + html_paragraphs())) == "article"


def test_a_consent_wall() -> None:
    assert _verdict(page(f"<div><h1>Your privacy</h1>{CONSENT}</div>", title="Example")) == "consent_wall"


def test_an_article_with_a_cookie_banner_is_an_article_without_it() -> None:
    document = extract(
        page(f'<div class="cookie-banner">{CONSENT}</div><article><h1>Envoys meet</h1>{html_paragraphs()}</article>')
    )
    assert document.verdict == "article"
    assert "cookies" not in document.text


def test_not_free_and_short_is_a_stub() -> None:
    document = extract(
        article(f"<p>{paragraphs()[0]}</p>", jsonld(headline="Envoys meet", isAccessibleForFree="False"))
    )
    assert (document.verdict, document.partial) == ("paywall_stub", True)


def test_not_free_but_whole_is_an_article() -> None:
    document = extract(article(head=jsonld(headline="Envoys meet", isAccessibleForFree=False)))
    assert (document.verdict, document.partial) == ("article", False)


def test_a_phrase_in_the_footer_of_a_free_article_condemns_nothing() -> None:
    footer = "<footer><p>Already a subscriber? Sign in to continue reading.</p></footer>"
    assert _verdict(page(f"<article><h1>Envoys meet</h1>{html_paragraphs()}</article>{footer}")) == "article"
    short = page(
        f"<article><h1>Envoys meet</h1><p>{paragraphs()[0]}</p></article>{footer}", jsonld(isAccessibleForFree=True)
    )
    assert _verdict(short) == "brief"


def test_a_phrase_right_after_a_very_short_text_is_weak_evidence_that_counts() -> None:
    html = page(
        f"<article><h1>Envoys meet</h1><p>{paragraphs()[0]}</p><div>Subscribe to continue "
        f"reading this story.</div></article>"
    )
    assert _verdict(html) == "paywall_stub"


def test_payment_required_is_a_stub() -> None:
    assert _verdict(article(f"<p>{paragraphs()[0]}</p>"), http_status=402) == "paywall_stub"


def test_a_live_blog_without_updates_is_no_crash() -> None:
    assert _verdict(article(head=jsonld(**{"@type": "LiveBlogPosting", "headline": "Live"}))) == "live_blog"


def test_a_front_page() -> None:
    links = "".join(f'<li><a href="/news/{n}/x">{sentence(n)}</a></li>' for n in range(30))
    assert _verdict(page(f"<ul>{links}</ul>"), url="https://www.example.com.pk/") == "index_page"
    assert (
        _verdict(
            page(f"<ul>{links}</ul>", jsonld(**{"@type": "CollectionPage"})),
            url="https://www.example.com.pk/latest-news",
        )
        == "index_page"
    )


def test_a_gallery_and_a_video() -> None:
    images = "".join(f'<img src="{n}.jpg">' for n in range(6))
    assert (
        _verdict(article(f"{images}<p>{sentence(1)}</p>"), url="https://example.com.pk/photos/12/envoys-meet")
        == "gallery"
    )
    video = jsonld(**{"@type": "VideoObject", "name": "Envoys meet", "uploadDate": "2026-03-01"})
    assert (
        _verdict(
            page(f"<h1>Envoys meet</h1><video></video><p>{sentence(1)}</p>", video),
            url="https://example.com.pk/videos/12/envoys",
        )
        == "video"
    )


def test_an_error_page_is_no_article() -> None:
    assert _verdict(page("<h1>Not found</h1>"), http_status=404) == "empty"
