"""A real news site on loopback, with the faults of real ones."""
