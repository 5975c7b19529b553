-- title: Who carries each version of a claim: outlets, countries, languages
-- question: q36
-- purpose:
--   Statements of a speaker that fit a pattern, the same words once (quote_key): how many articles, publisher families,
--   countries and languages carry each version, and where it was first.
--   Beware: a version in another language is another row, since words can't be matched across languages. Independent means:
--   another publisher family. A family that reprints an agency is counted; 'families_first_print' leaves copies out.
-- parameters:
--   $speaker text = donald-trump
--       key of the speaker; empty: any
--   $pattern text = (?i)(?:stop|end|prevent|settl|avert)\w*[^.]{0,60}\b(?:war|wars|fight\w*|conflict)\b|\bceasefire\b|nuclear war|جنگ (?:رکوا|روک|بند)|جنگ بندی
--       pattern of the claim, over the words quoted
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date =
--       first day; empty: no bound
--   $until date =
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with said as (
    select
        quotes.quote_key,
        quotes.text,
        quotes.kind,
        coalesce(entities.name, quotes.speaker) as speaker,
        articles.article_id,
        articles.lang,
        articles.published_at,
        outlets.name as outlet,
        outlets.country,
        coalesce(outlets.family, articles.outlet_id) as family,
        is_first_print(articles.copy_kind, articles.origin_article_id) as is_first
    from quotes
    inner join articles using (article_id)
    left join outlets using (outlet_id)
    left join entities on entities.entity_id = quotes.speaker_entity_id
    where
        ($speaker = '' or quotes.speaker_entity_id = $speaker)
        and regexp_matches(quotes.text, $pattern)
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
)

select
    arg_min(said.text, (said.article_id, said.text)) as version,
    mode(said.kind order by said.kind) as kind,
    mode(said.speaker order by said.speaker) as speaker,
    count(distinct said.article_id) as articles,
    count(distinct said.family) as families,
    count(distinct said.family) filter (where said.is_first) as families_first_print,
    count(distinct said.country) as countries,
    string_agg(distinct said.lang, ', ' order by said.lang) as languages,
    min_by(said.outlet, (said.published_at, said.article_id)) filter (where said.published_at is not null) as first_outlet,
    min(said.published_at) as first_at,
    max(said.published_at) as last_at
from said
group by said.quote_key
order by
    families desc,
    articles desc,
    first_at,
    version
