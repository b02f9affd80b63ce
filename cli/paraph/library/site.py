"""templates/site/: the words, pages, style sheet and script of the website."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.library.index import SITE, FileIndex, file_index
from paraph.library.known import Known, clean
from paraph.library.reading import Reading
from paraph.library.shared import read_shared
from paraph.model.finding import Finding, Source
from paraph.model.names import IN_BRACES
from paraph.model.site import SiteKit

if TYPE_CHECKING:
    from paraph.library.schema import SiteShape

_PLURALS = ("-one", "-two", "-few", "-many")


def read_site(reading: Reading, known: Known, index: FileIndex) -> SiteKit | None:
    """What templates/site/ holds, with findings; None where its strings cannot be read."""
    from paraph.library.schema import SiteShape

    shape, _, source = reading.file(f"{SITE}/strings.yml", SiteShape)
    paths = [path for path in index.templates.get("site", ()) if not path.endswith(".yml")]
    files = {path.rpartition("/")[2]: reading.asset(path) for path in paths}
    styles = [reading.asset(path) for paths in index.templates.values() for path in paths if path.endswith("/form.css")]
    if shape is None:
        return None
    reading.add(_findings(shape, known, source))
    strings: dict[str, dict[str, str]] = {}
    for key, texts in shape.strings.items():
        for code, text in clean(texts).items():
            strings.setdefault(code, {})[key] = text
    return SiteKit(
        strings=strings,
        unchecked=tuple(shape.unchecked),
        themes={theme: clean(texts) for theme, texts in shape.themes.items()},
        files={name: data for name, data in files.items() if data is not None},
        styles=tuple(data for data in styles if data is not None),
    )


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


def site_kit(root: Path) -> tuple[SiteKit | None, tuple[Finding, ...]]:
    """What a workspace makes its website with, and what is wrong with it."""
    reading, index = Reading(root=root), file_index(root)
    shared = read_shared(reading, index)
    found = read_site(reading, shared.known, index)
    here = (one for one in reading.findings if one.file.startswith(f"{SITE}/"))
    return found, tuple(sorted(set(here)))
