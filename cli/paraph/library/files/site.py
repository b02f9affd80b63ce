"""templates/site/: the words, pages, style sheet and script of the website."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.library.cache import Cache
from paraph.library.known_names import Known, clean
from paraph.library.written.index import SITE, FileIndex, file_index
from paraph.library.written.reading import Reading
from paraph.model.finding import Finding, Source
from paraph.model.names import IN_BRACES
from paraph.model.site import SiteKit
from paraph.model.workspace import Workspace

if TYPE_CHECKING:
    from paraph.library.shapes.schema import SiteShape

_PLURALS = ("-one", "-two", "-few", "-many")


def read_site(reading: Reading, known: Known, index: FileIndex) -> SiteKit | None:
    """What templates/site/ holds, with findings; None where its strings cannot be read."""
    paths = [path for path in index.templates.get("site", ()) if not path.endswith(".yml")]
    files = {path.rpartition("/")[2]: reading.asset(path) for path in paths}
    styles = [reading.asset(path) for paths in index.templates.values() for path in paths if path.endswith("/form.css")]
    also = " ".join(known.workspace.all_languages)
    found = reading.once("site", f"{SITE}/strings.yml", lambda path: _words(reading, known, path), also)
    if found is None:
        return None
    strings, unchecked, themes = found
    return SiteKit(
        strings=strings,
        unchecked=unchecked,
        themes=themes,
        files={name: data for name, data in files.items() if data is not None},
        styles=tuple(data for data in styles if data is not None),
    )


def _words(
    reading: Reading, known: Known, path: str
) -> tuple[dict[str, dict[str, str]], tuple[str, ...], dict[str, dict[str, str]]] | None:
    """Strings by language and name, the languages that are unchecked, and themes by id and language."""
    from paraph.library.shapes.schema import SiteShape

    shape, _, source = reading.file(path, SiteShape)
    if shape is None:
        return None
    reading.add(_findings(shape, known, source))
    strings: dict[str, dict[str, str]] = {}
    for key, texts in shape.strings.items():
        for code, text in clean(texts).items():
            strings.setdefault(code, {})[key] = text
    return strings, tuple(shape.unchecked), {theme: dict(clean(texts)) for theme, texts in shape.themes.items()}


def _findings(shape: SiteShape, known: Known, source: Source) -> Iterator[Finding]:
    """A language is offered where it has every string: one that is begun and not finished would vanish silently."""
    yield from known.languages(source, {code: ("unchecked", n) for n, code in enumerate(shape.unchecked)})
    spoken = {code for texts in shape.strings.values() for code in texts}
    for key, texts in shape.strings.items():
        at = ("strings", key)
        yield from known.languages(source, {code: (*at, code) for code in texts})
        for code in sorted(spoken - set(texts)):
            message = f"{code} has other strings, and none for {key}"
            yield source.finding("language-missing", message, f"Add {code}: below it.", at=at)
        given = {name for text in texts.values() for name in IN_BRACES.findall(text)}
        for code, text in texts.items():
            if not key.endswith(_PLURALS) and (left := sorted(given - set(IN_BRACES.findall(text)))):
                message = f"{{{left[0]}}} is in other languages, and not here"
                yield source.finding("string-fields-differ", message, "Say it here, too.", at=(*at, code))


def site_kit(
    root: Path, workspace: Workspace, cache: Cache | None = None, index: FileIndex | None = None
) -> tuple[SiteKit | None, tuple[Finding, ...]]:
    """What a workspace makes its website with, and what is wrong with it. `cache` and `index` as in `load_for`."""
    reading = Reading(root=root, cache=cache)
    found = read_site(reading, Known(workspace=workspace), index or file_index(root))
    return found, tuple(sorted(set(reading.findings)))
