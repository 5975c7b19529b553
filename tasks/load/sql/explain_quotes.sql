-- The quotations of an article, each with who else prints it, in whatever wording.
with mine as (
    select *
    from quotes
    where article_id = $article_id
),

elsewhere as (
    select
        quotes.quotation_id,
        count(distinct articles.article_id) as other_articles,
        count(distinct quotes.quote_key) as other_wordings,
        string_agg(distinct articles.outlet_id, ', ' order by articles.outlet_id) as other_outlets
    from quotes
    inner join articles using (article_id)
    where
        quotes.quotation_id in (select quotation_id from mine)
        and quotes.article_id <> $article_id
        and articles.verdict in ('article', 'brief')
    group by quotes.quotation_id
)

select
    mine.*,
    elsewhere.other_articles,
    elsewhere.other_wordings,
    elsewhere.other_outlets
from mine
left join elsewhere using (quotation_id)
order by mine.quote_no
