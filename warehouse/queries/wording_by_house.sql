-- title: Words of war and words of peace in the English and Urdu editions of one house
-- question: q20 (in part)
-- purpose:
--   For each publisher family and language: articles on a topic that have words of the first pattern, of the second, and how
--   many of each there are per thousand words. Texts count once, so that a wire's tone isn't the house's.
--   Beware: words are not frames. Galtung's indicators need a coder; this shows where to look, and whether two editions of a
--   house differ on the same topic. The two patterns differ in length between languages: compare houses within a language.
-- parameters:
--   $first text = (?i)\b(?:enem(?:y|ies)|retaliat\w*|strikes?|destroy(?:ed|s)?|martyr\w*|victory|crush(?:ed)?)\b|دشمن|جوابی کارروائی|حملہ|تباہ|شہید|فتح
--       pattern of the first kind (war)
--   $second text = (?i)\b(?:peace|dialogue|talks|negotiat\w*|ceasefire|de-?escalat\w*|reconciliation|civilians?)\b|امن|مذاکرات|جنگ بندی|بات چیت|مفاہمت|شہری
--       pattern of the second kind (peace)
--   $topic text = reg.india_kashmir
--       topic, or the part before the dot for all below it; empty: any
--   $least integer = 1
--       least number of articles of a row
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date = 2025-04-22
--       first day; empty: no bound
--   $until date = 2025-07-31
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        coalesce(outlets.family, articles.outlet_id) as family,
        articles.lang,
        articles.word_count,
        len(regexp_extract_all(concat_ws(chr(10), articles.title, articles.text), $first)) as first_words,
        len(regexp_extract_all(concat_ws(chr(10), articles.title, articles.text), $second)) as second_words
    from articles
    inner join outlets using (outlet_id)
    where
        articles.lang in ('en', 'ur')
        and is_coverage(articles.verdict, articles.relevance, $relevance)
        and in_period(articles.published_at, $since, $until, $zone)
        and is_first_print(articles.copy_kind, articles.origin_article_id)
        and (
            $topic = ''
            or articles.article_id in (
                select article_topics.article_id
                from article_topics
                where $topic <> '' and article_topics.topic_rank is not null and on_topic(article_topics.topic_id, $topic)
            )
        )
)

select
    chosen.family,
    chosen.lang,
    count(*) as articles,
    count(*) filter (where chosen.first_words > 0) as with_first,
    count(*) filter (where chosen.second_words > 0) as with_second,
    count(*) filter (where chosen.first_words > chosen.second_words) as more_of_first,
    share_of(more_of_first, articles) as share_more_of_first,
    round(1000 * sum(chosen.first_words) / nullif(sum(chosen.word_count), 0), 2) as first_per_1000_words,
    round(1000 * sum(chosen.second_words) / nullif(sum(chosen.word_count), 0), 2) as second_per_1000_words
from chosen
group by
    chosen.family,
    chosen.lang
having articles >= $least
order by
    chosen.family,
    chosen.lang
