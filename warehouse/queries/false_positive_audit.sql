-- title: Marks that mislead: ambiguous words in articles that were judged irrelevant
-- question: q30
-- purpose:
--   For words that mean several things, by rule version: how many articles have a mark that was read from the word, how many
--   of those were judged to be of level 0, and a few of their headlines to look at.
--   Beware: level 0 is the machine's own judgement; the warehouse holds no labels by people. Words that the rules already
--   refused (no mark was made) can't be seen here.
-- parameters:
--   $surfaces text = Washington, Punjab, PTI, State
--       words as printed, separated by commas
--   $lang text =
--       language; empty: all
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with marked as (
    select distinct
        mentions.article_id,
        mentions.surface,
        mentions.entity_id,
        mentions.rule_version
    from mentions
    where
        mentions.surface in (select unnest(list_transform(string_split($surfaces, ','), lambda surface: trim(surface))))
)

select
    marked.surface,
    marked.entity_id,
    marked.rule_version,
    count(*) as with_mark,
    count(*) filter (where articles.relevance = 0) as level_0,
    share_of(level_0, with_mark) as share_level_0,
    count(*) filter (where articles.relevance >= 2) as level_2_and_3,
    array_to_string(
        max_by(articles.title, (articles.first_seen_at, articles.article_id), 3) filter (where articles.relevance = 0),
        ' | '
    ) as newest_headlines
from marked
inner join articles using (article_id)
where
    articles.verdict in ('article', 'brief')
    and ($lang = '' or articles.lang = $lang)
    and in_period(articles.published_at, $since, $until, $zone)
group by
    marked.surface,
    marked.entity_id,
    marked.rule_version
order by
    level_0 desc,
    marked.surface,
    marked.entity_id,
    marked.rule_version
