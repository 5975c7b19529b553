-- The quotations of some articles with their speakers. The ids stand in the query: a join would read every text.
select
    quotes.article_id,
    quotes.quote_no,
    articles.enriched_day as day,
    quotes.text,
    quotes.speaker,
    quotes.speaker_entity_id,
    quotes.source_kind,
    quotes.goes_on,
    entities.kind as entity_kind,
    entities.country
from quotes
inner join articles on articles.article_id = quotes.article_id
left join entities on entities.entity_id = quotes.speaker_entity_id
where
    quotes.article_id in ({ids})
    and articles.article_id in ({ids})
    and quotes.kind <> 'indirect'
