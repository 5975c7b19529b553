select
    (select count(*) from polls) as polls,
    (select count(*) from entries) as sightings,
    (select count(*) from pages where outcome = 'ok') as pages_archived,
    (select count(*) from articles) as pages_of_any_kind,
    (select count(*) from coverage) as articles,
    (select count(*) from coverage_unique) as different_texts,
    (select count(*) from coverage where lang = 'ur') as in_urdu,
    (select count(*) from changes) as edits,
    (select count(*) from failures) as failures
