-- Articles of each day of a window.
select
    story_vectors.day,
    count(*) as articles
from story_vectors
where story_vectors.day between date '{first}' and date '{last}'
group by story_vectors.day
