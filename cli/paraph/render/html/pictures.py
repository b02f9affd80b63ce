"""The pictures of a page, inside the file: pictograms in the colour of their panel, and codes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from paraph.model.document import Edition, Part, Picture
from paraph.model.text import Grid
from paraph.render.html.column import element
from paraph.render.kit import Kit
from paraph.render.pictures import coloured, drawing, ground_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Pictures:
    """By the key of its block each picture, and by the id of its part the number of its ground."""

    images: Mapping[str, etree._Element] = field(default_factory=dict)
    panels: Mapping[str, int] = field(default_factory=dict)

    def beside(self, key: str, row: etree._Element) -> etree._Element:
        """The row with its picture, which stands once before all its languages; the row itself where it has none."""
        if key not in self.images:
            return row
        return element("div", self.images[key], row, class_="pictured")

    def classes(self, part: Part) -> str:
        """The classes that give a part the colours of its panel."""
        return f" on-panel panel-{self.panels[part.id]}" if part.id in self.panels else ""


def pictures(edition: Edition, kit: Kit) -> Pictures:
    """The pictures of the first document; a second one shows the same."""
    first = edition.documents[0]
    if kit.sheet is None and not first.pictures:
        return Pictures()
    colours = kit.brand.colours or (kit.brand.accent,)
    panels = {part.id: ground_of(kit, part.id) % len(colours) for part in first.parts}
    places = {
        block.key: panels[part.id] for part in first.parts for block in part.blocks if not isinstance(block, Grid)
    }
    images = {
        key: _image(picture, drawing(picture, kit.files), colours[places[key]])
        for key, picture in first.pictures.items()
        if key in places
    }
    return Pictures(images=images, panels=panels)


def _image(picture: Picture, svg: str, colour: str) -> etree._Element:
    kind = "code" if picture.address else "pictogram" if "currentColor" in svg else "drawing"
    data = base64.b64encode(coloured(svg, colour).encode("utf-8")).decode("ascii")
    made = element("img", class_=kind, src=f"data:image/svg+xml;base64,{data}")
    made.set("alt", picture.alt)
    return made
