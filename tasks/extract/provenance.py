"""Who wrote, sent and first printed a text, and from where: read off its edges.

A dateline stands at the head of the first paragraphs, a credit in the last lines, a desk byline
above the body.  What is found leaves the text and gets its own field, so that copies compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from tasks.extract import patterns as p
from tasks.text import fold

# A credit further up belongs to the story (an agency that is quoted), not to the article.
_TAIL_LINES = 6
_HEAD_LINES = 3

BylineReader = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the edges of a text say; ``paragraphs`` is the text without these lines."""

    paragraphs: tuple[str, ...] = ()
    desk: str | None = None
    agency: str | None = None
    dateline: str | None = None
    filed: str | None = None
    credit: str | None = None
    caption_credit: str | None = None
    byline: str | None = None
    authors: tuple[str, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)


def agency_of(name: str | None) -> str | None:
    """The agency's one name for a surface form, or None.  The whole form must match: APP is not AP."""
    return p.AGENCIES.get(fold(name).strip(" .()[]/")) if name else None


def desk_of(line: str | None) -> str | None:
    """The desk when a byline names no person ("F.P. Report", "ویب ڈیسک"), else None."""
    match = p.DESK.match(line.strip()) if line else None
    return match["desk"].strip() if match else None


def split_dateline(paragraph: str) -> tuple[dict[str, str], str] | None:
    """The dateline of a paragraph ({place, agency?, filed?}) and the rest, or None."""
    for pattern in (
        p.DATELINE_AGENCY,
        p.DATELINE_SLASH,
        p.DATELINE_HOUSE,
        p.DATELINE_TITLE,
        p.DATELINE_UR,
        p.DATELINE_UR_PLAIN,
    ):
        match = pattern.match(paragraph)
        if match and len(rest := paragraph[match.end() :].strip()) >= 20:
            found = {key: value.strip(" ,.") for key, value in match.groupdict().items() if value}
            if _plausible_place(found["place"]):
                return found, rest
    return None


def _plausible_place(place: str) -> bool:
    # "LIVE: …", "WATCH - …" have a dateline's shape and name no place.
    return fold(place) not in _NOT_PLACES and len(place.split()) <= 7


_NOT_PLACES = frozenset(
    [
        "live",
        "watch",
        "video",
        "photos",
        "breaking",
        "update",
        "updates",
        "opinion",
        "analysis",
        "editorial",
        "exclusive",
        "explainer",
        "read",
        "more",
        "note",
        "listen",
        "correction",
        "advertisement",
        "factbox",
        "timeline",
        "profile",
        "review",
        "interview",
        "podcast",
        "related",
        "editor's",
        "note",
        "fact",
        "check",
        "summary",
        "key",
        "points",
    ]
) | {"read more", "editor's note", "fact check", "key points", "also read", "what we know"}


def _agency_in(found: dict[str, str]) -> tuple[str | None, str | None]:
    """(agency, desk) from the brackets of a dateline: 'APP - UrduPoint / …' names APP first."""
    stated = found.get("agency")
    if not stated:
        return None, None
    if desk := desk_of(stated):
        return None, desk
    head = stated.split(" - ")[0].split("-")[0].split("/")[0].strip() if "-" in stated or "/" in stated else stated
    return agency_of(stated) or agency_of(head) or (stated if stated.startswith("MENAFN") else None), None


def _tail_credit(line: str) -> tuple[str, str, str | None] | None:
    """(kind, credit, agency) of a line that is nothing but a credit."""
    for kind, pattern in (
        ("courtesy", p.COURTESY),
        ("source", p.SOURCE_LINE),
        ("based_on", p.BASED_ON),
        ("inputs", p.INPUTS),
        ("reporting", p.REPORTING),
        ("repost", p.REPOST),
    ):
        if match := pattern.match(line):
            source = match["source"].strip(" .")
            return kind, source, agency_of(source)
    if p.REUTERS_TAIL.match(line):
        return "sign_off", line.strip("() "), "Reuters"
    if p.REPORTERS.match(line):
        return "reporters", line.strip("() "), None
    if match := p.CONTRIBUTED.match(line):
        return "contributed", match["source"], agency_of(match["source"])
    if match := p.PUBLISHED_IN.match(line):
        return "published_in", line.strip("() ."), None
    if (match := p.ORIGINALLY.search(line)) and len(line) < 160:
        return "originally", match["source"].strip(" ."), agency_of(match["source"])
    if p.DISCLAIMER.search(line) and len(line) < 300:
        return "disclaimer", line.strip("() "), None
    if match := p.COPYRIGHT.match(line):
        return "copyright", line.strip(), agency_of(match["source"])
    bare = line.strip("()[]—–- .")
    if len(bare) < 40 and (agency := agency_of(bare)) and (bare != line or bare.isupper() or "/" not in bare):
        return "agency_line", bare, agency
    return None


# When several credits stand in the tail, the one that names the origin wins over house stamps.
_CREDIT_RANK = (
    "sign_off",
    "courtesy",
    "based_on",
    "source",
    "inputs",
    "reporting",
    "originally",
    "contributed",
    "reporters",
    "repost",
    "disclaimer",
    "agency_line",
    "published_in",
    "copyright",
)


