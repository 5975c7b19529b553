"""trafilatura's rules on class and id, asked once per distinct name instead of once per element.

The patterns are read from the text of its XPath expressions, which ``maintext`` hands in; the few literal
comparisons around them are written out here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

_RE_TEST: Final = re.compile(r"re:test\(@([\w|@]+), '([^']+)'(?:, '(i)')?\)")
_BLOCKS: Final = frozenset({"div", "item", "list", "p", "section", "span"})
_CACHED: Final = 16384
# What becomes of an element, as bits: a frame may lack the text to lose those of the first kind.
UNWANTED, CAPTION, TEASER = 1, 2, 4


def patterns(path: str, attribute: str) -> re.Pattern[str]:
    """All patterns of an XPath expression on an attribute, as one."""
    found = [
        f"(?i:{pattern})" if flag else pattern for name, pattern, flag in _RE_TEST.findall(path) if name == attribute
    ]
    if not found:
        raise ValueError(f"no pattern on {attribute} in these rules: not the release of trafilatura this was made for")
    return re.compile("|".join(found))


def _first(known: dict[str, str], one: str, other: str) -> str:
    """Whichever of two attributes is written first: some rules look at that one only."""
    if one in known and other in known:
        return next(known[name] for name in known if name in (one, other))
    return known.get(one) or known.get(other, "")


def fate_of(furniture: str, remains: str) -> Callable[[HtmlElement], int]:
    """The test of an element by the two expressions of what is discarded, captions and teasers."""
    by_id, by_class, by_first = (patterns(furniture, name) for name in ("id", "class", "id|@class"))
    remains_id, remains_class = patterns(remains, "id"), patterns(remains, "class")

    @lru_cache(maxsize=_CACHED)
    def block(ident: str, names: str, first: str, role: str) -> int:
        both = f"{ident} {names}"
        aside = (CAPTION if "caption" in both else 0) | (TEASER if "teaser" in both.replace("T", "t") else 0)
        found = by_id.search(ident) or by_class.search(names) or by_first.search(first)
        return aside | UNWANTED if found or "nav" in role.replace("N", "n") else aside

    @lru_cache(maxsize=_CACHED)
    def remainder(ident: str, names: str, style: str) -> bool:
        if names == "comments-title" or "display:none" in style or "display: none" in style:
            return True
        return bool(remains_class.search(names) or remains_id.search(ident))

    def fate(element: HtmlElement) -> int:
        items = element.items()
        if not items:
            return 0
        known = dict(items)
        ident, names = known.get("id", ""), known.get("class", "")
        first = _first(known, "id", "class")
        found = 0
        if (
            remainder(ident, names, known.get("style", ""))
            or known.get("aria-hidden") == "true"
            or first.startswith("reply-")
            or "hidden" in _first(known, "id", "style")
        ):
            found = UNWANTED
        if element.tag in _BLOCKS:
            found |= block(ident, names, first, known.get("role", ""))
            if "data-lp-replacement-content" in known or "MostPopularStories" in known.get("data-component", ""):
                found |= UNWANTED
        return found

    return fate


def _is_main(ident: str, names: str) -> bool:
    folded = names.replace("C", "c")
    return (
        "content" in (ident, names)
        or "main-content" in ident.replace("C", "c").replace("M", "m")
        or "main-content" in folded.replace("M", "m")
        or "page-content" in folded.replace("P", "p")
    )


_STORIES: Final = ("postarea", "art-postcontent", "text", "cell", "story")


def _named(path: str, literal: Callable[[str, str], bool]) -> Callable[[HtmlElement], bool]:
    by_id, by_class = patterns(path, "id"), patterns(path, "class")

    @lru_cache(maxsize=_CACHED)
    def test(ident: str, names: str) -> bool:
        return bool(literal(ident, names) or by_id.search(ident) or by_class.search(names))

    return lambda element: test(element.get("id", ""), element.get("class", ""))


def _begins_main(element: HtmlElement) -> bool:
    return element.tag == "main" or any(element.get(name, "").startswith("main") for name in ("class", "id", "role"))


def frame_tests(paths: Sequence[str]) -> tuple[Callable[[HtmlElement], bool], ...]:
    """The tests of article, div, main and section for the frame of the main text, the most telling first."""
    content, _, story, main, _ = paths
    by_content = _named(content, lambda ident, names: names in ("post", "entry") or ident == "articleContent")
    by_story = _named(story, lambda ident, names: ident in ("article", "story") or names in _STORIES)
    return (
        lambda element: element.get("itemprop") == "articleBody" or by_content(element),
        lambda element: element.tag == "article",
        lambda element: element.get("role") == "article" or by_story(element),
        _named(main, _is_main),
        _begins_main,
    )
