-- The index of `search`: which words stand where. Runs add to it, `maintain` tidies it.

alter table articles add column search_doc uinteger; -- number in the search index; null: not in it
alter table articles add column search_sha256 varchar; -- first 12 digits of content_sha256 when it was indexed; null: not in the index

-- One row per word and article, in order of words within each segment.
create table search_postings (
    term ubigint not null, -- hash of the word, or of 'title:' and a word of the headline
    doc uinteger not null, -- number of the article (articles.search_doc)
    weight utinyint not null, -- BM25 weight of the word in the article, in 1/100, without the word's rarity
    places usmallint[] not null -- where it stands: words counted through headline and text
);

-- One row per word and segment, in order of words.
create table search_terms (
    term ubigint not null, -- hash of the word
    first_doc uinteger not null, -- the segment
    articles integer not null -- articles of the segment in which it occurs
);

-- One row per sorted part of the index.
create table search_segments (
    first_doc uinteger primary key, -- lowest article number in it
    last_doc uinteger not null, -- highest
    articles integer not null, -- number of articles
    rules varchar not null, -- version of the rules that made it
    built_at timestamptz not null -- when
);

-- One row per article number that is no longer in use: its text has changed, or it is no article any more.
create table search_dead (
    doc uinteger not null -- the number
);
