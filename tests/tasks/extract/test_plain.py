"""Clippings: title, byline, dateline, body and credit each in its own field."""

from __future__ import annotations

from tasks.extract.document import extract_plain
from tasks.records import FeedEvidence
from tests.tasks.extract.pages import FETCHED, paragraphs

CLIPPING = "\n\n".join(
    [
        "Army chief, defence secretary discuss security",
        "F.P. Report",
        f"WASHINGTON : {paragraphs()[0]}",
        *paragraphs(6, 1),
        "courtesy : arab news",
    ]
)


def test_a_clipping_is_taken_apart() -> None:
    document = extract_plain(CLIPPING, title=None, fetched_at=FETCHED)
    assert document.title == "Army chief, defence secretary discuss security"
    assert (document.byline, document.desk, document.authors) == ("F.P. Report", "F.P. Report", ())
    assert (document.dateline, document.credit, document.agency) == ("WASHINGTON", "arab news", None)
    assert document.text == "\n".join(paragraphs(7))
    assert (document.published_at, document.date_source, document.verdict, document.lang) == (
        None,
        None,
        "article",
        "en",
    )


def test_an_urdu_clipping_is_taken_apart() -> None:
    body = "امریکی محکمہ خارجہ کے ترجمان نے کہا ہے کہ پاکستان کے ساتھ تعلقات اہم ہیں اور بات چیت جاری رہے گی۔"
    text = (
        f"پاکستان سے تعلقات اہم ہیں، امریکا\n\nویب ڈیسک\n\nواشنگٹن (این این "
        f"آئی){body}\n\n{body}\n\nبشکریہ: بی بی سی اردو"
    )
    document = extract_plain(text, title=None, fetched_at=FETCHED)
    assert (document.desk, document.dateline, document.agency, document.credit) == (
        "ویب ڈیسک",
        "واشنگٹن",
        "NNI",
        "بی بی سی اردو",
    )
    assert document.text == f"{body}\n{body}"
    assert document.lang == "ur"


def test_a_named_byline_gives_an_author() -> None:
    document = extract_plain(
        f"Talks resume\nBy Anwar Iqbal\n{paragraphs()[0]}\n{paragraphs()[1]}", title=None, fetched_at=FETCHED
    )
    assert (document.byline, document.authors, document.desk) == ("By Anwar Iqbal", ("Anwar Iqbal",), None)


def test_a_given_title_that_the_text_repeats_is_said_once() -> None:
    document = extract_plain(f"Talks resume\n{paragraphs()[0]}", title="Talks Resume", fetched_at=FETCHED)
    assert (document.title, document.text) == ("Talks Resume", paragraphs()[0])


def test_hard_wrapped_lines_are_joined() -> None:
    wrapped = (
        "The two delegations met for three hours\nand agreed to continue their work on "
        "the\nframework for trade next month."
    )
    document = extract_plain(f"Talks resume\n\n{wrapped}\n\n{wrapped}", title=None, fetched_at=FETCHED)
    assert document.text.split("\n")[0] == wrapped.replace("\n", " ")


def test_the_date_of_a_row_comes_as_evidence() -> None:
    document = extract_plain("A\nshort text", title=None, fetched_at=FETCHED, feed=FeedEvidence(published_at=FETCHED))
    assert (document.published_at, document.date_source) == (FETCHED, "feed")


def test_nothing_at_all_is_empty() -> None:
    assert extract_plain("  \n\n ", title=None, fetched_at=FETCHED).verdict == "empty"
