"""Files from documents: which, by whom, and only what changed."""
