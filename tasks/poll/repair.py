"""Makes the text of a broken XML feed well-formed without changing its words.

Two steps: ``clean`` mends what never is XML (control characters, bare ampersands, HTML
entities, document types) and is safe on good input; ``rebalance`` rebuilds the tag structure and
is only for documents that a strict parser has refused.  Both take linear time.
"""

from __future__ import annotations

import re
from html import unescape
from html.entities import html5

from tasks.poll.notes import Notes

# What XML 1.0 cannot hold.  C1 controls stay: they are windows-1252 quotes, or halves of letters
# that were encoded twice, and feedparser turns both into what was meant.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SPECIAL = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|&(?!(?:amp|lt|gt|quot|apos);)(?:#(\d{1,8}|[xX][0-9a-fA-F]{1,7});|([A-Za-z][\w.-]{0,40});)?",
    re.S,
)
_ENTITY = re.compile(r"""<!ENTITY\s+([A-Za-z][\w.-]{0,40})\s+["']([^"'&%<]{0,1000})["']\s*>""")
# Entities that a document defines are expanded up to this many characters in all: enough for an
# honest feed, and a "billion laughs" stays as small as it came.
_EXPANSION_CHARS = 200_000
# Real feeds nest below 40; libxml2 loses text at 254.
MAX_DEPTH = 200
_TOKEN = re.compile(
    r"""<!\[CDATA\[(?:.*?\]\]>|.*\Z)|<\?[^<]*?\?>|<![A-Za-z][^<>]*>"""
    r"""|<(/?)([A-Za-z_][^\s/>"'<=&]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>"""
    r"""|<(/?)([A-Za-z_][^\s/>"'<=&]*)([^<>]*)>|<|\]\]>""",
    re.S,
)
_ATTRIBUTE = re.compile(r"""([A-Za-z_][\w:.-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+)""", re.A)
_ROOT_NAME = re.compile(r"<((?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*)", re.A)
_NAME = re.compile(r"(?:[A-Za-z_][\w.-]*:)?[A-Za-z_][\w.-]*\Z", re.A)
_VOID = frozenset({"br", "hr", "img", "input", "wbr"})
_ITEMS = frozenset({"item", "entry"})
_SITEMAP_ITEMS = {"urlset": "url", "sitemapindex": "sitemap"}
_FRAME = _ITEMS | {"channel", "feed", "rss", "rdf:rdf", "urlset", "sitemapindex", "url", "sitemap"}
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xlink": "http://www.w3.org/1999/xlink",
}


def clean(text: str, notes: Notes, prolog: str = "") -> str:
    """The text without control characters and comments, every ``&`` a known one.

    ``text`` starts at the root element; ``prolog`` is what stood before it and may define entities.
    """
    own: dict[str, str] = dict(_ENTITY.findall(prolog))
    text, dropped = _ILLEGAL.subn("", text)
    budget = _EXPANSION_CHARS

    def mend(match: re.Match[str]) -> str:
        nonlocal budget
        whole, number, name = match.group(0), match.group(1), match.group(2)
        if whole.startswith("<![CDATA["):
            return whole if whole.endswith("]]>") else whole + "]]>"
        if whole.startswith("<!--"):
            return ""
        if number:
            return _character(number, whole)
        if name and name in own and budget > 0:
            budget -= len(own[name])
            return _escape(own[name])
        if name and name + ";" in html5:
            return _escape(html5[name + ";"])
        notes.add("bare ampersand")
        return "&amp;" + whole[1:]

    text = _SPECIAL.sub(mend, text)
    if _SURROGATES.search(text):  # emoji written as two references, as JavaScript counts
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
    if dropped:
        notes.add("control characters removed", str(dropped))
    return text


