"""Links of one article, gathered into one mention per entity."""

from __future__ import annotations

from tasks.enrich.link import Context, Link
from tasks.enrich.model import Mention, Span

# a longer list of places than this explains nothing more
_MOST_SPANS = 40


def gather(context: Context, *, day_exact: bool) -> tuple[Mention, ...]:
    """Mentions in the order of their first place; the surface is the longest form used."""
    by_entity: dict[str, list[Link]] = {}
    for link in sorted(context.links, key=lambda k: (k.first, -k.last)):
        by_entity.setdefault(link.entity, []).append(link)
    return tuple(_mention(context, entity, links, day_exact) for entity, links in by_entity.items())


def _mention(context: Context, entity: str, links: list[Link], day_exact: bool) -> Mention:
    doc = context.doc
    spans = tuple(Span(doc.surface(k.first, k.last), doc.offset(k.first), doc.in_title(k.first), k.how) for k in links)
    body = [s.start for s in spans if not s.in_title]
    named = [s for s in spans if s.how != "office"] or spans
    role = next((k.role for k in links if k.role), None)
    flags = {f for k in links for f in k.flags}
    if role and not day_exact:
        flags.add("date_assumed")
    how = next(
        (h for h in ("full", "misprint", "context", "surname", "office") if any(k.how == h for k in links)), "full"
    )
    return Mention(
        entity_id=entity,
        surface=max(named, key=lambda s: len(s.surface)).surface,
        mention_count=len(links),
        first_offset=min(body) if body else None,
        in_title=any(s.in_title for s in spans),
        role_id=role,
        how=how,
        flags=tuple(sorted(flags)),
        spans=spans[:_MOST_SPANS],
    )
