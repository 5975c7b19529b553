-- title: Denials: who denied what, after how many hours, and which outlets leave it out
-- question: q27
-- purpose:
--   Each story with a statement whose verb denies (denied, rejected, refuted): the first denial of each speaker, the first
--   claim before it in the same story (alleged, accused, claimed), the hours between their publications, and the outlets that
--   report the story without any denial of that speaker.
--   Beware: the claim is the story's first, not surely the one denied: read both; none is shown where the denial came first. Outlets whose article came
--   before the denial are missing it honestly; they are counted apart. Times are of articles, not of the words.
-- parameters:
--   $speaker text =
--       key of the person or office that denies; empty: all
--   $topic text =
--       topic, or the part before the dot for all below it; empty: any
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
        articles.story_id,
        articles.outlet_id,
        articles.published_at
    from articles
    where
        articles.story_id is not null
        and is_coverage(articles.verdict, articles.relevance, $relevance)
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
        chosen.story_id,
        chosen.outlet_id,
        chosen.article_id,
        chosen.published_at,
        quotes.quote_no,
        quotes.text,
        quotes.cue,
        quotes.cue_class,
        coalesce(entities.name, quotes.speaker) as speaker,
        quotes.speaker_entity_id
    from chosen
    inner join quotes using (article_id)
    left join entities on entities.entity_id = quotes.speaker_entity_id
    where quotes.cue_class in ('denying', 'claiming')
),

denied as (
    select said.*
    from said
    where
        said.cue_class = 'denying'
        and said.speaker is not null
        and ($speaker = '' or said.speaker_entity_id = $speaker)
    qualify
        row_number() over (
            partition by said.story_id, said.speaker
            order by said.published_at nulls last, said.article_id, said.quote_no
        ) = 1
),

claimed as (
    select said.*
    from said
    where said.cue_class = 'claiming'
    qualify
        row_number() over (
            partition by said.story_id
            order by said.published_at nulls last, said.article_id, said.quote_no
        ) = 1
),

outlets_with_denial as (
    select distinct
        said.story_id,
        said.speaker,
        said.outlet_id
    from said
    where said.cue_class = 'denying'
),

silent as (
    select
        denied.story_id,
        denied.speaker,
        count(distinct chosen.outlet_id) as outlets,
        count(distinct chosen.outlet_id) filter (where outlets_with_denial.outlet_id is null) as outlets_without,
        string_agg(distinct outlets.name, ', ' order by outlets.name) filter (
            where outlets_with_denial.outlet_id is null and chosen.published_at >= denied.published_at
        ) as later_without_denial
    from denied
    inner join chosen on chosen.story_id = denied.story_id
    left join outlets on outlets.outlet_id = chosen.outlet_id
    left join outlets_with_denial
        on outlets_with_denial.story_id = denied.story_id
        and outlets_with_denial.speaker = denied.speaker
        and outlets_with_denial.outlet_id = chosen.outlet_id
    group by
        denied.story_id,
        denied.speaker
)

select
    stories.title as story,
    day_in(denied.published_at, $zone) as day,
    denied.speaker as who_denied,
    denied.cue,
    denied.text as denial,
    denied_outlets.name as first_in,
    claimed.speaker as who_claimed,
    claimed.text as claim,
    round(date_diff('minute', claimed.published_at, denied.published_at) / 60, 1) as hours_after_claim,
    silent.outlets,
    silent.outlets_without,
    silent.later_without_denial
from denied
inner join stories using (story_id)
inner join silent
    on silent.story_id = denied.story_id
    and silent.speaker = denied.speaker
left join claimed
    on claimed.story_id = denied.story_id
    and claimed.published_at <= denied.published_at
left join outlets as denied_outlets on denied_outlets.outlet_id = denied.outlet_id
order by
    denied.published_at,
    denied.story_id,
    denied.speaker
