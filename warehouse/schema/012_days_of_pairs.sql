-- A batch concerns pairs of a few days. A day that stands in their tables lets it skip the rest: identifiers are
-- hashes, so theirs tell nothing.

alter table shared_copy add column day date; -- day of the article, UTC
alter table story_links add column day date; -- day of the later one, UTC

update shared_copy
set day = dedupe_state.day
from dedupe_state
where dedupe_state.article_id = shared_copy.article_id;

update story_links
set day = greatest(a.day, b.day)
from
    dedupe_state as a,
    dedupe_state as b
where
    a.article_id = story_links.article_a
    and b.article_id = story_links.article_b;
