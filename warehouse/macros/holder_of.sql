-- Who held an office on a day: two rows on the day of a handover, none where it is not known.
create or replace macro holder_of(role, day) as table
select
    roles.role_id,
    roles.entity_id,
    entities.name,
    roles.form,
    roles.start_date,
    roles.end_date
from roles
inner join entities on entities.entity_id = roles.entity_id
where
    roles.role_id = role
    and roles.start_date <= cast(day as date)
    and (roles.end_date is null or roles.end_date >= cast(day as date))
order by roles.start_date, roles.entity_id;
