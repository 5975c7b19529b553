delete from story_members
where article_id in (select reached.article_id from reached)
