"""Many files one after the other in one run: the memory is that of one."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from typing import TypeVar

_T = TypeVar("_T")
_EVERY = 10
"""After so many, what nobody holds any more is collected: trees of XML, whose parts hold one another."""


def steadily(items: Iterable[_T]) -> Iterator[_T]:
    """`items`, with garbage collected on the way.

    A command looks for garbage seldom, so as to be quick. What is there after the first of them is set aside meanwhile:
    to look through a large library again and again would find nothing, and take long.
    """
    aside = False
    try:
        for number, item in enumerate(items, 1):
            yield item
            if number % _EVERY == 0:
                gc.collect()
                if not aside:
                    gc.freeze()
                    aside = True
    finally:
        if aside:
            gc.unfreeze()
