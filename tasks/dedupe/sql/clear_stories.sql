-- The stories that the articles of `reached` were in.
delete from stories
where
    story_id in (
        select story_members.story_id
        from story_members
        where story_members.article_id in (select reached.article_id from reached)
    )
