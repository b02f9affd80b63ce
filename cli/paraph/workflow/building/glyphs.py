"""Characters that no page can show: of the fonts that paraph has and the house names, none draws them.

typst is asked, which sets the pages, and only for the characters of the workspace: its answer is that of a build.
Where one is missing, the files that hold it are read once more for the places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from paraph.library.written.index import COUNTRIES, INSTITUTIONS, STRINGS, WORKSPACE
from paraph.library.written.reader import read
from paraph.markup import canonical
from paraph.model.finding import Finding, KeyPath, Source
from paraph.model.library import Library

_UNPRINTED = {"clauses": ("title", "notes", "legal_basis", "waivers"), "": ("waivers",)}
"""Keys of clauses, and of other files, whose text no page shows."""


def unprintable(root: Path, library: Library) -> tuple[Finding, ...]:
    """Every place of a character that the workspace's fonts have not."""
    from paraph.render.pdf.glyphs import missing

    shared = (library.workspace, library.institutions, library.countries, library.concepts, library.strings)
    written = {char for text in chain(_texts(library), *map(_strings, shared)) for char in text}
    lacking = missing(written, library.workspace.brand)
    return places(root, library, lacking) if lacking else ()


def places(root: Path, library: Library, characters: Collection[str]) -> tuple[Finding, ...]:
    """Where any of `characters` is written in a text that is printed, line by line."""
    found: list[Finding] = []
    for name in _files(library):
        raw = (root / name).read_bytes() if (root / name).is_file() else b""
        written = canonical(raw.decode("utf-8", "replace"))
        if "\\" in written or any(char in written for char in characters):  # YAML may have it as \U0001F642
            data, source, _ = read(name, raw)
            for at, text in _values(data, ()):
                if at[0] not in _UNPRINTED["clauses" if "/clauses/" in name else ""]:
                    found += _in_text(source, at, text, characters)
    return tuple(sorted({*found}))


def _in_text(source: Source, at: KeyPath, text: str, characters: Collection[str]) -> Iterator[Finding]:
    from paraph.render.pdf.glyphs import code_points

    advice = "Write it in other characters, or name a font in paraph.yml that has it."
    for number, line in enumerate(canonical(text).split("\n")):
        for char in sorted({*line} & {*characters}):
            message = f"no font has “{char}” ({code_points(char)})"
            yield source.finding("no-glyph", message, advice, at=at, text_line=number)


def _files(library: Library) -> Iterator[str]:
    yield from dict.fromkeys(one.source.file for one in library.concepts.values())
    yield from (WORKSPACE, INSTITUTIONS, COUNTRIES, STRINGS)
    for kind in (library.forms, library.clauses, library.manifests):
        yield from (one.source.file for one in kind.values())


def _texts(library: Library) -> Iterator[str]:
    """Every text that can be printed, of clauses as written: what was parsed from that has no other characters."""
    for clause in library.clauses.values():
        yield from (text.text for text in clause.texts.values())
        yield from (translation.text.text for translation in clause.translations.values())
    for manifest in library.manifests.values():
        for texts in (manifest.title, manifest.subtitle, manifest.place, *manifest.fields.values()):
            yield from texts.values()
        yield from _strings((manifest.reference, manifest.values))
        for section in manifest.sections:
            yield from (*section.heading.values(), *section.chapeau.values())
            yield from (text for linked in section.all_uses() for text in _strings(linked[-1][1].values))
    for form in library.forms.values():
        yield from _strings((form.names, form.strings))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        yield from chain.from_iterable(map(_strings, node.values()))
    elif isinstance(node, tuple):
        yield from chain.from_iterable(map(_strings, node))
    elif is_dataclass(node) and not isinstance(node, Source):
        yield from chain.from_iterable(_strings(getattr(node, one.name)) for one in fields(node))


def _values(node: Any, at: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(node, str):
        yield at, node
    elif isinstance(node, dict):
        for key, one in node.items():
            yield from _values(one, (*at, key))
    elif isinstance(node, list):
        for position, one in enumerate(node):
            yield from _values(one, (*at, position))
