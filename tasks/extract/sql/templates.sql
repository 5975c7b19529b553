-- The same text on many addresses of one host is no article but a template: a consent wall, an
-- error page, a "subscribe" box. One number decides, whatever the order in which they came.
with repeated as (
    select
        text_id,
        regexp_extract(url, '^[a-z]+://([^/]+)', 1) as host
    from articles
    where text_id in (select id from wanted_texts)
    group by all
    having count(*) >= $many
)
update articles
set
    verdict = 'template',
    verdict_reason = 'the same text on ' || $many || ' or more addresses of ' || repeated.host
from repeated
where
    articles.text_id = repeated.text_id
    and regexp_extract(articles.url, '^[a-z]+://([^/]+)', 1) = repeated.host
    and articles.verdict <> 'template'
