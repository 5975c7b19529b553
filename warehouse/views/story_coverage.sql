-- Each story with its articles: how outlets took part in an event, and when.
create or replace view story_coverage as
select
    stories.story_id, -- the story
    stories.title as story_title, -- headline of its most central article
    stories.article_count, -- articles in it, copies too
    stories.outlet_count, -- outlets in it
    articles.article_id, -- the article
    articles.outlet_id, -- publisher
    articles.lang, -- language
    articles.title, -- headline
    articles.copy_kind, -- original, reprint, near or excerpt
    articles.published_at, -- when it was published
    date_diff('minute', stories.first_seen_at, articles.published_at) as minutes_after_first, -- after the story's first
    story_members.similarity, -- to the story's other articles; null: alone, or a copy
    story_members.sure, -- false: it may also be on another event
    articles.url -- address
from story_members
inner join stories using (story_id)
inner join articles using (article_id)
where articles.verdict in ('article', 'brief');
