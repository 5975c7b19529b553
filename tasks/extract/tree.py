"""One lxml tree per page, which every other module reads and none changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

# huge_tree lifts libxml2's limit of 256 levels, below which it drops text without a word.
_PARSER_OPTIONS = {
    "remove_comments": True,
    "remove_pis": True,
    "huge_tree": True,
    "encoding": "utf-8",
    "collect_ids": False,
}
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "br",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_INVISIBLE = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "select",
        "option",
        "button",
        "textarea",
        "head",
        "title",
    ]
)
_SPACE = re.compile(r"[\s\u00a0]+")


def _parser() -> etree.HTMLParser:
    parser = etree.HTMLParser(**_PARSER_OPTIONS)  # type: ignore[arg-type]
    # lxml.html chooses the class of every element in Python; one class for all is 15 % of the whole time.
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
    return parser


def parse_html(text: str) -> HtmlElement | None:
    """The tree of a page, or None when there is nothing that can be parsed."""
    text = _XML_DECLARATION.sub("", text, count=1)
    if not text.strip():
        return None
    try:
        root = document_fromstring(text.encode("utf-8", "replace"), parser=_parser())
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return root if isinstance(root, HtmlElement) else None


def empty_page() -> HtmlElement:
    """The tree of a page without anything."""
    return document_fromstring("<html><body></body></html>", parser=_parser())


def squeeze(text: str | None) -> str:
    """Text with every run of blanks as one space."""
    return " ".join(text.split()) if text else ""


def _pieces(element: HtmlElement) -> Iterator[str]:
    stack: list[tuple[HtmlElement, bool]] = [(element, False)]
    while stack:
        node, closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        block = tag in _BLOCKS
        if closing:
            if block:
                yield "\n"
        elif tag and tag not in _INVISIBLE:
            if block:
                yield "\n"
            if node.text:
                yield _SPACE.sub(" ", node.text)
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
            continue
        if node is not element and node.tail:
            yield _SPACE.sub(" ", node.tail)


def block_lines(element: HtmlElement) -> list[str]:
    """The visible text of an element, one entry per block or line break, blanks squeezed."""
    return [line for raw in "".join(_pieces(element)).split("\n") if (line := squeeze(raw))]


def class_id(element: HtmlElement) -> str:
    """Class and id of an element in lower case, for token tests."""
    return names_of(element.get("class"), element.get("id"))


def names_of(class_: str | None, id_: str | None) -> str:
    """A class and an id as one string in lower case."""
    return f"{class_ or ''} {id_ or ''}".lower()


def texts_after(element: HtmlElement | None) -> Iterator[str]:
    """Runs of visible text that follow an element, in the order of the document."""
    node = element
    while node is not None:
        for sibling in node.itersiblings():
            if sibling.tag in _INVISIBLE:
                continue
            for text in sibling.itertext():
                if squeezed := squeeze(text):
                    yield squeezed
        node = node.getparent()
