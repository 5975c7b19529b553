-- The articles that share a story with any of `chosen`, and the day of each.
select
    mates.article_id,
    mates.deduped_day as day
from articles as mates
where
    mates.story_id in (
        select articles.story_id
        from articles
        where articles.article_id in (select chosen.article_id from chosen)
    )
