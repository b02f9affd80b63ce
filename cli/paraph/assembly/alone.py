"""A clause by itself, as a document: what is compared, and sent on, when no document is at hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from paraph.assembly.assemble import assemble
from paraph.model.clause import Clause, ClauseText
from paraph.model.document import Document
from paraph.model.form import Form, Numbering, PartSpec, SectionStyle
from paraph.model.library import Library
from paraph.model.manifest import Manifest, Section, Use
from paraph.model.rule import Adoption
from paraph.model.text import (
    Break,
    ClauseRef,
    Inline,
    Isolate,
    Note,
    Placeholder,
    TermMark,
    Text,
    plain,
)
from paraph.model.writing import Mark

_STYLE = SectionStyle(role="prose", numbering=Numbering.NONE, each=Mark.NONE, last=Mark.NONE)
_PARTS = (PartSpec(kind="title"), PartSpec(kind="sections"))


def alone(library: Library, clause: Clause, form: Form, language: str) -> Document:
    """`clause` under its title, set as `form` sets prose: exactly its words, without a mark that a document would add.

    A placeholder stands as it was written, `{{ since }}`, a reference without words as the id of its clause.
    """
    bare = replace(clause, texts=_bare(clause, language), translations={}, values={})
    title = {language: clause.title.get(language) or next(iter(clause.title.values()), clause.id)}
    manifest = Manifest(
        id=clause.id, kind="", form=form.id, title=title, subtitle={}, place={}, date=None, reference="", networks=(),
        members=(), adoption=Adoption.BODY, rule="", languages=(language,), unchecked=(), values={}, fields={},
        sections=(Section(id="clause", style="alone", heading={}, chapeau={}, uses=(Use(clause=clause.id),)),),
        source=clause.source,
    )  # fmt: skip
    own = replace(form, parts=_PARTS, styles={"alone": _STYLE}, default_style="alone", sheet=None)
    only = replace(library, clauses={clause.id: bare}, manifests={clause.id: manifest}, forms={form.id: own})
    return assemble(only, manifest, language)[0]


def _bare(clause: Clause, language: str) -> Mapping[str, ClauseText]:
    text = clause.text(language)
    if text is None:
        return {}
    lines = tuple(replace(line, inlines=_said(line.inlines)) for line in text.lines)
    return {language: replace(text, lines=lines)}


def _said(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return tuple(_one(inline) for inline in inlines)


def _one(inline: Inline) -> Inline:
    match inline:
        case Placeholder() | ClauseRef(children=()):
            return Isolate((Text(plain((inline,))),))
        case ClauseRef(clause, children):
            return TermMark(f"clause:{clause}", _said(children))  # printed as it stands; no term has such a name
        case Note():
            return replace(inline, inlines=_said(inline.inlines))
        case Text() | Break():
            return inline
        case _:
            return replace(inline, children=_said(inline.children))
