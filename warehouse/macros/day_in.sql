-- The day of an instant in a zone, whatever the zone of the session; null where the date is unknown.
create or replace macro day_in(instant, zone) as
    cast(instant at time zone zone as date);
