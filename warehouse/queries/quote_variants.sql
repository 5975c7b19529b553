-- title: Variants of one quotation, and which words they leave out or add
-- question: q10
-- purpose:
--   Give the quotation in full; each row is one wording of it that was printed in quotation marks, with the words of the
--   full one that it lacks, words that it has besides, and whether it shows brackets or dots for what was left out.
--   'missing' with marked = false is what was dropped silently.
--   Beware: equal wordings are those of one quote_key (marks, capitals and letter variants don't count). A variant must have
--   the anchor, so choose a word (or its beginning) that nobody would change. Variants in other languages are not found.
-- parameters:
--   $words text = Pakistan is a strategic partner of the United States
--       the quotation in full
--   $anchor text = partner
--       letters that every variant contains, as printed
--   $speaker text =
--       key of the speaker; empty: any
--   $overlap number = 0.5
--       least share of the words that a variant has
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

said as (
    select
        quotes.quote_key,
        quotes.text,
        quotes.speaker,
        list_distinct(regexp_extract_all(lower(quotes.text), '[\p{L}\p{N}]+')) as words,
        articles.article_id,
        articles.outlet_id,
        articles.published_at
    from quotes
    inner join articles using (article_id)
    where
        contains(quotes.text, $anchor)
        and quotes.kind in ('direct', 'partial')
        and ($speaker = '' or quotes.speaker_entity_id = $speaker)
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
),

variants as (
    select
        said.quote_key,
        arg_min(said.text, (said.article_id, said.text)) as wording,
        arg_min(said.words, (said.article_id, said.text)) as words,
        mode(said.speaker order by said.speaker) as speaker,
        count(distinct said.article_id) as articles,
        count(distinct coalesce(outlets.family, said.outlet_id)) as families,
        min(said.published_at) as first_at,
        min_by(outlets.name, (said.published_at, said.article_id)) filter (where said.published_at is not null) as first_outlet
    from said
    left join outlets using (outlet_id)
    group by said.quote_key
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
    variants.first_outlet,
    variants.first_at
from variants
cross join asked
where share_of_words >= $overlap
order by
    share_of_words desc,
    variants.articles desc,
    variants.wording
