-- The tables of the warehouse. The comment above a table and the comment behind a column
-- are stored in the database as its `comment on`; the data dictionary is made from them.

-- One row per migration or definition file that has been applied.
create table schema_log (
    name varchar primary key, -- path of the .sql file under warehouse/
    sha256 varchar not null, -- hash of the text that was applied
    applied_at timestamptz not null -- when it was applied
);

-- One row per flow run, whatever became of it.
create table runs (
    run_id varchar primary key, -- identifier of the run
    flow varchar not null, -- ingest, import, reprocess, backfill or maintain
    started_at timestamptz not null, -- when the run began
    finished_at timestamptz, -- when it ended; null while it runs
    state varchar not null, -- running, ok, partial, failed, crashed or skipped; computed from the counts
    counts json, -- what was done, by stage: {"poll": {"ok": 3, "failed": 0}, ...}
    parameters json, -- the arguments of the run
    code_version varchar, -- version of khabar
    prefect_run_id varchar -- the run's identifier in Prefect
);

-- One row per thing that did not work, with the reason from a closed list of codes.
create table failures (
    run_id varchar not null, -- the run it happened in
    stage varchar not null, -- poll, fetch, extract, dedupe, enrich or import
    key varchar not null, -- what failed: a feed, an address, a page
    code varchar not null, -- why, from the closed list in tasks/errors.py
    retryable boolean not null, -- whether the next run tries again
    detail varchar, -- the particulars: status, size, address
    failed_at timestamptz not null -- when
);

-- One row per publisher, from config/outlets.toml.
create table outlets (
    outlet_id varchar primary key, -- key in config/outlets.toml
    name varchar not null, -- name as readers know it
    country varchar, -- country of publication, ISO 3166 alpha-2
    lang varchar, -- main language, BCP 47
    owner_type varchar, -- private, state, government, public, party or think-tank
    family varchar, -- publisher family: outlets of one owner share it
    timezone varchar, -- IANA zone assumed for dates without one
    owner varchar, -- name of the owner
    owner_country varchar, -- country of the owner, ISO 3166 alpha-2
    homepage varchar, -- address of the home page
    hosts varchar[], -- hosts it publishes on, the canonical one first
    aggregator boolean, -- true: links only point to others' articles
    notes varchar -- what to know about the outlet
);

-- One row per feed that was ever configured, with the state of its polling.
create table feeds (
    feed_id varchar primary key, -- key in config/feeds.csv
    outlet_id varchar not null, -- the publisher
    url varchar not null, -- address in config/feeds.csv
    tier varchar not null, -- fast, hourly or daily: which schedule polls it
    next_due_at timestamptz, -- not polled again before; null: due now
    due_reason varchar, -- which rule set that time
    last_ok_at timestamptz, -- last poll that worked (304 included)
    last_new_at timestamptz, -- last poll that brought a new item
    consecutive_failures integer not null default 0, -- failed polls since the last good one
    state varchar not null, -- active, off (by configuration), retired (410) or removed
    kind varchar, -- format expected: auto, rss, atom, json, sitemap, wordpress, gdelt
    notes varchar, -- what to know about the feed
    reason varchar, -- why it is off
    effective_url varchar, -- address in use after a permanent redirect was adopted; null: url
    redirect_url varchar, -- permanent redirect seen and not yet adopted
    redirect_seen integer not null default 0, -- polls in a row that saw it
    gone_seen integer not null default 0, -- polls in a row that answered 410
    etag varchar, -- validator of the last good answer, opaque
    last_modified varchar, -- validator of the last good answer, opaque
    validators_lie boolean not null default false, -- the server said 304 although the body had changed
    body_sha256 varchar, -- hash of the last good body
    unconditional_at timestamptz, -- last poll without validators
    interval_minutes double, -- own interval, adapted to how often it brings news
    newest_item_at timestamptz, -- date of the newest item ever seen
    last_polled_at timestamptz, -- last poll, good or not
    last_code varchar, -- code of the last failure; null after a good poll
    added_at timestamptz not null, -- first seen in the configuration
    removed_at timestamptz -- no longer in the configuration since
);

-- One row per host: rests it asked for, and its robots.txt.
create table hosts (
    host varchar primary key, -- host, with the port where it is not the usual one
    not_before_at timestamptz, -- nothing is fetched from it before
    backoff_reason varchar, -- code that led to the rest
    robots_status integer, -- HTTP status of robots.txt; 0: not reachable
    robots_body varchar, -- robots.txt as read, at most 512 KiB
    robots_fetched_at timestamptz -- when it was read
);

