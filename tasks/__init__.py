"""The stages of the way of a news item: poll, fetch, extract, dedupe, enrich, load."""
