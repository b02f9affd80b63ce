"""Clause texts for translators: in segments with their marks protected, as XLIFF, and what came back."""
