-- What outlets changed after publication: each version beside the last one before it that could be read.
create or replace view changes as
-- Which version follows which is found first, and texts are fetched by their place: to join by key reads every text.
with pairs as (
    select
        after.rowid as after_row,
        before.rowid as before_row
    from article_versions as after
    inner join article_versions as before
        on before.article_id = after.article_id
        and before.version = coalesce(after.compared_with, after.version - 1)
)

select
    after.article_id, -- the article
    articles.outlet_id, -- publisher
    after.version, -- number of the new version
    after.seen_at, -- when we first saw the new version
    before.seen_at as before_seen_at, -- when we first saw the version before
    case
        when after.title_changed and after.words_added + after.words_removed > 0 then 'headline and text'
        when after.title_changed then 'headline'
        when after.words_added + after.words_removed > 0 then 'text'
        when after.words_added = 0 and after.verdict = before.verdict then 'order'
        else 'verdict'
    end as change, -- headline and text, headline, text, order (paragraphs moved, or a text is back) or verdict (a wall came, or went)
    before.title as title_before, -- headline before
    after.title as title_after, -- headline after
    after.title_changed, -- whether the headline differs; null: a text and a wall are not compared
    after.words_added, -- words that are new
    after.words_removed, -- words that are gone
    after.sentences_added, -- sentences that are new
    after.sentences_removed, -- sentences that are gone
    after.sentences_changed, -- sentences that were reworded, before and after
    before.text as text_before, -- body before
    after.text as text_after, -- body after
    before.verdict as verdict_before, -- what the page was before
    after.verdict as verdict_after, -- what the page is now
    date_diff('minute', articles.published_at, after.seen_at) as minutes_after_publication, -- null: date unknown
    date_diff('minute', articles.first_seen_at, after.seen_at) as minutes_after_first_seen, -- from our first sight of the article
    articles.url, -- address
    after.page_id, -- page of the new version: its bytes are in the archive
    before.page_id as before_page_id -- page of the version before
from pairs
inner join article_versions as after on after.rowid = pairs.after_row
inner join article_versions as before on before.rowid = pairs.before_row
inner join articles on articles.article_id = after.article_id;
