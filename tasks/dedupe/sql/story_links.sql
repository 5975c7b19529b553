-- How alike the articles of a batch are to those of the days around them: the cosine of their terms, exact because
-- weights are whole numbers.  `batch_terms` holds the terms of the batch, which stand in the table as well.
-- The window of days is written into the query: the engine then reads these days only, whatever the table holds.
with near as (
    select
        story_terms.article_id,
        story_terms.term,
        story_terms.kind,
        story_terms.weight,
        story_terms.arabic,
        story_terms.day
    from story_terms
    where story_terms.day between date '{first}' and date '{last}'
),

-- everyday words alone never make a story, and would make most of the rows of this join
alike as (
    select
        batch_terms.article_id,
        near.article_id as other_id,
        any_value(abs(date_diff('day', near.day, batch_terms.day))) as days,
        count(*) filter (where near.kind = 2) as figures,
        count(*) filter (where greatest(near.kind, batch_terms.kind) = 1) as names,
        count(*) filter (where near.kind = 3) as actors
    from batch_terms
    inner join near using (term)
    where
        batch_terms.kind <> 4
        and near.article_id <> batch_terms.article_id
        and abs(date_diff('day', near.day, batch_terms.day)) <= {window}
    group by
        batch_terms.article_id,
        near.article_id
    having sum(batch_terms.weight * near.weight) >= {telling} * 100000000 or actors >= {actors}
),

-- the terms of those two, everyday words with them
products as (
    select
        alike.article_id,
        alike.other_id,
        sum(batch_terms.weight * near.weight) / 100000000 as cosine
    from alike
    inner join batch_terms using (article_id)
    inner join near on near.article_id = alike.other_id and near.term = batch_terms.term
    group by
        alike.article_id,
        alike.other_id
),

stated as (
    select
        near.article_id,
        count(*) filter (where near.kind = 2) as figures,
        count(*) filter (where near.kind = 3) as actors,
        any_value(near.arabic) as arabic
    from near
    where near.article_id in (select alike.article_id from alike union all select alike.other_id from alike)
    group by near.article_id
),

judged as (
    select
        least(alike.article_id, alike.other_id) as article_a,
        greatest(alike.article_id, alike.other_id) as article_b,
        greatest(0, 1 - {decay} * alike.days) as nearness,
        products.cosine,
        -- articles in two scripts share no words: actors, and figures, have to do
        alike.actors >= {actors}
        and alike.actors >= 0.6 * least(one.actors, other.actors)
        and one.arabic <> other.arabic as across,
        -- other figures and hardly a name in common: another event of the same kind
        least(one.figures, other.figures) > 0
        and alike.figures = 0
        and alike.names + alike.actors < {names} as conflicting
    from alike
    inner join products using (article_id, other_id)
    inner join stated as one on one.article_id = alike.article_id
    inner join stated as other on other.article_id = alike.other_id
)

select distinct
    article_a,
    article_b,
    case when across then greatest({join} * nearness, cosine * nearness) else cosine * nearness end as similarity,
    not across as sure
from judged
where
    not conflicting
    and (cosine * nearness >= {least} or across)
order by
    article_a,
    article_b
