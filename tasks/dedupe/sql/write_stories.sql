-- `batch_stories` has the stories as they are now; without a number of articles: the story is none any more.
-- A row that stays as it is is not written.
merge into stories as target
using (
    select
        batch_stories.story_id,
        cast(batch_stories.title as varchar) as title,
        cast(batch_stories.first_seen_at as timestamptz) as first_seen_at,
        cast(batch_stories.last_seen_at as timestamptz) as last_seen_at,
        cast(batch_stories.article_count as integer) as article_count,
        cast(batch_stories.outlet_count as integer) as outlet_count
    from batch_stories
) as source
using (story_id)
when matched and source.article_count is null then delete
when matched and (
    target.title is distinct from source.title
    or target.first_seen_at is distinct from source.first_seen_at
    or target.last_seen_at is distinct from source.last_seen_at
    or target.article_count is distinct from source.article_count
    or target.outlet_count is distinct from source.outlet_count
) then update set
    title = source.title,
    first_seen_at = source.first_seen_at,
    last_seen_at = source.last_seen_at,
    article_count = source.article_count,
    outlet_count = source.outlet_count
when not matched and source.article_count is not null then insert by name
