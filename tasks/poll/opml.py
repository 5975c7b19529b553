"""OPML: lists of feeds as other readers give and take them."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from tasks.errors import KhabarError


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed in an OPML file."""

    url: str
    title: str | None
    home_url: str | None
    lang: str | None


def read_opml(data: bytes) -> tuple[Outline, ...]:
    """Every feed of an OPML document, each address once; raises `KhabarError` if it is none."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise KhabarError(f"not an OPML file: {error}") from error
    if root is None or etree.QName(root).localname.lower() != "opml":
        raise KhabarError("not an OPML file: the first element is not <opml>")
    out: dict[str, Outline] = {}
    for node in root.iter("outline"):
        # attribute names are written in several ways
        values = {str(k).lower(): str(v) for k, v in node.attrib.items()}
        url = values.get("xmlurl", "").strip()
        if url:
            title = values.get("title") or values.get("text")
            out.setdefault(url, Outline(url, title, values.get("htmlurl"), values.get("language")))
    return tuple(out.values())


def write_opml(outlines: list[Outline], title: str) -> bytes:
    """An OPML 2.0 document."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for outline in outlines:
        attributes = {"type": "rss", "text": outline.title or outline.url, "xmlUrl": outline.url}
        if outline.home_url:
            attributes["htmlUrl"] = outline.home_url
        if outline.lang:
            attributes["language"] = outline.lang
        etree.SubElement(body, "outline", attributes)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))
