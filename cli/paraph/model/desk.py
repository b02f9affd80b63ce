"""What people write: the workspace, its members, clauses, manifests, forms and terms.

`paraph.library` reads these from YAML. Texts per language are mappings from a language code to text; texts in Markdown
are kept as written (in canonical form) next to their parsed lines.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from paraph.model.document import Language
from paraph.model.finding import Source
from paraph.model.text import Line, NumberStyle

Texts: TypeAlias = Mapping[str, str]
"""Text per language code."""


# --- paraph.yml ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Brand:
    """How a house looks: reaches Word, PDF and HTML alike. Colours are #rrggbb; `logo` is a path or ""."""

    name: Texts
    logo: str = ""
    logo_alt: Texts = field(default_factory=dict)
    accent: str = "#1f3a5f"
    text_font: str = "Noto Serif"
    heading_font: str = "Noto Sans"
    arabic_font: str = "Amiri"
    address: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """A network of institutions that speaks; `names` per language, `acronym` is bound to its language."""

    id: str
    names: Mapping[str, Name]
    acronym: Texts
    website: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Workspace:
    """paraph.yml: who speaks, in which languages, and how it looks."""

    name: Texts
    authentic: tuple[str, ...]
    translations: tuple[str, ...]
    languages: Mapping[str, Language]
    time_zone: str
    register: str
    networks: Mapping[str, Network]
    brand: Brand
    rule: str
    source: Source

    @property
    def all_languages(self) -> tuple[str, ...]:
        """Authentic languages first, then translations, each in the order of the file."""
        return self.authentic + self.translations


# --- institutions.yml and countries.yml -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """A name in one language with the forms that its grammar needs; a form that is empty is the plain name.

    French: `the` "le Maroc", `of` "du Maroc", `into` "au Maroc". English: `the` "the Ombudsman of …". `sort` is what
    lists are ordered by, where that is not the name itself.
    """

    name: str
    the: str = ""
    of: str = ""
    into: str = ""
    sort: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedNames:
    """Names in force from `since` (included; None: from the beginning) until the next entry's `since`."""

    since: dt.date | None
    names: Mapping[str, Name]


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """A state by its ISO 3166 code, with its names in time and language."""

    code: str
    names: tuple[DatedNames, ...]

    def name(self, language: str, on: dt.date | None) -> Name | None:
        """The name in `language` on a date (None: the latest), or None where no name is given."""
        return dated(self.names, language, on)


class Status(StrEnum):
    """What a member is; only an active member counts in a decision."""

    ACTIVE = "active"
    PENDING = "pending"
    OBSERVER = "observer"
    LEFT = "left"


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedStatus:
    """A member's status from `since` on (None: from the beginning)."""

    since: dt.date | None
    status: Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Institution:
    """A member institution. `office_open` says that which office sits for the country is not settled.

    Where it is open, the names are those of the country's seat and nothing about an office is printed.
    """

    id: str
    country: str
    names: tuple[DatedNames, ...]
    status: tuple[DatedStatus, ...]
    networks: tuple[str, ...]
    languages: tuple[str, ...]
    website: str = ""
    office_open: bool = False
    notes: str = ""

    def name(self, language: str, on: dt.date | None) -> Name | None:
        """The office's name in `language` on a date (None: the latest), or None where no name is given."""
        return dated(self.names, language, on)

    def status_on(self, on: dt.date | None) -> Status:
        """The status on a date (None: the latest); before the first entry it was no member, as one that left."""
        current = Status.LEFT
        for entry in self.status:
            if entry.since is None or on is None or entry.since <= on:
                current = entry.status
        return current


def dated(names: tuple[DatedNames, ...], language: str, on: dt.date | None) -> Name | None:
    """The name in force in `language` on a date; entries are in the order of their dates."""
    found = None
    for entry in names:
        if entry.since is None or on is None or entry.since <= on:
            found = entry.names.get(language, found)
    return found


# --- values ----------------------------------------------------------------------------------------------------------


