-- `reached` says of each article which story it is in now; null: none. A row that stays as it is is not written.
merge into story_members as target
using (
    select
        reached.article_id,
        cast(reached.story_id as varchar) as story_id,
        cast(reached.similarity as double) as similarity,
        cast(reached.sure as boolean) as sure
    from reached
) as source
using (article_id)
when matched and source.story_id is null then delete
when matched and (
    target.story_id is distinct from source.story_id
    or target.similarity is distinct from source.similarity
    or target.sure is distinct from source.sure
) then update set
    story_id = source.story_id,
    similarity = source.similarity,
    sure = source.sure
when not matched and source.story_id is not null then insert by name
