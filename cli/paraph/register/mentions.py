"""The index of what events are about, read beside them: whether it says what they say."""

from __future__ import annotations

from collections.abc import Collection

from paraph.register.reader import Reader


class Mentions:
    """The index, from its beginning. Events are shown to it in the order of their numbers."""

    def __init__(self, reader: Reader) -> None:
        self._rows = reader.mentions()
        self._next = next(self._rows, None)

    @property
    def more(self) -> int:
        """The number of the next event that the index names; 0 where it names no more."""
        return self._next[0] if self._next else 0

    def tell(self, number: int, about: Collection[str] | None) -> bool:
        """Whether the index has exactly the keys `about` for event `number`, and named nothing since the last.

        None is an event that cannot be read: what it is about is passed over.
        """
        strays, found, row = False, list[str](), self._next
        if row and row[0] == number and about == (row[1],):  # of nearly every event, this and no more
            self._next = row = next(self._rows, None)
            if row is None or row[0] > number:
                return True
            found.extend(about)
        while row and row[0] <= number:
            if row[0] == number:
                found.append(row[1])
            else:
                strays = True
            row = next(self._rows, None)
        self._next = row
        return not strays and (about is None or set(found) == set(about))
