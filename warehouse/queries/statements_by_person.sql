-- title: Every statement of named persons: date, verb, and the outlet of the first report
-- question: q09
-- purpose:
--   What persons were reported to have said, the same words once (quote_key), with the outlet that printed them first as far
--   as we hold it, the verb and its class there, and how many articles and publisher families carried them.
--   Beware: the same statement in other words (indirect speech, another translation) is another row. An article without a
--   date sorts last among the reports; the first report that we hold need not be the first there was.
-- parameters:
--   $persons text = donald-lu, paul-kapur
--       keys in config/actors.csv, separated by commas
--   $cue_class text =
--       neutral, asserting, claiming, denying, requesting, warning, approving, disapproving or revealing; empty: any
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with said as (
    select
        quotes.quote_key,
        quotes.speaker_entity_id,
        quotes.text,
        quotes.kind,
        quotes.cue,
        quotes.cue_class,
        quotes.quote_no,
        articles.article_id,
        articles.outlet_id,
        articles.story_id,
        articles.published_at,
        articles.url
    from quotes
    inner join articles using (article_id)
    where
        list_contains(list_transform(string_split($persons, ','), lambda person: trim(person)), quotes.speaker_entity_id)
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
),

reach as (
    select
        said.quote_key,
        said.speaker_entity_id,
        count(distinct said.article_id) as articles,
        count(distinct coalesce(outlets.family, said.outlet_id)) as families
    from said
    left join outlets using (outlet_id)
    group by
        said.quote_key,
        said.speaker_entity_id
),

firsts as (
    select said.*
    from said
    qualify
        row_number() over (
            partition by said.quote_key, said.speaker_entity_id
            order by said.published_at nulls last, said.article_id, said.quote_no
        ) = 1
)

select
    entities.name as speaker,
    day_in(firsts.published_at, $zone) as day,
    firsts.text as statement,
    firsts.kind,
    firsts.cue,
    firsts.cue_class,
    outlets.name as first_outlet,
    firsts.published_at as first_at,
    reach.articles,
    reach.families,
    firsts.url
from firsts
inner join reach using (quote_key, speaker_entity_id)
inner join entities on entities.entity_id = firsts.speaker_entity_id
left join outlets on outlets.outlet_id = firsts.outlet_id
where $cue_class = '' or firsts.cue_class = $cue_class
order by
    firsts.published_at nulls last,
    entities.name,
    firsts.article_id,
    firsts.quote_no
