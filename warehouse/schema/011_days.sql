-- Days are kept beside the instant: to look them up in a zone costs more than all else that a count by day does, and a
-- day that stands in the table lets a question about some days skip the rest of it.

alter table articles add column day_utc date; -- day of publication, UTC; null: unknown
alter table articles add column day_karachi date; -- day of publication in Karachi
alter table articles add column day_washington date; -- day of publication in Washington

update articles
set
    day_utc = cast(published_at at time zone 'UTC' as date),
    day_karachi = cast(published_at at time zone 'Asia/Karachi' as date),
    day_washington = cast(published_at at time zone 'America/New_York' as date);
