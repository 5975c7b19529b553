-- title: Anonymous sources with a stated reason, by outlet and year
-- question: q07
-- purpose:
--   Of the sources that an article doesn't name, how many does it give a reason for, and which reason most often.
--   Each anonymous quotation counts. Reprinted texts count once: an agency's reason isn't credited to each paper.
--   Beware: a reason is found by set phrases ('on condition of anonymity', 'not authorised to speak'); one in other words is
--   missed. Quotations without any speaker found are not anonymous but unknown, and left out. Year null: date unknown.
-- parameters:
--   $outlet text =
--       outlet_id; empty: all
--   $lang text =
--       language; empty: all
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
    year(day_in(articles.published_at, $zone)) as published_year,
    count(distinct quotes.article_id) as articles_with,
    count(*) as anonymous_statements,
    count(quotes.anonymity_reason) as with_reason,
    share_of(with_reason, anonymous_statements) as share_with_reason,
    mode(lower(quotes.anonymity_reason) order by lower(quotes.anonymity_reason)) as commonest_reason
from quotes
inner join articles using (article_id)
inner join outlets using (outlet_id)
where
    quotes.anonymous
    and is_coverage(articles.verdict, articles.relevance, $relevance)
    and is_first_print(articles.copy_kind, articles.origin_article_id)
    and in_period(articles.published_at, $since, $until, $zone)
    and ($outlet = '' or articles.outlet_id = $outlet)
    and ($lang = '' or articles.lang = $lang)
group by
    outlets.name,
    published_year
order by
    outlets.name,
    published_year
