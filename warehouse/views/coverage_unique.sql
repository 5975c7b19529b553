-- Coverage with each text once: what is printed again whole or cut is left out, excerpts and own reports stay.
-- Copies of a text that we don't hold, or that is no coverage itself, are represented by the first of them.
create or replace view coverage_unique as
with copies as (
    select
        origin_article_id,
        count(*) as copies,
        count(distinct outlet_id) as copy_outlets
    from coverage
    where
        copy_kind in ('near', 'reprint')
        and origin_article_id is not null
    group by origin_article_id
)

select
    coverage.article_id, -- the article
    coverage.outlet_id, -- publisher
    coverage.outlet, -- name of the publisher
    coverage.country, -- country of publication
    coverage.owner_type, -- private, state, government, public, party or think-tank
    coverage.family, -- publisher family: count these, not outlets, as independent voices
    coverage.title, -- headline
    coverage.text, -- body
    coverage.lang, -- language
    coverage.word_count, -- words of the body
    coverage.byline, -- byline as printed
    coverage.authors, -- persons named as authors
    coverage.dateline, -- place of filing as printed
    coverage.agency, -- news agency credited
    coverage.credit, -- whom the text names as its origin
    coverage.published_at, -- when it was published; null: unknown
    coverage.first_seen_at, -- when we first saw it
    coverage.day_utc, -- day of publication, UTC
    coverage.day_karachi, -- day of publication in Karachi
    coverage.day_washington, -- day of publication in Washington
    coverage.date_source, -- where the date comes from
    coverage.date_confidence, -- high, medium or low
    coverage.relevance, -- 0 to 3; null: not judged yet
    coverage.relevance_score, -- score behind the level
    coverage.topic, -- primary topic; null: none found
    coverage.topics, -- primary and up to two further topics
    coverage.copy_kind, -- original, reprint, near or excerpt
    coverage.origin_article_id, -- article whose text this one carries; `syndication` names its publisher
    coverage.story_id, -- event cluster
    coverage.verdict, -- article or brief
    coverage.version, -- number of versions seen
    coverage.url, -- address
    coalesce(copies.copies, 0) - coalesce(cast(copies.origin_article_id <> coverage.article_id as integer), 0) as copies, -- other articles that carry this text
    coalesce(copies.copy_outlets, 0) as copy_outlets -- outlets that copied it
from coverage
-- a copy that stands for the text counts the copies of that text
left join copies
    on copies.origin_article_id = case
        when is_first_print(coverage.copy_kind, coverage.origin_article_id) then coverage.article_id
        else coverage.origin_article_id
    end
where
    is_first_print(coverage.copy_kind, coverage.origin_article_id)
    or coverage.article_id in (select article_id from stand_ins);
