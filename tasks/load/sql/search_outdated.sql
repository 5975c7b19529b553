-- Made by other rules, or one number in five is dead.
select
    exists (select 1 from search_segments where rules <> $rules)
    or (select count(*) from search_dead) * 5 > (select sum(articles) from search_segments)
