-- What outlets changed after publication: each version beside the one before it.
create or replace view changes as
select
    after.article_id, -- the article
    articles.outlet_id, -- publisher
    after.version, -- number of the new version
    after.seen_at, -- when we first saw the new version
    before.seen_at as before_seen_at, -- when we first saw the version before
    before.title as title_before, -- headline before
    after.title as title_after, -- headline after
    after.title_changed, -- whether the headline differs
    after.words_added, -- words that are new
    after.words_removed, -- words that are gone
    before.text as text_before, -- body before
    after.text as text_after, -- body after
    before.verdict as verdict_before, -- what the page was before
    after.verdict as verdict_after, -- what the page is now
    date_diff('minute', articles.published_at, after.seen_at) as minutes_after_publication, -- null: date unknown
    articles.url -- address
from article_versions as after
inner join article_versions as before
    on before.article_id = after.article_id
    and before.version = after.version - 1
inner join articles on articles.article_id = after.article_id;
