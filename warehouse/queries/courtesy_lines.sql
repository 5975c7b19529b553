-- title: Does the outlet that a courtesy line names hold the earliest text?
-- question: q02
-- purpose:
--   Each article with a credit line: whom it names, whose text it is most alike among those held, which article has the
--   earliest near-identical text, and what share of each paragraph stands in the source and in any other article.
--   'verdict' says what the texts show: confirmed (the credited outlet has it, and first), other source (another outlet
--   has it), held but not first, held with a time that isn't known, or not held (nothing to compare: the credit may well be
--   right).
--   Beware: the earliest text that we hold need not be the first that was printed; where only the day of publication is known,
--   nothing is said about the order.
-- parameters:
--   $outlet text = frontierpost
--       outlet_id; empty: all
--   $form text = courtesy
--       form of the credit as extraction names it (courtesy, source, ...); empty: any
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with credited as (
    select
        articles.article_id,
        articles.outlet_id,
        articles.title,
        articles.published_at,
        -- a day without a time can't decide which came first
        case when not ends_with(articles.date_source, ':day') then articles.published_at end as exact_at,
        articles.credit,
        articles.url
    from articles
    where
        articles.credit is not null
        and articles.verdict in ('article', 'brief')
        and ($outlet = '' or articles.outlet_id = $outlet)
        and ($form = '' or (articles.evidence ->> '$.credit') = $form)
        and in_period(articles.published_at, $since, $until, $zone)
),

alike as (
    select
        credited.article_id,
        shared_copy.paragraphs,
        shared_copy.share,
        others.article_id as other_id,
        case when not ends_with(others.date_source, ':day') then others.published_at end as exact_at,
        outlets.name as outlet,
        (
            coalesce((reprints.evidence ->> '$.first') = 'credited', false)
            or coalesce(
                regexp_replace(lower(outlets.name), '^the |[^\p{L}\p{N}]', '', 'g')
                = regexp_replace(lower(credited.credit), '^the |[^\p{L}\p{N}]', '', 'g'),
                false
            )
        ) as is_credited
    from credited
    inner join shared_copy using (article_id)
    inner join articles as others on others.article_id = shared_copy.other_id
    left join outlets on outlets.outlet_id = others.outlet_id
    left join reprints
        on reprints.article_id = credited.article_id
        and reprints.origin_article_id = others.article_id
    where
        shared_copy.kind in ('near', 'reprint')
        and others.outlet_id is distinct from credited.outlet_id
),

summed as (
    select
        alike.article_id,
        min_by(alike.outlet, (alike.exact_at, alike.other_id)) filter (where alike.exact_at is not null) as earliest_outlet,
        min(alike.exact_at) as earliest_at,
        min(alike.exact_at) filter (where alike.is_credited) as credited_at,
        bool_or(alike.is_credited) as credited_held,
        max_by(alike.outlet, (alike.share, alike.other_id)) as closest_outlet,
        max(alike.share) as closest_share,
        max_by(alike.paragraphs, (alike.share, alike.other_id)) filter (where alike.is_credited) as paragraphs_in_credited,
        max_by(alike.paragraphs, (alike.share, alike.other_id)) filter (where not alike.is_credited) as paragraphs_elsewhere
    from alike
    group by alike.article_id
)

select
    credited.article_id,
    credited.title,
    credited.published_at,
    credited.credit,
    case
        when summed.article_id is null then 'not held'
        when not summed.credited_held then 'other source'
        when summed.credited_at is null or credited.exact_at is null then 'held, date unknown'
        when summed.credited_at > credited.exact_at then 'held, but later'
        when summed.credited_at > summed.earliest_at then 'held, another is earlier'
        else 'confirmed'
    end as verdict,
    summed.earliest_outlet,
    summed.earliest_at,
    summed.closest_outlet,
    round(summed.closest_share, 3) as closest_share,
    summed.paragraphs_in_credited,
    summed.paragraphs_elsewhere,
    credited.url
from credited
left join summed using (article_id)
order by
    credited.published_at,
    credited.article_id
