"""A Word file from outside, read as Word shows it: nothing of what writes DOCX is used here."""
