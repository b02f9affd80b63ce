"""A unit: some files of the site that are made together, and the mark of all that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeAlias

Files: TypeAlias = Iterable[tuple[str, bytes]]
"""Files by their path below the root of the site, with forward slashes."""


class Unit(NamedTuple):
    """Files that `make` makes, and that are sent, only where the target has another `mark` for this `name`, or none.

    `tops` are what the files lie in at the top of the site, where that is not the first step of the name.
    """

    name: str
    mark: str
    make: Callable[[], Files]
    tops: tuple[str, ...] = ()
