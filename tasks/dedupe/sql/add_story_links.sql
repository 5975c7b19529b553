-- Joins are done in the order in which the query writes them, the second table hashed: of a window of a large table, and
-- of what this transaction has written, the engine guesses sizes wrong, and then takes five times as long.
set disabled_optimizers = 'join_order, build_side_probe_side';

insert into story_links by name ({query});

reset disabled_optimizers
