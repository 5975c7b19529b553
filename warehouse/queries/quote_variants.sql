-- title: Variants of one quotation, and which words they leave out or add
-- question: q10
-- purpose:
--   Give the quotation in full; each row is one wording of it that was printed in quotation marks, with the words of the
--   full one that it lacks, words that it has besides, whether it shows brackets or dots for what was left out, and the
--   outlets that printed it so. 'missing' with marked = false is what was dropped silently.
--   Beware: wordings are one quotation where `quotes.quotation_id` says so: one speaker, the same words in the same order.
--   One of them must have the anchor and the share of words; the others are shown whatever they keep. Marks, capitals and
--   letter variants make no wording of their own. Variants in other languages are not found.
-- parameters:
--   $words text = Pakistan is a strategic partner of the United States
--       the quotation in full
--   $anchor text = partner
--       letters that one of the wordings contains, as printed
--   $speaker text =
--       key of the speaker; empty: any
--   $overlap number = 0.5
--       least share of the words that one of the wordings has
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with asked as (
    select list_distinct(regexp_extract_all(lower($words), '[\p{L}\p{N}]+')) as words
),

meant as (
    select distinct quotes.quotation_id
    from quotes
    cross join asked
    where
        contains(quotes.text, $anchor)
        and quotes.quotation_id is not null
        and ($speaker = '' or quotes.speaker_entity_id = $speaker)
        and share_of(
            len(list_intersect(list_distinct(regexp_extract_all(lower(quotes.text), '[\p{L}\p{N}]+')), asked.words)),
            len(asked.words)
        ) >= $overlap
),

-- few rows, found before their articles are looked up
spoken as materialized (
    select quotes.*
    from quotes
    where quotes.quotation_id in (select meant.quotation_id from meant)
),

said as (
    select
        spoken.quotation_id,
        spoken.quote_key,
        spoken.text,
        spoken.speaker,
        articles.article_id,
        articles.outlet_id,
        articles.published_at
    from spoken
    inner join articles using (article_id)
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
),

variants as (
    select
        said.quotation_id,
        arg_min(said.text, (said.article_id, said.text)) as wording,
        list_distinct(regexp_extract_all(lower(wording), '[\p{L}\p{N}]+')) as words,
        mode(said.speaker order by said.speaker) as speaker,
        count(distinct said.article_id) as articles,
        count(distinct coalesce(outlets.family, said.outlet_id)) as families,
        list_sort(list(distinct coalesce(outlets.name, said.outlet_id))) as outlets,
        min(said.published_at) as first_at,
        min_by(outlets.name, (said.published_at, said.article_id)) filter (where said.published_at is not null) as first_outlet
    from said
    left join outlets using (outlet_id)
    group by
        said.quotation_id,
        said.quote_key
)

select
    variants.wording,
    variants.speaker,
    list_sort(list_where(asked.words, list_transform(asked.words, lambda word: not list_contains(variants.words, word)))) as missing,
    list_sort(list_where(variants.words, list_transform(variants.words, lambda word: not list_contains(asked.words, word)))) as added,
    regexp_matches(variants.wording, '\[|…|\.\.\.|\(') as marked,
    share_of(len(list_intersect(variants.words, asked.words)), len(asked.words)) as share_of_words,
    variants.articles,
    variants.families,
    variants.outlets,
    variants.first_outlet,
    variants.first_at,
    variants.quotation_id
from variants
cross join asked
order by
    share_of_words desc,
    variants.articles desc,
    variants.wording,
    variants.quotation_id
