-- Whose text outlets print: their own, or somebody else's.
with chosen as (
    select article_id, coalesce(outlet, outlet_id, 'unknown') as outlet
    from coverage
    where $day between date '$first' and date '$last' and coalesce(relevance, 1) >= $relevance
),

ranked as (
    select outlet, row_number() over (order by count(*) desc, outlet) as place
    from chosen
    group by outlet
)

select
    case when ranked.place <= 25 then ranked.outlet else 'all others' end as outlet,
    count(*) filter (where articles.copy_kind = 'original') as own_text,
    count(*) filter (where articles.copy_kind = 'excerpt') as with_an_excerpt,
    count(*) filter (where articles.copy_kind in ('near', 'reprint')) as reprints,
    count(*) filter (where articles.copy_kind is null) as not_compared
from chosen
inner join ranked using (outlet)
inner join articles using (article_id)
group by 1
order by min(ranked.place);
