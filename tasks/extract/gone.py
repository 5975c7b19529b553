"""Pages that say, with status 200 and the outlet's usual title, that there is nothing here (any more)."""

from __future__ import annotations

import re
from typing import Final

# A report of a page that was removed is longer; so are a wall's own words and its teasers together.
_TEXT_WORDS: Final = 60
_PAGE_WORDS: Final = 160

_MISSING: Final = (
    r"(?:could not|couldn['’]?t|can ?not|can['’]?t) be found|(?:is|was|has) not (?:been )?found|no longer exists?|"
    r"(?:does not|doesn['’]?t) exist|(?:is|are) (?:no longer|not|currently not) available|(?:is|are) unavailable"
)
_REMOVED: Final = r"(?:has been|have been|was|were) (?:removed|deleted|taken down|unpublished|withdrawn)"
_SAID: Final = "|".join(
    (
        # of the page itself: reports tell of pages, posts and videos that were removed, too
        rf"(?:this|that) (?:page|article|story|content) (?:{_MISSING}|{_REMOVED})",
        rf"the (?:requested )?page (?:{_MISSING})",
        rf"(?:the|this|that) (?:page|article|story|content|link|url|address)(?: that)? you[^.!?]{{1,50}}? "
        rf"(?:{_MISSING}|{_REMOVED})",
        r"(?:we|it (?:seems|looks like) we) (?:could not|couldn['’]?t|can ?not|can['’]?t) find (?:the|that|this|your) "
        r"(?:page|article|story)",
        r"(?:it (?:looks like|seems) )?nothing was found at this",
        r"(?:یہ|مطلوبہ|آپ کا مطلوبہ|آپ کی مطلوبہ) (?:صفحہ|خبر|مضمون|مواد|تحریر) (?:اب |یہاں )?"
        r"(?:نہیں مل|(?:دستیاب|موجود) نہیں|(?:ہٹا|حذف کر) د)",
    )
)
_OPENING: Final = (
    r"(?:(?:(?:we(?:['’]re| are) )?(?:very )?sorry|oops|whoops|uh[- ]oh|apologies|معذرت|افسوس)[\s,،.!۔:–—-]+(?:but )?)?"
)
_IN_TEXT: Final = re.compile(rf"(?:^|[.!?۔]\s)\s*{_OPENING}(?:{_SAID})", re.I | re.M)
_AS_HEADING: Final = re.compile(
    rf"\s*{_OPENING}(?:(?:error )?404\b(?: (?:error|page))?(?:[\s:–—-]+(?:page )?not found)?|"
    rf"(?:page|article|story|file) not found|صفحہ (?:نہیں ملا|موجود نہیں)|{_SAID})\s*(?:$|[.!۔|:–—-](?!\w))",
    re.I | re.M,
)


def says_gone(title: str | None, text: str, words: int) -> str | None:
    """The phrase by which a page of so many words says that it holds no article; None where it doesn't."""
    found = _AS_HEADING.match(title or "") if words < _PAGE_WORDS else None
    if found is None and words < _TEXT_WORDS:
        found = _AS_HEADING.match(text) or _IN_TEXT.search(text)
    return " ".join(found[0].split()).strip(" .!?۔|:–—-").lower() if found else None
