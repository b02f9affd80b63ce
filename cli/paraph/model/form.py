"""Forms of document: templates/<form>/form.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from paraph.model.clause import ClauseKind
from paraph.model.finding import Source
from paraph.model.language import Texts
from paraph.model.value import ValueKind
from paraph.model.writing import Mark


class Numbering(StrEnum):
    """How the paragraphs of a section are numbered."""

    NONE = "none"
    THROUGH = "through"
    SECTION = "section"
    STEPS = "steps"
    BULLET = "bullet"


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionStyle:
    """How a section sets its clauses: the named style, the numbers, and the mark that ends each and the last.

    `opens` names, by the kind of clause, the opening (templates/strings.yml) with which such a clause begins.
    """

    role: str
    numbering: Numbering
    each: Mark
    last: Mark
    kinds: tuple[ClauseKind, ...] = ()
    opens: Mapping[ClauseKind, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class PartSpec:
    """One part of a form, in its place. `kind` is one of PART_KINDS; `field` names the field that a field part prints.

    `string` names the fixed string that heads or fills it; `role` its named style where that is not the kind's own;
    `picture` the pictogram beside its heading.
    """

    kind: str
    field: str = ""
    string: str = ""
    role: str = ""
    picture: str = ""


PART_KINDS = (
    "label",
    "title",
    "subtitle",
    "reference",
    "place-date",
    "field",
    "string",
    "sections",
    "signatures",
    "reservations",
    "approvals",
    "head",
    "glossary",
    "members",
    "publisher",
)
"""What a part of a form can be."""
CONTACT = "contact"
"""The field of how who issues a document is reached: said by the document for the edition of all, and by
statements/institutions.yml for the own edition of each member, which never prints the facts of another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldSpec:
    """A field that a form asks of its manifests: `text` (Markdown inlines) or `lines` (an address, one line each)."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Drafting:
    """Rules of drafting: texts that name nothing by an acronym, whether brackets may stand, lists in their order."""

    full_names: tuple[str, ...] = ()
    brackets: bool = True
    ordered: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Plain:
    """How plain the texts of a form must be; 0, True or a language that is missing: nothing is asked.

    `sentence` in words; `syllables` from which a word is hard; `ease` the least reading ease by the language's own
    formula, `lix` the greatest LIX where it has none. `ages` is the field that states the age band, `widest` in years.
    """

    sentence: int = 0
    syllables: Mapping[str, int] = field(default_factory=dict)
    ease: Mapping[str, int] = field(default_factory=dict)
    lix: Mapping[str, int] = field(default_factory=dict)
    acronyms: bool = True
    passive: bool = True
    terms: bool = False
    ages: str = ""
    widest: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A sheet that is printed on both sides and folded: its size and its panels.

    `sides` name the panels of each side from left to right with their widths in mm, for a language that reads so; one
    that reads from right to left has them mirrored. `panels` say which parts stand on each, in the order of reading,
    which is the order of the document. `height` in mm. `grounds` number the grounds on which parts stand, each of
    another colour: the first part of a panel begins one, and so does each further section and who issues the edition.
    """

    height: int
    sides: tuple[Mapping[str, int], ...]
    panels: Mapping[str, tuple[str, ...]]
    grounds: Mapping[str, int]

    @property
    def width(self) -> int:
        """The width of the open sheet in mm."""
        return sum(self.sides[0].values())

    def place(self, part: str) -> tuple[int, int] | None:
        """Where a part stands in the order of reading: its panel and its place there; None: nowhere."""
        for number, parts in enumerate(self.panels.values()):
            if part in parts:
                return number, parts.index(part)
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form of document: its parts in order, its section styles, its fixed strings. A form is data, not code.

    `folder` is where its new documents go below statements/. `files` holds the form's own templates by name (word.docx,
    page.typ, page.html, pictures), with those of templates/common/ for what it does not bring.
    `sheet` is how it is folded; None: it is read page by page.
    """

    id: str
    folder: str
    names: Texts
    parts: tuple[PartSpec, ...]
    styles: Mapping[str, SectionStyle]
    default_style: str
    fields: Mapping[str, FieldSpec]
    values: Mapping[str, ValueKind]
    strings: Mapping[str, Texts]
    paper: str
    files: Mapping[str, bytes]
    source: Source
    drafting: Drafting = field(default_factory=Drafting)
    plain: Plain | None = None
    sheet: Sheet | None = None
