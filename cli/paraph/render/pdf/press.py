"""A folded sheet for the printer: colours run 3 mm over the edge, marks say where to cut and fold, boxes say it again.

The page is larger than the sheet on each side by 10 mm. TrimBox is the sheet as cut, BleedBox what is printed around it
(PDF 32000-1, 14.11.2); a print shop's program reads those, and the marks are for the eye.
"""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Final

from paraph.errors import RenderError
from paraph.model.document import Edition
from paraph.render.kit import Kit
from paraph.render.pdf import document as pdf

EDGE: Final = 10
"""Millimetres around the sheet, as in templates/common/panels.typ."""
BLEED: Final = 3
_POINTS = 72 / 25.4


def render(edition: Edition, kit: Kit) -> bytes:
    """The PDF with its boxes. RenderError: the form has no folded sheet, or as in `document.render`."""
    import pikepdf

    if kit.sheet is None:
        raise RenderError(
            f"{edition.documents[0].form} is not printed to the edge of the paper", "Print its PDF as it is."
        )
    data = pdf.render(edition, replace(kit, press=True))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        for page in file.pages:
            left, bottom, right, top = (float(edge) for edge in page.mediabox)
            for name, inset in (("/TrimBox", EDGE), ("/BleedBox", EDGE - BLEED)):
                space = inset * _POINTS
                page[name] = pikepdf.Array(
                    round(edge, 3) for edge in (left + space, bottom + space, right - space, top - space)
                )
        file.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()
