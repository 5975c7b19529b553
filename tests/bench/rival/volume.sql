select
    date(published_at + 18000, 'unixepoch') as day,
    outlet_id,
    count(*) as articles,
    sum(copy_kind is null or copy_kind not in ('near', 'reprint') or origin_article_id is null) as texts
from articles
where verdict in ('article', 'brief') and coalesce(relevance, 1) >= 1
group by day, outlet_id
order by day, outlet_id;
