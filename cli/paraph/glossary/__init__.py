"""The termbase at work on text."""
