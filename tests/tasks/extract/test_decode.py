"""Charsets: every way in which a page says, or fails to say, how it is encoded."""

from __future__ import annotations

import pytest

from tasks.extract.decode import decode
from tests.tasks.extract.pages import extract, html_paragraphs

ARABIC = (
    "<html><body><p>"
    + "قال وزير الخارجية إن المحادثات بين الجانبين ستستمر في العاصمة خلال الشهر المقبل. " * 8
    + "</p></body></html>"
)


def test_windows_1256_without_charset_in_the_header_is_detected() -> None:
    assert "وزير الخارجية" in decode(ARABIC.encode("cp1256"), "text/html").text


def test_windows_1256_by_meta() -> None:
    body = ARABIC.replace("<html>", '<html><meta charset="windows-1256">').encode("cp1256")
    found = decode(body, "text/html")
    assert (found.charset, found.source, found.replaced) == ("cp1256", "meta", 0)


def test_latin_1_by_meta_keeps_its_letters() -> None:
    body = (
        '<html><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"><p>Président à Genève: “non”</p>'
    )
    assert "Président à Genève" in decode(body.replace("“", '"').replace("”", '"').encode("latin-1")).text


def test_valid_utf_8_goes_before_a_wrong_header() -> None:
    assert decode("اسلام آباد – Genève".encode(), "text/html; charset=ISO-8859-1").text == "اسلام آباد – Genève"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides(codec: str) -> None:
    found = decode("کراچی".encode(codec), "text/html; charset=windows-1252")
    assert (found.text, found.source) == ("کراچی", "bom")


def test_a_cut_utf_8_body_is_not_taken_for_another_charset() -> None:
    body = ("<p>" + "وزیراعظم نے کہا ہے کہ " * 60).strip().encode()[:-1]
    found = decode(body, "text/html; charset=utf-8")
    assert found.charset == "utf-8"
    assert found.replaced == 1


@pytest.mark.parametrize("content_type", ["text/html; charset=klingon", "text/html; charset=base64", "", None])
def test_an_unknown_charset_is_no_error(content_type: str | None) -> None:
    assert "caf" in decode(b"<p>caf\xe9 caf\xe9 caf\xe9</p>", content_type).text


def test_control_characters_vanish() -> None:
    assert decode(b"<p>one\x00\x08\x13 two</p>").text == "<p>one two</p>"


def test_the_charset_stands_in_the_document() -> None:
    document = extract(f"<html><body><article>{html_paragraphs()}</article></body></html>")
    assert (document.charset, document.replaced_chars, document.evidence["charset"]) == ("utf-8", 0, "valid")
