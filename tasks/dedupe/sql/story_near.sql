-- The articles of some days, `near_days`. `batch_vectors` holds those of the batch, which stand in the table as well.
-- The first and last day are written into the query: the engine then reads these days only, whatever the table holds.
create or replace temporary table near as
select
    row_number() over (order by story_vectors.article_id) - 1 as number,
    story_vectors.article_id,
    batch_vectors.article_id is not null as fresh,
    fresh and near_days.own as own,
    story_vectors.day,
    story_vectors.arabic,
    story_vectors.terms,
    story_vectors.kinds,
    story_vectors.weights
from story_vectors
inner join near_days using (day)
left join batch_vectors using (article_id)
where story_vectors.day between date '{first}' and date '{last}'
order by story_vectors.article_id
