"""XLIFF 2.1 (OASIS Standard, 13 February 2018), with its glossary module.

A file element a clause, or a document’s own texts; a unit a segment. Codes are `ph` and `pc`: what they stand for is
kept as original data and shown (`equiv`, `disp`); values, footnote calls, links and marked terms must not be deleted,
none copied. A translation whose source has changed since is `initial` with the sub-state `paraph:stale`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from paraph.guarded import Element
from paraph.model.text import Break, ClauseRef, Emphasis, Link, Note, Placeholder, Span, Strong, TermMark
from paraph.translation.elements import SPACE, fill, foreign, indent, line
from paraph.translation.job import Back, Job, Part, Returned, Unit
from paraph.translation.segments import Code, Mark, Piece, Side, tidied

CORE = "urn:oasis:names:tc:xliff:document:2.0"
GLOSSARY = "urn:oasis:names:tc:xliff:glossary:2.0"
_TYPES: tuple[tuple[type, str, str], ...] = (
    (Placeholder, "other", "paraph:value"),
    (Note, "link", "paraph:footnote"),
    (ClauseRef, "link", "paraph:reference"),
    (Break, "fmt", "xlf:lb"),
    (Emphasis, "fmt", "xlf:i"),
    (Strong, "fmt", "xlf:b"),
    (Link, "link", "paraph:link"),
    (Span, "other", "paraph:language"),
    (TermMark, "other", "paraph:term"),
)
_ID = "{}.{}"


def write(job: Job) -> bytes:
    """The file."""
    namespaces: Any = {None: CORE, "gls": GLOSSARY}
    languages = {"version": "2.1", "srcLang": job.source, "trgLang": job.target}
    root = etree.Element(f"{{{CORE}}}xliff", languages, namespaces)
    for part in job.parts:
        _part(root, part)
    indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    made = etree.SubElement(parent, tag if tag.startswith("{") else f"{{{CORE}}}{tag}", attributes)
    if text:
        made.text = text
    return made


def _part(root: Element, part: Part) -> None:
    file = _add(root, "file", id=part.id, original=part.path, canResegment="no")
    _notes(file, part.notes)
    for unit in part.units:
        _unit(file, part, unit)


def _notes(parent: Element, notes: tuple[str, ...]) -> None:
    if notes:
        holder = _add(parent, "notes")
        for note in notes:
            _add(holder, "note", note, category="context")


def _unit(file: Element, part: Part, unit: Unit) -> None:
    made = _add(file, "unit", id=_ID.format(part.id, unit.id), name=unit.name)
    if known := [pair for pair in unit.terms if pair.preferred or pair.definition]:
        glossary = _add(made, f"{{{GLOSSARY}}}glossary")
        for pair in known:
            entry = _add(glossary, f"{{{GLOSSARY}}}glossEntry")
            _add(entry, f"{{{GLOSSARY}}}term", pair.term)
            for words in pair.preferred:
                _add(entry, f"{{{GLOSSARY}}}translation", words)
            if pair.definition:
                _add(entry, f"{{{GLOSSARY}}}definition", pair.definition)
    avoid = tuple(f"Not: {', '.join(pair.avoid)} (for {pair.term})" for pair in unit.terms if pair.avoid)
    _notes(made, unit.notes + avoid)
    if unit.segment.codes:
        data = _add(made, "originalData")
        for code in unit.segment.codes.values():
            for end, text in (("a", code.opening), ("b", code.closing)):
                if text:
                    _add(data, "data", text, id=f"d{code.id}{end}").set(SPACE, "preserve")
    segment = _add(made, "segment", id="s1", state=unit.state)
    if unit.stale:
        segment.set("subState", "paraph:stale")
    for name, pieces in (("source", unit.segment.pieces), ("target", unit.target)):
        if pieces:
            made = _add(segment, name)
            made.set(SPACE, "preserve")
            fill(made, pieces, unit.segment.codes, _code)


def _code(parent: Element, code: Code, side: Side) -> Element:
    kind, sub = next((kind, sub) for which, kind, sub in _TYPES if isinstance(code.inline, which))
    shared = {"id": code.id, "canCopy": "no", "canDelete": "no" if code.needed else "yes"}
    shared |= {"type": kind, "subType": sub}
    if side is Side.ALONE:
        shown = {"dataRef": f"d{code.id}a", "equiv": code.opening, "disp": code.opening}
        return _add(parent, "ph", **shared, **shown)
    ends = {"dataRefStart": f"d{code.id}a", "dataRefEnd": f"d{code.id}b"}
    shown = {"dispStart": code.opening, "dispEnd": code.closing}
    return _add(parent, "pc", **shared, **ends, **shown)


# --- back ------------------------------------------------------------------------------------------------------------


def read(root: Element) -> Back:
    """What stands in a file of version 2.0 or 2.1; `root` is its xliff element."""
    units: list[Returned] = []
    languages = root.get("srcLang", ""), root.get("trgLang", "")
    for file in root.iter(f"{{{CORE}}}file"):
        units += [_returned(file.get("id", ""), unit, *languages) for unit in file.iter(f"{{{CORE}}}unit")]
    return Back(source=languages[0], target=languages[1], units=tuple(units))


def _returned(part: str, unit: Element, srclang: str, trglang: str) -> Returned:
    """The segments of a unit are one of ours: a tool that parted them is put right."""
    source: list[Piece] = []
    target: list[Piece] = []
    problem, translated, untouched = "", 0, True
    found = [one for one in unit if one.tag in (f"{{{CORE}}}segment", f"{{{CORE}}}ignorable")]
    for one in found:
        segment = one.tag == f"{{{CORE}}}segment"
        own, other = one.find(f"{{{CORE}}}source"), one.find(f"{{{CORE}}}target")
        try:
            source += _pieces(own) if own is not None else ()
            target += _pieces(other) if other is not None else ()
            if other is None and not segment and own is not None:
                target += _pieces(own)
        except ValueError as error:
            problem = str(error)
        if other is not None and other.get("order"):
            problem = "its parts are in another order than in the source"
        problem = problem or foreign(own, srclang) or foreign(other, trglang)
        translated += segment and other is not None
        untouched &= not segment or one.get("state", "initial") == "initial"
    return Returned(
        part=part,
        id=unit.get("id", "").removeprefix(f"{part}."),
        source=tidied(source),
        target=tidied(target) if translated else None,
        untouched=untouched,
        problem=problem,
        line=line(unit),
    )


def _pieces(element: Element) -> Iterator[Piece]:
    yield element.text or ""
    for child in element:
        id_ = child.get("id", "")
        match etree.QName(child).localname:
            case "ph":
                yield Mark(Side.ALONE, id_)
            case "pc":
                yield Mark(Side.OPEN, id_)
                yield from _pieces(child)
                yield Mark(Side.CLOSE, id_)
            case "sc":
                yield Mark(Side.OPEN, id_)
            case "ec":
                yield Mark(Side.CLOSE, child.get("startRef") or id_)
            case "mrk":
                yield from _pieces(child)
            case "sm" | "em":
                pass
            case name:
                raise ValueError(f"it holds <{name}>, which no text can")
        yield child.tail or ""
