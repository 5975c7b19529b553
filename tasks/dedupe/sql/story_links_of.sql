-- The links within `reached`.
select
    story_links.article_a,
    story_links.article_b,
    story_links.similarity,
    story_links.sure
from story_links
where
    story_links.day between date '{first}' and date '{last}'
    and story_links.article_a in (select reached.article_id from reached)
    and story_links.article_b in (select reached.article_id from reached)
