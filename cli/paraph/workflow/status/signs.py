"""How a member stands, in a sign or two: the same in a terminal, on a page and in a workbook, without colour."""

from __future__ import annotations

SIGNS = {"approved": "✓", "reserved": "R", "abstained": "–", "objected": "✗", "tacit": "t", "pending": "·"}
"""By the state of a member (`paraph.standing.rules.State`)."""
LAPSED = "~"
AMENDS = "±"
UNCOUNTED = {"invited": "*", "left": "°"}
"""Beside a member that counts for nothing."""


def sign(state: str, *, lapsed: bool, amends: bool) -> str:
    """The sign of a state, whether that has lapsed, and whether the member proposes other words: R~±."""
    return SIGNS[state] + LAPSED * lapsed + AMENDS * amends