def _take_tail(lines: list[str], found: Provenance) -> tuple[list[str], Provenance]:
    credit_of: dict[str, tuple[str, str | None]] = {}
    kept = list(lines)
    for index in range(len(lines) - 1, max(-1, len(lines) - 1 - _TAIL_LINES), -1):
        hit = _tail_credit(lines[index])
        if hit and index > 0:
            credit_of.setdefault(hit[0], (hit[1], hit[2]))
            del kept[index]
    for kind in _CREDIT_RANK:
        if kind in credit_of:
            credit, agency = credit_of[kind]
            evidence = {**found.evidence, "credit": kind}
            named = next((a for _, a in credit_of.values() if a), None)
            return kept, replace(found, credit=credit, agency=found.agency or agency or named, evidence=evidence)
    return kept, found


def _take_head(lines: list[str], found: Provenance) -> tuple[list[str], Provenance]:
    kept = list(lines)
    for index, line in enumerate(kept[:_HEAD_LINES]):
        if split := split_dateline(line):
            parts, rest = split
            agency, desk = _agency_in(parts)
            kept[index] = rest
            evidence = {**found.evidence, "dateline": "text"}
            if agency:
                evidence["agency"] = "dateline"
            if parts.get("filed"):
                evidence["filed"] = parts["filed"]
            return kept, replace(
                found,
                dateline=parts["place"],
                filed=parts.get("filed"),
                agency=agency or found.agency,
                desk=found.desk or desk,
                evidence=evidence,
            )
    return kept, found


def caption_credit_of(caption: str) -> str | None:
    """The credit at the end of a caption ("… in Islamabad. — AFP/File"), or None."""
    match = p.CAPTION_CREDIT.search(caption) or p.PHOTO_LINE.match(caption)
    return match["source"].strip() if match else None


def _take_captions(lines: list[str], found: Provenance, captions: Iterable[str]) -> tuple[list[str], Provenance]:
    credit = next((c for caption in captions if (c := caption_credit_of(caption))), None)
    kept: list[str] = []
    for index, given in enumerate(lines):
        line = given
        if index == 0 and (fused := p.FUSED_CAPTION.search(line[:400])):
            # Feeds glue a caption to the first paragraph: "…of Ukraine. — AFPWashington and Kyiv said".
            credit, line = credit or fused["source"], line[fused.end() :].strip()
        match = p.CAPTION_CREDIT.search(line) if len(line) < 320 else None
        if match and match.start() >= 10 and index == len(lines) - 1 and index > 0:
            # After the last sentence it is the agency of the story, not of a picture.
            source = match["source"].split("/")[0]
            if agency := agency_of(source):
                found = replace(
                    found,
                    agency=found.agency or agency,
                    credit=found.credit or source,
                    evidence={**found.evidence, "agency": "last line"},
                )
                line = line[: match.start()].strip()
        elif match and match.start() >= 10 and index < min(3, len(lines) - 2):
            credit = credit or match["source"]
            continue
        kept.append(line)
    return (kept, replace(found, caption_credit=credit)) if credit else (kept, found)


def _take_byline(
    lines: list[str], found: Provenance, byline: str | None, read: BylineReader | None
) -> tuple[list[str], Provenance]:
    """A line above the body that repeats the byline, or is one."""
    for index, line in enumerate(lines[:3]):
        if len(lines) < 2 or len(line) > 120:
            continue
        if byline and fold(line) in (fold(byline), f"by {fold(byline)}"):
            return lines[:index] + lines[index + 1 :], found
        names = read(line) if read else ()
        if names:
            evidence = {**found.evidence, "authors": "text"}
            return lines[:index] + lines[index + 1 :], replace(found, byline=line, authors=names, evidence=evidence)
    return lines, found


def read_provenance(
    paragraphs: Iterable[str],
    *,
    captions: Iterable[str] = (),
    byline: str | None = None,
    names_in: BylineReader | None = None,
    is_note: Callable[[str], bool] | None = None,
) -> Provenance:
    """Split dateline, desk line, byline line, caption credits and closing credits from the paragraphs of a text.

    ``names_in`` reads the authors of a line that is nothing but a byline, and () of any other line; ``is_note``
    tells a closing line about an author, which goes.
    """
    found = Provenance()
    lines = [line for line in paragraphs if line.strip()]
    while len(lines) > 1 and (desk := desk_of(lines[0])):
        found = replace(found, desk=found.desk or desk, evidence={**found.evidence, "desk": "text"})
        lines = lines[1:]
    lines, found = _take_byline(lines, found, byline, names_in)
    lines, found = _take_captions(lines, found, captions)
    lines, found = _take_head(lines, found)
    lines, found = _take_tail(lines, found)
    if is_note:
        lines = [line for index, line in enumerate(lines) if index < len(lines) - 3 or index == 0 or not is_note(line)]
    return replace(found, paragraphs=tuple(lines))
