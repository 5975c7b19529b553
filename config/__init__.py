"""What a user edits (settings, feeds, outlets) and `model`, which validates it all."""
