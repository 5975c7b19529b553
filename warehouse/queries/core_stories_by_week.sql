-- title: Stories of a level by topic and week: events, texts and articles
-- question: q13
-- purpose:
--   Counts each story once, in the week of its first article of that level (Monday to Sunday), under the topic that most of
--   its articles have as their first; then the distinct texts in it, and all articles with reprints.
--   Beware: articles that belong to no story count as one of their own. Week null: no article of the story has a date.
--   Topic null: no topic was found. Compare weeks only over outlets that were being heard (view ledger).
-- parameters:
--   $country text =
--       country of publication; empty: all
--   $lang text =
--       language; empty: all
--   $relevance integer = 3
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        articles.article_id,
        coalesce(articles.story_id, articles.article_id) as story,
        is_first_print(articles.copy_kind, articles.origin_article_id) as is_first,
        articles.published_at
    from articles
    left join outlets using (outlet_id)
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and ($country = '' or outlets.country = $country)
        and ($lang = '' or articles.lang = $lang)
),

told as (
    select
        chosen.story,
        cast(date_trunc('week', day_in(min(chosen.published_at), $zone)) as date) as week,
        mode(first_topics.topic_id order by first_topics.topic_id) as topic_id,
        count(*) filter (where chosen.is_first) as texts,
        count(*) as articles
    from chosen
    left join article_topics as first_topics
        on first_topics.article_id = chosen.article_id
        and first_topics.topic_rank = 1
    group by chosen.story
)

select
    told.week,
    told.topic_id,
    count(*) as stories,
    cast(sum(told.texts) as bigint) as distinct_texts,
    cast(sum(told.articles) as bigint) as articles_with_reprints,
    round(articles_with_reprints / nullif(distinct_texts, 0), 2) as articles_per_text
from told
group by
    told.week,
    told.topic_id
order by
    told.week,
    told.topic_id
