-- What the article copies, then what copies it.
select
    reprints.*,
    origins.outlet_id as other_outlet_id,
    origins.title as other_title,
    false as is_source
from reprints
left join articles as origins on origins.article_id = reprints.origin_article_id
where reprints.article_id = $article_id

union all

select
    reprints.*,
    copies.outlet_id as other_outlet_id,
    copies.title as other_title,
    true as is_source
from reprints
inner join articles as copies using (article_id)
where reprints.origin_article_id = $article_id
order by
    is_source,
    origin_article_id,
    article_id
