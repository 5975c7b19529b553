-- The articles that share a story with any of `chosen`.
select mates.article_id
from story_members as mates
where
    mates.story_id in (
        select story_members.story_id
        from story_members
        where story_members.article_id in (select chosen.article_id from chosen)
    )
