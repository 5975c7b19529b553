-- By id, by the address as given or as seen in a feed, or by its identity.
with seen as (
    select article_id
    from entries
    where
        url = $wanted
        or identity_key = $identity_key
)
select
    articles.*,
    outlets.name as outlet,
    pages.archive_file,
    pages.archive_offset,
    pages.fetched_at,
    (
        select string_agg(distinct entries.feed_id, ', ' order by entries.feed_id)
        from entries
        where entries.article_id = articles.article_id
    ) as feeds
from articles
left join outlets using (outlet_id)
left join pages using (page_id)
where
    articles.article_id = $wanted
    or articles.url = $wanted
    or articles.identity_key = $identity_key
    or articles.article_id in (select article_id from seen)
order by articles.article_id = $wanted desc, articles.url = $wanted desc, articles.article_id
limit 1
