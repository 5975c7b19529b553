"""One file, one flow; `serve` holds the only schedules and `cli` the command line."""
