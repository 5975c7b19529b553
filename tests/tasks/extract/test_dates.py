"""Dates with their evidence: the instant as stated, a day as a day, nothing invented, nothing after the fetch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tasks.extract.dateclaims import month_first_of
from tasks.extract.dates import correct
from tasks.extract.datetext import parse_date
from tasks.extract.urldates import url_day
from tasks.records import FeedEvidence, OutletRules
from tests.tasks.extract.pages import FETCHED, URL, article, extract, html_paragraphs, jsonld

KARACHI = OutletRules("example", timezone="Asia/Karachi")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-11-06T08:37:00+05:30", "2024-11-06T08:37:00+05:30"),
        ("2024-11-06T23:30:00-04:00", "2024-11-06T23:30:00-04:00"),
        ("20200316T13:00:00Z", "2020-03-16T13:00:00+00:00"),
        ("2020-03-18T12:22:42-0400", "2020-03-18T12:22:42-04:00"),
        ("Fri, 13 Mar 2020 16:45:00 +0500", "2020-03-13T16:45:00+05:00"),
        ("Mon Aug 03 12:45:00 EDT 2015", "2015-08-03T12:45:00-04:00"),
        ("Dec. 22, 2016 5:00 a.m. PT", "2016-12-22T05:00:00-08:00"),
        ("July 22, 2016 5 PM ET", "2016-07-22T17:00:00-04:00"),
        ("14 Dec 2023 10:15 PKT", "2023-12-14T10:15:00+05:00"),
        ("3 May, 2022, 11:37 pm", "2022-05-03T23:37:00"),
        ("16:45, 3 May 2022", "2022-05-03T16:45:00"),
        ("Published December 14, 2023", "2023-12-14"),
        ("August 19th, 2024", "2024-08-19"),
        ("15.10.2020 21:55", "2020-10-15T21:55:00"),
        ("2019年4月19日（金） 09時39分", "2019-04-19T09:39:00"),
        ("14 دسمبر 2023", "2023-12-14"),
        ("۱۴ دسمبر ۲۰۲۳ء", "2023-12-14"),
        ("3 de mayo de 2022", "2022-05-03"),
        ("06/13/2019", "2019-06-13"),
        ("1588300000", "2020-05-01T02:26:40+00:00"),
    ],
)
def test_written_dates(text: str, expected: str) -> None:
    stamp = parse_date(text)
    assert stamp is not None
    assert (stamp.when.isoformat() if stamp.has_time else stamp.when.date().isoformat()) == expected


@pytest.mark.parametrize(
    "text",
    ["2021-04", "2022-12", "© 2019", "May 2021", "5 pm", "03/04/2020", "2020-13-45", "31 February 2020", "", None],
)
def test_what_is_no_complete_date_gives_none(text: str | None) -> None:
    assert parse_date(text) is None


def test_slashes_follow_the_country() -> None:
    assert str(parse_date("03/04/2020", month_first=month_first_of("en-US")).when.date()) == "2020-03-04"  # type: ignore[union-attr]
    assert str(parse_date("03/04/2020", month_first=month_first_of("en-PK")).when.date()) == "2020-04-03"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/2023/12/14/slug/", "2023-12-14"),
        ("/14-Dec-2023/slug", "2023-12-14"),
        ("/2023/dec/14/slug", "2023-12-14"),
        ("/articles/2023-12-14-slug", "2023-12-14"),
        ("/news/2012-06/04/content_1.htm", "2012-06-04"),
        ("/journal/2021/04/92713", None),
        ("/2021/04/slug", None),
        ("/news/1907655/slug", None),
        ("/story/20231214887766", None),
    ],
)
def test_days_in_addresses(path: str, day: str | None) -> None:
    found = url_day(f"https://example.com{path}")
    assert (str(found.when.date()) if found else None) == day


def test_the_instant_and_its_offset_are_kept() -> None:
    document = extract(article(head=jsonld(datePublished="2026-03-01T23:30:00-04:00")))
    assert document.published_at == datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
    assert (document.published_offset_minutes, document.date_source, document.date_confidence) == (
        -240,
        "jsonld",
        "high",
    )
    assert document.date_conflict is None


def test_published_goes_before_modified_and_both_are_kept() -> None:
    head = '<meta property="article:modified_time" content="2026-03-05T10:00:00+05:00">' + jsonld(
        datePublished="2026-03-01T08:00:00+05:00", dateModified="2026-03-05T10:00:00+05:00"
    )
    document = extract(article(head=head))
    assert document.published_at == datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
    assert document.modified_at == datetime(2026, 3, 5, 5, 0, tzinfo=UTC)


def test_a_day_stays_a_day() -> None:
    document = extract(article(f'<span class="date">March 1, 2026</span>{html_paragraphs()}'), outlet=KARACHI)
    assert document.published_at == datetime(2026, 2, 28, 19, 0, tzinfo=UTC)
    assert (document.date_source, document.published_offset_minutes) == ("visible:day", 300)
    assert document.date_confidence in ("low", "medium")


def test_a_time_without_zone_is_the_outlets() -> None:
    head = '<meta property="article:published_time" content="2026-03-01 12:00:33">'
    document = extract(article(head=head), outlet=KARACHI)
    assert (document.published_at, document.published_offset_minutes) == (
        datetime(2026, 3, 1, 7, 0, 33, tzinfo=UTC),
        300,
    )
    unknown = extract(article(head=head))
    assert (unknown.published_offset_minutes, unknown.date_confidence) == (None, "medium")


def test_an_unknown_zone_never_moves_an_article_behind_its_fetch() -> None:
    head = '<meta property="article:published_time" content="2026-03-10 16:00:00">'
    document = extract(article(head=head))
    assert (document.date_source, document.date_conflict) == ("meta:day", "zone unknown")
    assert document.published_at == datetime(2026, 3, 10, tzinfo=UTC)
    assert extract(article(head=head), outlet=KARACHI).published_at == datetime(2026, 3, 10, 11, 0, tzinfo=UTC)


def test_nothing_lies_after_the_fetch() -> None:
    document = extract(article(head=jsonld(datePublished="2031-01-31T00:00:00Z")))
    assert document.published_at is None
    assert "after the fetch" in str(document.date_conflict)
    fast_clock = extract(article(head=jsonld(datePublished="2026-03-10T12:50:00Z")))
    assert (fast_clock.published_at, fast_clock.date_confidence) == (FETCHED, "medium")
    assert "after the fetch" in str(fast_clock.date_conflict)


def test_expiry_dates_in_scripts_and_copyright_years_are_no_dates() -> None:
    html = article(
        f'{html_paragraphs()}<script>var expiry="2026-01-31"; var '
        f'd="2020-01-01T00:00:00Z";</script><footer>© 2019 Example</footer>'
    )
    assert extract(html, url="https://example.com.pk/news/slug-of-a-story").published_at is None


def test_sources_that_contradict_each_other_are_said() -> None:
    head = jsonld(datePublished="2025-06-09T10:00:00+05:00")
    document = extract(article(head=head), url="https://example.com.pk/2025/08/09/slug-of-a-story/")
    assert document.date_conflict == "jsonld 2025-06-09, url 2025-08-09"
    assert document.date_confidence == "medium"


def test_the_feed_is_evidence_after_the_page_and_before_the_visible_text() -> None:
    feed = FeedEvidence(published_at=datetime(2026, 3, 1, 4, 0, tzinfo=UTC))
    assert extract(article(), feed=feed).date_source == "feed"
    assert extract(article(head=jsonld(datePublished="2026-03-01T09:00:00+05:00")), feed=feed).date_source == "jsonld"
    shown = article(f'<span class="date">March 1, 2026 9:00 am</span>{html_paragraphs()}')
    assert extract(shown, feed=feed).date_source == "feed"


def test_local_time_elsewhere_on_the_page_gives_the_offset_of_an_instant_in_utc() -> None:
    head = jsonld(datePublished="2026-03-02T03:37:37Z")
    document = extract(article(f'<time datetime="2026-03-01T23:37:37-04:00">yesterday</time>{html_paragraphs()}', head))
    assert (document.published_at, document.published_offset_minutes) == (
        datetime(2026, 3, 2, 3, 37, 37, tzinfo=UTC),
        -240,
    )


def test_dates_of_comments_and_related_stories_are_not_asked() -> None:
    aside = (
        '<div class="related"><time datetime="2026-02-01T10:00:00Z">1 Feb</time></div><div '
        'class="comments"><time datetime="2026-03-09T10:00:00Z"></time></div>'
    )
    assert extract(article(f"{html_paragraphs()}{aside}"), url="https://example.com.pk/x").published_at is None


def test_a_page_that_states_only_an_update_says_so() -> None:
    document = extract(
        article(f'<p class="date">Updated: March 1, 2026, 11:05 PKT</p>{html_paragraphs()}'),
        url="https://example.com.pk/x",
    )
    assert (document.date_source, document.date_confidence) == ("visible:modified", "low")
    assert document.date_conflict == "only a time of update is stated"


def test_corrections_of_an_outlet_re_read_a_wrong_zone() -> None:
    rules = OutletRules(
        "example",
        timezone="America/Sao_Paulo",
        date_corrections=({"source": "jsonld", "stated": "+02:00", "zone": "-03:00"},),
    )
    document = extract(article(head=jsonld(datePublished="2026-03-01T10:00:00+02:00")), outlet=rules)
    assert (document.published_at, document.published_offset_minutes) == (datetime(2026, 3, 1, 13, 0, tzinfo=UTC), -180)
    stated = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
    assert correct(stated, "meta", rules.date_corrections) == stated
    assert correct(stated, "jsonld", ({"zone": "Asia/Karachi", "until": "2025-12-31"},)) == stated
    assert correct(stated, "jsonld", ({"zone": "Asia/Karachi", "stated": "Z"},)).utcoffset() == timedelta(hours=5)


def test_broken_json_still_tells_its_date() -> None:
    broken = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"A "quoted" '
        'word","datePublished":"2026-03-01T10:00:00+05:00",}</script>'
    )
    assert extract(article(head=broken), url=URL).published_at == datetime(2026, 3, 1, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "script",
    [
        'showDate("2026/03/02 14:05:00")',
        "document.write(formatDate('2 March 2026, 14:05'));",
        ' util.printTime( "2026-03-02 14:05" ); ',
    ],
)
def test_a_script_that_only_shows_a_date_is_the_weakest_source(script: str) -> None:
    shown = f"<div><script>{script}</script></div>{html_paragraphs()}"
    alone = extract(article(shown))
    assert alone.published_at is not None
    assert alone.published_at.date().isoformat() == "2026-03-02"
    stated = extract(article(shown, jsonld(datePublished="2026-02-01T10:00:00+05:00")))
    assert stated.date_source == "jsonld"


@pytest.mark.parametrize(
    "script",
    [
        'var expiry = "2026-01-31";',
        'track("2026-01-31", 7)',
        'setDate("2026-01-31"); start();',
        'register("2026-01-31")',
    ],
)
def test_other_scripts_are_no_source(script: str) -> None:
    assert extract(article(f"<script>{script}</script>{html_paragraphs()}")).published_at is None


def test_the_record_for_an_analytics_service_states_the_instant() -> None:
    record = '{"title": "Envoys meet", "pub_date": "2026-03-02T09:15:00Z", "section": "World"}'
    doc = extract(article(head=f"<meta name='parsely-page' content='{record}'>"))
    assert doc.published_at == datetime(2026, 3, 2, 9, 15, tzinfo=UTC)
    assert doc.date_source == "meta"


def test_the_instant_of_an_analytics_record_yields_to_json_ld() -> None:
    record = '{"pub_date": "2026-03-02T09:15:00Z"}'
    head = f"<meta name='parsely-page' content='{record}'>" + jsonld(datePublished="2026-03-01T08:00:00Z")
    assert extract(article(head=head)).date_source == "jsonld"
