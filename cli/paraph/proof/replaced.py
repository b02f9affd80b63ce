"""What a PDF says in place of what it shows: a text that goes with some signs (ActualText, ISO 32000-1, 14.9.4).

Programs write one where several signs are one letter, or one sign several. Whoever reads the file reads that text, and
whoever looks at the page sees the signs; each sign says by itself, too, what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from paraph.proof.pdf_glyphs import codes
from paraph.proof.reset_pages import PAIRED

_MOST_TOLD = 500
_MOST_FORMS = 200
_JOINED = re.compile("f[fijlt]{1,2}|[ct]t|st|Th")
"""Letters that are drawn as one, whose sign may say the first alone."""

_REVERSED = "/ReversedChars"
_SOFT = "\u00ad"
"""A hyphen that is there because a line ends."""

_STROKE = "\u0640"
"""What makes the line between two Arabic letters longer."""


_VARIANTS = str.maketrans("\uf6c4\uf6c5\uf6c6\uf6c7\uf6c8", "гбдпт")
"""Letters as Macedonian and Serbian draw them, which a font may call so (Adobe Glyph List, afii10063 and on)."""


@dataclass(slots=True)
class _Span:
    """A text in place of signs, and what those say."""

    text: str
    shown: list[str] = field(default_factory=list)


def replaced(pdf: pikepdf.Pdf) -> Iterator[str]:
    """What is said in place of what is shown, and is not the same, in words."""
    fonts: dict[tuple[int, int], dict[int, str] | None] = {}
    told = set[tuple[str, str]]()
    for page in pdf.pages:
        for span in _spans(page.obj, fonts):
            pair = span.text.strip(), "".join(span.shown).strip()
            if pair not in told and not _same(*pair):
                told.add(pair)
                if len(told) > _MOST_TOLD:
                    yield "more words in place of what it shows"
                    return
                yield f"“{pair[0][:80]}” in place of what it shows, “{pair[1][:80]}”"


def unreverse(pdf: pikepdf.Pdf, page: pikepdf.Page) -> bool:
    """Take the marks of signs in reverse out of spans of a page that have a text in their place; whether any was."""
    content: object = page.get("/Contents", None)
    streams = [*content] if isinstance(content, pikepdf.Array) else [content]
    if not any(isinstance(one, pikepdf.Stream) and _REVERSED.encode() in one.read_bytes() for one in streams):
        return False
    kept, marks = [], list[str]()
    every = pikepdf.parse_content_stream(page)
    for one in every:
        match str(one.operator):
            case "BMC" | "BDC":
                within = "text" in marks
                marked = str(one.operands[0]) if one.operands else ""
                spoken = len(one.operands) == 2 and _text(one.operands[1], page.resources) is not None
                marks.append("reverse" if within and marked == _REVERSED else "text" if spoken else "")
                if marks[-1] == "reverse":
                    continue
            case "EMC" if marks and marks.pop() == "reverse":
                continue
        kept.append(one)
    if len(kept) < len(every):
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    return len(kept) < len(every)


def _same(text: str, shown: str) -> bool:
    """Whether signs say a text, in whichever order, with whichever marks on their letters."""
    said, seen = _bare(text), _bare(shown)
    if said == seen:
        return True
    if (text, shown) == (_SOFT, "-"):
        return True
    return _JOINED.fullmatch(text) is not None and len(shown) == 1 and text.startswith(shown)


def _bare(text: str) -> Counter[str]:
    # Which way a bracket opens is its line’s.
    plain = unicodedata.normalize("NFKD", text.translate(_VARIANTS)).translate(PAIRED)
    return Counter(sign for sign in plain if unicodedata.category(sign)[0] in "LNPS" and sign != _STROKE)


def _spans(page: pikepdf.Object, fonts: dict[tuple[int, int], dict[int, str] | None]) -> Iterator[_Span]:
    """The spans of a page and of the forms on it."""
    left: list[tuple[Any, Any]] = [(page, page.get("/Resources"))]
    seen = set[tuple[int, int]]()
    while left and len(seen) < _MOST_FORMS:
        stream, resources = left.pop()
        named = resources if isinstance(resources, pikepdf.Dictionary) else pikepdf.Dictionary()
        yield from _of_stream(stream, named, fonts)
        forms = named.get("/XObject")
        for one in forms.values() if isinstance(forms, pikepdf.Dictionary) else ():
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form" and one.objgen not in seen:
                seen.add(one.objgen)
                left.append((one, one.get("/Resources", named)))


def _of_stream(
    stream: Any, resources: pikepdf.Dictionary, fonts: dict[tuple[int, int], dict[int, str] | None]
) -> Iterator[_Span]:
    texts, wide = dict[int, str](), False
    saved: list[tuple[dict[int, str], bool]] = []
    marks: list[_Span | None] = []
    for one in pikepdf.parse_content_stream(stream):
        operands = one.operands
        match str(one.operator):
            case "q":
                saved.append((texts, wide))
            case "Q" if saved:
                texts, wide = saved.pop()
            case "Tf" if operands:
                texts, wide = _font(resources, operands[0], fonts)
            case "BMC":
                marks.append(None)
            case "BDC" if len(operands) == 2:
                text = _text(operands[1], resources)
                marks.append(_Span(text) if text is not None else None)
            case "EMC" if marks:
                if (span := marks.pop()) is not None:
                    yield span
            case "Tj" | "'" | '"' | "TJ" if operands:
                shown = _shown(operands[-1], texts, wide=wide) if any(marks) else ""
                for span in marks:
                    if span is not None:
                        span.shown.append(shown)
    yield from (span for span in marks if span is not None)


def _text(properties: Any, resources: pikepdf.Dictionary) -> str | None:
    """The text that a span stands for, if any."""
    if isinstance(properties, pikepdf.Name):
        listed = resources.get("/Properties")
        properties = listed.get(str(properties)) if isinstance(listed, pikepdf.Dictionary) else None
    if isinstance(properties, pikepdf.Dictionary) and "/ActualText" in properties:
        return str(properties["/ActualText"])
    return None


def _font(
    resources: pikepdf.Dictionary, name: Any, fonts: dict[tuple[int, int], dict[int, str] | None]
) -> tuple[dict[int, str], bool]:
    """What the codes of a font are called, and whether each has two bytes."""
    listed = resources.get("/Font")
    font = listed.get(str(name)) if isinstance(listed, pikepdf.Dictionary) else None
    if not isinstance(font, pikepdf.Dictionary):
        return {}, False
    wide = font.get("/Subtype") == "/Type0"
    if font.objgen not in fonts or not font.is_indirect:
        told = font.get("/ToUnicode")
        called = dict(codes(told.read_bytes())) if isinstance(told, pikepdf.Stream) else {}
        fonts[font.objgen] = called or (None if wide else {code: chr(code) for code in range(32, 256)})
    return fonts[font.objgen] or {}, wide


def _shown(said: Any, texts: dict[int, str], *, wide: bool) -> str:
    made = ""
    for one in said if isinstance(said, pikepdf.Array) else [said]:
        if isinstance(one, pikepdf.String):
            data, size = bytes(one), 2 if wide else 1
            made += "".join(texts.get(int.from_bytes(data[at : at + size]), "") for at in range(0, len(data), size))
    return made