def _character(number: str, whole: str) -> str:
    """A numeric reference as it may stand in XML: itself, the character meant, or nothing."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    if 0xD800 <= code <= 0xDFFF:
        return chr(code)
    meant = unescape(whole)  # knows that &#150; means the windows-1252 dash
    return "" if not meant or meant == "\ufffd" or _ILLEGAL.search(meant) else _escape(meant)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def rebalance(text: str, notes: Notes) -> str:
    """Well-formed XML with the elements of ``text``: closed, nested and declared as they must be.

    ``text`` starts at its root element and went through ``clean``.  An item in which the
    document breaks off is left out: half a link or half a headline is a wrong one.
    """
    return _Builder(notes).build(text)


class _Builder:
    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.out: list[str] = []
        self.stack: list[str] = []
        self.prefixes: set[str] = set()
        self.declared: set[str] = {"xml", "xmlns"}
        self.items = _ITEMS
        self.item_starts_at = 0
        self.skipped = 0  # open elements beyond MAX_DEPTH, whose tags are left out

    def build(self, text: str) -> str:
        done, last_end = 0, text.rfind(">")
        self._replace_broken_root(text)
        for match in _TOKEN.finditer(text):
            self.out.append(text[done : match.start()])
            done = match.end()
            piece = match.group(0)
            name = match.group(2) or match.group(5)
            if name and _NAME.match(name):
                self._tag(match.group(1) or match.group(4), name, match.group(3) or match.group(6) or "")
                if not self.stack:  # whatever follows the root is not the feed
                    return self._finish(cut=False)
            elif piece.startswith("<![CDATA["):
                self.out.append(piece)
            elif piece == "]]>" or piece.startswith(("<?", "<!")):
                continue
            elif piece == "<" and done > last_end:
                return self._finish(cut=True)  # the last tag is cut in the middle
            else:
                self.out.append(_escape(piece))
        self.out.append(text[done:])
        return self._finish(cut=True)

    def _replace_broken_root(self, text: str) -> None:
        """A root tag that is none (a quote or bracket lost) gets a whole one in front of it."""
        first, name = _TOKEN.match(text), _ROOT_NAME.match(text)
        whole = first and _NAME.match(first.group(2) or first.group(5) or "")
        if name and not whole:
            atom = ' xmlns="http://www.w3.org/2005/Atom"' if name.group(1) in ("feed", "entry") else ""
            self._tag("", name.group(1), atom)

    def _tag(self, slash: str, name: str, rest: str) -> None:
        if slash:
            self._close(name)
        elif self.stack and (rest.rstrip().endswith("/") or name.lower() in _VOID):
            self.out.append(self._start_tag(name, rest, "/"))
        elif len(self.stack) >= MAX_DEPTH:
            self.skipped += 1
        else:
            if not self.stack and name.lower() in _SITEMAP_ITEMS:
                self.items = frozenset({_SITEMAP_ITEMS[name.lower()]})
            if name.lower() in self.items:
                open_item = next((open_ for open_ in self.stack[1:] if open_.lower() in self.items), None)
                if open_item:
                    self._close(open_item)
                self.item_starts_at = len(self.out)
            self.out.append(self._start_tag(name, rest, ""))
            self.stack.append(name)

    def _start_tag(self, name: str, rest: str, end: str) -> str:
        attributes: dict[str, str] = {}
        for key, value in _ATTRIBUTE.findall(rest.rstrip().removesuffix("/")):
            if _NAME.match(key):
                bare = value.strip("\"'") if value[0] in "\"'" else value
                # expat takes no space in a namespace
                attributes.setdefault(key, "".join(bare.split()) if key.startswith("xmlns") else bare)
        for key in (name, *attributes):
            prefix, colon, local = key.partition(":")
            if colon and prefix == "xmlns":
                if not self.stack:  # only the root declares for all
                    self.declared.add(local)
            elif colon:
                self.prefixes.add(prefix)
        pairs = "".join(f' {key}="{value.replace(chr(34), "&quot;")}"' for key, value in attributes.items())
        return f"<{name}{pairs}{end}>"

    def _close(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
            return
        if name not in self.stack:
            return
        for depth in range(len(self.stack) - 1, -1, -1):
            if self.stack[depth] == name:
                self.out.extend(f"</{open_}>" for open_ in reversed(self.stack[depth:]))
                del self.stack[depth:]
                return
            if self.stack[depth].lower() in _FRAME and name.lower() not in _FRAME:
                return  # an end tag inside an item never closes the item

    def _finish(self, *, cut: bool) -> str:
        if cut:
            self.notes.add("truncated document")
            at = next((i for i, name in enumerate(self.stack) if i and name.lower() in self.items), None)
            if at is None and self.stack and self.stack[0].lower() in self.items:
                return ""  # a lone entry: nothing whole is left
            if at is not None:
                self.notes.add("incomplete last item left out")
                del self.out[self.item_starts_at :], self.stack[at:]
            self.out.extend(f"</{open_}>" for open_ in reversed(self.stack))
        missing = sorted(self.prefixes - self.declared)
        if missing and self.out:
            known = ((prefix, _NAMESPACES.get(prefix.lower(), "urn:undeclared:" + prefix)) for prefix in missing)
            extra = "".join(f' xmlns:{name}="{address}"' for name, address in known)
            root = next((i for i, piece in enumerate(self.out) if piece.startswith("<")), 0)
            self.out[root] = re.sub(r"(/?>)\Z", lambda end: extra + end.group(1), self.out[root])
        return "".join(self.out)
