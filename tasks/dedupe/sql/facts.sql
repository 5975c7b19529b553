-- What decides between copy and source, of the articles in `wanted`, and the place of each. Rows are read where the
-- articles lie, by their place in the table: joined by key, these columns would be read of every article.
with places as materialized (
    select articles.rowid as place
    from articles
    where articles.article_id in (select wanted.article_id from wanted)
),

states as (
    select
        dedupe_state.article_id,
        dedupe_state.handout,
        dedupe_state.told,
        dedupe_state.told_full,
        dedupe_state.withdrawn
    from dedupe_state
    where
        dedupe_state.day between date '{first}' and date '{last}'
        and dedupe_state.article_id in (select wanted.article_id from wanted)
)

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
    states.handout,
    states.told,
    states.told_full,
    states.withdrawn,
    places.place
from places
inner join articles on articles.rowid = places.place
inner join states using (article_id)
