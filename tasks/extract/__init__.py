"""From archived pages to documents."""
