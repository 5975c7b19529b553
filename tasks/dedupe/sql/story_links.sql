-- How alike the pairs in `alike` are, numbers of articles in `near`: the cosine of their terms. Weights are whole numbers,
-- so sums of their products are exact in any order, as doubles too.
with terms as materialized (
    select
        near.number,
        unnest(near.terms) as term,
        unnest(near.kinds) as kind,
        cast(unnest(near.weights) as double) as weight
    from near
    where near.number in (select alike.number from alike union all select alike.other_number from alike)
),

-- all terms of those two, everyday words with them
compared as (
    select
        alike.number,
        alike.other_number,
        sum(batch.weight * other.weight) / 100000000 as cosine,
        count(*) filter (where other.kind = 2) as figures,
        count(*) filter (where greatest(other.kind, batch.kind) = 1) as names,
        count(*) filter (where other.kind = 3) as actors
    from alike
    inner join terms as batch using (number)
    inner join terms as other on other.number = alike.other_number and other.term = batch.term
    group by
        alike.number,
        alike.other_number
),

stated as (
    select
        near.number,
        near.article_id,
        near.day,
        near.arabic,
        len(list_filter(near.kinds, lambda kind: kind = 2)) as figures,
        len(list_filter(near.kinds, lambda kind: kind = 3)) as actors
    from near
    where near.number in (select alike.number from alike union all select alike.other_number from alike)
),

judged as (
    select
        least(one.article_id, other.article_id) as article_a,
        greatest(one.article_id, other.article_id) as article_b,
        greatest(one.day, other.day) as day,
        greatest(0, 1 - {decay} * abs(one.day - other.day)) as nearness,
        compared.cosine,
        -- articles in two scripts share no words: actors, half of all that the two name, and a figure have to do
        one.arabic <> other.arabic
        and compared.actors >= {actors}
        and compared.actors >= 0.5 * (one.actors + other.actors - compared.actors)
        and compared.figures > 0 as across,
        -- other figures and hardly a name in common: another event of the same kind
        least(one.figures, other.figures) > 0
        and compared.figures = 0
        and compared.names + compared.actors < {names} as conflicting
    from compared
    inner join stated as one on one.number = compared.number
    inner join stated as other on other.number = compared.other_number
)

select distinct
    article_a,
    article_b,
    case when across then greatest({join} * nearness, cosine * nearness) else cosine * nearness end as similarity,
    not across as sure,
    day
from judged
where
    not conflicting
    and (cosine * nearness >= {least} or across)
order by
    article_a,
    article_b
