-- One row per article with a hash of each kind of mark, to see what re-marking changes.
with mention_hashes as (
    select
        article_id,
        bit_xor(hash(entity_id, surface, mention_count, first_offset, role_id, flags)) as digest
    from mentions
    group by article_id
),

topic_hashes as (
    select
        article_id,
        bit_xor(hash(topic_id, topic_rank, evidence)) as digest
    from article_topics
    group by article_id
),

quote_hashes as (
    select
        article_id,
        bit_xor(hash(text, speaker, speaker_entity_id, cue, kind, source_kind)) as digest
    from quotes
    group by article_id
)

select
    articles.article_id,
    hash(articles.relevance) as relevance,
    hash(articles.relevance_score) as relevance_score,
    coalesce(mention_hashes.digest, 0) as mentions,
    coalesce(topic_hashes.digest, 0) as topics,
    coalesce(quote_hashes.digest, 0) as quotes
from articles
left join mention_hashes using (article_id)
left join topic_hashes using (article_id)
left join quote_hashes using (article_id)
