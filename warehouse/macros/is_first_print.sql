-- Whether a text counts when each is counted once: all but those printed again whole or cut from an article that we hold.
create or replace macro is_first_print(copy_kind, origin_article_id) as
    origin_article_id is null
    or copy_kind is null
    or copy_kind not in ('near', 'reprint');
