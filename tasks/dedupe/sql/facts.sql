-- What decides between copy and source, of the articles in `wanted`.
select
    articles.article_id,
    articles.outlet_id,
    articles.agency,
    articles.credit,
    articles.evidence ->> 'credit' as credit_kind,
    articles.byline,
    articles.authors,
    articles.published_at,
    articles.date_source,
    articles.date_confidence,
    articles.first_seen_at,
    articles.word_count,
    dedupe_state.handout,
    dedupe_state.told,
    dedupe_state.told_full
from articles
inner join dedupe_state using (article_id)
where
    articles.article_id in (select wanted.article_id from wanted)
    -- said of both, or the engine hashes the whole of the other
    and dedupe_state.article_id in (select wanted.article_id from wanted)
    and not dedupe_state.withdrawn
