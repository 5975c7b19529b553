-- Articles that count as coverage: real articles, in one wide row with their outlet, days, topic and source.
-- Articles whose relevance nobody has judged yet are in; those judged irrelevant are not.
create or replace view coverage as
select
    articles.article_id, -- the article
    articles.outlet_id, -- publisher
    outlets.name as outlet, -- name of the publisher
    outlets.country, -- country of publication
    outlets.owner_type, -- private, state, government, public, party or think-tank
    outlets.family, -- publisher family: count these, not outlets, as independent voices
    articles.title, -- headline
    articles.text, -- body
    articles.lang, -- language
    articles.word_count, -- words of the body
    articles.byline, -- byline as printed
    articles.authors, -- persons named as authors
    articles.dateline, -- place of filing as printed
    articles.agency, -- news agency credited
    articles.credit, -- whom the text names as its origin
    articles.published_at, -- when it was published; null: unknown
    articles.first_seen_at, -- when we first saw it
    articles.day_utc, -- day of publication, UTC
    articles.day_karachi, -- day of publication in Karachi
    articles.day_washington, -- day of publication in Washington
    articles.date_source, -- where the date comes from
    articles.date_confidence, -- high, medium or low
    articles.relevance, -- 0 to 3; null: not judged yet
    articles.relevance_score, -- score behind the level
    split_part(articles.topics, ' ', 1) as topic, -- primary topic; null: none found
    string_split(articles.topics, ' ') as topics, -- primary and up to two further topics
    articles.copy_kind, -- original, reprint, near or excerpt
    articles.origin_article_id, -- article whose text this one carries; `syndication` names its publisher
    articles.story_id, -- event cluster
    articles.verdict, -- article or brief
    articles.version, -- number of versions seen
    articles.url -- address
from articles
left join outlets using (outlet_id)
where
    articles.verdict in ('article', 'brief')
    and coalesce(articles.relevance, 1) >= 1;
