-- Which rows belong to a data set: those that lead to the chosen articles and from them.
-- {whole} is true where nothing was left out: then what led to no article (yet) is in as well.
create temp table chosen_articles as
select id as article_id
from wanted_articles;

create temp table chosen_targets as
select target_id
from articles
where article_id in (from chosen_articles)
union
select target_id
from frontier
where
    {whole}
    or article_id in (from chosen_articles);

create temp table chosen_pages as
select page_id
from pages
where
    {whole}
    or target_id in (from chosen_targets)
    or page_id in (
        select page_id
        from article_versions
        where article_id in (from chosen_articles)
    );

create temp table chosen_entries as
select entry_id
from entries
where
    {whole}
    or article_id in (from chosen_articles);

create temp table chosen_polls as
select poll_id
from polls
where
    {whole}
    or poll_id in (
        select poll_id
        from entries
        where entry_id in (from chosen_entries)
    );

create temp table chosen_stories as
select story_id
from stories
where
    {whole}
    or story_id in (
        select story_id
        from articles
        where article_id in (from chosen_articles)
    );

create temp table chosen_failures as
select article_id as key
from chosen_articles
union
select target_id
from chosen_targets
union
select page_id
from chosen_pages
union
select key
from failures
where {whole};

create temp table chosen_runs as
select run_id
from pages
where page_id in (from chosen_pages)
union
select run_id
from polls
where poll_id in (from chosen_polls)
union
select run_id
from failures
where key in (from chosen_failures)
union
select run_id
from runs
where {whole};
