"""Whether a profile of colours (ICC.1) says of them what a screen shows without it.

PDFium and Poppler follow a profile that a PDF brings, pdf.js does not: by one that turns white into black, words are
there in one program alone.
"""

from __future__ import annotations

import io
from functools import lru_cache
from itertools import product

import numpy as np

_MODES = {1: ("L", 256), 3: ("RGB", 33), 4: ("CMYK", 13)}
"""By how many numbers name a colour: what Pillow calls that, and how many steps of each are looked at."""

_FAR = {1: 90.0, 3: 90.0, 4: 110.0}
"""Of 255, how much brighter or darker a colour may be: of inks a screen shows the less, whatever is said of them."""

_BRIGHT = (0.299, 0.587, 0.114)
"""How bright red, green and blue seem (ITU-R BT.601)."""


@lru_cache(maxsize=32)
def honest(profile: bytes, parts: int) -> bool:
    """Whether each colour of a profile, `parts` numbers, is about as bright as without; False where it is none."""
    from PIL import Image, ImageCms

    mode, steps = _MODES[parts]
    each = np.linspace(0, 255, steps).round().astype(np.uint8)
    colours = np.array([*product(each, repeat=parts)], dtype=np.uint8).reshape(-1, 1, parts)
    bare = Image.fromarray(colours[..., 0] if parts == 1 else colours, mode)
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turn = ImageCms.buildTransform(given, ImageCms.createProfile("sRGB"), mode, "RGB")
        made = turn.apply(bare)
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return False
    told, seen = (np.asarray(one.convert("RGB"), dtype=float) @ _BRIGHT for one in (bare, made))
    return bool(np.abs(told - seen).max() <= _FAR[parts])
