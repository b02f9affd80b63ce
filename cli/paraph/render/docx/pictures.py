"""Pictures in a Word file: pictograms as PNG, because Word shows no SVG by itself, each with what it shows in words."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from paraph.model.document import Picture
from paraph.ooxml.names import Attributes, Element, el
from paraph.ooxml.package import Package
from paraph.render.kit import Kit
from paraph.render.pictures import coloured, drawing, on_disc, raster

EMU = 36_000
"""English Metric Units in a millimetre."""
_KIND = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(slots=True)
class Pictures:
    """Puts pictures into one part of a package; `placed` counts them, because each needs a number of its own."""

    package: Package
    part: str
    kit: Kit
    placed: int = 100

    def inline(self, picture: Picture, colour: str, width: float, disc: str = "") -> Element:
        """A run that holds the picture, `width` mm wide, in the line; on a disc of the colour `disc`, if given."""
        height, graphic = self._graphic(picture, colour, width, disc)
        size = {"cx": round(width * EMU), "cy": round(height * EMU)}
        return _run(
            el(
                "wp:inline",
                {"distT": 0, "distB": 0, "distL": 0, "distR": 0},
                el("wp:extent", size),
                *self._named(picture),
                graphic,
            )
        )

    def _named(self, picture: Picture) -> tuple[Element, Element]:
        described: Attributes = {"id": self.placed, "name": picture.name or "code", "descr": picture.alt}
        return el("wp:docPr", described), el("wp:cNvGraphicFramePr")

    def _graphic(self, picture: Picture, colour: str, width: float, disc: str) -> tuple[float, Element]:
        svg = drawing(picture, self.kit.files)
        data, height = raster(on_disc(svg, colour, disc) if disc else coloured(svg, colour), width)
        media = f"word/media/{picture.name or 'code'}-{hashlib.sha256(data).hexdigest()[:8]}.png"
        if media not in self.package.parts:
            self.package.parts[media] = data
            self.package.declare(media, "image/png")
        self.placed += 1
        size = {"cx": round(width * EMU), "cy": round(height * EMU)}
        properties: Attributes = {"id": self.placed, "name": picture.name or "code", "descr": picture.alt}
        fill = el(
            "pic:blipFill",
            None,
            el("a:blip", {"r:embed": self.package.relate(self.part, "image", media)}),
            el("a:stretch", None, el("a:fillRect")),
        )
        shape = el(
            "pic:spPr",
            None,
            el("a:xfrm", None, el("a:off", {"x": 0, "y": 0}), el("a:ext", size)),
            el("a:prstGeom", {"prst": "rect"}, el("a:avLst")),
        )
        named = el("pic:nvPicPr", None, el("pic:cNvPr", properties), el("pic:cNvPicPr"))
        return height, el(
            "a:graphic", None, el("a:graphicData", {"uri": _KIND}, el("pic:pic", None, named, fill, shape))
        )


def _run(drawing: Element) -> Element:
    return el("w:r", None, el("w:drawing", None, drawing))
