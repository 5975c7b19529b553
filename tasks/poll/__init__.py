"""From feeds to entries."""
