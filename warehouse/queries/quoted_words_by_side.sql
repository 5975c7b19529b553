-- title: Quoted words of US and Pakistani officials, by country of the outlet
-- question: q08
-- purpose:
--   Words in quotation marks whose speaker is an official: a holder of an office on the day of the article (as known from
--   config/roles.csv), or an office or authority itself. The side is the country of the speaker.
--   Beware: quotations whose speaker isn't resolved have no side; they are counted in 'words_without_side'. Each quoted text
--   counts once in a story and country (quote_key), so a statement that forty papers carry weighs once; set repeats = true
--   to weigh it by its reach. The ratio is null where Pakistan has no words.
-- parameters:
--   $topic text = reg.india_kashmir
--       topic, or the part before the dot for all below it; empty: any
--   $repeats boolean = false
--       whether the same quoted words count in each article
--   $indirect boolean = false
--       whether reported speech without marks counts too
--   $relevance integer = 2
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
        articles.story_id,
        outlets.country as outlet_country,
        day_in(coalesce(articles.published_at, articles.first_seen_at), $zone) as day
    from articles
    inner join outlets using (outlet_id)
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and (
            $topic = ''
            or articles.article_id in (
                select article_topics.article_id
                from article_topics
                where $topic <> '' and article_topics.topic_rank is not null and on_topic(article_topics.topic_id, $topic)
            )
        )
),

said as (
    select
        chosen.article_id,
        chosen.outlet_country,
        len(string_split_regex(trim(quotes.text), '\s+')) as words,
        case
            when entities.country not in ('US', 'PK') then null
            when entities.kind in ('office', 'organisation') then entities.country
            when entities.kind = 'person' and exists (
                select 1
                from roles
                where
                    roles.entity_id = entities.entity_id
                    and roles.start_date <= chosen.day
                    and (roles.end_date is null or roles.end_date >= chosen.day)
            ) then entities.country
        end as side
    from chosen
    inner join quotes using (article_id)
    left join entities on entities.entity_id = quotes.speaker_entity_id
    where $indirect or quotes.kind in ('direct', 'partial')
    qualify
        $repeats
        or row_number() over (
            partition by chosen.outlet_country, coalesce(chosen.story_id, chosen.article_id), quotes.quote_key
            order by chosen.article_id, quotes.quote_no
        ) = 1
)

select
    said.outlet_country,
    count(distinct said.article_id) as articles_with_quotations,
    cast(coalesce(sum(said.words) filter (where said.side = 'US'), 0) as bigint) as words_us,
    cast(coalesce(sum(said.words) filter (where said.side = 'PK'), 0) as bigint) as words_pk,
    cast(coalesce(sum(said.words) filter (where said.side is null), 0) as bigint) as words_without_side,
    round(words_us / nullif(words_pk, 0), 2) as us_to_pk,
    count(*) filter (where said.side = 'US') as quotations_us,
    count(*) filter (where said.side = 'PK') as quotations_pk
from said
group by said.outlet_country
order by said.outlet_country