-- One row per poll of a feed.
create table polls (
    poll_id varchar primary key, -- identifier of the poll
    run_id varchar not null, -- the run
    feed_id varchar not null, -- the feed
    polled_at timestamptz not null, -- when
    http_status integer, -- status of the final answer; null: none came
    outcome varchar not null, -- new, unchanged (200, nothing new), not_modified (304), empty, deferred or failed
    bytes bigint, -- body bytes as sent
    entries_seen integer, -- items in the document
    entries_new integer, -- items not seen before
    code varchar, -- why it failed, or a warning such as feed_frozen
    url varchar, -- address asked
    final_url varchar, -- address that answered
    format varchar, -- rss, rdf, atom, json, sitemap, wordpress, gdelt
    newest_item_at timestamptz, -- date of the newest item in the document
    duration_ms integer, -- wall-clock time
    next_due_at timestamptz, -- what was decided about the next poll
    due_reason varchar, -- which rule decided it
    warnings varchar[], -- what was wrong with the document and repaired
    archive_file varchar, -- WARC file of the body; null where it is the same as before
    archive_offset bigint, -- offset of the record in it
    archive_length bigint, -- length of the compressed record
    body_sha256 varchar -- hash of the decoded body
);

-- One row per sighting of an item in a feed; a changed headline or address is a new sighting.
create table entries (
    entry_id varchar primary key, -- identifier of the sighting
    feed_id varchar not null, -- the feed
    guid varchar, -- identifier the feed gives, as given
    url varchar, -- address of the article, absolute, otherwise as given
    title varchar, -- headline in the feed, plain text
    published_raw varchar, -- date exactly as given
    first_seen_at timestamptz not null, -- when we first saw it: not when it was published
    article_id varchar, -- the article it points to
    item_key varchar not null, -- what identifies the item within the feed
    poll_id varchar not null, -- the poll that brought it
    identity_key varchar, -- identity of the address
    target_id varchar, -- the address in `frontier`
    published_at timestamptz, -- date as read by us
    published_offset_minutes integer, -- offset the feed stated
    date_source varchar, -- which element gave the date, and what was assumed
    updated_at timestamptz, -- date of the last change the feed states
    authors varchar[], -- authors the feed states
    summary varchar, -- summary, as given
    content varchar, -- full text in the feed, as given (HTML)
    source_name varchar, -- publisher an aggregator names
    source_url varchar, -- address of that publisher
    categories varchar[], -- categories the feed states
    problem varchar -- code, where the item cannot lead to an article
);

-- One row per article address known: the crawl frontier.
create table frontier (
    target_id varchar primary key, -- hash of the identity key
    identity_key varchar not null, -- identity of the address
    url varchar not null, -- address to fetch
    host varchar not null, -- host, the unit of politeness
    outlet_id varchar, -- publisher, by host
    feed_id varchar, -- feed that brought it first
    discovered_at timestamptz not null, -- when it was first seen
    state varchar not null, -- pending, done, refused (by rule), quarantined (keeps failing) or old (before [fetch] max_age_days)
    next_fetch_at timestamptz, -- not fetched before; null: never again
    attempts integer not null default 0, -- fetches since the last good one
    last_attempt_at timestamptz, -- last fetch
    last_code varchar, -- code of the last failure
    article_id varchar -- the article it turned out to be
);

-- One row per fetch of an article address, or document imported.
create table pages (
    page_id varchar primary key, -- identifier of the fetch
    url varchar not null, -- address asked
    final_url varchar, -- address that answered
    fetched_at timestamptz not null, -- when
    http_status integer, -- status of the final answer
    outcome varchar not null, -- ok or failed
    sha256 varchar, -- hash of the decoded body
    archive_file varchar, -- WARC file that holds the bytes, relative to the archive
    archive_offset bigint, -- offset of the record in it
    archive_length bigint, -- length of the compressed record
    robots varchar, -- verdict of robots.txt: allowed, disallowed, unavailable, none or not_asked
    opt_out varchar, -- opt-out signals of the page: noai, tdm-reservation, noindex, ...
    run_id varchar not null, -- the run
    target_id varchar not null, -- the address in `frontier`
    outlet_id varchar, -- publisher, by host
    extracted_with varchar, -- version of the rules that extraction last used; null: not extracted
    source varchar not null, -- web, import or recovered (found in the archive after a crash)
    code varchar, -- why it failed
    content_type varchar, -- as stated by the server
    bytes bigint, -- body bytes as sent
    decoded_bytes bigint, -- body bytes after unpacking
    redirects varchar[], -- addresses passed on the way
    duration_ms integer -- wall-clock time
);

-- One row per page that extraction has looked at: which version of the rules, and what came out.
create table extractions (
    page_id varchar primary key, -- the page
    stage_version varchar not null, -- version of the extraction rules
    article_id varchar, -- the article the page shows; null where extraction failed
    verdict varchar, -- what the page is
    content_sha256 varchar, -- hash of title, text and verdict
    code varchar, -- why it failed
    extracted_at timestamptz not null -- when
);

