-- What is still to be compared follows from short columns of one table; a join of two whole ones grows with the warehouse.

alter table articles add column deduped_version varchar; -- version of the rules behind copy_kind and story_id; null: not compared
alter table articles add column deduped_extractor varchar; -- version of extraction that the compared text came from
alter table articles add column deduped_read_at timestamptz; -- page that the compared text was read from, by its time
alter table articles add column deduped_day date; -- day under which its fingerprints and story terms stand, UTC; null: it has none
alter table articles add column dedupe_failed_at timestamptz; -- when it could not be compared; null: it could

update articles
set
    deduped_version = case when dedupe_state.code is null then dedupe_state.stage_version end,
    deduped_extractor = dedupe_state.extractor_version,
    deduped_read_at = dedupe_state.read_at,
    deduped_day = dedupe_state.day,
    dedupe_failed_at = case when dedupe_state.code is not null then dedupe_state.deduped_at end
from dedupe_state
where
    dedupe_state.article_id = articles.article_id
    and not dedupe_state.withdrawn;

alter table dedupe_state drop column stage_version;
alter table dedupe_state drop column extractor_version;
alter table dedupe_state drop column read_at;
alter table dedupe_state drop column deduped_at;

-- One row per article with what its headline and first words are about, in order of days.
create table story_vectors (
    day date not null, -- day of the article, UTC
    article_id varchar not null, -- the article
    arabic boolean not null, -- whether it is written in Arabic script
    terms bigint[] not null, -- hashes of its telling words, numbers and actors
    kinds integer[] not null, -- of each: 0 word, 1 name, 2 figure, 3 actor, 4 everyday word
    weights integer[] not null -- of each: weight in ten-thousandths; the squares of an article's weights sum to 1
);

insert into story_vectors (
    select
        day,
        article_id,
        any_value(arabic) as arabic,
        list(term order by term) as terms,
        list(kind order by term) as kinds,
        list(weight order by term) as weights
    from story_terms
    group by
        day,
        article_id
    order by
        day,
        article_id
);

drop table story_terms;
