-- title: Named, institutional and anonymous sources per article, by outlet and US administration
-- question: q06
-- purpose:
--   Who speaks in articles on a topic: quotations and reported statements by kind of source, with the holder of the White
--   House on the day. Each source counts once in an article, however often it speaks: a named speaker by name, the others by
--   kind. Articles without any source are in the denominators. Reprinted texts count once unless reprints is true.
--   Beware: indirect speech is found less surely than direct; an unnamed spokesperson is an institution, not anonymous.
--   Administration null: the date is unknown or before the table of offices.
-- parameters:
--   $topic text = sec.counterterrorism
--       topic, or the part before the dot for all below it; empty: any
--   $office text = us-president
--       office that divides the time (pk-pm for Pakistani governments)
--   $country text =
--       country of publication; empty: all
--   $reprints boolean = false
--       whether each reprint counts too
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
        outlets.name as outlet,
        day_in(articles.published_at, $zone) as day
    from articles
    inner join outlets using (outlet_id)
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and ($country = '' or outlets.country = $country)
        and ($reprints or is_first_print(articles.copy_kind, articles.origin_article_id))
        and (
            $topic = ''
            or articles.article_id in (
                select article_topics.article_id
                from article_topics
                where $topic <> '' and article_topics.topic_rank is not null and on_topic(article_topics.topic_id, $topic)
            )
        )
),

terms as (
    select
        entities.name as administration,
        roles.start_date,
        -- on the day of a handover the office is the new holder's
        least(
            coalesce(roles.end_date, date '9999-12-31'),
            coalesce(lead(roles.start_date) over (order by roles.start_date) - 1, date '9999-12-31')
        ) as last_date
    from roles
    inner join entities using (entity_id)
    where roles.role_id = $office
),

sources as (
    select
        quotes.article_id,
        count(distinct coalesce(quotes.speaker_entity_id, quotes.speaker))
            filter (where quotes.source_kind = 'person') as persons,
        count(distinct coalesce(quotes.speaker_entity_id, quotes.speaker))
            filter (where quotes.source_kind in ('office', 'institution', 'document')) as institutions,
        count(distinct quotes.speaker) filter (where quotes.source_kind = 'media') as media,
        count(distinct coalesce(quotes.speaker, '')) filter (where quotes.anonymous) as anonymous,
        count(distinct coalesce(quotes.speaker, ''))
            filter (where quotes.anonymous and quotes.anonymity_reason is not null) as anonymous_with_reason
    from quotes
    where quotes.article_id in (select chosen.article_id from chosen)
    group by quotes.article_id
)

select
    chosen.outlet,
    terms.administration,
    count(*) as articles,
    cast(coalesce(sum(sources.persons), 0) as bigint) as persons,
    cast(coalesce(sum(sources.institutions), 0) as bigint) as institutions,
    cast(coalesce(sum(sources.media), 0) as bigint) as media,
    cast(coalesce(sum(sources.anonymous), 0) as bigint) as anonymous,
    cast(coalesce(sum(sources.anonymous_with_reason), 0) as bigint) as anonymous_with_reason,
    share_of(coalesce(sum(sources.persons), 0), articles) as persons_per_article,
    share_of(coalesce(sum(sources.institutions), 0), articles) as institutions_per_article,
    share_of(coalesce(sum(sources.anonymous), 0), articles) as anonymous_per_article,
    share_of(
        sum(sources.anonymous),
        sum(sources.persons + sources.institutions + sources.media + sources.anonymous)
    ) as share_anonymous
from chosen
left join terms
    on chosen.day between terms.start_date and terms.last_date
left join sources using (article_id)
group by
    chosen.outlet,
    terms.administration
order by
    chosen.outlet,
    min(terms.start_date)
