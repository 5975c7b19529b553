-- A row for each feed whose state is not the one noted last.
with noted as (
    select
        feed_id,
        arg_max(state, since) as state
    from feed_states
    group by feed_id
)

insert into feed_states
select
    feeds.feed_id,
    $now as since,
    feeds.state
from feeds
left join noted using (feed_id)
where feeds.state is distinct from noted.state