class ValueType(StrEnum):
    """What may stand in a placeholder."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    COUNTRY = "country"
    INSTITUTION = "institution"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class ValueKind:
    """A declared type: `text`, or `list[country]`."""

    type: ValueType
    many: bool = False

    def __str__(self) -> str:
        return f"list[{self.type}]" if self.many else str(self.type)


BUILT_IN_VALUES: Mapping[str, ValueKind] = {
    "networks": ValueKind(ValueType.NETWORK, many=True),
    "members": ValueKind(ValueType.INSTITUTION, many=True),
    "date": ValueKind(ValueType.DATE),
    "place": ValueKind(ValueType.TEXT),
    "title": ValueKind(ValueType.TEXT),
}
"""What a text may name without declaring it: the manifest says it."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and an ISO 4217 currency."""

    amount: Decimal
    currency: str


RawValue: TypeAlias = str | Mapping[str, str] | tuple["str | Mapping[str, str]", ...]
"""A value as written: a scalar, text per language, or a list of these. Its declared type converts it in assembly."""


# --- clauses ---------------------------------------------------------------------------------------------------------


class ClauseKind(StrEnum):
    """What a clause does in a statement."""

    RECITAL = "recital"
    RECALL = "recall"
    POSITION = "position"
    COMMITMENT = "commitment"
    CALL = "call"
    MESSAGE = "message"
    SALUTATION = "salutation"
    PARAGRAPH = "paragraph"
    CLOSING = "closing"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseText:
    """The text of a clause in one language: `text` in canonical form as written, `lines` as parsed."""

    text: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Translation:
    """A courtesy translation, pinned to the text that it translates.

    `source` is the language it was made from and `digest` that text's `paraph.markup.digest`; `status` is "unchecked"
    until a member of the language validates it ("checked").
    """

    text: ClauseText
    source: str
    digest: str
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """One reviewed unit of text in all its languages. `title` and `notes` are never part of what is approved."""

    id: str
    theme: str
    kind: ClauseKind
    title: Texts
    legal_basis: tuple[str, ...]
    values: Mapping[str, ValueKind]
    texts: Mapping[str, ClauseText]
    translations: Mapping[str, Translation]
    notes: str
    source: Source

    def text(self, language: str) -> ClauseText | None:
        """The authentic text or the translation in `language`."""
        if language in self.texts:
            return self.texts[language]
        translation = self.translations.get(language)
        return translation.text if translation else None


# --- forms (templates/<form>/form.yml) -------------------------------------------------------------------------------


class Mark(StrEnum):
    """Terminal punctuation by name; how a language writes it is in templates/strings.yml."""

    NONE = "none"
    COMMA = "comma"
    SEMICOLON = "semicolon"
    FULL_STOP = "full_stop"
    COLON = "colon"


