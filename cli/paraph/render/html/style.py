"""The style sheet of a page: the form's page.css, after what only the document and the brand know.

Those are the accent colour (and a lighter one for dark screens), the font stacks, the page numbers in the margin of a
printed page, and the widths of table columns. Nothing is fetched: fonts are named, and a stack of what machines have
follows each name.
"""

from __future__ import annotations

import re

from paraph.errors import RenderError
from paraph.model.document import Document, Edition
from paraph.model.text import Table
from paraph.render.html.brand import panels, string, variables
from paraph.render.html.column import share
from paraph.render.kit import Kit


def style(edition: Edition, kit: Kit) -> str:
    """The whole style sheet; `form.css`, where a form brings one, comes last."""
    files = [text(kit, "page.css"), *([text(kit, "form.css")] if "form.css" in kit.files else [])]
    sheet = "\n".join(
        [
            variables(kit.brand),
            _page(edition, kit.paper),
            *_widths(edition),
            *(panels(kit.brand) if kit.sheet else []),
            *files,
        ]
    )
    if "</" in sheet or "<!--" in sheet:
        raise RenderError("The style sheet holds '</' or '<!--', which would end it", "Take it out of page.css.")
    return sheet


def text(kit: Kit, name: str) -> str:
    """A template file as text."""
    try:
        return kit.files[name].decode("utf-8")
    except KeyError:
        raise RenderError(f"The form has no {name}", f"Put {name} into templates/common/.") from None
    except UnicodeDecodeError as error:
        raise RenderError(f"{name} is not UTF-8: {error.reason} at byte {error.start}", "Save it as UTF-8.") from error


def _page(edition: Edition, paper: str) -> str:
    numbers = ' " \\b7  " '.join(_page_number(document) for document in edition.documents)
    return f"@page {{\n  size: {paper.upper()};\n  @bottom-center {{ content: {numbers}; }}\n}}"


def _page_number(document: Document) -> str:
    """The words for "Page 1 of 3" as CSS content, from the document's label."""
    pieces = re.split(r"\{(page|pages)\}", document.labels.get("page", "{page}"))
    return " ".join(f"counter({piece})" if n % 2 else string(piece) for n, piece in enumerate(pieces) if piece)


def _widths(edition: Edition) -> list[str]:
    tables = [block for document in edition.documents for block in document.blocks() if isinstance(block, Table)]
    shares = {share(table.widths, n) for table in tables for n in range(len(table.widths))}
    return [f".share-{one} {{ width: {one}%; }}" for one in sorted(shares)]
