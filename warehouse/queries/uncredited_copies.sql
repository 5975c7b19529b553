-- title: Texts that share much with another outlet's and credit nobody
-- question: q35 (in part)
-- purpose:
--   Pairs of an article and the earlier one whose words it shares, where no credit names a source: whole copies, and texts
--   with many common runs and many words of their own, which is how a rewritten text looks.
--   Beware: a text in which every word was replaced shares no runs, so a thorough rewrite by a machine isn't found. Common
--   agency copy and handouts look alike: 'shared' says what the common text seems to be. It is a list to read, not a verdict.
-- parameters:
--   $least number = 0.2
--       least share of the article's text that stands in the other
--   $most number = 1
--       highest such share: 0.8 leaves plain copies out
--   $outlet text =
--       outlet_id of the copy; empty: all
--   $handouts boolean = false
--       also where the common text is a handout or a quotation
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

select
    outlets.name as outlet,
    articles.article_id,
    articles.title,
    origin_outlets.name as earlier_outlet,
    origins.article_id as earlier_id,
    origins.title as earlier_title,
    reprints.kind,
    round(reprints.containment, 3) as share_from_it,
    round(reprints.similarity, 3) as similarity,
    reprints.evidence ->> '$.shared' as shared,
    round(date_diff('minute', origins.published_at, articles.published_at) / 60, 1) as hours_later,
    articles.url
from reprints
inner join articles using (article_id)
inner join articles as origins on origins.article_id = reprints.origin_article_id
left join outlets on outlets.outlet_id = articles.outlet_id
left join outlets as origin_outlets on origin_outlets.outlet_id = origins.outlet_id
where
    reprints.origin_agency is null
    and articles.agency is null
    and articles.credit is null
    and (reprints.evidence ->> '$.credit') is null
    and origin_outlets.family is distinct from outlets.family
    and reprints.containment between $least and $most
    and ($handouts or coalesce(reprints.evidence ->> '$.shared', 'own') in ('own', 'agency'))
    and is_coverage(articles.verdict, articles.relevance, $relevance)
    and in_period(articles.published_at, $since, $until, $zone)
    and ($outlet = '' or articles.outlet_id = $outlet)
order by
    reprints.containment desc,
    articles.article_id,
    origins.article_id
limit 1000
