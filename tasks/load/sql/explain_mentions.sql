select
    mentions.*,
    entities.name,
    entities.kind,
    entities.country
from mentions
left join entities using (entity_id)
where mentions.article_id = $article_id
order by mentions.first_offset
