-- Versions are written anew from all snapshots, so that none is left of an older folding.
delete from article_versions
where article_id in (select id from wanted_articles)
