-- What the figures below count.
with chosen as (
    select article_id, outlet_id, family, relevance
    from coverage
    where $day between date '$first' and date '$last' and coalesce(relevance, 1) >= $relevance
)

select
    (select count(*) from chosen) as articles,
    (select count(*) from chosen semi join coverage_unique using (article_id)) as texts_counted_once,
    (select count(distinct outlet_id) from chosen) as outlets,
    (select count(distinct family) from chosen) as publisher_families,
    (select count(distinct articles.story_id) from chosen inner join articles using (article_id)) as stories,
    (select count(*) from chosen where relevance is null) as not_judged,
    (select count(*) from coverage where $day is null and coalesce(relevance, 1) >= $relevance) as without_a_date,
    (select count(*) from articles) as articles_in_the_file;
