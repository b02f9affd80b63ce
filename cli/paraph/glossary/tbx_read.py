"""TBX to entries: version 3 in both styles, and version 2 (martif) as most tools still write it.

The versions differ in the names of their elements (conceptEntry was termEntry, langSec langSet, termSec tig or ntig);
the data categories are the same. What is none of ours is counted, and reported by who called.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from lxml import etree

from paraph.glossary.concept_entry import ConceptEntry, Read, TermEntry
from paraph.glossary.tbx import LANG, NOT, STATUS, tidy
from paraph.guarded import Element, parse, refusal
from paraph.model.concept import Gender, PartOfSpeech
from paraph.model.finding import KeyPath
from paraph.model.names import ID

_ENTRIES = ("conceptEntry", "termEntry")
_SECTIONS = ("langSec", "langSet")
_TERMS = ("termSec", "tig", "ntig")
_GROUPS = ("descripGrp", "adminGrp", "termNoteGrp", "termGrp")
_STATUSES = {value.partition("-")[0].casefold(): ours for ours, value in STATUS.items()} | {
    "supersededterm": "deprecated",
    "preferred": "preferred",
    "admitted": "admitted",
    "deprecated": "deprecated",
    "superseded": "deprecated",
    "obsolete": "deprecated",
    "forbidden": "forbidden",
    "notrecommended": "deprecated",
    "notrecommendedterm": "deprecated",
}
_SPEECH = frozenset(map(str, PartOfSpeech))
_GENDERS = {str(one): str(one) for one in Gender} | {"other": str(Gender.COMMON)}
Known: TypeAlias = Mapping[str, Mapping[str, Collection[str]]]
"""The concepts of the workspace: id → language → terms."""
_BELONGING = {"acronym": "acronym", "variant": "forms"}


def read(data: bytes, file: str, known: Known = MappingProxyType({})) -> Read:
    """The concepts of a TBX file. An id that says nothing, and that no concept known has, becomes one made of a term:
    that of a known concept with the same terms, so that the next edition of the file finds what the last one brought.

    Raises FindingsError where it is no TBX.
    """
    root = parse(data, file, named_dtd=True)
    if _name(root) not in ("tbx", "martif"):
        raise refusal(file, f"this is no TBX: it begins with <{_name(root)}>", "Export it as TBX again.")
    reader = _Reader(known)
    entries = [one for one in root.iter(etree.Element) if _name(one) in _ENTRIES]
    for entry in entries:
        reader.entry(entry)
    reader.settle()
    return Read(entries=tuple(reader.entries), marks=reader.marks, left=reader.left)


def _name(element: Element) -> str:
    return etree.QName(element).localname


def _category(element: Element) -> str:
    """The data category: the type of a DCA element, the name of a DCT element."""
    return element.get("type") or _name(element)


def _line(element: Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _text(element: Element) -> str:
    return unicodedata.normalize("NFC", tidy("".join(map(str, element.itertext()))))


def _inside(element: Element) -> Iterator[Element]:
    """The children of a level, with those of the groups in it."""
    for child in element:
        if _name(child) in _GROUPS:
            yield from _inside(child)
        else:
            yield child


class _Reader:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.entries: list[ConceptEntry] = []
        self.marks: dict[KeyPath, tuple[int, int]] = {}
        self.left: Counter[str] = Counter()
        self._ids: dict[str, str] = {}  # their id → ours
        self._taken: set[str] = set()
        self._next: Counter[str] = Counter()

    def entry(self, entry: Element) -> None:
        at: KeyPath = ("concepts", len(self.entries))
        self.marks[at] = (_line(entry), 0)
        one: ConceptEntry = {"id": "", "terms": {}}
        for child in _inside(entry):
            if _name(child) in _SECTIONS:
                self.section(child, one, at)
            else:
                self.of_concept(child, one)
        theirs = entry.get("id", "")
        one["id"] = self._own_id(theirs, one)
        self._ids[theirs] = one["id"]
        self._taken.add(one["id"])
        self.entries.append(one)

    def of_concept(self, child: Element, one: ConceptEntry, language: str = "") -> None:
        text = _text(child)
        match _category(child):
            case "subjectField" if text:
                one["domain"] = text if "domain" not in one else f"{one['domain']}; {text}"
            case "definition" if text:
                code = child.get(LANG) or language
                if code and code not in one.setdefault("definition", {}):
                    one["definition"][code] = text
                else:
                    self.left["definition (a second one, or without a language)"] += 1
            case "source" if text and not language and "origin" not in one:
                one["origin"] = text
            case "note" if text:
                one["notes"] = text if "notes" not in one else f"{one['notes']}\n{text}"
            case "crossReference" if text.startswith(NOT):
                target = (child.get("target") or "").removeprefix("_")
                one.setdefault("not_synonym_of", []).append(target or text.removeprefix(NOT))
            case category:
                self.left[category] += 1

    def section(self, section: Element, one: ConceptEntry, at: KeyPath) -> None:
        code = section.get(LANG, "").replace("_", "-")
        terms: list[TermEntry] = []
        ids: dict[str, TermEntry] = {}
        for child in _inside(section):
            if _name(child) not in _TERMS:
                self.of_concept(child, one, code)
                continue
            term, kind, target = self.term(child)
            if not term.get("term"):
                self.left["term without words"] += 1
                continue
            owner = ids.get(target) or (terms[-1] if terms and kind == "acronym" and not target else None)
            if kind == "acronym" and owner is not None and "acronym" not in owner:
                owner["acronym"] = term["term"]
            elif kind == "variant" and owner is not None:
                owner.setdefault("forms", []).append(term["term"])
            else:
                ids[child.get("id", "")] = term
                path = (*at, "terms", code)
                self.marks.setdefault(path, (_line(section), 0))
                self.marks[(*path, len(one["terms"].get(code, [])) + len(terms))] = (_line(child), 0)
                terms.append(term)
        for term in terms:
            preferred = any(other.get("status") == "preferred" for other in (*terms, *one["terms"].get(code, [])))
            term.setdefault("status", "admitted" if preferred else "preferred")
        if terms:
            one["terms"].setdefault(code, []).extend(terms)

    def term(self, section: Element) -> tuple[TermEntry, str, str]:
        """A term, its type where that makes it part of another (acronym, variant), and the term it refers to."""
        term: TermEntry = {}
        kind = target = ""
        for child in _inside(section):
            text = _text(child)
            match _category(child):
                case "term":
                    term["term"] = text
                case "administrativeStatus" | "normativeAuthorization":
                    term["status"] = _STATUSES.get(text.partition("-")[0].casefold(), "")
                    if not term["status"]:
                        del term["status"]
                        self.left[f"status {text}"] += 1
                case "partOfSpeech" if text in _SPEECH:
                    term["part_of_speech"] = text
                case "grammaticalGender" if text in _GENDERS:
                    term["gender"] = _GENDERS[text]
                case "customerSubset" | "geographicalUsage" if text and "register" not in term:
                    term["register"] = text
                case "note" if text:
                    term["reason"] = text if "reason" not in term else f"{term['reason']}\n{text}"
                case "termType" if text in _BELONGING:
                    kind = text
                case "crossReference" if child.get("target"):
                    target = str(child.get("target"))
                case category:
                    self.left[category if category != "termType" else f"termType {text}"] += 1
        return term, kind, target

    def settle(self) -> None:
        """References between concepts, by their ids here."""
        for one in self.entries:
            if "not_synonym_of" in one:
                one["not_synonym_of"] = [self._ids.get(other, other) for other in one["not_synonym_of"]]

    def _own_id(self, theirs: str, one: ConceptEntry) -> str:
        bare = theirs.removeprefix("_")
        if bare in self.known or (ID.fullmatch(bare) and re.search("[a-z]{3}", bare) and bare not in self._taken):
            return bare
        words = next((terms[0]["term"] for terms in _english_first(one["terms"])), "")
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        base = re.sub("[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "concept"
        made, number = base, self._next[base]
        while made in self._taken or not ID.fullmatch(made) or (made in self.known and not self._is(made, one)):
            number += 1
            made = f"{base}-{number + 1}"
        self._next[base] = number
        return made

    def _is(self, id_: str, one: ConceptEntry) -> bool:
        """Whether an entry is a concept that is there: some term is the same in every language that both have."""
        there = self.known[id_]
        both = [
            {term["term"] for term in one["terms"][code]} & {*there[code]} for code in one["terms"] if code in there
        ]
        return bool(both) and all(both)


def _english_first(terms: dict[str, Any]) -> list[Any]:
    return [terms[code] for code in sorted(terms, key=lambda code: not code.startswith("en"))]
