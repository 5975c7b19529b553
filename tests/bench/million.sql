-- What stands around the articles of tests/bench/million.py; statements end with ";" at the end of a line.
-- Chance is a hash of the row's number, so that the same size gives the same warehouse.
create temp macro draw(what, salt, most) as cast(hash(what, salt) % most as bigint);
-- one text in fifteen, and its copies, has one of these sentences, which ready questions look for by their defaults
create temp macro planted(article_id, origin_article_id) as 1 + draw(coalesce(origin_article_id, article_id), 50, 60);
create temp macro sentence(lang, number) as [
    ['The Pakistani Taliban are called Fitna al-Khawarij by the army.', 'فوج نے ٹی ٹی پی کو فتنہ الخوارج کہا۔'],
    ['The Secretary of War, once the Defense Secretary, flew to Islamabad.', 'امریکی وزیر جنگ اسلام آباد پہنچے۔'],
    ['A mining deal of $500 million was signed.', 'معدنیات کا 50 کروڑ ڈالر کا معاہدہ ہوا۔'],
    ['The president says that he stopped the war.', 'صدر نے کہا کہ انہوں نے جنگ رکوا دی۔']
][number][if(lang = 'ur', 2, 1)];
insert into articles by name
with block_articles as (
    select
        *,
        substr(md5(number::varchar), 1, 16) as article_id,
        number % 10 < 3 and origin >= 0 as is_copy,
        -- three years, whatever the number of articles
        timestamptz '2023-06-01 00:00:00+00' + number * (interval 1096 days / getvariable('n')) as published_at,
        -- a copy is about what its original is about
        draw(if(is_copy, origin, number), 1, 100) as level_chance,
        case when is_copy then substr(md5(origin::varchar), 1, 16) end as origin_article_id
    from block
)

select
    article_id,
    printf('outlet%02d', draw(number, 2, 60)) as outlet_id,
    'https://outlet' || draw(number, 2, 60) || '.example/news/' || number as url,
    replace(title, chr(10), '') as title,
    case when number // 10 % 5 = 0 then 'ur' else 'en' end as lang,
    concat_ws(' ', text, sentence(lang, planted(article_id, origin_article_id))) as text,
    words as word_count,
    case when draw(number, 3, 3) = 0 then 'Our Correspondent' else 'Reporter ' || draw(number, 4, 900) end as byline,
    ['Reporter ' || draw(number, 4, 900)] as authors,
    case when is_copy and draw(number, 5, 2) = 0 then ['Reuters', 'APP', 'AFP', 'AP'][1 + draw(number, 6, 4)] end as agency,
    ['WASHINGTON', 'ISLAMABAD', 'KARACHI', null][1 + draw(number, 7, 4)] as dateline,
    case when is_copy and draw(number, 17, 4) = 0 then 'Outlet ' || draw(number, 16, 60) end as credit,
    published_at,
    cast(published_at at time zone 'UTC' as date) as day_utc,
    cast(published_at at time zone 'Asia/Karachi' as date) as day_karachi,
    cast(published_at at time zone 'America/New_York' as date) as day_washington,
    300 as published_offset_minutes,
    'jsonld' as date_source,
    'high' as date_confidence,
    published_at + interval 20 minutes as first_seen_at,
    case when draw(number, 8, 50) = 0 then 'paywall_stub' when words < 180 then 'brief' else 'article' end as verdict,
    case when level_chance < 55 then 0 when level_chance < 75 then 1 when level_chance < 90 then 2 else 3 end as relevance,
    level_chance / 100 as relevance_score,
    'both countries in the headline' as relevance_reason,
    -- ten articles a story, copies in that of their original; one story in five is told in both languages
    'story' || (if(is_copy, origin, number) + 5) // 10 * 10 as story_id,
    origin_article_id,
    case when is_copy then ['near', 'reprint', 'reprint', 'excerpt'][1 + draw(number, 9, 4)] else 'original' end as copy_kind,
    1 + (draw(number, 10, 20) = 0)::integer as version,
    substr(md5('p' || number), 1, 16) as page_id,
    '3' as extractor_version,
    'outlet' || draw(number, 2, 60) || '.example/news/' || number as identity_key,
    sha256(number::varchar) as content_sha256,
    substr(md5('t' || number), 1, 16) as text_id,
    substr(md5('f' || number), 1, 16) as target_id,
    published_at + interval 21 minutes as read_at,
    sha256(number::varchar) as enriched_sha256,
    published_at::date as enriched_day,
    'bench' as enricher_version,
    'bench' as deduped_version,
    '3' as deduped_extractor,
    read_at as deduped_read_at,
    enriched_day as deduped_day,
    {title: 'jsonld', text: 'trafilatura', published: 'jsonld', credit: if(credit is null, null, 'courtesy')}::json as evidence
