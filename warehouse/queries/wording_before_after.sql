-- title: Use of one wording against another by outlet, before and after a day
-- question: q15
-- purpose:
--   How many articles use a term, its rival, or both, before a day and from that day on; the share is of the articles that use
--   either. Patterns are regular expressions over headline and text, English and Urdu. Each text counts once (a wire's
--   wording isn't its customers'), unless reprints is true.
--   Beware: a term inside a quotation or in a denial counts as used. Restrict by an actor or topic: it is also much faster.
--   Articles without a date are left out.
-- parameters:
--   $term text = (?i)fitna[ -]?(?:al|ul|tul|e)?[ -]?khaw?a?rij|\bkhaw?a?rij\b|فتنہ الخوارج|خوارج
--       pattern of the term
--   $rival text = (?i)\bTTP\b|Tehree?k[ -][ei][ -]Taliban|Pakistani Taliban|ٹی ٹی پی|تحریک طالبان پاکستان
--       pattern of the term it competes with
--   $day date = 2024-07-26
--       first day of 'after'
--   $entity text = ttp
--       key of an actor, office or instrument that the article names; empty: any
--   $topic text =
--       topic, or the part before the dot for all below it; empty: any
--   $country text = PK
--       country of publication; empty: all
--   $reprints boolean = false
--       whether each reprint counts too
--   $relevance integer = 1
--       lowest level: 1 passing, 2 substantial, 3 bilateral core
--   $since date = 2024-05-01
--       first day; empty: no bound
--   $until date = 2024-10-31
--       last day; empty: no bound
--   $zone text = Asia/Karachi
--       zone that the days are in

with chosen as (
    select
        articles.outlet_id,
        day_in(articles.published_at, $zone) >= $day as is_after,
        regexp_matches(concat_ws(chr(10), articles.title, articles.text), $term) as has_term,
        regexp_matches(concat_ws(chr(10), articles.title, articles.text), $rival) as has_rival
    from articles
    where
        is_coverage(articles.verdict, articles.relevance, $relevance)
        and articles.published_at is not null
        and in_period(articles.published_at, $since, $until, $zone)
        and ($reprints or is_first_print(articles.copy_kind, articles.origin_article_id))
        and articles.outlet_id in (select outlets.outlet_id from outlets where $country = '' or outlets.country = $country)
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
)

select
    outlets.name as outlet,
    outlets.lang,
    count(*) filter (where not chosen.is_after and (chosen.has_term or chosen.has_rival)) as either_before,
    count(*) filter (where not chosen.is_after and chosen.has_term) as term_before,
    share_of(term_before, either_before) as share_before,
    count(*) filter (where chosen.is_after and (chosen.has_term or chosen.has_rival)) as either_after,
    count(*) filter (where chosen.is_after and chosen.has_term) as term_after,
    share_of(term_after, either_after) as share_after,
    count(*) filter (where chosen.is_after and chosen.has_term and not chosen.has_rival) as term_alone_after
from chosen
inner join outlets using (outlet_id)
group by
    outlets.name,
    outlets.lang
having either_before + either_after > 0
order by outlets.name
