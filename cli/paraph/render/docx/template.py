"""A form's word.docx: its fields, filled by docxtpl, and its slots, which the document is written into afterwards.

A *field* is `{{ house }}` anywhere: docxtpl prints a value of the house or of the document's margins there, as text. A
*slot* is a paragraph of the body that holds nothing but `{{ title }}`, `{{ body }}`, `{{ signatures }}` …: a part of
the document. Slots are taken out before docxtpl sees the template and filled from the tree afterwards, so that no word
of a document is ever read as a template, or changed by one.

docxtpl rewrites `{_{` in what it has rendered, so that a value's braces go in as character references. A value that a
filter of the template has changed is escaped as any other text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from paraph.errors import RenderError
from paraph.model.document import Document
from paraph.model.form import PART_KINDS
from paraph.ooxml.names import Element, attribute, el, name
from paraph.ooxml.package import Package
from paraph.render.kit import Kit

MAIN = "word/document.xml"
PAGE, PAGES = "\ue0f0", "\ue0f1"
"""Where the numbers of the page and of all pages go, in a value; fields of Word take their place."""

_WHOLE = re.compile(r"\s*\{\{\s*(part\.)?([A-Za-z][\w-]*)\s*\}\}\s*")
_MARK = "paraph-slot-"
_TOKEN = re.compile(r"zq[0-9]{5}zq")
_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"


@dataclass(frozen=True, slots=True)
class Slot:
    """A paragraph of the template that a part is written in place of; `name` is the part's id or kind, or "body"."""

    name: str
    paragraph: Element


class Words(str):
    """A value of a field: text that stays text, whatever it holds."""

    __slots__ = ()

    def __html__(self) -> str:
        escaped = self.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return escaped.replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;")


class Unseen(Words):
    """A value that stands for another of each letter (`render.stencil`): it can be printed, and asked whether it is
    there.

    Whatever else a template does with it, compares it or measures it, would hold for one letter and not for the next.
    """

    __slots__ = ()

    def _refuse(self, *_: object) -> Any:
        raise RenderError(
            "word.docx looks at the reference of a letter, which is another one in each",
            "Let it print {{ reference }} and {{ running }} as they are, or ask only whether there is one.",
        )

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __len__ = __getitem__ = __contains__ = __iter__ = _refuse
    upper = lower = title = capitalize = strip = startswith = endswith = _refuse
    __hash__ = str.__hash__

    def __bool__(self) -> bool:
        return True


def fill(template: bytes, document: Document, kit: Kit) -> Package:
    """The template with its fields filled for one language, its slots marked for `slots`.

    Raises RenderError where the template has a fault: an unknown field, a broken tag, no slot for the body.
    """
    package = Package.read(template)
    _name_properties(package)
    ids = {part.id for part in document.parts} | {part.name for part in document.parts}
    _mark(package, {"body", *PART_KINDS, *ids})
    return _engine(package, values(document, kit))


def values(document: Document, kit: Kit) -> Mapping[str, object]:
    """The fields that every template may use; docs say what each is."""
    running = (document.reference, document.title)
    page = document.labels.get("page", "{page} / {pages}")
    given = {
        "house": kit.brand.name.get(document.language.code, ""),
        "names": "\n".join(document.letterhead.names),
        "address": "\n".join(document.letterhead.lines),
        "draft": document.draft,
        "notice": document.notice,
        "title": document.title,
        "subject": document.subject,
        "reference": document.reference,
        "running": " · ".join(words for words in running if words),
        "page": page.replace("{pages}", PAGES).replace("{page}", PAGE),
        "language": document.language.name,
    }
    return {key: Unseen(value) if _TOKEN.search(value) else Words(value) for key, value in given.items()}


def slots(root: Element) -> list[Slot]:
    """The marked paragraphs of a body, in its order."""
    return [Slot(found, paragraph) for paragraph in root.iter(name("w:p")) if (found := slot_name(paragraph))]


def slot_name(paragraph: Element) -> str:
    """The part that a paragraph is a slot for, or ""."""
    for bookmark in paragraph.iter(name("w:bookmarkStart")):
        shown = attribute(bookmark, "w:name")
        if shown.startswith(_MARK):
            return shown.removeprefix(_MARK)
    return ""


