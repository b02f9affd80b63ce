"""The pictures of a document as SVG: pictograms from the templates, QR codes made here; as PNG where none is shown."""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from paraph.errors import RenderError
from paraph.model.document import Picture
from paraph.render.kit import Kit

_QUIET = 4
"""Modules of white around a code, as ISO/IEC 18004 asks."""

_DENSITY = 300
"""Dots an inch of a drawing where no SVG is shown."""


def drawing(picture: Picture, files: Mapping[str, bytes]) -> str:
    """The picture as SVG; a pictogram is drawn in `currentColor`. RenderError: no such file, or it is no text."""
    if picture.address:
        return qr_code(picture.address)
    name = f"{picture.name}.svg"
    try:
        return files[name].decode("utf-8")
    except KeyError:
        raise RenderError(f"The form has no {name}", f"Put {name} into templates/common/.") from None
    except UnicodeDecodeError as error:
        raise RenderError(f"{name} is not UTF-8", "Save it as UTF-8.") from error


def scene(picture: Picture, files: Mapping[str, bytes]) -> str:
    """The drawing that goes with a pictogram, `ombudsman-scene.svg` beside `ombudsman.svg`; "" where there is none."""
    name = f"{picture.name}-scene"
    return drawing(replace(picture, name=name), files) if not picture.address and f"{name}.svg" in files else ""


def ground_of(kit: Kit, part: str) -> int:
    """The number of the ground that a part stands on, in the order of reading; 0 without a sheet."""
    return kit.sheet.grounds.get(part, 0) if kit.sheet is not None else 0


def coloured(svg: str, colour: str) -> str:
    """A pictogram in a colour (#rrggbb): a picture in a file of its own inherits none."""
    return svg.replace("currentColor", colour)


def on_disc(svg: str, ink: str, ground: str) -> str:
    """A pictogram in the colour `ink` on a disc of the colour `ground`, as it stands beside words."""
    from lxml import etree

    inner = etree.fromstring(coloured(svg, ink).encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    if "viewBox" not in inner.attrib and {"width", "height"} <= set(
        inner.keys()
    ):  # its size, where it says no other square
        inner.set("viewBox", f"0 0 {inner.get('width')} {inner.get('height')}")
    for name, value in (("x", "9"), ("y", "9"), ("width", "30"), ("height", "30")):
        inner.set(name, value)
    disc = f'<circle cx="24" cy="24" r="24" fill="{ground}"/>'
    within = etree.tostring(inner, encoding="unicode", with_tail=False)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{disc}{within}</svg>'


@functools.lru_cache(maxsize=64)
def qr_code(address: str) -> str:
    """The QR code of an address, level M (15 % may be damaged), black on white with its quiet zone."""
    import segno

    out = io.BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(out, kind="svg", border=_QUIET, dark="#000000", light="#ffffff", xmldecl=False, omitsize=True)
    return out.getvalue().decode("utf-8")


@functools.lru_cache(maxsize=256)
def raster(svg: str, width: float) -> tuple[bytes, float]:
    """A drawing as a PNG of `width` mm at 300 dots an inch, and its height in mm. RenderError: it is none."""
    import typst
    from docx.image.image import Image

    page = f'#set page(width: {width}mm, height: auto, margin: 0mm, fill: none)\n#image("/drawing.svg", width: 100%)'
    files = {"main.typ": page.encode(), "drawing.svg": svg.encode()}
    given: Any = files
    try:
        data = bytes(typst.compile(given, format="png", ppi=_DENSITY))
    except typst.TypstError as error:
        raise RenderError(f"A drawing cannot be shown in Word: {error.message}", "Save it as plain SVG.") from error
    size = Image.from_file(io.BytesIO(data))
    return data, width * size.px_height / size.px_width
