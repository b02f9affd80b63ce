"""What an Akoma Ntoso file says of itself: the work, its expression in a language, this manifestation, and by whom.

Addresses are those of the OASIS Naming Convention 1.0: /akn/<jurisdiction>/<type>/<subtype>/<date>/<number>, with
/<language>@<date> for an expression and .xml for a manifestation. The jurisdiction is `int`: no state speaks, and ISO
3166 has no code for what institutions of several states say together. Languages are named as there by ISO 639-2 (T).
A text that bears no date has 0001-01-01, since the schema asks for one.
"""

from __future__ import annotations

import re
from functools import cache

from lxml import etree

from paraph.model.document import Document
from paraph.model.language import Standing
from paraph.model.text import TermMark, everything, plain, runs
from paraph.render.kit import Kit

NS = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
XML = "http://www.w3.org/XML/1998/namespace"
JURISDICTION = "int"
UNDATED = "0001-01-01"
_BIBLIOGRAPHIC = frozenset(
    ("alb", "arm", "baq", "cze", "dut", "fre", "geo", "ger", "gre", "ice", "mac", "rum", "slo", "wel")
)
"""Codes of ISO 639-2 (B), for libraries; the Naming Convention asks for those of (T)."""
_MACROLANGUAGES = {
    "et": "est",
    "fa": "fas",
    "ku": "kur",
    "lv": "lav",
    "mg": "mlg",
    "ms": "msa",
    "sq": "sqi",
    "sw": "swa",
}
"""Where the data of Unicode has the code of one language among those that it stands for."""


def meta(document: Document, kit: Kit) -> etree._Element:
    """The `<meta>` of a document."""
    made = etree.Element(f"{{{NS}}}meta")
    date = document.date.isoformat() if document.date else UNDATED
    number = _path(document.reference or document.id)
    work = f"/akn/{JURISDICTION}/statement/{_path(document.form)}/{date}/{number}"
    language = alpha3(document.language.code)
    expression = f"{work}/{language}@{date}"
    adopted = not document.draft  # what is out provisionally bears a mark, too
    authors = [f"org-{n}" for n, _ in enumerate(document.letterhead.names, 1)] or ["org-1"]
    identification = _add(made, "identification", source=f"#{authors[0]}")
    work_ = _level(identification, "FRBRWork", f"{work}/!main", work, date, authors, "author")
    _add(work_, "FRBRcountry", value=JURISDICTION)
    _add(work_, "FRBRsubtype", value=document.form)
    _add(work_, "FRBRnumber", value=document.reference or document.id)
    _add(work_, "FRBRname", value=document.id)
    _add(work_, "FRBRprescriptive", value="false")
    _add(work_, "FRBRauthoritative", value=_said(adopted))
    text = _level(identification, "FRBRExpression", f"{expression}/!main", expression, date, authors, "author")
    _add(text, "FRBRauthoritative", value=_said(adopted and document.standing is Standing.AUTHENTIC))
    _add(text, "FRBRlanguage", language=language)
    file = _level(
        identification, "FRBRManifestation", f"{expression}/!main.xml", f"{expression}.xml", date, authors, "editor"
    )
    _add(file, "FRBRformat", value="application/akn+xml")
    if document.reference:
        _add(made, "publication", date=date, name="reference", number=document.reference, showAs=document.reference)
    concepts = sorted({mark.concept: plain(mark.children) for mark in _marks(document)}.items())
    if document.keywords:
        classification = _add(made, "classification", source=f"#{authors[0]}")
        for word in document.keywords:
            _add(classification, "keyword", value=_path(word), showAs=word, dictionary="#glossary")
    references = _add(made, "references", source=f"#{authors[0]}")
    names = document.letterhead.names or (document.author or kit.generator,)
    ids = document.letterhead.ids or names  # the same in every language, as the work is
    for eid, name, id_ in zip(authors, names, ids, strict=True):
        _add(
            references,
            "TLCOrganization",
            eId=eid,
            href=f"/akn/ontology/organization/{JURISDICTION}/{_path(id_)}",
            showAs=name,
        )
    for role in ("author", "editor"):
        _add(references, "TLCRole", eId=role, href=f"/akn/ontology/role/{JURISDICTION}/{role}", showAs=role)
    for concept, words in concepts:
        _add(
            references,
            "TLCConcept",
            eId=concept_id(concept),
            href=f"/akn/ontology/concept/{JURISDICTION}/{concept}",
            showAs=words,
        )
    if document.keywords:
        _add(
            references,
            "TLCReference",
            name="dictionary",
            eId="glossary",
            href=f"/akn/ontology/reference/{JURISDICTION}/glossary",
            showAs="glossary",
        )
    return made


def _said(true: bool) -> str:
    return "true" if true else "false"


def concept_id(concept: str) -> str:
    """The eId of a concept of the termbase among the references."""
    return f"concept-{concept}"


@cache
def alpha3(code: str) -> str:
    """The code of a language in ISO 639-2 (T): fra for fr; one of three letters stays."""
    from babel.core import get_global

    base = code.split("-")[0].lower()
    if len(base) == 3 or base in _MACROLANGUAGES:
        return _MACROLANGUAGES.get(base, base)
    longer = sorted(name for name, short in get_global("language_aliases").items() if short == base and len(name) == 3)
    return next((name for name in longer if name not in _BIBLIOGRAPHIC), base)


def _level(
    parent: etree._Element, tag: str, this: str, uri: str, date: str, authors: list[str], role: str
) -> etree._Element:
    made = _add(parent, tag)
    _add(made, "FRBRthis", value=this)
    _add(made, "FRBRuri", value=uri)
    _add(made, "FRBRdate", date=date, name="undated" if date == UNDATED else "date")
    for author in authors:
        _add(made, "FRBRauthor", href=f"#{author}", **{"as": f"#{role}"})
    return made


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{NS}}}{tag}", attributes)


def _path(text: str) -> str:
    """`text` as one step of an address: no white space, none of the signs with a meaning there."""
    return re.sub(r"[\s/@!~:#?%.;,'’\"]+", "-", text).strip("-").lower() or "x"


def _marks(document: Document) -> list[TermMark]:
    inlines = (one for block in document.blocks() for run in runs(block) for one in everything(run))
    return [one for one in inlines if isinstance(one, TermMark)]
