-- A part as a share of the whole, three decimals; null where there is nothing to share.
create or replace macro share_of(part, whole) as
    round(part / nullif(whole, 0), 3);
