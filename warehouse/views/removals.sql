-- Articles that were taken down: their addresses show them no more. The texts stay in `articles`.
create or replace view removals as
with looks as (
    select
        pages.target_id,
        max(pages.fetched_at) filter (where pages.outcome in ('ok', 'not_modified')) as last_seen_at,
        count(*) filter (where pages.outcome = 'removed' and pages.fetched_at >= frontier.removed_at) as times_seen,
        arg_max(pages.code, pages.fetched_at) filter (where pages.outcome = 'removed') as how,
        arg_max(pages.http_status, pages.fetched_at) filter (where pages.outcome = 'removed') as http_status
    from pages
    inner join frontier using (target_id)
    where frontier.removed_at is not null
    group by pages.target_id
)

select
    articles.article_id, -- the article
    articles.outlet_id, -- publisher
    articles.title, -- last headline
    articles.verdict, -- what it was
    articles.relevance, -- 0 none, 1 passing, 2 substantial, 3 bilateral core
    articles.published_at, -- when it was published; null: unknown
    looks.last_seen_at, -- when it was last there
    frontier.removed_at, -- when it was first found gone: it went between the two
    date_diff('minute', articles.published_at, frontier.removed_at) as minutes_after_publication, -- null: date unknown
    looks.times_seen, -- looks that found it gone; 1: not confirmed yet
    looks.how, -- not_found (404, or a page that says so), gone (410) or home_page (it leads there)
    looks.http_status, -- status of the last such answer
    articles.url, -- address
    articles.page_id -- page the text was read from: its bytes are in the archive
from frontier
inner join looks using (target_id)
inner join articles on articles.article_id = frontier.article_id and articles.target_id = frontier.target_id;
