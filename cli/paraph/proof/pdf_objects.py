"""All that a PDF is given beside its words: every object that its catalogue leads to (ISO 32000-1, 7.7.2), by where it
hangs, so that what nobody thought of is seen all the same.

What is no part of a text is left out: what the file says of itself, and what a signature brings with it (12.8).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

import pikepdf

from paraph.errors import BrokenError
from paraph.proof.reading import digest

_MOST_OBJECTS = 500_000

_OF_ITSELF = frozenset({"/Type", "/Metadata", "/Lang", "/Version", "/Extensions"})
_OF_SIGNATURES = frozenset({"/DSS", "/Perms"})
_BY_PAGE = frozenset({"/Pages"})

_CALLED = {
    "/AA": "actions of its own",
    "/AcroForm": "its form",
    "/AF": "the files attached to it",
    "/Dests": "the places that links lead to",
    "/EmbeddedFiles": "the files attached to it",
    "/OpenAction": "what opening it does",
    "/Outlines": "its bookmarks",
    "/PageLabels": "the numbers that its pages go by",
    "/StructTreeRoot": "what screen readers are told",
    "/URI": "the address that its links begin with",
}
"""Entries of the catalogue and of its names, as a reader knows them; others go by their key."""

_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_DRAWN = frozenset({"/Contents", "/Resources", "/Group"})
"""What a page is drawn from: that pages look the same is seen by looking."""

_OF_THE_TREE = frozenset({"/Type", "/Parent", "/MediaBox", "/CropBox"})
_MEANINGLESS = {"/Rotate": 0, "/UserUnit": 1}
_PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
_FIELD = frozenset(
    {"/Type", "/Subtype", "/FT", "/T", "/V", "/F", "/Ff", "/Rect", "/P", "/AP", "/Lock", "/SV", "/MK", "/DA"}
)
_STAMP = "Timestamp"
"""What pyHanko has a reading voice call the field of a time-stamp; any other name would be words of its own."""
_FORM = frozenset({"/Fields", "/SigFlags", "/DA", "/DR"})


class Objects:
    """The objects of a PDF, each part of it with a digest that does not depend on how it is packed."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._seen = 0
        self._streams: dict[tuple[int, int], str] = {}
        self._leaves = {pdf.Root.objgen: "catalogue"}
        self._leaves |= {page.obj.objgen: f"page {number}" for number, page in enumerate(pdf.pages, 1)}

    def given(self) -> Iterator[tuple[str, str]]:
        """What the whole and each page have beside what they are drawn from, by name with its digest.

        Raises BrokenError where there are more objects than a document has.
        """
        for key, value in self._pdf.Root.items():
            if key in _OF_ITSELF | _OF_SIGNATURES | _BY_PAGE or (key == "/AcroForm" and _form_of_signatures(value)):
                continue
            if key == "/Names" and isinstance(value, pikepdf.Dictionary):
                yield from ((_CALLED.get(name, f"its {name[1:]}"), self.digest(one)) for name, one in value.items())
            else:
                yield _CALLED.get(key, f"its {key[1:]}"), self.digest(value)
        for number, page in enumerate(self._pdf.pages, 1):
            yield from ((f"{name} of page {number}", one) for name, one in self._of_page(page.obj))

    def drawn(self, said: Iterable[str]) -> Iterator[str]:
        """The digest of what each page is drawn from; `said` are those of its operators."""
        for page, operators in zip(self._pdf.pages, said, strict=True):
            more = (inherited(page.obj, key) for key in ("/Resources", "/Group"))
            yield digest(operators, *(self.digest(one) for one in more if one is not None))

    @cached_property
    def dictionaries(self) -> tuple[pikepdf.Object, ...]:
        """Every dictionary that the catalogue leads to, each once."""
        return tuple(one for one in self._every if isinstance(one, pikepdf.Dictionary))

    @cached_property
    def arrays(self) -> tuple[pikepdf.Array, ...]:
        """Every array that the catalogue leads to, each once."""
        return tuple(one for one in self._every if isinstance(one, pikepdf.Array))

    @cached_property
    def _every(self) -> tuple[object, ...]:
        return tuple(one for one, _ in self._walk(self._pdf.Root, {}))

    def digest(self, start: object) -> str:
        """The digest of an object and of all that it leads to; pages and the catalogue are only named."""
        return digest(*(said for _, said in self._walk(start, self._leaves)))

    def _of_page(self, page: pikepdf.Object) -> Iterator[tuple[str, str]]:
        box = inherited(page, "/MediaBox")
        yield "the size", self.digest(box)
        crop = inherited(page, "/CropBox")
        if crop is not None and self.digest(crop) != self.digest(box):
            yield "the cut", self.digest(crop)
        for key, value in page.items():
            if key in _DRAWN | _OF_THE_TREE or _MEANINGLESS.get(key) == value:
                continue
            if key == "/Annots":
                marks = [one for one in value if not field_of_signature(one)]
                if marks:
                    yield "the links and marks", digest(*map(self.digest, marks))
            else:
                yield f"the {key[1:]}", self.digest(value)
        turned = inherited(page, "/Rotate")
        if "/Rotate" not in page and turned:
            yield "the Rotate", self.digest(turned)

    def _walk(self, start: object, leaves: Mapping[tuple[int, int], str]) -> Iterator[tuple[object, str]]:
        """Each object below `start`, breadth first, with what it says; another object in it goes by when it came up."""
        numbers: dict[tuple[int, int], int] = {}
        queue: deque[object] = deque()
        count = 0

        def named(one: Any) -> str:
            nonlocal count
            if not isinstance(one, (pikepdf.Array, pikepdf.Dictionary, pikepdf.Stream)):
                return _scalar(one)
            if one.is_indirect:
                if one.objgen in leaves:
                    return leaves[one.objgen]
                if one.objgen in numbers:
                    return f"#{numbers[one.objgen]}"
                numbers[one.objgen] = count
            count += 1
            queue.append(one)
            return f"#{count - 1}"

        first = named(start)
        yield start, first
        while queue:
            self._seen += 1
            if self._seen > _MOST_OBJECTS:
                raise BrokenError("the PDF has more objects than a document")
            one = queue.popleft()
            yield one, self._said(one, named)

    def _said(self, one: Any, named: Callable[[Any], str]) -> str:
        if isinstance(one, pikepdf.Array):
            return f"[{' '.join(map(named, one))}]"
        data = self._data(one) if isinstance(one, pikepdf.Stream) else ""
        pairs = sorted((key, value) for key, value in one.items() if not (data and key in _PACKING))
        return f"<{' '.join(f'{key} {named(value)}' for key, value in pairs)}>{data}"

    def _data(self, one: pikepdf.Stream) -> str:
        if one.objgen not in self._streams:
            try:
                self._streams[one.objgen] = digest(one.read_bytes())
            except pikepdf.PdfError:  # a picture of a kind that is kept as it is
                self._streams[one.objgen] = digest(one.read_raw_bytes())
        return self._streams[one.objgen]


