-- The largest stories: articles on one event, copies too.
with chosen as (
    select article_id, outlet_id, $day as day
    from coverage
    where $day between date '$first' and date '$last' and coalesce(relevance, 1) >= $relevance
)

select
    stories.title as headline,
    count(*) as articles,
    count(*) filter (where articles.copy_kind in ('near', 'reprint')) as reprints,
    count(distinct chosen.outlet_id) as outlets,
    min(chosen.day) as first_day,
    max(chosen.day) as last_day
from chosen
inner join articles using (article_id)
inner join stories on stories.story_id = articles.story_id
group by stories.story_id, stories.title
order by articles desc, outlets desc, headline, stories.story_id
limit 15;
