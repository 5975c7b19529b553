-- How far the search index has come: one row. Each run brings it up to date before it publishes.
create or replace view search_freshness as
select
    (select max(built_at) from search_segments) as indexed_until, -- when articles were last added; null: never
    count(*) filter (verdict in ('article', 'brief')) as articles, -- articles that search should find
    count(search_doc) as indexed, -- articles that it knows
    count(*) filter (
        case when verdict in ('article', 'brief') then left(content_sha256, 12) end is distinct from search_sha256
    ) as waiting -- articles that are new or have changed since: the next run adds them
from articles;
