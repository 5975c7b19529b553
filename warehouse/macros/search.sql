-- Articles by their words, best first (BM25 over headline and text, English and Urdu); all words must occur.
-- "spare parts" is a phrase; -word: without; a OR b: either; title:word: in the headline; outlet:dawn, lang:ur;
-- after:2025-06-01: that day or later, before:2025-07: earlier (UTC). Snippets, with «marks», for the best 50 only.
create or replace macro search(query, most := 20) as table
with recursive parts as (
    select
        unnest(split) as part,
        generate_subscripts(split, 1) as nr
    from (
        select
            regexp_extract_all(
                translate(coalesce(query, ''), '“”„«»', '"""""'),
                '-?(?i:title:|outlet:|lang:|after:|before:)?(?:"[^"]*"?|[^\s"]+)'
            ) as split
    )
),

parsed as materialized (
    select
        nr,
        starts_with(part, '-') as negative,
        lower(regexp_extract(part, '^-?(?i:(title|outlet|lang|after|before):)', 1)) as field,
        lower(trim(regexp_replace(part, '^-?(?i:(title|outlet|lang|after|before):)?', ''), ' "')) as said,
        lag(part, 1, '') over (order by nr) = 'OR'
        and not starts_with(part, '-')
        and not starts_with(lag(part, 2, '') over (order by nr), '-') as either
    from parts
    qualify part <> 'OR'
),

filters as materialized (
    select
        list(said) filter (field = 'outlet' and not negative) as outlets,
        list(said) filter (field = 'outlet' and negative) as not_outlets,
        list(said) filter (field = 'lang' and not negative) as langs,
        list(said) filter (field = 'lang' and negative) as not_langs,
        max(day) filter (field = 'after') at time zone 'UTC' as first_day,
        min(day) filter (field = 'before') at time zone 'UTC' as end_day,
        count(*) > 0 as any_filter
    from (
        select
            *,
            case
                when field in ('outlet', 'lang') then null
                when try_cast(whole as date) is null
                    then cast(error('search: ' || field || ': needs a day such as 2025-06-01, not "' || said || '"') as date)
                else cast(whole as date)
            end as day
        from (
            select
                *,
                said || case len(said) when 4 then '-01-01' when 7 then '-01' else '' end as whole
            from parsed
            where field in ('outlet', 'lang', 'after', 'before')
        )
    )
),

-- what must or must not occur: a word or a phrase; each clause has a bit, alternatives share theirs
elements as materialized (
    select
        nr,
        negative,
        if(field = 'title', 'title:', '') as prefix,
        words,
        len(words) as word_count,
        cast(1 as bigint) << cast(least(sum(if(either, 0, 1)) over (order by nr), 61) as integer) as clause
    from (
        select
            *,
            article_words(said) as words
        from parsed
        where field in ('', 'title')
    )
    where len(words) > 0
),

required as materialized (
    select
        case
            when count(*) filter (not negative) = 0
                then cast(error('search: the query has no word to look for') as bigint)
            when count(*) > 60
                then cast(error('search: the query has more than 60 words') as bigint)
            else bit_or(clause) filter (not negative)
        end as clauses
    from elements
),

element_words as materialized (
    select
        nr,
        negative,
        clause,
        word_count,
        place,
        md5_number_lower(prefix || word) as term
    from (
        select
            *,
            unnest(words) as word,
            generate_subscripts(words, 1) as place
        from elements
    )
),

terms as materialized (
    select
        term,
        coalesce(bit_or(clause) filter (word_count = 1), 0) as clauses,
        bool_or(not negative) as scores
    from element_words
    group by term
),

-- rarity, as BM25 has it
rarity as materialized (
    select
        terms.term,
        terms.clauses,
        counted.articles,
        if(terms.scores, ln(1 + (everything.articles - counted.articles + 0.5) / (counted.articles + 0.5)), 0) as idf
    from terms
    inner join (
        select
            search_terms.term,
            sum(search_terms.articles) as articles
        from search_terms
        inner join terms on terms.term = search_terms.term
        group by search_terms.term
    ) as counted on counted.term = terms.term
    cross join (
        select sum(articles) as articles
        from search_segments
    ) as everything
),

