-- Entities that config/ no longer has.
delete from entities
where not list_contains($entities, entity_id)
