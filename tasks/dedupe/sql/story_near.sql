-- The articles of some days. `batch_vectors` holds those of the batch, which stand in the table as well.
-- The window of days is written into the query: the engine then reads these days only, whatever the table holds.
create or replace temporary table near as
select
    row_number() over (order by story_vectors.article_id) - 1 as number,
    story_vectors.article_id,
    story_vectors.article_id in (select batch_vectors.article_id from batch_vectors) as fresh,
    story_vectors.day,
    story_vectors.arabic,
    story_vectors.terms,
    story_vectors.kinds,
    story_vectors.weights
from story_vectors
where story_vectors.day between date '{first}' and date '{last}'
order by story_vectors.article_id
