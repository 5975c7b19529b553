-- Articles that say themselves that their text is somebody else's, and whose it is.
create or replace view syndication as
select
    articles.article_id, -- the article
    articles.outlet_id, -- who printed it
    coalesce(articles.credit, articles.agency) as source, -- whom the text names
    case when articles.credit is not null then 'credit line' else 'agency' end as named_by, -- where it is named
    articles.title, -- headline
    articles.published_at, -- when it was published
    articles.url -- address
from articles
where
    articles.verdict in ('article', 'brief')
    and coalesce(articles.credit, articles.agency) is not null;
