"""From articles to mentions, topics, relevance and quotes."""
