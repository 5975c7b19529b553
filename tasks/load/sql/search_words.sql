-- The words of some articles with their places. The texts are read where the articles lie, by their place in the table:
-- joined by key, the text of every article would be read. An empty word between headline and text keeps phrases from
-- running on; a text is cut where a place has no number.
with wanted as materialized (
    select rowid as place
    from articles
    where article_id in (select id from wanted_articles)
),

chosen as materialized (
    select
        articles.search_doc as doc,
        article_words(coalesce(articles.title, '')) as headline,
        article_words(coalesce(articles.text, '')) as body
    from wanted
    inner join articles on articles.rowid = wanted.place
),

placed as (
    select
        doc,
        '' as field,
        (headline || [''] || body)[:65000] as words
    from chosen
    union all
    select
        doc,
        'title:' as field,
        headline[:65000] as words
    from chosen
),

occurrences as (
    select
        doc,
        field,
        unnest(words) as word,
        generate_subscripts(words, 1) as place
    from placed
),

counted as materialized (
    select
        doc,
        field,
        word,
        list(cast(place as usmallint)) as places
    from occurrences
    where
        word <> ''
        and doc is not null
    group by all
),

-- each word is hashed once: that costs more than the rest
hashed as (
    select
        field,
        word,
        md5_number_lower(field || word) as term
    from (
        select distinct
            field,
            word
        from counted
    )
),

weighed as (
    select
        hashed.term,
        counted.doc,
        counted.places,
        -- a word of the headline counts three times
        len(counted.places) + if(
            counted.field = '', 2 * len(list_filter(counted.places, lambda place: place <= len(chosen.headline))), 0
        ) as frequency,
        len(chosen.headline) + len(chosen.body) as all_words
    from counted
    inner join hashed using (field, word)
    inner join chosen using (doc)
)

insert into batch_postings
select
    term,
    doc,
    -- BM25 with k1 = 1.2 and b = 0.75; the usual length is a constant, so a weight never depends on other articles
    cast(100 * 2.2 * frequency / (frequency + 1.2 * (0.25 + 0.75 * all_words / 400)) as utinyint) as weight,
    list_sort(places) as places
from weighed
