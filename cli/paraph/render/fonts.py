"""Where the fonts lie: the fontpkg packages, never the machine's own fonts, so that every machine sets the same lines.

A house that wants another typeface installs its fontpkg package and names it in paraph.yml.
"""

from __future__ import annotations

import functools
from pathlib import Path


@functools.cache
def font_dirs() -> tuple[Path, ...]:
    """The folders of the installed fontpkg families, in the order of their paths."""
    import fontpkg

    return tuple(sorted({file.path.parent for family in fontpkg.families().values() for file in family.files}))
