"""Pages for the web."""