class Numbering(StrEnum):
    """How the paragraphs of a section are numbered."""

    NONE = "none"
    THROUGH = "through"
    SECTION = "section"
    BULLET = "bullet"


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionStyle:
    """How a section sets its clauses: the named style, the numbers, and the mark that ends each and the last."""

    role: str
    numbering: Numbering
    each: Mark
    last: Mark
    kinds: tuple[ClauseKind, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class PartSpec:
    """One part of a form, in its place. `kind` is one of PART_KINDS; `field` names the field that a field part prints.

    `string` names the fixed string that heads or fills it; `role` its named style where that is not the kind's own.
    """

    kind: str
    field: str = ""
    string: str = ""
    role: str = ""


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
    "glossary",
    "members",
)
"""What a part of a form can be."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldSpec:
    """A field that a form asks of its manifests: `text` (Markdown inlines) or `lines` (an address, one line each)."""

    name: str
    type: str
    required: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """A form of document: its parts in order, its section styles, its fixed strings. A form is data, not code.

    `files` holds the form's own templates by name (word.docx, page.typ, page.html, pictures), with those of
    templates/common/ for what it does not bring.
    """

    id: str
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


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberFormat:
    """How a language writes the numbers of one level: "{n}." decimal, "({n})" lower-alpha."""

    style: NumberStyle
    pattern: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageRules:
    """What a language does with numbers, punctuation and notes, from templates/strings.yml.

    `marks` writes a Mark; `levels` the numbers by level; `note_before_mark`: a footnote call stands before the final
    punctuation (French) or after it (English); `first_of_month` is how the first day is written ("1er"), or "".
    """

    marks: Mapping[Mark, str]
    levels: tuple[NumberFormat, ...]
    bullet: str
    note_before_mark: bool
    first_of_month: str


# --- manifests -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Use:
    """A clause in its place in a manifest, with its values and what stands under it as (a), (b), …"""

    clause: str
    values: Mapping[str, RawValue] = field(default_factory=dict)
    under: tuple[Use, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A run of clauses under a heading or a chapeau ("We recall:"). `style` is one of the form's."""

    id: str
    style: str
    heading: Texts
    chapeau: Texts
    uses: tuple[Use, ...]

    def all_uses(self) -> Iterator[tuple[KeyedUse, ...]]:
        """Every use below this section, each as the chain of (position, use) that leads to it."""
        yield from _walk(self.uses, ())


KeyedUse: TypeAlias = tuple[int, Use]


def _walk(uses: tuple[Use, ...], above: tuple[KeyedUse, ...]) -> Iterator[tuple[KeyedUse, ...]]:
    for position, use in enumerate(uses):
        chain = (*above, (position, use))
        yield chain
        yield from _walk(use.under, chain)


class Adoption(StrEnum):
    """Who speaks: the body as such, or each member that signs."""

    BODY = "body"
    EACH = "each"


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A document over clauses. `kind` is its folder below statements/ (declarations, statements, letters, leaflets).

    `speakers` are network ids, or member ids where members speak for themselves. `unchecked` lists the languages in
    which the manifest's own texts are translations that nobody has checked.
    """

    id: str
    kind: str
    form: str
    title: Texts
    subtitle: Texts
    place: Texts
    date: dt.date | None
    reference: str
    networks: tuple[str, ...]
    members: tuple[str, ...]
    adoption: Adoption
    rule: str
    languages: tuple[str, ...]
    unchecked: tuple[str, ...]
    values: Mapping[str, RawValue]
    fields: Mapping[str, Texts]
    sections: tuple[Section, ...]
    source: Source


# --- glossary --------------------------------------------------------------------------------------------------------


class TermStatus(StrEnum):
    """A term's standing in the termbase (ISO 30042 administrative status)."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """One term of a concept in one language; `forms` are inflected forms that a stemmer would miss."""

    term: str
    status: TermStatus
    register: str = ""
    acronym: str = ""
    forms: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Concept:
    """A concept with its terms per language. `definition` is our own, `origin` says where its terms were read."""

    id: str
    domain: str
    definition: Texts
    terms: Mapping[str, tuple[Term, ...]]
    origin: str
    certainty: str
    notes: str
    source: Source

    def preferred(self, language: str) -> Term | None:
        """The preferred term in `language`, or None."""
        return next((t for t in self.terms.get(language, ()) if t.status is TermStatus.PREFERRED), None)


# --- everything ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Library:
    """A workspace as read: what was needed of it, by id.

    `texts` are the fixed strings shared by all forms, by language; `rules` how each language writes; `assets` other
    files that documents use, such as the logo, by workspace path.
    """

    workspace: Workspace
    countries: Mapping[str, Country]
    institutions: Mapping[str, Institution]
    clauses: Mapping[str, Clause]
    manifests: Mapping[str, Manifest]
    forms: Mapping[str, Form]
    strings: Mapping[str, Mapping[str, str]]
    rules: Mapping[str, LanguageRules]
    concepts: Mapping[str, Concept]
    assets: Mapping[str, bytes] = field(default_factory=dict)