def field_of_signature(one: object) -> bool:
    """A field without any room and with nothing but a signature: it shows nothing and does nothing."""
    if not isinstance(one, pikepdf.Dictionary) or one.get("/FT") != "/Sig":
        return False
    if not set(one.keys()) <= _FIELD | {"/TU"} or str(one.get("/TU", _STAMP)) != _STAMP:
        return False
    room = [float(side) for side in one.get("/Rect", ())]
    return len(room) == 4 and room[0] == room[2] and room[1] == room[3]


def _form_of_signatures(form: object) -> bool:
    if not isinstance(form, pikepdf.Dictionary) or not set(form.keys()) <= _FORM:
        return False
    return all(field_of_signature(one) for one in form.get("/Fields", ()))


def inherited(page: pikepdf.Object, key: str) -> pikepdf.Object | None:
    """An entry of a page, or of the branch that it hangs on."""
    one: Any = page
    for _ in range(50):
        if key in one or key not in _INHERITED or not isinstance(one.get("/Parent"), pikepdf.Dictionary):
            break
        one = one.Parent
    found: pikepdf.Object | None = one.get(key)
    return found


def _scalar(one: Any) -> str:
    if isinstance(one, bool) or one is None:
        return str(one)
    if isinstance(one, (int, float, Decimal)):
        return format(Decimal(one).normalize(), "f")
    if isinstance(one, pikepdf.String):
        return f"({bytes(one).hex()})"
    return repr(one) if isinstance(one, pikepdf.Operator) else f"/{one}"
