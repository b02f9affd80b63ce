"""XLIFF 1.2 (OASIS Standard, 1 February 2008), for tools that know no newer one.

A file element a clause, or a document’s own texts; a trans-unit a segment; codes are `x` and `g`. There is no place for
a glossary: its terms come as notes. OmegaT translates what stands in `target`, so each has one: a copy of the source,
in the state needs-translation, where there is no translation yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from paraph.guarded import Element
from paraph.model.text import Break, Emphasis, Link, Strong
from paraph.translation.elements import LANGUAGE, SPACE, fill, foreign, indent, line
from paraph.translation.job import Back, Job, Part, Returned, State, Unit
from paraph.translation.segments import Code, Mark, Piece, Pieces, Side, tidied

CORE = "urn:oasis:names:tc:xliff:document:1.2"
_STATES = {State.INITIAL: "needs-translation", State.TRANSLATED: "translated", State.FINAL: "final"}
_STALE = "needs-review-translation"
_UNTOUCHED = ("new", "needs-translation", _STALE)


def write(job: Job) -> bytes:
    """The file."""
    namespaces: Any = {None: CORE}
    root = etree.Element(f"{{{CORE}}}xliff", {"version": "1.2"}, namespaces)
    for part in job.parts:
        _part(root, part, job)
    indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    made = etree.SubElement(
        parent, f"{{{CORE}}}{name}", {key.replace("_", "-"): one for key, one in attributes.items()}
    )
    if text:
        made.text = text
    return made


def _part(root: Element, part: Part, job: Job) -> None:
    file = _add(
        root, "file", original=part.path, source_language=job.source, target_language=job.target, datatype="plaintext"
    )
    header = _add(file, "header")
    for note in part.notes:
        _add(header, "note", note)
    body = _add(file, "body")
    for unit in part.units:
        _unit(body, part, unit, job)


def _unit(body: Element, part: Part, unit: Unit, job: Job) -> None:
    made = _add(body, "trans-unit", id=f"{part.id}.{unit.id}", resname=unit.name)
    made.set(SPACE, "preserve")
    for name, language, pieces in (
        ("source", job.source, unit.segment.pieces),
        ("target", job.target, unit.target or unit.segment.pieces),
    ):
        holder = _add(made, name)
        holder.set(LANGUAGE, language)
        if name == "target":
            holder.set("state", _STALE if unit.stale else _STATES[unit.state])
        fill(holder, pieces, unit.segment.codes, _code)
    for note in unit.notes:
        _add(made, "note", note)
    for pair in unit.terms:
        avoid = f"; not: {', '.join(pair.avoid)}" if pair.avoid else ""
        _add(made, "note", f"{pair.term} = {', '.join(pair.preferred) or '?'}{avoid}")


def _code(parent: Element, code: Code, side: Side) -> Element:
    match code.inline:
        case Emphasis():
            kind = "italic"
        case Strong():
            kind = "bold"
        case Link():
            kind = "link"
        case Break():
            kind = "lb"
        case _:
            kind = "x-paraph"
    if side is Side.ALONE:
        return _add(parent, "x", id=code.id, ctype=kind, equiv_text=code.opening)
    return _add(parent, "g", id=code.id, ctype=kind, equiv_text=f"{code.opening}…{code.closing}")


# --- back ------------------------------------------------------------------------------------------------------------


def read(root: Element) -> Back:
    """What stands in a file of version 1.2; `root` is its xliff element."""
    units = []
    languages: set[tuple[str, str]] = set()
    for file in root.iter(f"{{{CORE}}}file"):
        spoken = file.get("source-language", ""), file.get("target-language", "")
        languages.add(spoken)
        part = file.get("original", "").replace("\\", "/").rpartition("/")[2].removesuffix(".yml")
        units += [_returned(part, unit, *spoken) for unit in file.iter(f"{{{CORE}}}trans-unit")]
    source, target = languages.pop() if len(languages) == 1 else ("", "")
    return Back(source=source, target=target, units=tuple(units))


def _returned(part: str, unit: Element, srclang: str, trglang: str) -> Returned:
    source, target = unit.find(f"{{{CORE}}}source"), unit.find(f"{{{CORE}}}target")
    problem = foreign(source, srclang) or foreign(target, trglang)
    own: Pieces = ()
    other: Pieces | None = None
    try:
        own = tidied(tuple(_pieces(source)) if source is not None else ())
        other = tidied(tuple(_pieces(target))) if target is not None else None
    except ValueError as error:
        problem = str(error)
    return Returned(
        part=part,
        id=unit.get("id", "").removeprefix(f"{part}."),
        source=own,
        target=other,
        untouched=target is None or target.get("state", "new") in _UNTOUCHED,
        problem=problem,
        line=line(unit),
    )


def _pieces(element: Element) -> Iterator[Piece]:
    yield element.text or ""
    for child in element:
        id_ = child.get("id", "")
        match etree.QName(child).localname:
            case "x" | "ph" | "it":
                yield Mark(Side.ALONE, id_)
            case "g":
                yield Mark(Side.OPEN, id_)
                yield from _pieces(child)
                yield Mark(Side.CLOSE, id_)
            case "bx" | "bpt":
                yield Mark(Side.OPEN, child.get("rid") or id_)
            case "ex" | "ept":
                yield Mark(Side.CLOSE, child.get("rid") or id_)
            case "mrk":
                yield from _pieces(child)
            case name:
                raise ValueError(f"it holds <{name}>, which no text can")
        yield child.tail or ""
