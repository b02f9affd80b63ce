"""What the fonts of a PDF can show: typst is asked before a page is set with it."""

from __future__ import annotations

import functools
import json
import re
import unicodedata
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from paraph.model.workspace import Brand
from paraph.render.fonts import font_dirs

if TYPE_CHECKING:
    import typst

_REFUSED = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))", re.DOTALL)
_PAGE = b"""#set document(title: "characters")
#let given = json(bytes(sys.inputs.data))
#set text(font: given.fonts, fallback: false)
#for char in given.characters { for look in (it => it, strong, emph) { par(look(char)) } }
"""


def missing(characters: Collection[str], brand: Brand) -> tuple[str, ...]:
    """Those of `characters`, in their order, that none of the house's fonts has, upright, bold or italic."""
    import typst

    files: Any = {"main.typ": _PAGE}
    given = {
        "fonts": [brand.text_font, brand.heading_font, brand.arabic_font],
        "characters": sorted(char for char in characters if not char.isascii()),
    }
    try:
        typst.compile_with_warnings(
            files,
            font_paths=typst_fonts(),
            sys_inputs={"data": json.dumps(given)},
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        return tuple(sorted({*"".join(refused(error.diagnostic))} & {*characters}))
    return ()


def refused(diagnostic: str) -> tuple[str, ...]:
    """The texts that typst says it cannot show, each once; it writes them as Rust does, with escapes."""
    return tuple(dict.fromkeys(_ESCAPE.sub(_unescaped, text) for text in _REFUSED.findall(diagnostic)))


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2]


def code_points(text: str) -> str:
    """The characters of `text` by number and name, for a message."""
    return ", ".join(f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip() for char in text)


@functools.cache
def typst_fonts() -> typst.Fonts:
    """The fonts that pages are set in, and no others."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(path) for path in font_dirs()]
    )
