-- Which articles may share copy with those of a batch: by common fingerprints, or by equal texts.
-- The window of days is written into the query: the engine then reads these days only, whatever the table holds.
with known as (
    select
        fingerprints.article_id,
        fingerprints.hash,
        fingerprints.day
    from fingerprints
    where
        fingerprints.day between date '{first}' and date '{last}'
        and fingerprints.hash in (select batch_prints.hash from batch_prints)
        and fingerprints.article_id not in (select batch.article_id from batch)
    union all
    select
        batch_prints.article_id,
        batch_prints.hash,
        batch_prints.day
    from batch_prints
),

daily as (
    select
        hash,
        day,
        count(*) as articles
    from known
    group by all
),

asked as (
    select distinct
        hash,
        day
    from batch_prints
),

-- what many articles around a day have is a set phrase or page furniture; counting by day first keeps those
-- out of the join below, where they would make most of the rows
telling as (
    select
        asked.hash,
        asked.day
    from asked
    inner join daily using (hash)
    where abs(date_diff('day', daily.day, asked.day)) <= {window}
    group by all
    having sum(daily.articles) between 2 and {most}
),

alike as (
    select
        batch_prints.article_id,
        known.article_id as other_id
    from batch_prints
    inner join telling using (hash, day)
    inner join known using (hash)
    where
        known.article_id <> batch_prints.article_id
        and abs(date_diff('day', known.day, batch_prints.day)) <= {window}
    group by all
    having count(*) >= {least}
),

equal_texts as (
    select
        batch.article_id,
        dedupe_state.article_id as other_id
    from batch
    inner join dedupe_state using (whole_hash)
    where
        dedupe_state.day between date '{first}' and date '{last}'
        and abs(date_diff('day', dedupe_state.day, batch.day)) <= {window}
        and not dedupe_state.withdrawn
        and dedupe_state.article_id not in (select other.article_id from batch as other)
    union all
    select
        batch.article_id,
        other.article_id as other_id
    from batch
    inner join batch as other using (whole_hash)
    where
        other.article_id <> batch.article_id
        and abs(date_diff('day', other.day, batch.day)) <= {window}
)

from alike
union
from equal_texts
order by
    article_id,
    other_id
