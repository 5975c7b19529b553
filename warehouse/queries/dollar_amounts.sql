-- title: Amounts of money reported for one deal, by outlet and day
-- question: q29
-- purpose:
--   Every amount with a currency sign or word in articles on an actor or instrument, brought to one number, with the outlets
--   and days that print it: does one say 1.25bn and another 1.3bn?
--   Beware: an article on a deal also names other sums; read the words around ('as_printed' with 40 characters before and
--   after, from the first article). Crore and lakh are converted; Rs is not: currencies are kept apart. Sums in words are missed.
-- parameters:
--   $entity text = f-16
--       key of an actor, office or instrument that the article names; empty: any
--   $topic text =
--       topic, or the part before the dot for all below it; empty: any
--   $near text =
--       pattern that must stand in the headline or text; empty: any
--   $amount text = (?i)(?:US ?\$|\$|Rs\.? ?|PKR ?)\d[\d,]*(?:\.\d+)?[ -]?(?:trillion|billion|million|tn|bn|mn|b|m|crore|lakh)?\b|\b\d[\d,]*(?:\.\d+)?[ -]?(?:trillion|billion|million|bn|mn|crore|lakh)?[ -](?:US )?(?:dollars?|rupees)\b|\d[\d,]*(?:\.\d+)? (?:ارب|کروڑ|لاکھ) (?:ڈالر|روپے)
--       pattern of an amount
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date = 2025-09-01
--       first day; empty: no bound
--   $until date = 2026-02-28
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        articles.article_id,
        articles.outlet_id,
        articles.published_at,
        concat_ws(chr(10), articles.title, articles.text) as words
    from articles
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and is_first_print(articles.copy_kind, articles.origin_article_id)
        and in_period(articles.published_at, $since, $until, $zone)
        and ($near = '' or regexp_matches(concat_ws(chr(10), articles.title, articles.text), $near))
        and (
            $entity = ''
            or articles.article_id in (
                select mentions.article_id from mentions where $entity <> '' and mentions.entity_id = $entity
            )
        )
        and (
            $topic = ''
            or articles.article_id in (
                select article_topics.article_id
                from article_topics
                where $topic <> '' and article_topics.topic_rank is not null and on_topic(article_topics.topic_id, $topic)
            )
        )
),

amounts as (
    select
        chosen.article_id,
        chosen.outlet_id,
        chosen.published_at,
        chosen.words,
        unnest(list_distinct(regexp_extract_all(chosen.words, $amount))) as amount
    from chosen
),

read as (
    select
        amounts.*,
        cast(replace(regexp_extract(amounts.amount, '\d[\d,]*(?:\.\d+)?'), ',', '') as double) as number,
        lower(regexp_extract(amounts.amount, '(?i)(trillion|tn|billion|bn|million|mn|crore|lakh|ارب|کروڑ|لاکھ|[bm]\b)')) as unit,
        case when regexp_matches(amounts.amount, '(?i)rs|pkr|rupee|روپ') then 'PKR' else 'USD' end as currency
    from amounts
),

scaled as (
    select
        read.*,
        read.number * case
            when read.unit in ('trillion', 'tn') then 1e12
            when read.unit in ('billion', 'bn', 'b', 'ارب') then 1e9
            when read.unit in ('million', 'mn', 'm') then 1e6
            when read.unit in ('crore', 'کروڑ') then 1e7
            when read.unit in ('lakh', 'لاکھ') then 1e5
            else 1
        end as amount_value
    from read
)

select
    scaled.currency,
    round(scaled.amount_value, 2) as amount_value,
    outlets.name as outlet,
    day_in(min(scaled.published_at), $zone) as first_day,
    day_in(max(scaled.published_at), $zone) as last_day,
    count(distinct scaled.article_id) as articles,
    string_agg(distinct trim(scaled.amount), ' / ' order by trim(scaled.amount)) as forms,
    replace(
        arg_min(
            substring(
                scaled.words,
                greatest(position(scaled.amount in scaled.words) - 40, 1),
                length(scaled.amount) + 80
            ),
            (scaled.article_id, scaled.amount)
        ),
        chr(10),
        ' '
    ) as as_printed
from scaled
left join outlets using (outlet_id)
group by
    scaled.currency,
    round(scaled.amount_value, 2),
    outlets.name
order by
    scaled.currency,
    amount_value desc,
    outlets.name
