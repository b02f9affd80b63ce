"""Letters: one document to each recipient of a table."""
