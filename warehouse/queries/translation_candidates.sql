-- title: Urdu articles and the English ones that they may render
-- question: q05 (in part)
-- purpose:
--   Pairs of an Urdu article and the English article of the same story that was published before it, with what speaks for a
--   translation: a credit that names the other outlet, actors and quoted speakers that both have, their lengths.
--   Beware: no texts are compared across the two scripts, so this is a list to read, not a finding. What a translation
--   dropped can only be seen in the number of words and in the actors that are missing. Pairs with an unknown date are out.
-- parameters:
--   $hours integer = 48
--       the English article is at most so much older
--   $shared_actors integer = 2
--       least number of actors in both
--   $relevance integer = 2
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with urdu as (
    select
        articles.article_id,
        articles.story_id,
        articles.outlet_id,
        articles.title,
        articles.word_count,
        articles.credit,
        articles.published_at
    from articles
    where
        articles.lang = 'ur'
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
),

english as (
    select
        articles.article_id,
        articles.story_id,
        articles.outlet_id,
        articles.title,
        articles.word_count,
        articles.published_at
    from articles
    where
        articles.lang = 'en'
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and is_first_print(articles.copy_kind, articles.origin_article_id)
        and articles.story_id in (select urdu.story_id from urdu)
),

pairs as (
    select
        urdu.article_id,
        english.article_id as english_id
    from urdu
    inner join english
        on english.story_id = urdu.story_id
        and english.published_at between urdu.published_at - to_hours($hours) and urdu.published_at
),

actors as (
    select
        pairs.article_id,
        pairs.english_id,
        count(ours.entity_id) as actors_in_both,
        count(*) as actors_in_english
    from pairs
    inner join mentions as theirs on theirs.article_id = pairs.english_id
    left join mentions as ours
        on ours.article_id = pairs.article_id
        and ours.entity_id = theirs.entity_id
    group by
        pairs.article_id,
        pairs.english_id
)

select
    urdu.article_id,
    urdu_outlets.name as urdu_outlet,
    urdu.title as urdu_title,
    english.article_id as english_id,
    english_outlets.name as english_outlet,
    english.title as english_title,
    round(date_diff('minute', english.published_at, urdu.published_at) / 60, 1) as hours_later,
    urdu.credit,
    coalesce(replace(lower(urdu.credit), ' ', '') = replace(lower(english_outlets.name), ' ', ''), false) as credits_it,
    english_outlets.family is not distinct from urdu_outlets.family as same_family,
    actors.actors_in_both,
    actors.actors_in_english,
    urdu.word_count as urdu_words,
    english.word_count as english_words
from actors
inner join urdu using (article_id)
inner join english on english.article_id = actors.english_id
left join outlets as urdu_outlets on urdu_outlets.outlet_id = urdu.outlet_id
left join outlets as english_outlets on english_outlets.outlet_id = english.outlet_id
where actors.actors_in_both >= $shared_actors
order by
    credits_it desc,
    actors.actors_in_both / actors.actors_in_english desc,
    urdu.article_id,
    english.article_id
limit 1000