-- the rarest word of each word or phrase that must occur: where it doesn't stand, the rest needn't be looked at
anchors as materialized (
    select
        element_words.nr,
        element_words.clause,
        element_words.negative,
        element_words.place,
        element_words.term,
        rarity.articles
    from element_words
    inner join rarity on rarity.term = element_words.term
    qualify row_number() over (partition by element_words.nr order by rarity.articles, element_words.place) = 1
),

-- of what must occur, the rarest clause leads: its points are known first
guide as materialized (
    select distinct
        rarity.term,
        rarity.clauses,
        rarity.idf
    from rarity
    inner join anchors on anchors.term = rarity.term
    where
        not anchors.negative
        and anchors.clause = (
            select clause
            from anchors
            where not negative
            group by clause
            order by
                sum(articles),
                clause
            limit 1
        )
),

guide_postings as (
    select
        search_postings.doc,
        search_postings.weight * guide.idf / 100 as points,
        guide.clauses
    from search_postings
    inner join guide on guide.term = search_postings.term
),

led as (
    select *
    from guide_postings
    where (select count(*) from guide) = 1
    union all
    select
        doc,
        sum(points) as points,
        bit_or(clauses) as clauses
    from guide_postings
    where (select count(*) from guide) > 1
    group by doc
),

guided as materialized (
    select led.*
    from led
    anti join search_dead on search_dead.doc = led.doc
    where
        not (select any_filter from filters)
        or led.doc in (
            select articles.search_doc
            from articles
            cross join filters
            where
                filters.any_filter
                and articles.search_doc is not null
                and (filters.outlets is null or list_contains(filters.outlets, articles.outlet_id))
                and (filters.not_outlets is null or not list_contains(filters.not_outlets, articles.outlet_id))
                and (filters.langs is null or list_contains(filters.langs, articles.lang))
                and (filters.not_langs is null or not list_contains(filters.not_langs, articles.lang))
                and (filters.first_day is null or articles.published_at >= filters.first_day)
                and (filters.end_day is null or articles.published_at < filters.end_day)
        )
),

-- written out where it is used: only behind a condition does DuckDB sift a scan by it
rest as not materialized (
    select *
    from rarity
    where term not in (select term from guide)
),

phrase_words as materialized (
    select
        element_words.nr,
        element_words.clause,
        element_words.word_count,
        element_words.place,
        element_words.term,
        anchors.place is not null as is_anchor
    from element_words
    left join anchors on anchors.nr = element_words.nr and anchors.place = element_words.place
    where element_words.word_count > 1
),

-- Two rounds, each over the articles with at least so many points of the guide. The first takes those with most; the
-- second all that could yet rise among the best it found if each other word had its greatest weight, which is 2.2. So
-- no article is missed: the bounds of MaxScore (Turtle & Flood 1995, "Query evaluation: strategies and optimizations").
rounds as (
    select
        0 as round,
        cast(null as uinteger) as doc,
        cast(null as double) as score,
        cast('inf' as double) as reached,
        coalesce((
            select points
            from guided
            order by points desc
            limit 1
            offset 100 * most
        ), 0) as least
    union all
    select *
    from (
        with bound as materialized (
            select
                max(round) + 1 as round,
                max(least) as least
            from rounds
            having max(least) < min(reached)
        ),

        candidates as materialized (
            select guided.*
            from guided
            inner join bound on guided.points >= bound.least
        ),

        -- first by article, then by word: that leaves least to carry; nothing is read where no word is to be looked for
        near as not materialized (
            select *
            from search_postings
            where doc in (select doc from candidates where exists (from phrase_words))
        ),

        spots as materialized (
            select
                anchors.nr,
                near.doc,
                cast(unnest(near.places) as integer) - anchors.place as spot
            from near
            inner join (from phrase_words where is_anchor) as anchors on anchors.term = near.term
        ),

        phrases as (
            select
                spots.doc,
                max(others.clause) as clause
            from (
                select
                    phrase_words.nr,
                    phrase_words.clause,
                    phrase_words.word_count,
                    phrase_words.place,
                    near.doc,
                    near.places
                from near
                inner join (from phrase_words where not is_anchor) as phrase_words on phrase_words.term = near.term
            ) as others
            inner join spots on spots.doc = others.doc and spots.nr = others.nr
            where list_contains(others.places, try_cast(spots.spot + others.place as usmallint))
            group by
                spots.nr,
                spots.doc,
                spots.spot
            having count(*) = max(others.word_count) - 1
        ),

        others as (
            select
                doc,
                sum(points) as points,
                bit_or(clauses) as clauses
            from (
                select
                    near.doc,
                    near.weight * rest.idf / 100 as points,
                    rest.clauses
                from (
                    select *
                    from search_postings
                    where doc in (select doc from candidates where exists (from rest))
                ) as near
                inner join rest on rest.term = near.term
                union all
                select
                    doc,
                    0 as points,
                    clause as clauses
                from phrases
            )
            group by doc
        ),

        matches as (
            select
                candidates.doc,
                candidates.points + coalesce(others.points, 0) as score
            from candidates
            left join others on others.doc = candidates.doc
            where candidates.clauses | coalesce(others.clauses, 0) = (select clauses from required)
            order by
                score desc,
                candidates.doc desc
            limit most
        )

        select
            bound.round,
            matches.doc,
            matches.score,
            bound.least as reached,
            -- a hair less: sums may differ in their last digits
            if(
                count(matches.doc) over () >= most,
                greatest(0, min(matches.score) over () - coalesce((select sum(2.2 * idf) from rest), 0) - 1e-9),
                0
            ) as least
        from bound
        left join matches on true
    )
),

