-- title: Verbs that outlets use for a speaker, by class: said, claimed, denied, ...
-- question: q17
-- purpose:
--   For each outlet and speaker: how many statements, in which class of verb, the commonest verb that keeps distance
--   (claimed, alleged) and the commonest one of denial. A speaker is the key of an actor, or a country code: then all
--   officials and authorities of that country together.
--   Beware: a copied text has its source's verbs, so reprints are out unless reprints is true. Statements without a verb
--   (a quotation that stands alone) are counted in 'statements' and in no class; the shares are of statements with a verb.
-- parameters:
--   $speakers text = imran-khan, US
--       keys of actors or country codes, separated by commas
--   $topic text = pol.imran_cipher
--       topic, or the part before the dot for all below it; empty: any
--   $country text =
--       country of publication; empty: all
--   $reprints boolean = false
--       whether each reprint counts too
--   $relevance integer = 1
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
        outlets.name as outlet
    from articles
    inner join outlets using (outlet_id)
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and ($reprints or is_first_print(articles.copy_kind, articles.origin_article_id))
        and ($country = '' or outlets.country = $country)
        and (
            $topic = ''
            or articles.article_id in (
                select article_topics.article_id
                from article_topics
                where $topic <> '' and article_topics.topic_rank is not null and on_topic(article_topics.topic_id, $topic)
            )
        )
),

asked as (
    select unnest(list_transform(string_split($speakers, ','), lambda speaker: trim(speaker))) as speaker
),

speakers as (
    select
        entities.entity_id,
        asked.speaker
    from asked
    inner join entities
        on entities.entity_id = asked.speaker
        or (entities.country = asked.speaker and entities.kind in ('person', 'office', 'organisation'))
)

select
    chosen.outlet,
    speakers.speaker,
    count(distinct chosen.article_id) as articles,
    count(*) as statements,
    count(quotes.cue_class) as with_verb,
    count(*) filter (where quotes.cue_class = 'neutral') as neutral,
    count(*) filter (where quotes.cue_class = 'asserting') as asserting,
    count(*) filter (where quotes.cue_class = 'claiming') as claiming,
    count(*) filter (where quotes.cue_class = 'denying') as denying,
    share_of(claiming, with_verb) as share_claiming,
    share_of(denying, with_verb) as share_denying,
    mode(quotes.cue order by quotes.cue) filter (where quotes.cue_class = 'claiming') as commonest_claiming,
    mode(quotes.cue order by quotes.cue) filter (where quotes.cue_class = 'denying') as commonest_denying
from chosen
inner join quotes using (article_id)
inner join speakers on speakers.entity_id = quotes.speaker_entity_id
group by
    chosen.outlet,
    speakers.speaker
order by
    chosen.outlet,
    speakers.speaker
