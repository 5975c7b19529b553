"""Tests mirror the tree; `tests.site` is a real local news site."""
