-- What re-processing changed, field by field, with an article to look at.
with before_long as (
    unpivot before_fields
    on columns(* exclude (article_id))
    into name field value digest
),

after_long as (
    unpivot after_fields
    on columns(* exclude (article_id))
    into name field value digest
)

select
    after_long.field,
    count(*) as changed,
    min(after_long.article_id) as example
from after_long
inner join before_long using (article_id, field)
where after_long.digest <> before_long.digest
group by after_long.field
order by changed desc, after_long.field
