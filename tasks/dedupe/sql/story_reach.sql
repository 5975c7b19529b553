-- What `chosen` is tied to directly: likely on one event, or a copy and its source.
select story_links.article_b as article_id
from story_links
where
    story_links.similarity >= {join}
    and story_links.article_a in (select chosen.article_id from chosen)
union
select story_links.article_a
from story_links
where
    story_links.similarity >= {join}
    and story_links.article_b in (select chosen.article_id from chosen)
union
select reprints.origin_article_id
from reprints
where
    reprints.kind in ('near', 'reprint')
    and reprints.origin_article_id is not null
    and reprints.article_id in (select chosen.article_id from chosen)
union
select reprints.article_id
from reprints
where
    reprints.kind in ('near', 'reprint')
    and reprints.origin_article_id in (select chosen.article_id from chosen)
