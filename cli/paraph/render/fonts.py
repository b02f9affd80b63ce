"""Where the fonts lie: the fontpkg packages, never the machine's own fonts, so that every machine sets the same lines.

A house that wants another typeface installs its fontpkg package and names it in paraph.yml.
"""

from __future__ import annotations

import functools
import sys
from pathlib import Path

_MODULES, _FILES, _ABOUT = "fontpkg_*", "files", "metadata.json"


@functools.cache
def font_dirs() -> tuple[Path, ...]:
    """The folders of the installed fontpkg families, in the order of their paths.

    They are looked for by the names of modules, fontpkg_…, where Python looks for modules: fontpkg itself reads the
    metadata of every installed package first, which takes as long as half a page of a PDF. It is asked only where
    none is found, as in an installation that is no folder of files.
    """
    places = [Path(place) for place in sys.path if place]  # "" is the folder that somebody happens to be in
    named = {one.name: one for place in reversed(places) for one in place.glob(_MODULES)}
    found = {one / _FILES for one in named.values() if (one / _ABOUT).is_file()}
    if not found:
        import fontpkg

        found = {file.path.parent for family in fontpkg.families().values() for file in family.files}
    return tuple(sorted(found))


def font_packages() -> tuple[str, ...]:
    """The packages of the families in `font_dirs`: fontpkg_noto_serif."""
    return tuple(folder.parent.name for folder in font_dirs())
