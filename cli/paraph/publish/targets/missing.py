"""What to say where the libraries of the extra `publish` are not installed."""

from __future__ import annotations

from paraph.errors import UsageError


def missing(what: str) -> UsageError:
    """The error for a target that needs them."""
    return UsageError(f"{what} needs more than paraph brings by itself", "pip install 'paraph[publish]'")