-- One row per article: its current version. Only verdicts article and brief count as coverage.
create table articles (
    article_id varchar primary key, -- hash of the identity of its address
    outlet_id varchar, -- publisher
    url varchar not null, -- address as it was given
    title varchar, -- headline
    text varchar, -- body, one paragraph a line, without dateline and credit
    lang varchar, -- language of the text, BCP 47; und: too little to tell
    word_count integer, -- words of the body
    byline varchar, -- byline as printed
    authors varchar[], -- persons named as authors
    agency varchar, -- news agency credited
    dateline varchar, -- place of filing as printed
    credit varchar, -- whom the text names as its origin
    published_at timestamptz, -- when it was published; null: honestly unknown
    published_offset_minutes integer, -- offset stated with it
    date_source varchar, -- where the date comes from (jsonld, meta, feed, visible, url, given); ':day' means no time is known
    date_confidence varchar, -- high, medium or low
    date_conflict varchar, -- sources that contradict it
    first_seen_at timestamptz not null, -- when we first saw it: not when it was published
    verdict varchar not null, -- article, brief, paywall_stub, consent_wall, challenge, live_blog, index_page, gallery, video, template or empty
    verdict_reason varchar, -- what decided the verdict
    relevance integer, -- 0 none, 1 passing, 2 substantial, 3 bilateral core
    relevance_score double, -- score behind the level
    relevance_reason varchar, -- sentence or features that decided
    story_id varchar, -- event cluster
    origin_article_id varchar, -- article whose text this one carries
    copy_kind varchar, -- original, reprint, near or excerpt
    version integer not null, -- number of the current version
    page_id varchar, -- page the current version was read from
    extractor_version varchar not null, -- version of the extraction rules
    desk varchar, -- desk that signs instead of a person
    caption_credit varchar, -- credit of a picture: never of the text
    modified_at timestamptz, -- last change the page states
    canonical_url varchar, -- canonical link of the page, where plausible
    identity_key varchar not null, -- identity of its address
    content_sha256 varchar not null, -- hash of title, text and verdict
    text_id varchar, -- hash of the text alone, to find it elsewhere; null: no text
    partial boolean, -- true: the page shows only a part of the text
    target_id varchar, -- the address in `frontier` whose pages make its versions
    read_at timestamptz, -- when the page was fetched that the current values were read from
    evidence json -- where each field comes from
);

-- One row per version of an article that differs in headline, text or verdict.
create table article_versions (
    article_id varchar not null, -- the article
    version integer not null, -- 1 is the first we saw
    seen_at timestamptz not null, -- when the page that shows it was fetched
    title varchar, -- headline
    text varchar, -- body
    page_id varchar not null, -- page it was read from
    words_added integer, -- words that the version before does not have
    words_removed integer, -- words of the version before that are gone
    title_changed boolean, -- whether the headline differs from the version before
    verdict varchar, -- what the page is
    content_sha256 varchar, -- hash of title, text and verdict
    primary key (article_id, version)
);

-- One row per article and the article or agency whose text it carries.
create table reprints (
    article_id varchar not null, -- the copy
    origin_article_id varchar, -- the source, where we hold it
    origin_agency varchar, -- the source it credits, held or not
    kind varchar not null, -- reprint, near, excerpt or credited
    similarity double, -- Jaccard similarity of the two texts' shingles
    containment double, -- share of the copy's shingles that stand in the source
    evidence varchar -- what shows it
);

-- One row per event cluster.
create table stories (
    story_id varchar primary key, -- identifier of the story
    title varchar, -- headline of its most central article
    first_seen_at timestamptz, -- first article
    last_seen_at timestamptz, -- last article
    article_count integer, -- articles in it
    outlet_count integer -- outlets in it
);

-- One row per actor, office, group, place or instrument, from config/.
create table entities (
    entity_id varchar primary key, -- key in config/
    kind varchar not null, -- person, office, organisation, group, place or instrument
    name varchar not null, -- name in English
    country varchar -- country, ISO 3166 alpha-2
);

-- One row per holding of an office.
create table roles (
    role_id varchar not null, -- the office
    entity_id varchar not null, -- the holder
    start_date date, -- first day
    end_date date -- last day; null: in office
);

-- One row per entity in an article.
create table mentions (
    article_id varchar not null, -- the article
    entity_id varchar not null, -- the entity
    surface varchar, -- form as it stands in the text
    mention_count integer, -- how often
    first_offset integer, -- character offset of the first mention
    in_title boolean, -- whether the headline names it
    role_id varchar -- office by which it was named
);

-- One row per topic of an article.
create table article_topics (
    article_id varchar not null, -- the article
    topic_id varchar not null, -- key in config/
    score double, -- weight of the evidence
    evidence varchar -- phrases that decided
);

-- One row per quotation.
create table quotes (
    article_id varchar not null, -- the article
    quote_no integer not null, -- order in the article
    text varchar not null, -- words quoted
    speaker varchar, -- speaker as named
    speaker_entity_id varchar, -- speaker, where known
    cue varchar, -- verb that introduces it
    kind varchar, -- direct, partial or indirect
    anonymous boolean, -- whether the speaker is not named
    start_offset integer -- character offset in the text
);
