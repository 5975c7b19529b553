-- What a story is told of its articles, of those in `reached` that still count.
select
    articles.article_id,
    articles.outlet_id,
    articles.title,
    coalesce(articles.published_at, articles.first_seen_at) as time,
    case when articles.copy_kind in ('near', 'reprint') then articles.origin_article_id end as copied_from
from articles
inner join dedupe_state using (article_id)
where
    articles.article_id in (select reached.article_id from reached)
    -- said of both, or the engine hashes the whole of the other
    and dedupe_state.article_id in (select reached.article_id from reached)
    and not dedupe_state.withdrawn
