"""The main text is trafilatura's own, only cheaper; and the one walk over a page notes what matters."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import trafilatura.xpaths
from lxml import etree
from trafilatura.htmlprocessing import convert_tags, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Extractor
from trafilatura.xml import xmltotxt

from tasks.extract.frame import UNWANTED, fate_of, patterns
from tasks.extract.maintext import main_paragraphs, whole_page_paragraphs
from tasks.extract.marks import BYLINE, DATED, FURNITURE, PICTURE, kinds_of, mark
from tasks.extract.tree import parse_html
from tests.tasks.extract.pages import article, html_paragraphs, page, paragraphs

_SIDE = '<div class="sidebar"><ul><li><a href="/1">Rain expected in the north</a></li></ul></div>'
_LINKS = "<div>" + "".join(f'<a href="/{n}">Another headline, number {n}</a> ' for n in range(6)) + "</div>"
_SHAPES = {
    "article": article(),
    "class": page(f'<div class="post-content">{html_paragraphs()}{_SIDE}</div>'),
    "id": page(f'<div id="story-body">{html_paragraphs()}<p id="cookie-note">We use cookies.</p></div>'),
    "main": page(f'<div class="Main-Content"><h2>Part one</h2>{html_paragraphs()}</div>{_LINKS}'),
    "links": page(f"<article>{html_paragraphs(3)}{_LINKS}{html_paragraphs(3, 4)}</article>"),
    "first attribute": page(
        f'<article>{html_paragraphs(4)}<div class="reply-box" id="x"><p>One.</p></div>'
        f'<div id="y" class="reply-box"><p>Two.</p></div><p style="color: red" id="hidden-1">Three.</p></article>'
    ),
    "teaser": page(f'<article>{html_paragraphs(4)}<div class="Teaser"><p>{paragraphs(1, 9)[0]}</p></div></article>'),
    "guarded": page(f'<article class="post"><div class="widget">{html_paragraphs()}</div></article>'),
    "breaks": page("<article><div>" + "<br><br>".join(paragraphs(5)) + "</div></article>"),
    "wild": page(f"<section><div>{html_paragraphs(2)}</div></section><table><tr><td>Cell</td></tr></table>"),
    "quote": article(f"{html_paragraphs(2)}<blockquote><p>So it was said.</p></blockquote>and on it went"),
    "bare": page("<p>Too little.</p>"),
}


def _tree(html: str) -> Any:
    tree = parse_html(html)
    assert tree is not None
    return tree


@pytest.mark.parametrize("shape", sorted(_SHAPES))
def test_the_short_way_gives_what_trafilaturas_own_steps_give(shape: str) -> None:
    options = Extractor(fast=True, comments=False)
    tree = _tree(_SHAPES[shape])
    converted = convert_tags(tree_cleaning(copy.copy(tree), options), options)
    body, _ = extract_content(converted, options)
    expected = [" ".join(line.split()) for line in xmltotxt(body, False).split("\n") if line.strip()]
    assert main_paragraphs(copy.copy(tree)) == expected


def test_a_second_attempt_leaves_the_page_as_it_is() -> None:
    tree = _tree(article())
    before = etree.tostring(tree)
    assert [line for line in whole_page_paragraphs(tree, rescue=True) if line in paragraphs()] == paragraphs()
    assert etree.tostring(tree) == before


def test_rules_of_another_release_are_refused() -> None:
    with pytest.raises(ValueError, match="not the release"):
        patterns(".//div[@class='story']", "class")


def test_which_attribute_is_written_first_matters_as_it_does_to_the_rules() -> None:
    fate = fate_of(*(rule.path for rule in trafilatura.xpaths.OVERALL_DISCARD_XPATH))
    tree = _tree('<div class="cookie" id="a">x</div><div id="b" class="cookie">x</div>')
    first, second = tree.iter("div")
    assert (fate(first), fate(second)) == (UNWANTED, 0)


@pytest.mark.parametrize(
    ("names", "kinds"),
    [
        ("entry-date ", DATED),
        ("article-byline ", BYLINE | DATED),
        ("ad ", FURNITURE),
        ("box top_ads ", FURNITURE),
        ("header shadow ", 0),
        ("lead photo ", PICTURE),
        ("tag-list ", FURNITURE),
        ("newsletter ", FURNITURE),
    ],
)
def test_what_a_name_says(names: str, kinds: int) -> None:
    assert kinds_of(names) == kinds


def test_one_walk_notes_every_kind_of_element() -> None:
    tree = _tree(
        '<time datetime="2026-03-01">1 March</time><a rel="author" href="/a">A B</a><nav><a href="/">Home</a></nav>'
        '<span class="post-date">1 March 2026</span><p aria-hidden="true">x</p><meta itemprop="dateModified">'
    )
    marks = mark(tree)
    assert [element.tag for element, _ in marks.typed_dates] == ["time"]
    assert [element.tag for element, _ in marks.bylines] == ["a"]
    assert [element.tag for element, _ in marks.named_dates] == ["span"]
    assert [element.tag for element, _ in marks.blocks] == ["nav"]
    assert [element.tag for element in marks.hidden] == ["p"]
    assert len(marks.links) == 2
