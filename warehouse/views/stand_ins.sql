-- Copies that stand for a text which we don't hold, or which is no coverage itself: the first of each text.
create or replace view stand_ins as
select
    origin_article_id, -- the text that is copied
    arg_min(article_id, coalesce(published_at, first_seen_at)) as article_id -- its first copy that counts
from coverage
where
    copy_kind in ('near', 'reprint')
    and origin_article_id is not null
    and origin_article_id not in (select article_id from coverage)
group by origin_article_id;
