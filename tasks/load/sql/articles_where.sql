select article_id
from articles
where (
    {condition}
)
