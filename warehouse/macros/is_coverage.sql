-- Whether an article counts as coverage of at least a level: a real article, of that relevance. One that nobody has judged
-- yet counts as level 1, as in the view coverage.
create or replace macro is_coverage(verdict, relevance, least) as
    verdict in ('article', 'brief')
    and coalesce(relevance, 1) >= least;
