"""From entries to archived pages."""
