"""Statements that exist already, as files of other programs: read, cleaned, taken apart, set side by side, drafted."""
