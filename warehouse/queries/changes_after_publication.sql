-- title: Changed headlines and bodies, and whether the change added a denial
-- question: q12
-- purpose:
--   Each new version of an article with the headlines, the words that came and went, and how often words of denial stand in
--   the text before and after: more of them after than before is a denial added.
--   Beware: only versions that we saw are here; how often a page is looked at again limits what can be seen. A word of denial
--   need not belong to a denial of the news, so read both texts (view changes). The outlet's other texts aren't compared.
-- parameters:
--   $denial text = (?i)\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing)|rebut(?:s|ted))\b|تردید|مسترد
--       pattern of words of denial
--   $outlet text =
--       outlet_id; empty: all
--   $only_denials boolean = false
--       only changes that add a denial
--   $back integer = 60
--       a version more than so many days older than the period isn't compared
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date = 2026-03-01
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with after as (
    select
        article_versions.article_id,
        article_versions.version,
        article_versions.seen_at,
        article_versions.title,
        article_versions.text,
        article_versions.title_changed,
        article_versions.words_added,
        article_versions.words_removed
    from article_versions
    where
        article_versions.version > 1
        and article_versions.verdict in ('article', 'brief')
        and in_period(article_versions.seen_at, $since, $until, $zone)
),

before as (
    select
        article_versions.article_id,
        article_versions.version,
        article_versions.title,
        article_versions.text
    from article_versions
    where
        article_versions.verdict in ('article', 'brief')
        and in_period(article_versions.seen_at, $since - $back, $until, $zone)
        and article_versions.article_id in (select after.article_id from after)
),

compared as (
    select
        after.*,
        before.title as title_before,
        len(regexp_extract_all(concat_ws(chr(10), before.title, before.text), $denial)) as denials_before,
        len(regexp_extract_all(concat_ws(chr(10), after.title, after.text), $denial)) as denials_after
    from after
    inner join before
        on before.article_id = after.article_id
        and before.version = after.version - 1
)

select
    outlets.name as outlet,
    compared.article_id,
    compared.version,
    compared.seen_at,
    date_diff('minute', articles.published_at, compared.seen_at) as minutes_after_publication,
    compared.title_changed,
    compared.title_before,
    compared.title as title_after,
    compared.words_added,
    compared.words_removed,
    compared.denials_before,
    compared.denials_after,
    compared.denials_after > compared.denials_before as denial_added,
    articles.url
from compared
inner join articles using (article_id)
left join outlets using (outlet_id)
where
    is_coverage(articles.verdict, articles.relevance, $relevance)
    and ($outlet = '' or articles.outlet_id = $outlet)
    and (denial_added or not $only_denials)
order by
    compared.seen_at,
    compared.article_id,
    compared.version
