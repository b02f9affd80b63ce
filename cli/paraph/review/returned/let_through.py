"""Lists of what is let through by name: whatever is on none of them, a person looks at."""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """The names in `text`, with spaces between them."""
    return frozenset(text.split())
