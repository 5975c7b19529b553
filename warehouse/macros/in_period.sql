-- Whether an instant falls on one of the days since .. until of a zone, both included. A null bound is none; an unknown
-- date is in no period, but it stays in where both bounds are null.
create or replace macro in_period(instant, since, until, zone) as
    (since is null or instant >= cast(since as timestamp) at time zone zone)
    and (until is null or instant < (cast(until as timestamp) + interval 1 day) at time zone zone);
