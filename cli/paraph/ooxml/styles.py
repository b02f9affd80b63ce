"""Styles by the names that people see: Word rewrites the ids in the language of its user, never the names."""

from __future__ import annotations

from dataclasses import dataclass, field

from paraph.ooxml.names import Element, attribute, name


@dataclass(slots=True)
class Styles:
    """The styles of a document. Built-in names are lower case in the file ("heading 1") whatever Word shows."""

    root: Element
    _ids: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for style in self.root.findall(name("w:style")):
            kind, shown = attribute(style, "w:type"), attribute(style.find(name("w:name")), "w:val")
            self._ids[kind, shown.casefold()] = attribute(style, "w:styleId")

    def id(self, kind: str, shown: str, *others: str) -> str:
        """The id of the first style of `kind` (paragraph, character, table) that is there by these names, or ""."""
        names = (one.casefold() for one in (shown, *others))
        return next((self._ids[kind, one] for one in names if (kind, one) in self._ids), "")

    def find(self, id_: str) -> Element | None:
        """The style of an id."""
        found = self.root.iterfind(name("w:style"))
        return next((style for style in found if attribute(style, "w:styleId") == id_), None)

    def like(self, kind: str, beginning: str) -> frozenset[str]:
        """The ids of all styles of `kind` whose names begin so."""
        wanted = beginning.casefold()
        return frozenset(found for (one, shown), found in self._ids.items() if one == kind and shown.startswith(wanted))
