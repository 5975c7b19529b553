-- Coverage with each text once: what is printed again whole or cut is left out, excerpts and own reports stay.
-- Copies of agency text that we don't hold are represented by the first of them.
create or replace view coverage_unique as
select
    coverage.article_id, -- the article
    coverage.outlet_id, -- publisher
    coverage.outlet, -- name of the publisher
    coverage.country, -- country of publication
    coverage.family, -- publisher family: count these, not outlets, as independent voices
    coverage.title, -- headline
    coverage.text, -- body
    coverage.lang, -- language
    coverage.word_count, -- words of the body
    coverage.byline, -- byline as printed
    coverage.agency, -- news agency credited
    coverage.credit, -- whom the text names as its origin
    coverage.published_at, -- when it was published; null: unknown
    coverage.first_seen_at, -- when we first saw it
    coverage.day_utc, -- day of publication, UTC
    coverage.day_karachi, -- day of publication in Karachi
    coverage.day_washington, -- day of publication in Washington
    coverage.date_source, -- where the date comes from
    coverage.relevance, -- 0 to 3; null: not judged yet
    coverage.verdict, -- article or brief
    coverage.version, -- number of versions seen
    coverage.url, -- address
    articles.copy_kind, -- original, reprint (of a source that isn't held) or excerpt
    articles.story_id, -- event cluster
    coalesce(copies.copies, 0) as copies, -- articles that carry this text
    coalesce(copies.copy_outlets, 0) as copy_outlets -- outlets that carry it
from coverage
inner join articles using (article_id)
left join (
    select
        origins.origin_article_id as article_id,
        count(*) as copies,
        count(distinct origins.outlet_id) as copy_outlets
    from articles as origins
    where origins.copy_kind in ('near', 'reprint')
    group by origins.origin_article_id
) as copies using (article_id)
where
    articles.origin_article_id is null
    or articles.copy_kind is null
    or articles.copy_kind not in ('near', 'reprint');