-- by places in the table: the ids of all articles would be read otherwise
places as materialized (
    select
        articles.rowid as place,
        ranked.score,
        ranked.rank
    from (
        select
            doc,
            score,
            row_number() over (order by score desc, doc desc) as rank
        from rounds
        where
            doc is not null
            and round = (select max(round) from rounds)
    ) as ranked
    inner join articles on articles.search_doc = ranked.doc
),

best as materialized (
    select
        articles.article_id,
        places.score,
        places.rank
    from places
    inner join articles on articles.rowid = places.place
    order by places.rank
    limit most -- says how few they are: then they are looked up by their key
),

-- the words again, as they may be written: other forms of a letter, vowel marks between; phrases first
pattern as materialized (
    select
        '(?i)(^|[^a-z0-9À-ɏؠ-ۓ«])('
        || replace(string_agg(
            regexp_replace(
                list_reduce(
                    ['یيىې', 'ککكڪ', 'ہهۂۀةۃە', 'اأإٱ', '0٠۰', '1١۱', '2٢۲', '3٣۳', '4٤۴', '5٥۵', '6٦۶', '7٧۷', '8٨۸', '9٩۹'],
                    lambda written, forms: replace(written, forms[1], '[' || forms || ']'),
                    array_to_string(words, ' ')
                ),
                '(\[[ء-يٱ-ۓ]+\]|[ء-يٱ-ۓ])',
                '\1[\\x{0640}\\x{064b}-\\x{065f}\\x{0670}\\x{200b}-\\x{200f}]*',
                'g'
            ),
            '|' order by word_count desc, nr
        ), ' ', '[^a-z0-9À-ɏؠ-ۓ]*')
        || ')($|[^a-z0-9À-ɏؠ-ۓ])' as words
    from elements
    where not negative
),

texts as (
    select
        articles.article_id,
        substr(
            articles.text, greatest(1, strpos(articles.text, regexp_extract(articles.text, pattern.words)) - 80), 250
        ) as extract,
        pattern.words
    from articles
    cross join pattern
    where articles.article_id in (select article_id from best where rank <= 50)
)

select
    articles.article_id,
    round(best.score, 3) as score,
    articles.title,
    -- twice: of two neighbours, one pass marks the first only
    regexp_replace(
        regexp_replace(regexp_replace(texts.extract, '\s+', ' ', 'g'), texts.words, '\1«\2»\3', 'g'),
        texts.words,
        '\1«\2»\3',
        'g'
    ) as snippet,
    articles.outlet_id,
    articles.published_at,
    articles.lang,
    articles.relevance,
    articles.copy_kind,
    articles.url,
    (select max(built_at) from search_segments) as indexed_until
from best
inner join articles on articles.article_id = best.article_id
left join texts on texts.article_id = best.article_id
order by best.rank;
