"""Ranges of a Word file that begin and end anywhere, bookmarks and comments: which are open where text stands.

They may lie over each other, as many as a file likes; how often they may do so over text is bounded, for a file from
outside could fill the memory by it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from paraph.ooxml.archive import PackageError

_MOST = 3_000_000
"""Names over runs and paragraphs, all counted: a packet of sixty texts has ten thousand."""


@dataclass(slots=True)
class Ranges:
    """What is open, by name; the ids of each."""

    _names: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, dict[str, None]] = field(default_factory=dict)
    _open: frozenset[str] | None = frozenset()
    _told: int = 0

    @property
    def any(self) -> bool:
        """Whether any is open."""
        return bool(self._ids)

    def here(self) -> frozenset[str]:
        """The names of what is open. PackageError: it has become too much."""
        if self._open is None:
            self._open = frozenset(self._ids)
        self._told += len(self._open)
        if self._told > _MOST:
            raise PackageError(
                "The Word file has more bookmarks and comments over each other than a document holds",
                "Open it in Word, save it under a new name, and send that file.",
            )
        return self._open

    def begin(self, id_: str, named: str) -> None:
        """A range begins; one of the same id is given up."""
        self._drop(id_)
        self._names[id_] = named
        self._ids.setdefault(named, {})[id_] = None
        self._open = None

    def end(self, id_: str) -> None:
        """The end of a name: LibreOffice begins one over several paragraphs twice, first without an end."""
        named = self._names.get(id_)
        for one in self._ids.pop(named, ()) if named is not None else ():
            self._names.pop(one, None)
        self._open = None

    def _drop(self, id_: str) -> None:
        if (named := self._names.pop(id_, None)) is not None:
            self._ids[named].pop(id_)
            if not self._ids[named]:
                del self._ids[named]
