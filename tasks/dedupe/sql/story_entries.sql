-- The terms of what is near, but everyday words: these alone never make a story, and are most of the words. Own are the
-- articles of the batch that are to be paired now.
with entries as (
    select
        near.number,
        near.day,
        near.fresh,
        near.own,
        unnest(near.terms) as term,
        unnest(near.kinds) as kind,
        unnest(near.weights) as weight
    from near
)

select
    number,
    date_diff('day', date '2000-01-01', day) as day,
    fresh,
    own,
    term,
    kind = 3 as actor,
    cast(weight as double) as weight
from entries
where kind <> 4
order by number