from block_articles;
insert into outlets by name
select
    printf('outlet%02d', number) as outlet_id,
    'Outlet ' || number as name,
    ['PK', 'PK', 'US', 'GB', 'QA', 'IN'][1 + number % 6] as country,
    'en' as lang,
    if(number % 30 = 2, 'government', 'private') as owner_type,
    'family' || number // 2 as family,
    'Asia/Karachi' as timezone
from range(60) as t(number);
insert into feeds by name
select
    printf('feed%02d', number) as feed_id,
    printf('outlet%02d', number % 60) as outlet_id,
    'https://outlet' || number % 60 || '.example/feed' || number as url,
    'hourly' as tier,
    timestamptz '2026-06-01 00:30:00+00' as next_due_at,
    timestamptz '2026-05-31 23:30:00+00' as last_ok_at,
    timestamptz '2026-05-31 23:30:00+00' as last_polled_at,
    0 as consecutive_failures,
    'active' as state,
    60.0 as interval_minutes,
    timestamptz '2023-06-01 00:00:00+00' as added_at
from range(90) as t(number);
-- every feed each hour; one poll in fifty fails, and one feed in thirty is away for a day each month
insert into polls by name
with asked as (
    select
        hour * 90 + feed as number,
        feed,
        timestamptz '2023-06-01 00:00:00+00' + hour * interval 1 hour as polled_at,
        draw(hour * 90 + feed, 11, 50) = 0 or draw(hash(hour // 24, feed), 12, 900) = 0 as is_down
    from range(1096 * 24) as h(hour)
    cross join range(90) as f(feed)
)

select
    'poll' || number as poll_id,
    'run' || number // 90 as run_id,
    printf('feed%02d', feed) as feed_id,
    polled_at,
    case when not is_down then 200 end as http_status,
    case when is_down then 'failed' when draw(number, 13, 3) = 0 then 'new' else 'not_modified' end as outcome,
    case when is_down then 0 else 20000 end as bytes,
    case when is_down then 0 else 30 end as entries_seen,
    case when is_down or draw(number, 13, 3) > 0 then 0 else 1 + draw(number, 14, 3) end as entries_new,
    case when is_down then ['timeout', 'dns', 'http_5xx'][1 + draw(number, 15, 3)] end as code,
    800 as duration_ms,
    polled_at + interval 60 minutes as next_due_at,
    'interval' as due_reason,
    lag(polled_at) over (partition by feed order by polled_at) as previous_at,
    previous_at + interval 60 minutes as due_at
from asked
order by number;
insert into runs by name
select
    'run' || hour as run_id,
    'ingest' as flow,
    timestamptz '2023-06-01 00:00:00+00' + hour * interval 1 hour as started_at,
    timestamptz '2023-06-01 00:01:00+00' + hour * interval 1 hour as finished_at,
    'ok' as state,
    {poll: {ok: 90, failed: 0}}::json as counts,
    '0.1.0' as code_version
from range(1096 * 24) as h(hour);
create temp table numbers as
select
    row_number() over (order by published_at) - 1 as number,
    article_id,
    outlet_id,
    url,
    published_at,
    first_seen_at,
    page_id,
    target_id,
    copy_kind,
    origin_article_id,
    agency,
    story_id,
    version,
    content_sha256,
    lang,
    planted(article_id, origin_article_id) as planted,
    -- one address in a thousand shows its article no more after a month
    case when draw(article_id, 51, 1000) = 0 then first_seen_at + interval 30 days end as removed_at,
    draw(article_id, 0, 1000000007) as chance
from articles
order by number;
insert into entries by name
select
    substr(md5('e' || number), 1, 16) as entry_id,
    printf('feed%02d', cast(substr(outlet_id, 7) as integer)) as feed_id,
    url as guid,
    url,
    'Headline ' || number as title,
    first_seen_at,
    article_id,
    url as item_key,
    'poll' || number as poll_id,
    url as identity_key,
    target_id,
    published_at
from numbers;
insert into frontier by name
select
    target_id,
    url as identity_key,
    url,
    outlet_id || '.example' as host,
    outlet_id,
    printf('feed%02d', cast(substr(outlet_id, 7) as integer)) as feed_id,
    first_seen_at as discovered_at,
    'done' as state,
    0 as attempts,
    first_seen_at as last_attempt_at,
    article_id,
    removed_at
from numbers;
insert into pages by name
select
    page_id,
    url,
    url as final_url,
    first_seen_at as fetched_at,
    200 as http_status,
    'ok' as outcome,
    content_sha256 as sha256,
    strftime(first_seen_at, 'khabar-%Y%m%d.warc.gz') as archive_file,
    chance % 100000000 as archive_offset,
    30000 as archive_length,
    'allowed' as robots,
    'run' || number as run_id,
    target_id,
    outlet_id,
    '3' as extracted_with,
    'web' as source
from numbers;
insert into pages by name
select
    substr(md5('r' || number), 1, 16) as page_id,
    url,
    removed_at as fetched_at,
    404 as http_status,
    'removed' as outcome,
    'not_found' as code,
    'run' || number as run_id,
    target_id,
    outlet_id,
    'web' as source
from numbers
where removed_at is not null;
insert into extractions by name
select
    page_id,
    '3' as stage_version,
    article_id,
    'article' as verdict,
    content_sha256,
    first_seen_at as extracted_at
from numbers;
insert into article_versions by name
select
    numbers.article_id,
    v.version,
    numbers.first_seen_at + (v.version - 1) * interval 2 hours as seen_at,
    articles.title || case when v.version = 1 and numbers.version = 2 then ' (first)' else '' end as title,
    articles.text,
    numbers.page_id,
    case when v.version > 1 then chance % 80 end as words_added,
    case when v.version > 1 then chance % 30 end as words_removed,
    v.version > 1 and chance % 2 = 0 as title_changed,
    nullif(v.version - 1, 0) as compared_with,
    articles.verdict,
    numbers.content_sha256 || v.version as content_sha256
from numbers
inner join articles using (article_id)
cross join range(1, 3) as v(version)
where v.version <= numbers.version
order by numbers.number, v.version;
insert into reprints by name
select
    article_id,
    case when chance % 5 > 0 then origin_article_id end as origin_article_id,
    agency as origin_agency,
    copy_kind as kind,
    0.6 as similarity,
    0.9 as containment,
    '{"shared": "' || ['agency', 'handout', 'own'][1 + chance % 3] || '"}' as evidence
from numbers
where copy_kind <> 'original';
insert into shared_copy by name
select
    unnest([article_id, origin_article_id]) as article_id,
    unnest([origin_article_id, article_id]) as other_id,
    kind,
    similarity as jaccard,
    containment as share,
    0.9 as covered,
    0.1 as own,
    200 as shared_words,
    0.1 as quoted,
    [1.0, 0.9, 1.0, 0.8, 0.2] as paragraphs
from reprints
where origin_article_id is not null;
insert into stories by name
select
    story_id,
    'Story ' || story_id as title,
    min(published_at) as first_seen_at,
    max(published_at) as last_seen_at,
    count(*) as article_count,
    count(distinct outlet_id) as outlet_count
from numbers
group by story_id
order by first_seen_at;
insert into story_members by name
select
    article_id,
    story_id,
    0.7 as similarity,
    chance % 10 > 0 as sure
from numbers;
-- actors as unevenly frequent as in news
insert into mentions by name
with actors as (
    select
        entity_id,
        name,
        row_number() over (order by tier, entity_id) as actor
    from entities
),

named as (
    select
        numbers.number,
        numbers.article_id,
        m.nth,
        -- what a planted sentence is about comes second
        coalesce(
            about.actor,
            cast(pow(hash(numbers.number, m.nth, 20) / pow(2, 64), 3) * (select count(*) from actors) as bigint) + 1
        ) as named_actor
    from numbers
    cross join range(12) as m(nth)
    left join actors as about
        on m.nth = 1
        and about.entity_id = ['ttp', 'us-secdef', null, 'donald-trump'][numbers.planted]
    where m.nth < 4 + chance % 9
    qualify row_number() over (partition by numbers.number, named_actor order by m.nth) = 1
)

select
    named.article_id,
    actors.entity_id,
    actors.name as surface,
    1 + named.nth % 4 as mention_count,
    named.nth * 100 as first_offset,
    named.nth = 0 as in_title,
    case when draw(hash(named.number, named.nth), 21, 5) = 0 then 'pk-coas' end as role_id,
    'full' as how,
    case when draw(hash(named.number, named.nth), 22, 200) = 0 then ['anachronism'] else [] end as flags,
    [{surface: actors.name, start: named.nth * 100, in_title: false, how: 'full'}]::json as spans,
    'bench' as rule_version
from named
inner join actors on actors.actor = named.named_actor
order by named.number, named.nth;
insert into article_topics by name
select
    article_id,
    case
        when planted = 3 and t.nth = 1 then 'eco.minerals_investment'
        else getvariable('topics')[1 + draw(hash(number, t.nth), 30, len(getvariable('topics')))]
    end as topic_id,
    4.0 - t.nth as score,
    'phrase: 2.0' as evidence,
    t.nth as topic_rank,
    'bench' as rule_version
from numbers
cross join range(1, 4) as t(nth)
where t.nth <= 1 + chance % 3
order by number, t.nth;
insert into quotes by name
select
    numbers.article_id,
    q.nth as quote_no,
    case
        when planted = 4 and q.nth = 1 then sentence(numbers.lang, 4)
        else substr(articles.text, 100 * q.nth, 60 + chance % 150)
    end as text,
    'Speaker ' || draw(hash(number, q.nth), 40, 400) as speaker,
    case
        when planted = 4 and q.nth = 1 then 'donald-trump'
        when draw(hash(number, q.nth), 41, 3) > 0 then mentioned.entity_id
    end as speaker_entity_id,
    ['said', 'claimed', 'denied', 'warned'][1 + draw(hash(number, q.nth), 42, 4)] as cue,
    ['neutral', 'claiming', 'denying', 'warning'][1 + draw(hash(number, q.nth), 42, 4)] as cue_class,
    ['direct', 'direct', 'partial', 'indirect'][1 + draw(hash(number, q.nth), 43, 4)] as kind,
    draw(hash(number, q.nth), 44, 10) = 0 as anonymous,
    100 * q.nth as start_offset,
    160 * q.nth as end_offset,
    ['person', 'office', 'institution', 'anonymous'][1 + draw(hash(number, q.nth), 45, 4)] as source_kind,
    case when draw(hash(number, q.nth), 46, 30) = 0 then 'not authorised to speak' end as anonymity_reason,
    0.9 as confidence,
    substr(md5(hash(number // 10, q.nth)::varchar), 1, 16) as quote_key,
    if(kind = 'indirect', null, quote_key) as quotation_id,
    if(kind = 'indirect', null, 'full') as wording,
    'bench' as rule_version
from numbers
inner join articles using (article_id)
inner join mentions as mentioned on mentioned.article_id = numbers.article_id and mentioned.in_title
cross join range(1, 4) as q(nth)
where q.nth <= chance % 4
order by number, q.nth;
insert into dedupe_state by name
select
    article_id,
    published_at::date as day,
    chance as whole_hash
from numbers;
insert into failures by name
select
    run_id,
    'poll' as stage,
    feed_id as key,
    code,
    true as retryable,
    'made up' as detail,
    polled_at as failed_at
from polls
where outcome = 'failed';
update articles
set topics = chosen.topics
from (
    select
        article_id,
        string_agg(topic_id, ' ' order by topic_rank) as topics
    from article_topics
    group by article_id
) as chosen
where chosen.article_id = articles.article_id;