def text_of(element: Element) -> str:
    """The words of an element, fields and pictures left out."""
    return "".join(one.text or "" for one in element.iter(name("w:t")))


def margin_parts(package: Package) -> tuple[str, ...]:
    """The headers and footers of a package."""
    found = (package.related(MAIN, kind).values() for kind in ("header", "footer"))
    return tuple(sorted(part for parts in found for part in parts))


def _name_properties(package: Package) -> None:
    """Call the part of the document's properties by its name.

    LibreOffice writes a name of its own (officedocument/2006 …); python-docx would then add a second such part.
    """
    for one in package.xml("_rels/.rels"):
        if one.get("Type", "").endswith("/metadata/core-properties"):
            one.set("Type", _PROPERTIES)


def _mark(package: Package, known: set[str]) -> None:
    body = package.xml(MAIN).find(name("w:body"))
    if body is None:
        raise RenderError("word.docx has no body", "Compare it with templates/common/word.docx.")
    seen: list[str] = []
    for paragraph in body.findall(name("w:p")):
        match = _WHOLE.fullmatch(text_of(paragraph))
        slot = match[2].replace("_", "-") if match else ""
        if match and (match[1] or slot in known):
            _replace(paragraph, slot, len(seen))
            seen.append(slot)
    for part in margin_parts(package):
        for paragraph in package.xml(part).iter(name("w:p")):
            if (match := _WHOLE.fullmatch(text_of(paragraph))) and match[2] == "logo":
                _replace(paragraph, "logo", len(seen))
    if seen.count("body") != 1 or len(set(seen)) != len(seen):
        raise RenderError(
            "word.docx must have one paragraph {{ body }}, and no slot twice",
            "Compare it with templates/common/word.docx.",
        )


def _replace(paragraph: Element, slot: str, position: int) -> None:
    """Leave the paragraph and the look of its first run; its words become a bookmark that names the slot."""
    runs = paragraph.findall(name("w:r"))
    look = runs[0].find(name("w:rPr")) if runs else None
    for child in list(paragraph):
        if child.tag != name("w:pPr"):
            paragraph.remove(child)
    identifier = 9_000 + position
    paragraph.append(el("w:bookmarkStart", {"w:id": identifier, "w:name": _MARK + slot}))
    paragraph.append(el("w:r", None, *([look] if look is not None else [])))
    paragraph.append(el("w:bookmarkEnd", {"w:id": identifier}))


def _engine(package: Package, context: Mapping[str, object]) -> Package:
    from docxtpl import DocxTemplate
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    filled = io.BytesIO()
    try:
        engine = DocxTemplate(io.BytesIO(package.data()))
        engine.render(dict(context), environment)
        engine.save(filled)
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:  # what a template works out
        raise RenderError(
            f"word.docx: {error}",
            f"Its fields are {', '.join(sorted(context))}; its slots are body and the parts of the form.",
        ) from error
    return Package.read(filled.getvalue())


def arrange(document: Document, order: list[str]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Which parts (by position) go to which slot, so that they stand in the order of the document.

    From both ends a part takes the slot of its id or kind as long as the slots are in the order of the parts; all that
    is between goes to the body. A form whose order the template does not know is thus printed right, without its slots.
    """
    body = order.index("body")
    before: list[tuple[str, tuple[int, ...]]] = []
    after: list[tuple[str, tuple[int, ...]]] = []
    names = [next((slot for slot in (part.id, part.name) if slot in order), "") for part in document.parts]
    first, last, reached = 0, len(names), -1
    while first < last and names[first] and reached < order.index(names[first]) < body:
        reached = order.index(names[first])
        before.append((names[first], (first,)))
        first += 1
    reached = len(order)
    while last > first and names[last - 1] and body < order.index(names[last - 1]) < reached:
        last -= 1
        reached = order.index(names[last])
        after.append((names[last], (last,)))
    yield from before
    yield "body", tuple(range(first, last))
    yield from reversed(after)
