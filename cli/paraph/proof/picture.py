"""A page of a PDF as a picture, and where on it signs have their ink."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from paraph.errors import BrokenError

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

Image: TypeAlias = np.ndarray[Any, Any]
"""Pixels from 0 to 255: down, across, and, where it is not grey, by colour."""

Box: TypeAlias = tuple[int, int, int, int]
"""Pixels: left, above, right, below."""


def picture(page: PdfPage, scale: float, *, grey: bool = False) -> Image:
    """The page, `scale` pixels for a point."""
    drawn = page.render(scale=scale, grayscale=grey).to_numpy()
    # A copy: what the array shows is freed with the picture.
    return np.array(drawn if grey else drawn[..., :3])


class Boxes:
    """Where the signs of a page have their ink: in points, and in pixels of a picture of it."""

    def __init__(self, page: PdfPage, read: PdfTextPage, drawn: Image) -> None:
        self._page, self._read = page, read
        self._high, self._wide = drawn.shape[:2]
        self._points = tuple(ctypes.c_double() for _ in range(4))
        self._pixels = tuple(ctypes.c_int() for _ in range(4))

    def points(self, place: int) -> tuple[float, float, float, float]:
        """Left, below, right, above."""
        from pypdfium2 import raw

        left, below, right, above = self._points
        if not raw.FPDFText_GetCharBox(self._read, place, left, right, below, above):
            raise BrokenError("a sign of the PDF stands nowhere")
        return left.value, below.value, right.value, above.value

    def pixels(self, place: int) -> Box:
        """The same on the picture, the outermost pixels among them."""
        from pypdfium2 import raw

        left, below, right, above = self.points(place)
        x0, y0, x1, y1 = self._pixels
        raw.FPDF_PageToDevice(self._page, 0, 0, self._wide, self._high, 0, left, above, x0, y0)
        raw.FPDF_PageToDevice(self._page, 0, 0, self._wide, self._high, 0, right, below, x1, y1)
        across, down = sorted((x0.value, x1.value)), sorted((y0.value, y1.value))
        return across[0], down[0], across[1], down[1]
