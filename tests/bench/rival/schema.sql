-- The tables that the questions need, as one would keep them in SQLite: times as seconds since 1970 (UTC).
create table outlets (outlet_id text primary key, name text, country text, family text);
create table articles (
    article_id text primary key,
    outlet_id text,
    title text,
    text text,
    lang text,
    published_at integer,
    verdict text,
    relevance integer,
    story_id text,
    origin_article_id text,
    copy_kind text
);
create table article_topics (article_id text, topic_id text, topic_rank integer);
create table mentions (article_id text, entity_id text);
create table quotes (
    article_id text,
    quote_no integer,
    text text,
    speaker text,
    speaker_entity_id text,
    cue_class text,
    kind text,
    anonymous integer,
    anonymity_reason text,
    source_kind text,
    quote_key text
);
create table reprints (article_id text, origin_article_id text, origin_agency text, kind text);
create table entities (entity_id text primary key, kind text, name text, country text);
create table roles (role_id text, entity_id text, start_date text, end_date text);
create virtual table found using fts5 (title, text, content = 'articles', tokenize = 'unicode61');
