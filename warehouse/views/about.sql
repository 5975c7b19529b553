-- What this file is: what it covers, how fresh it is, what is down, and which versions made its rows.
create or replace view about as
with counted as (
    select
        count(*) as articles,
        count(distinct outlet_id) as outlets,
        count(distinct lang) as languages,
        min(published_at) as first_at,
        max(published_at) as last_at,
        count(*) filter (where published_at is null) as undated,
        count(*) filter (where relevance is null) as unjudged
    from coverage
),

finished as (
    select
        max(finished_at) as finished_at,
        arg_max(run_id, finished_at) as run_id,
        arg_max(state, finished_at) as state,
        arg_max(code_version, finished_at) as code_version
    from runs
    where finished_at is not null
),

health as (
    select
        count(*) filter (where health in ('ok', 'failing', 'down', 'frozen', 'not yet polled')) as active,
        count(*) filter (where health in ('failing', 'down')) as down,
        count(*) filter (where health = 'not yet polled') as unpolled,
        string_agg(feed_id, ', ' order by feed_id) filter (where health in ('failing', 'down')) as names
    from feed_health
),

versions as (
    select
        stage,
        string_agg(version || ' (' || articles || ')', ', ' order by newest desc, version) as present,
        sum(articles) - arg_max(articles, newest) as stale
    from (
        select
            'extract' as stage,
            -- what follows the sign is of the outlet's own rules
            split_part(extractor_version, '+', 1) as version,
            count(*) as articles,
            max(read_at) as newest
        from articles
        group by all
        union all
        select
            'enrich',
            enricher_version,
            count(*),
            max(read_at)
        from articles
        where
            enricher_version is not null
            and verdict in ('article', 'brief')
        group by all
        union all
        select
            'dedupe',
            deduped_version,
            count(*),
            max(deduped_read_at)
        from articles
        where
            deduped_version is not null
            and verdict in ('article', 'brief')
        group by all
    )
    group by stage
)

select
    key, -- what is told
    value, -- as text; null: not known
    explanation -- what it means
from (
    select
        unnest([
            {'key': 'subject', 'value': 'Pakistan-US relations in the news', 'explanation': 'what the feeds, actors and topics in config/ are chosen for'},
            {'key': 'articles', 'value': cast(counted.articles as varchar), 'explanation': 'articles that count as coverage; see coverage'},
            {'key': 'unique_articles', 'value': cast((select count(*) from coverage_unique) as varchar), 'explanation': 'with each reprinted text once; see coverage_unique'},
            {'key': 'pages', 'value': cast((select count(*) from articles) as varchar), 'explanation': 'pages read, of any kind: galleries, walls, index pages and other subjects too'},
            {'key': 'outlets', 'value': cast(counted.outlets as varchar), 'explanation': 'publishers with an article that counts'},
            {'key': 'languages', 'value': cast(counted.languages as varchar), 'explanation': 'languages of the articles that count'},
            {'key': 'first_article', 'value': strftime(counted.first_at at time zone 'UTC', '%Y-%m-%d %H:%M UTC'), 'explanation': 'earliest date of publication'},
            {'key': 'last_article', 'value': strftime(counted.last_at at time zone 'UTC', '%Y-%m-%d %H:%M UTC'), 'explanation': 'latest date of publication'},
            {'key': 'undated', 'value': cast(counted.undated as varchar), 'explanation': 'articles whose date is not known: in no series of days'},
            {'key': 'unjudged', 'value': cast(counted.unjudged as varchar), 'explanation': 'articles whose relevance was not judged yet: they count until it is'},
            {'key': 'fresh_as_of', 'value': strftime(finished.finished_at at time zone 'UTC', '%Y-%m-%d %H:%M UTC'), 'explanation': 'when the last run ended that this file knows'},
            {'key': 'last_run', 'value': finished.run_id || ' ' || finished.state, 'explanation': 'that run and how it ended; see runs'},
            {'key': 'feeds_active', 'value': cast(health.active as varchar), 'explanation': 'feeds that are polled; see feed_health'},
            {'key': 'feeds_down', 'value': cast(health.down as varchar), 'explanation': coalesce('the last poll failed: ' || health.names, 'feeds whose last poll failed')},
            {'key': 'feeds_not_yet_polled', 'value': cast(health.unpolled as varchar), 'explanation': 'feeds that were never asked'},
            {'key': 'khabar_version', 'value': finished.code_version, 'explanation': 'program that made the last run'},
            {'key': 'schema_version', 'value': (select max(name) from schema_log where name like 'schema/%'), 'explanation': 'last migration applied'},
            {'key': 'extractor_versions', 'value': extract_.present, 'explanation': 'rules behind texts and dates, newest first, with the number of articles'},
            {'key': 'extractor_stale', 'value': cast(extract_.stale as varchar), 'explanation': 'articles read by older rules: runs re-read them bit by bit, khabar reprocess at once'},
            {'key': 'enricher_versions', 'value': enrich_.present, 'explanation': 'rules and tables behind actors, topics, relevance and quotes'},
            {'key': 'enricher_stale', 'value': cast(enrich_.stale as varchar), 'explanation': 'articles marked by older rules or tables'},
            {'key': 'dedupe_versions', 'value': dedupe_.present, 'explanation': 'rules behind copies and stories'},
            {'key': 'dedupe_stale', 'value': cast(dedupe_.stale as varchar), 'explanation': 'articles compared by older rules'}
        ], recursive := true)
    from counted
    cross join finished
    cross join health
    left join versions as extract_ on extract_.stage = 'extract'
    left join versions as enrich_ on enrich_.stage = 'enrich'
    left join versions as dedupe_ on dedupe_.stage = 'dedupe'
);
