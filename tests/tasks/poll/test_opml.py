"""OPML as other readers write it, and as we give it back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.errors import KhabarError
from tasks.poll.opml import Outline, read_opml, write_opml

NESTED = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>My feeds</title></head><body>
<outline text="Pakistan"><outline text="Papers">
  <outline type="rss" text="Dawn" title="Dawn &amp; co" xmlUrl="https://dawn.example/rss" htmlUrl="https://dawn.example"/>
  <outline TEXT="Geo" XMLURL=" https://geo.example/rss " language="ur"/>
</outline></outline>
<outline text="Dawn again" xmlUrl="https://dawn.example/rss"/>
<outline text="only a folder"/>
<outline text="empty" xmlUrl=""/>
</body></opml>"""


def test_outlines_of_any_depth_and_spelling() -> None:
    assert read_opml(NESTED) == (
        Outline("https://dawn.example/rss", "Dawn & co", "https://dawn.example", None),
        Outline("https://geo.example/rss", "Geo", None, "ur"),
    )


def test_broken_xml_gives_what_can_be_read() -> None:
    broken = NESTED.replace(b"Dawn &amp; co", b"Dawn & co").replace(b"</body></opml>", b"")
    assert [o.url for o in read_opml(broken)] == ["https://dawn.example/rss", "https://geo.example/rss"]


def test_other_charsets() -> None:
    text = '<?xml version="1.0" encoding="windows-1256"?><opml><body><outline text="خبر" xmlUrl="http://x/"/></body></opml>'
    assert read_opml(text.encode("cp1256"))[0].title == "خبر"


@pytest.mark.parametrize("data", [b"", b"<html><body/></html>", b'{"feeds": []}', b"\xff\xfe", b"<rss version='2.0'/>"])
def test_what_is_no_opml_is_said_in_one_line(data: bytes) -> None:
    with pytest.raises(KhabarError, match="not an OPML file") as raised:
        read_opml(data)
    assert "\n" not in str(raised.value)


def test_entities_are_not_followed() -> None:
    evil = (
        b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b'<opml><body><outline text="a &x; b" xmlUrl="http://x.example/"/></body></opml>'
    )
    try:
        found = read_opml(evil)
    except KhabarError:
        return
    assert "root" not in str(found)


# what XML can hold, without the white space that attributes normalise
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn")), max_size=20).map(str.strip)


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5))
def test_what_is_written_is_read_back(rows: list[tuple[str, str, str]]) -> None:
    outlines = {
        f"https://x.example/{n}?a=1&b={path}": (title, lang) for n, (path, title, lang) in enumerate(rows)
    }  # fmt: skip
    given_ = [Outline(url.strip(), title or url, None, lang or None) for url, (title, lang) in outlines.items()]
    assert read_opml(write_opml(given_, "khabar & more")) == tuple(given_)


def test_it_is_opml_for_others() -> None:
    data = write_opml([Outline("https://x.example/rss", None, "https://x.example", "en")], "feeds")
    assert data.startswith(b"<?xml")
    assert b'<opml version="2.0">' in data
    assert b'type="rss" text="https://x.example/rss"' in data
