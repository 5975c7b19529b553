-- What `chosen` is tied to directly: likely on one event, or a copy and its source.
with near as (
    select
        article_a,
        article_b
    from story_links
    where
        day between date '{first}' and date '{last}'
        and similarity >= {join}
),

copies as (
    select
        article_id,
        origin_article_id
    from articles
    where
        deduped_day between date '{first}' and date '{last}'
        and copy_kind in ('near', 'reprint')
        and origin_article_id is not null
)

select near.article_b as article_id
from near
where near.article_a in (select chosen.article_id from chosen)
union
select near.article_a
from near
where near.article_b in (select chosen.article_id from chosen)
union
select copies.origin_article_id
from copies
where copies.article_id in (select chosen.article_id from chosen)
union
select copies.article_id
from copies
where copies.origin_article_id in (select chosen.article_id from chosen)
