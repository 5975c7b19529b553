-- title: How much of official text is printed word for word, by outlet and month
-- question: q04 (in part)
-- purpose:
--   Two measures. 'reuse': for each held article of an authority (owner_type government) and each article that shares copy
--   with it, the share of the release's text that stands in the article. 'handout': articles that name a statement, handout
--   or spokesperson as their source and carry the same text as others, whether the release is held or not.
--   Beware: this is a share of word runs, not of sentences, and authorities without a feed (ISPR has none) are seen only
--   through 'handout'; those shares are lower bounds. n is printed beside each share.
-- parameters:
--   $source text =
--       outlet_id of the authority; empty: all
--   $country text = PK
--       country of publication; empty: all
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with printed as (
    select
        articles.article_id,
        articles.outlet_id,
        outlets.name as outlet,
        cast(date_trunc('month', day_in(articles.published_at, $zone)) as date) as month_begins
    from articles
    inner join outlets using (outlet_id)
    where
        outlets.owner_type <> 'government'
        and ($country = '' or outlets.country = $country)
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
),

reused as (
    select
        shared_copy.other_id as article_id,
        max(shared_copy.share) as release_share
    from shared_copy
    inner join articles as releases on releases.article_id = shared_copy.article_id
    inner join outlets on outlets.outlet_id = releases.outlet_id
    where
        outlets.owner_type = 'government'
        and ($source = '' or releases.outlet_id = $source)
    group by shared_copy.other_id
),

handouts as (
    select distinct reprints.article_id
    from reprints
    where (reprints.evidence ->> '$.shared') = 'handout'
)

select
    printed.outlet,
    printed.month_begins,
    count(*) as articles,
    count(reused.article_id) as with_release_text,
    share_of(with_release_text, articles) as share_with_release_text,
    round(avg(reused.release_share), 3) as mean_share_of_release,
    round(max(reused.release_share), 3) as highest_share_of_release,
    count(handouts.article_id) as handouts,
    share_of(count(handouts.article_id), articles) as share_handouts
from printed
left join reused using (article_id)
left join handouts using (article_id)
group by
    printed.outlet,
    printed.month_begins
order by
    printed.outlet,
    printed.month_begins
