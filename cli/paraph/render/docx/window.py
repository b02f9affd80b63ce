"""The address of a letter in Word, where the window of an envelope shows it.

It stands in a frame (ECMA-376 Part 1, 17.3.1.11) that is somewhat higher than the window, or more so where a house has
restyled the address so that it needs that: a line that is outside the window is seen, one that is cut off is not. Size
and distance of its lines are those of the PDF, by which tables of recipients are judged (model/addressing.py), unless
the style “Paraph Address” has a size of its own.
"""

from __future__ import annotations

from collections.abc import Iterable

from paraph.model.addressing import PITCH, SIZE
from paraph.model.workspace import Window
from paraph.ooxml.names import PARAGRAPH_ORDER, RUN_ORDER, Element, attribute, el, name, properties_of, put
from paraph.ooxml.styles import Styles

_TWIPS = 1440 / 25.4
_BELOW = 8
"""Millimetres below the window in which nothing stands: a letter moves in its envelope."""
_HEAD_PITCH, _TINY = 1.3, 6
"""Distance of the lines of an Arabic letterhead, in sizes of its type (Amiri by itself takes 1.76); and the size, in
half points, of a line that is only there for its border."""


def show_in_window(root: Element, paragraph: Element, window: Window, styles: Styles, *, rtl: bool) -> None:
    """Set the address where the window is, whatever stands above it.

    The frame reaches up to where the text begins, so that no line finds room above the address, and starts with as much
    space as that is.
    """
    margins = next(root.iter(name("w:pgMar")), None)
    begins = int(attribute(margins, "w:top")) if margins is not None else 0
    left, top, width, height = (round(side * _TWIPS) for side in (window.left, window.top, window.width, window.height))
    above = max(0, top - begins)
    place: dict[str, str | int] = {
        "w:w": width,
        "w:h": height + above + round(_BELOW * _TWIPS),
        "w:hRule": "atLeast",
        "w:x": left,
        "w:y": top - above,
    }
    anchors: dict[str, str | int] = {"w:wrap": "notBeside", "w:vAnchor": "page", "w:hAnchor": "page"}
    properties = properties_of(paragraph, "w:pPr")
    style = styles.find(attribute(properties.find(name("w:pStyle")), "w:val"))
    spacing: dict[str, str | int] = {"w:before": above, "w:after": 0}
    if style is None or style.find(f"{name('w:rPr')}/{name('w:sz')}") is None:
        spacing |= {"w:line": round(PITCH[rtl] * 20), "w:lineRule": "exact"}
        for run in paragraph.iter(name("w:r")):
            own = properties_of(run, "w:rPr")
            put(own, el("w:sz", {"w:val": round(SIZE[False] * 2)}), RUN_ORDER)
            put(own, el("w:szCs", {"w:val": round(SIZE[rtl] * 2)}), RUN_ORDER)
    put(properties, el("w:framePr", {**place, **anchors}), PARAGRAPH_ORDER)
    put(properties, el("w:spacing", spacing), PARAGRAPH_ORDER)


def hold_letterhead(paragraphs: Iterable[Element], styles: Styles) -> None:
    """Set the lines of an Arabic letterhead as close as those of the others, so that it ends above the window."""
    for paragraph in paragraphs:
        style = styles.find(attribute(paragraph.find(f"{name('w:pPr')}/{name('w:pStyle')}"), "w:val"))
        size = attribute(style.find(f"{name('w:rPr')}/{name('w:szCs')}"), "w:val") if style is not None else ""
        if size and style is not None and int(size) > _TINY:
            own = style.find(f"{name('w:pPr')}/{name('w:spacing')}")
            kept = {f"w:{side}": said for side in ("before", "after") if (said := attribute(own, f"w:{side}"))}
            pitch: dict[str, str | int] = {"w:line": round(int(size) * 10 * _HEAD_PITCH), "w:lineRule": "exact"}
            put(properties_of(paragraph, "w:pPr"), el("w:spacing", {**kept, **pitch}), PARAGRAPH_ORDER)
