"""TBX-Basic: what of a concept it can hold, and how that is written (ISO 30042:2019, TBX version 3).

Both styles: DCA names a data category in an attribute, `<descrip type="subjectField">`, DCT in the element,
`<min:subjectField>`. An acronym and the listed forms of a term are terms of their own there, of termType acronym and
variant, each with a cross-reference to the term that they belong to. A cross-reference that begins with ≠ names a
concept that this one is not. Data categories and their levels: TBX-Basic dialect 1.2 (LTAC Global), modules Min and
Basic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from lxml import etree

from paraph.glossary.concept_entry import ConceptEntry, Loss, TermEntry
from paraph.guarded import Element
from paraph.model.concept import alternatives

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
MODULES = {"min": "http://www.tbxinfo.net/ns/min", "basic": "http://www.tbxinfo.net/ns/basic"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT = "≠ "

_MIN = ("administrativeStatus", "customerSubset", "partOfSpeech", "subjectField")
STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "deprecatedTerm-admn-sts",
}
_SPEECH = ("noun", "verb", "adjective", "adverb")
_INDENTED = re.compile(r"[ \t]+\n\s*|\n+[ \t]\s*")


def tidy(text: str) -> str:
    """Text without the white space of an indented file; line ends that stand alone are kept."""
    return _INDENTED.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def held(one: ConceptEntry) -> ConceptEntry:
    """What TBX-Basic can hold of an entry; an empty mapping where it has no term to show."""
    return hold(one)[0]


def hold(one: ConceptEntry) -> tuple[ConceptEntry, tuple[Loss, ...]]:
    """What TBX-Basic can hold of an entry, and what it cannot."""
    losses: list[Loss] = []

    def lose(what: str) -> None:
        losses.append(Loss(what, one["id"]))

    for key in ("everyday", "certainty"):
        if key in one:
            lose(key)
    if not one.get("terms"):
        lose("a concept without terms")
        return {}, tuple(losses)
    kept: ConceptEntry = {key: one[key] for key in ("id", "not_synonym_of") if key in one}
    kept |= {key: tidy(one[key]) for key in ("domain", "origin", "notes") if key in one}
    kept["definition"] = {code: tidy(text) for code, text in one.get("definition", {}).items()}
    kept["terms"] = {code: [_held_term(term, lose) for term in terms] for code, terms in one["terms"].items()}
    return {key: value for key, value in kept.items() if value}, tuple(losses)


def _held_term(term: TermEntry, lose: Any) -> TermEntry:
    past = "until" in term and term["status"] in ("preferred", "admitted")
    until = "until, a name of the past written as deprecated" if past else "until"
    for key, what in (("number", "grammatical number"), ("since", "since"), ("until", until), ("except", "except")):
        if key in term:
            lose(what)
    kept: TermEntry = {key: tidy(term[key]) for key in ("term", "register", "acronym", "reason") if key in term}
    kept["status"] = term["status"]
    if term["status"] not in STATUS:
        lose("forbidden, written as deprecated")
        kept["status"] = "deprecated"
    if past:  # nothing else would tell it from the name that holds, and a language has one preferred term
        kept["status"] = "deprecated"
    if "forms" in term:
        kept["forms"] = [tidy(one) for words in term["forms"] for one in alternatives(words)]
    if "part_of_speech" in term:
        kept["part_of_speech"] = term["part_of_speech"]
        if term["part_of_speech"] not in _SPEECH:
            lose("properNoun, written as noun")
            kept["part_of_speech"] = "noun"
    if "gender" in term:
        kept["gender"] = term["gender"]
    return {key: value for key, value in kept.items() if value}


def write(entries: Sequence[ConceptEntry], *, style: str = "dca", language: str = "en", title: str = "") -> bytes:
    """The entries as TBX-Basic; `style` is dca or dct, `language` that of the title. Raises ValueError where none is
    left to write: a TBX file has at least one entry."""
    kept = [one for one in map(held, entries) if one]
    if not kept:
        raise ValueError("no concept with a term")
    writer = _Writer(style, {one["id"] for one in kept})
    namespaces: Any = {None: NAMESPACE, **(MODULES if style == "dct" else {})}
    root = etree.Element(f"{{{NAMESPACE}}}tbx", {"type": "TBX-Basic", "style": style, LANG: language}, namespaces)
    description = writer.add(writer.add(root, "tbxHeader"), "fileDesc")
    if title:
        writer.add(writer.add(description, "titleStmt"), "title", title)
    writer.add(writer.add(description, "sourceDesc"), "p", title or "glossary")
    body = writer.add(writer.add(root, "text"), "body")
    for one in kept:
        writer.concept(body, one)
    etree.indent(root, "  ")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def xml_id(id_: str) -> str:
    """An id of ours as an XML name, which never begins with a digit."""
    return f"_{id_}" if id_[:1].isdigit() else id_


class _Writer:
    def __init__(self, style: str, known: set[str]) -> None:
        self.style = style
        self.known = known

    def add(self, parent: Element, name: str, text: str = "", **attributes: str) -> Element:
        made = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", attributes)
        if text:
            made.text = text
        return made

    def category(self, parent: Element, element: str, category: str, text: str, **attributes: str) -> Element:
        """A data category, in the style of the file."""
        if self.style == "dca":
            return self.add(parent, element, text, type=category, **attributes)
        module = MODULES["min" if category in _MIN else "basic"]
        made = etree.SubElement(parent, f"{{{module}}}{category}", attributes)
        made.text = text
        return made

    def concept(self, body: Element, one: ConceptEntry) -> None:
        entry = self.add(body, "conceptEntry", id=xml_id(one["id"]))
        if "domain" in one:
            self.category(entry, "descrip", "subjectField", one["domain"])
        for code, text in one.get("definition", {}).items():
            if code not in one["terms"]:
                self.category(entry, "descrip", "definition", text).set(LANG, code)
        if "origin" in one:
            self.category(entry, "admin", "source", one["origin"])
        for other in one.get("not_synonym_of", ()):
            target = {"target": xml_id(other)} if other in self.known else {}
            self.category(entry, "ref", "crossReference", f"{NOT}{other}", **target)
        if "notes" in one:
            self.add(entry, "note", one["notes"])
        for code, terms in one["terms"].items():
            section = self.add(entry, "langSec")
            section.set(LANG, code)
            if code in one.get("definition", {}):
                self.category(section, "descrip", "definition", one["definition"][code])
            for position, term in enumerate(terms, start=1):
                self.term(section, f"{xml_id(one['id'])}.{code}.{position}", term)

    def term(self, section: Element, id_: str, term: TermEntry) -> None:
        made = self.add(section, "termSec", id=id_)
        self.add(made, "term", term["term"])
        self.notes(made, term)
        for words, kind in _belonging(term):
            own = self.add(section, "termSec")
            self.add(own, "term", words)
            status = "admitted" if term["status"] == "preferred" else term["status"]
            self.category(own, "termNote", "administrativeStatus", STATUS[status])
            self.category(own, "termNote", "termType", kind)
            self.category(own, "ref", "crossReference", term["term"], target=id_)

    def notes(self, made: Element, term: TermEntry) -> None:
        self.category(made, "termNote", "administrativeStatus", STATUS[term["status"]])
        if "part_of_speech" in term:
            self.category(made, "termNote", "partOfSpeech", term["part_of_speech"])
        if "gender" in term:
            gender = "other" if term["gender"] == "common" else term["gender"]
            self.category(made, "termNote", "grammaticalGender", gender)
        if "register" in term:
            self.category(made, "admin", "customerSubset", term["register"])
        if "reason" in term:
            self.add(made, "note", term["reason"])


def _belonging(term: TermEntry) -> Iterable[tuple[str, str]]:
    if "acronym" in term:
        yield term["acronym"], "acronym"
    for words in term.get("forms", ()):
        yield words, "variant"
