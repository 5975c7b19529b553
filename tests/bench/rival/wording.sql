-- One pass over the texts of a topic and level, without regular expressions: SQLite has none of its own.
select
    date(published_at + 18000, 'unixepoch', 'weekday 0', '-6 days') as week,
    sum(text like '%government%') as with_term,
    count(*) as articles
from articles
where verdict in ('article', 'brief') and coalesce(relevance, 1) >= 3
group by week
order by week;
