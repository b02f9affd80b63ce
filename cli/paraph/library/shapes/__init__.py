"""What each kind of file may hold, and a file held against it; the same as JSON Schemas and as Markdown."""
