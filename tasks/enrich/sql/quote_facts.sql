-- The quotations of some articles with their speakers. They are read where they lie, by their place in the tables:
-- joined by key, every quotation would be read.
with asked as materialized (
    select
        article_id,
        enriched_day
    from articles
    where article_id in (select id from wanted_articles)
),

spoken as materialized (
    select rowid as place
    from quotes
    where article_id in (select id from wanted_articles)
)

select
    quotes.article_id,
    quotes.quote_no,
    asked.enriched_day as day,
    quotes.text,
    quotes.speaker,
    quotes.speaker_entity_id,
    quotes.source_kind,
    quotes.goes_on,
    entities.kind as entity_kind,
    entities.country
from spoken
inner join quotes on quotes.rowid = spoken.place
inner join asked on asked.article_id = quotes.article_id
left join entities on entities.entity_id = quotes.speaker_entity_id
where quotes.kind <> 'indirect'
