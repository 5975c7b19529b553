"""The warehouse: open, migrate, store, publish."""
