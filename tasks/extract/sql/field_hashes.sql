-- One row per article with a hash of each field that extraction fills.
select
    article_id,
    hash(title) as title,
    hash(text) as text,
    hash(lang) as lang,
    hash(byline) as byline,
    hash(authors) as authors,
    hash(desk) as desk,
    hash(agency) as agency,
    hash(dateline) as dateline,
    hash(credit) as credit,
    hash(caption_credit) as caption_credit,
    hash(published_at) as published_at,
    hash(published_offset_minutes) as published_offset_minutes,
    hash(modified_at) as modified_at,
    hash(date_source) as date_source,
    hash(date_confidence) as date_confidence,
    hash(date_conflict) as date_conflict,
    hash(canonical_url) as canonical_url,
    hash(verdict) as verdict,
    hash(partial) as partial
from articles
