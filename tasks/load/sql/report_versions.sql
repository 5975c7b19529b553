-- Which versions of the rules made the articles that are counted.
with chosen as (
    select articles.extractor_version, articles.enricher_version, articles.deduped_version
    from coverage
    inner join articles using (article_id)
    where coverage.$day between date '$first' and date '$last' and coalesce(coverage.relevance, 1) >= $relevance
)

select 'extraction' as rules, extractor_version as version, count(*) as articles
from chosen
group by all
union all
select 'actors, topics, relevance and quotes' as rules, enricher_version as version, count(*) as articles
from chosen
group by all
union all
select 'copies and stories' as rules, deduped_version as version, count(*) as articles
from chosen
group by all
order by rules, articles desc, version;
