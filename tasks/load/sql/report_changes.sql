-- What was changed most after publication: first and last headline, words of all changes together.
with chosen as (
    select article_id, coalesce(outlet, outlet_id, 'unknown') as outlet, $day as day
    from coverage
    where $day between date '$first' and date '$last' and coalesce(relevance, 1) >= $relevance
)

select
    chosen.outlet,
    chosen.day,
    arg_min(changes.title_before, changes.version) as headline_before,
    arg_max(changes.title_after, changes.version) as headline_after,
    count(*) as changes,
    sum(changes.words_added) as words_added,
    sum(changes.words_removed) as words_removed,
    max(changes.seen_at) as last_change_seen_at,
    any_value(changes.url) as url
from changes
inner join chosen using (article_id)
-- a page that was a consent wall first and the article later was not edited
where changes.verdict_before in ('article', 'brief') and changes.verdict_after in ('article', 'brief')
group by changes.article_id, chosen.outlet, chosen.day
order by
    coalesce(sum(changes.words_added), 0) + coalesce(sum(changes.words_removed), 0) desc,
    count(*) desc,
    changes.article_id
limit 15;
