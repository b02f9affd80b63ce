"""Where the shipped workspace lies: the checkout it is part of, or the copy that travels in the wheel."""

from __future__ import annotations

from pathlib import Path

CONTENT = ("paraph.yml", "statements", "templates", "glossary")
"""What a workspace consists of; `paraph init` copies just this."""


def starter() -> Path:
    """The folder that holds CONTENT.

    The checkout is looked at first: an editable install also leaves a copy in the wheel's place, which would go stale.
    """
    here = Path(__file__).resolve().parent
    checkout = here.parents[1]
    if (checkout / "pyproject.toml").is_file() and (checkout / "paraph.yml").is_file():
        return checkout
    return here / "_starter"
