-- Each quotation once, with who printed it and in how many wordings. Indirect speech is not in it.
create or replace view quotations as
with printed as (
    select
        quotes.*,
        articles.outlet_id,
        articles.lang,
        coalesce(articles.origin_article_id, articles.article_id) as source_article_id,
        coalesce(articles.published_at, articles.first_seen_at) as seen_at
    from quotes
    inner join articles using (article_id)
    where
        quotes.quotation_id is not null
        and articles.verdict in ('article', 'brief')
)

select
    quotation_id, -- the quotation
    arg_max(text, (length(text), article_id)) as text, -- its longest wording
    arg_min(speaker, (speaker_entity_id is null, seen_at, article_id)) as speaker, -- speaker as first named
    arg_min(speaker_entity_id, (seen_at, article_id)) as speaker_entity_id, -- speaker, where known
    min(seen_at) as first_seen_at, -- when it was first printed
    max(seen_at) as last_seen_at, -- when it was last printed
    arg_min(outlet_id, (seen_at, article_id)) as first_outlet_id, -- who printed it first
    arg_min(article_id, (seen_at, article_id)) as first_article_id, -- in which article
    count(distinct article_id) as articles, -- articles that have it
    count(distinct source_article_id) as texts, -- articles that have it, copies of one text counted once
    count(distinct outlet_id) as outlets, -- outlets that have it
    count(distinct quote_key) as wordings, -- different words, whatever the marks
    count(*) filter (where wording in ('silent', 'marked', 'changed')) as altered, -- times it stands with words left out or changed
    array_agg(distinct text order by text) as texts_printed -- each wording as printed
from printed
group by quotation_id;
