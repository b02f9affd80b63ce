"""Pictures and colours of a PDF that the standard leaves no doubt of (ISO 32000-2, 8.6 and 8.9).

Of a dictionary that lacks what it must have, or says it in another way, each program makes what it can: PDFium leaves a
picture out that Poppler draws, and the other way round. What is told is what is not as the standard has it, in words.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pikepdf

from paraph.proof.profiles import honest

DEVICES = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4}

_KEYS = frozenset(
    {
        *("/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Intent", "/ImageMask"),
        *("/Mask", "/Decode", "/Interpolate", "/SMask", "/SMaskInData", "/Matte", "/Name", "/StructParent", "/ID"),
        *("/Metadata", "/Length", "/Filter", "/DecodeParms", "/DL", "/AF", "/Measure", "/PtData", "/GTS_Env"),
    }
)
"""Entries of a picture. The alternatives for print (/Alternates), those of a prepress server (/OPI) and layers (/OC)
are others than it shows."""

_DEPTHS = (1, 2, 4, 8, 16)
_LARGEST = 2**15
_PACKED = frozenset({"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"})
_CODED = frozenset({"/DCTDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/JPXDecode"})
_PREDICTORS = frozenset({1, 2, *range(10, 16)})
_DEEPEST = 4
_WHITE = 0.1
"""How far the colours of a screen together may be from its white (CIE 1931 XYZ)."""


def ill_packed(stream: Any, coded: frozenset[str] = frozenset()) -> Iterator[str]:
    """What of how a stream is packed (7.3.8) is not as the standard has it. `coded`: more ways that are right."""
    ways, parms = listed(stream.get("/Filter")), listed(stream.get("/DecodeParms"))
    if any(key in stream for key in ("/F", "/FFilter", "/FDecodeParms")):
        yield "what lies in another file"
    if not all(isinstance(one, pikepdf.Name) and str(one) in _PACKED | coded for one in ways):
        yield "what is packed in no way of the standard"
    for one in parms:
        if isinstance(one, pikepdf.Dictionary) and one.get("/Predictor", 1) not in _PREDICTORS:
            yield "what is packed in no way of the standard"


def ill_drawn(picture: Any) -> Iterator[str]:
    """What of a picture is not as the standard has it."""
    if other := sorted(set(picture.keys()) - _KEYS):
        yield f"a picture with {', '.join(one[1:] for one in other[:3])}"
        return
    told = [*ill_packed(picture, _CODED)]
    yield from told
    wide, high, deep = (_whole(picture.get(key)) for key in ("/Width", "/Height", "/BitsPerComponent"))
    if not (0 < wide <= _LARGEST and 0 < high <= _LARGEST):
        yield "a picture of no size"
        return
    ways, space, mask = (
        [*map(str, listed(picture.get("/Filter")))],
        picture.get("/ColorSpace"),
        picture.get("/ImageMask"),
    )
    free, colours = "/JPXDecode" in ways, 1
    if mask is not None and not isinstance(mask, bool):
        yield "a picture that may be a mask"
    elif mask:
        if deep not in (0, 1) or ("/BitsPerComponent" in picture and deep != 1) or space is not None:
            yield "a mask with colours"
        deep = 1
    elif not free or space is not None:
        if isinstance(space, pikepdf.Name) and str(space) not in DEVICES:
            yield f"a picture in a colour space that is none ({str(space)[1:]})"
            return
        if bad := ill_coloured(space):
            yield bad
            return
        colours = parts_of(space)
    if not free and deep not in _DEPTHS:
        yield "a picture whose dots have no depth of the standard (BitsPerComponent)"
        return
    if "/Decode" in picture and not are_numbers(picture["/Decode"], 2 * colours):
        yield "a picture whose colours are decoded in no way of the standard"
    yield from _masked(picture, colours)
    if not told:
        yield from _too_short(picture, _least(wide, high, colours * deep), coded=bool(_CODED.intersection(ways)))


def _masked(picture: Any, colours: int) -> Iterator[str]:
    mask, soft = picture.get("/Mask"), picture.get("/SMask")
    if isinstance(mask, pikepdf.Stream):
        if str(mask.get("/ImageMask")) != "True" or "/SMask" in mask or "/Mask" in mask:
            yield "a picture whose mask is none"
        else:
            yield from ill_drawn(mask)
    elif mask is not None and not are_numbers(mask, 2 * colours):
        yield "a picture whose mask is none"
    if soft is not None:
        if not isinstance(soft, pikepdf.Stream) or soft.get("/ColorSpace") != "/DeviceGray" or "/SMask" in soft:
            yield "a picture whose mask is none"
        else:
            yield from ill_drawn(soft)


def _too_short(picture: Any, least: int, *, coded: bool) -> Iterator[str]:
    if coded:
        return
    try:
        short = len(picture.read_bytes()) < least
    except pikepdf.PdfError:
        short = True
    if short:
        yield "a picture that is not whole"


def _least(wide: int, high: int, bits: int) -> int:
    """The bytes of a picture of so many bits a dot: each row of dots begins with a byte (8.9.3)."""
    return high * ((wide * bits + 7) // 8)


def ill_set(picture: Any) -> Iterator[str]:
    """What of a picture among the operators (8.9.7) is not as the standard has it."""
    try:
        wide, high, deep = picture.width, picture.height, picture.bits_per_component
        space, ways, data = picture.colorspace, [str(way) for way in picture.filters], picture.read_raw_bytes()
    except (AttributeError, TypeError, ValueError, NotImplementedError, pikepdf.PdfError):
        yield "a picture that is not whole"
        return
    colours = 1 if picture.image_mask else DEVICES.get(str(space), 1)
    whole = wide > 0 and high > 0 and deep in _DEPTHS and (picture.image_mask or space)
    if not whole or (not ways and len(data) < _least(wide, high, colours * deep)):
        yield "a picture that is not whole"


def ill_coloured(space: Any, deep: int = 0) -> str:
    """What of a colour space is not as the standard has it, "" where all of it is."""
    kind = space[0] if isinstance(space, pikepdf.Array) and len(space) else space
    bare = (
        f"a colour space that is not whole ({str(kind)[1:60]})"
        if isinstance(kind, pikepdf.Name)
        else "a colour space that is none"
    )
    if not isinstance(kind, pikepdf.Name) or deep > _DEEPEST:
        return bare
    name, more = str(kind), [*space][1:] if isinstance(space, pikepdf.Array) else []
    if name in DEVICES:
        return ""
    if name == "/Pattern":
        return ill_coloured(more[0], deep + 1) if more else ""
    checks = {
        "/CalGray": _calibrated, "/CalRGB": _calibrated, "/Lab": _calibrated, "/ICCBased": _profiled,
        "/Indexed": _indexed, "/Separation": _inked, "/DeviceN": _inked,
    }  # fmt: skip
    try:
        return "" if name in checks and checks[name](name, more, deep) else bare
    except (AttributeError, KeyError, IndexError, TypeError, ValueError, ArithmeticError, pikepdf.PdfError):
        return bare


def ill_defaulted(spaces: Any) -> Iterator[str]:
    """What spaces that are in place of those of devices (8.6.5.6) make of colours, where that is not about the same:
    Poppler follows them, PDFium does not."""
    for device, parts in DEVICES.items():
        name = f"/Default{device.removeprefix('/Device')}"
        if isinstance(spaces, pikepdf.Dictionary) and name in spaces:
            one = spaces[name]
            kind = str(one[0]) if isinstance(one, pikepdf.Array) and len(one) else str(one)
            if kind not in ("/ICCBased", "/CalGray", "/CalRGB", device) or ill_coloured(one) or parts_of(one) != parts:
                yield f"colours in place of others ({name[1:]})"


def parts_of(space: Any) -> int:
    """How many numbers name a colour of a space that is whole; 0 of one of patterns alone."""
    kind = str(space[0] if isinstance(space, pikepdf.Array) else space)
    match kind:
        case "/ICCBased":
            return int(space[1]["/N"])
        case "/DeviceN":
            return len(space[1])
        case "/CalRGB" | "/Lab":
            return 3
        case "/Pattern":
            return parts_of(space[1]) if isinstance(space, pikepdf.Array) and len(space) > 1 else 0
    return DEVICES.get(kind, 1)


def _calibrated(name: str, more: list[Any], _: int) -> bool:
    (told,) = more
    white = [float(one) for one in told["/WhitePoint"]]
    if len(white) != 3 or white[1] != 1 or min(white) <= 0:
        return False
    if "/BlackPoint" in told and any(float(one) != 0 for one in told["/BlackPoint"]):
        return False
    if "/Range" in told and not _rising(told["/Range"], 2):
        return False
    if "/Gamma" in told and not (are_numbers(told["/Gamma"], 3) if name == "/CalRGB" else float(told["/Gamma"]) > 0):
        return False
    if name == "/CalRGB" and "/Matrix" in told:
        matrix = [float(one) for one in told["/Matrix"]]
        # All three colours together are white.
        return len(matrix) == 9 and all(abs(sum(matrix[at::3]) - white[at]) < _WHITE for at in range(3))
    return True


def _profiled(_: str, more: list[Any], deep: int) -> bool:
    (profile,) = more
    parts, other = profile["/N"], profile.get("/Alternate")
    if parts not in (1, 3, 4) or [*ill_packed(profile)]:
        return False
    if "/Range" in profile and [float(one) for one in profile["/Range"]] != [0.0, 1.0] * parts:
        return False
    if other is not None and (ill_coloured(other, deep + 1) or parts_of(other) != parts):
        return False
    return honest(profile.read_bytes(), parts)


def _indexed(_: str, more: list[Any], deep: int) -> bool:
    base, last, table = more
    data = table.read_bytes() if isinstance(table, pikepdf.Stream) else bytes(table)
    if str(base[0] if isinstance(base, pikepdf.Array) else base) in ("/Indexed", "/Pattern"):
        return False
    return not ill_coloured(base, deep + 1) and 0 <= _whole(last) <= 255 and len(data) >= (last + 1) * parts_of(base)


def _inked(name: str, more: list[Any], deep: int) -> bool:
    inks, other, tint = more[:3]
    named = [inks] if name == "/Separation" else [*inks]
    if len(more) > (3 if name == "/Separation" else 4) or not all(isinstance(one, pikepdf.Name) for one in named):
        return False
    if str(other[0] if isinstance(other, pikepdf.Array) else other) in ("/Indexed", "/Pattern"):
        return False
    return bool(named) and not ill_coloured(other, deep + 1) and _function(tint, len(named), parts_of(other))


def _function(one: Any, taken: int, given: int) -> bool:
    """Whether a function (7.10) takes and gives as many numbers."""
    kind = _whole(one.get("/FunctionType"))
    if kind not in (0, 2, 3, 4) or not _rising(one["/Domain"], 2 * taken):
        return False
    of_stream = kind in (0, 4)
    if of_stream != isinstance(one, pikepdf.Stream) or (of_stream and "/Range" not in one):
        return False
    if "/Range" in one and not _rising(one["/Range"], 2 * given):
        return False
    if kind == 2:
        return all(are_numbers(one[key], given) if key in one else given == 1 for key in ("/C0", "/C1")) and "/N" in one
    if kind == 3:
        inner, bounds = [*one["/Functions"]], [float(bound) for bound in one["/Bounds"]]
        whole = len(bounds) == len(inner) - 1 and are_numbers(one["/Encode"], 2 * len(inner))
        return whole and bounds == sorted(bounds) and all(_function(each, 1, given) for each in inner)
    return True


def are_numbers(one: Any, count: int) -> bool:
    """Whether it is an array of as many numbers."""
    return isinstance(one, pikepdf.Array) and len(one) == count and all(map(is_number, one))


def _rising(one: Any, least: int) -> bool:
    """Whether it is an array of as many numbers, or more, in pairs that rise."""
    ends = [float(each) for each in one]
    return len(ends) >= least and len(ends) % 2 == 0 and all(low <= high for low, high in [*pairwise(ends)][::2])


def is_number(one: Any) -> bool:
    """Whether an object is a number."""
    return isinstance(one, (int, float, Decimal)) and not isinstance(one, bool)


def _whole(one: Any) -> int:
    """A whole number; -1 where it is none."""
    return one if isinstance(one, int) and not isinstance(one, bool) else -1


def listed(one: Any) -> list[Any]:
    """What stands for one thing or for several, as several; none where nothing stands there."""
    return [] if one is None else [*one] if isinstance(one, pikepdf.Array) else [one]
