-- Whose text articles carry: each source that stands in the text or is credited, with what shows it.
create or replace view syndication as
select
    reprints.article_id, -- the article
    articles.outlet_id, -- who printed it
    coalesce(reprints.origin_agency, origin_outlet.name, origin.outlet_id) as source, -- whom it credits, or else whose text it is
    case
        when reprints.origin_agency is null then 'text'
        when reprints.origin_article_id is null then 'credit'
        else 'credit and text'
    end as named_by, -- credit, text, or credit and text (these two may name different sources)
    reprints.kind, -- near, reprint, excerpt, or credited (the source's text isn't held)
    reprints.origin_agency, -- the source it credits, held or not
    reprints.origin_article_id, -- the article whose text it shares
    origin.outlet_id as origin_outlet_id, -- who printed that
    reprints.containment, -- share of this text that stands there
    reprints.similarity, -- share of both texts that is common
    reprints.evidence ->> '$.shared' as shared, -- what the common text is: agency, handout, quotation or own
    date_diff('minute', origin.published_at, articles.published_at) as minutes_later, -- after the source; null: unknown
    articles.title, -- headline
    articles.published_at, -- when it was published
    articles.url -- address
from reprints
inner join articles using (article_id)
left join articles as origin on origin.article_id = reprints.origin_article_id
left join outlets as origin_outlet on origin_outlet.outlet_id = origin.outlet_id
where articles.verdict in ('article', 'brief');
