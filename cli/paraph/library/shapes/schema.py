"""What each kind of file may hold, as people write it.

The descriptions are for the officer who sees them in an editor. From these the model is made (`paraph.library.files`);
what one file cannot say of itself (that a clause exists, say) is checked there.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from paraph.library.shapes.fields import (
    Address,
    AdoptionRule,
    Boolean,
    Code,
    Colour,
    Date,
    Folder,
    Free,
    Id,
    Kind,
    OneText,
    Text,
    Texts,
    Whole,
)
from paraph.library.shapes.shape import NameShape, Shape
from paraph.model.clause import ClauseKind
from paraph.model.form import Numbering
from paraph.model.member import Status
from paraph.model.writing import Mark, NumberStyle

# --- paraph.yml ------------------------------------------------------------------------------------------------------


class LanguagesShape(Shape):
    """`languages:` of paraph.yml."""

    authentic: list[Code] = Field(min_length=1, description="Languages whose texts bind, in their order")
    translations: list[Code] = Field([], description="Languages of courtesy translations, in their order")
    locales: dict[str, Text] = Field({}, description="How each language writes dates and numbers: en: en_GB")


class AdoptionRuleShape(Shape):
    """`adoption:` of paraph.yml."""

    rule: AdoptionRule = Field(description="The rule by which texts are adopted where a manifest names none: consensus")


class NetworkShape(Shape):
    """A network that speaks."""

    names: dict[str, NameShape] = Field(description="Its name in each language")
    acronym: Texts = Field({}, description="Its acronym in each language")
    website: Address = Field("", description="Its web address")


class WindowShape(Shape):
    """Where a letter's address stands, in whole millimetres from the left and upper edge of the sheet."""

    left: Whole = Field(25, description="Millimetres from the left edge")
    top: Whole = Field(50, description="Millimetres from the upper edge")
    width: Whole = Field(80, description="Its width in millimetres")
    height: Whole = Field(38, description="Its height in millimetres")


class LetterheadShape(Shape):
    """How a member's own letters look; what is left out is as under brand:. The name is that of institutions.yml."""

    logo: Free = Field("", description="Path of a PNG or JPEG in this workspace; empty: no logo")
    logo_alt: Texts = Field({}, description="What the logo shows, in words, for who cannot see it")
    accent: Colour | None = Field(None, description="Its colour; left out: that of brand:")
    text_font: Free = Field("", description="Font of the text; left out: that of brand:")
    heading_font: Free = Field("", description="Font of the headings; left out: that of brand:")
    address: dict[str, list[Text]] = Field({}, description="Address lines in each language; left out: its website")
    window: WindowShape | None = Field(None, description="Where the address of a letter stands")


class BrandShape(Shape):
    """How the house looks."""

    name: Texts = Field(description="The name that heads a page, in each language")
    logo: Free = Field("", description="Path of a PNG or JPEG in this workspace; empty: no logo")
    logo_alt: Texts = Field({}, description="What the logo shows, in words, for who cannot see it")
    accent: Colour = Field("#1f3a5f", description='The one colour, as "#1f3a5f"')
    colours: list[Colour] = Field([], description="Colours that the panels of leaflets take in turn, dark on white")
    text_font: Text = Field("Noto Serif", description="Font of the text")
    heading_font: Text = Field("Noto Sans", description="Font of the headings")
    arabic_font: Text = Field("Amiri", description="Font of Arabic text")
    address: dict[str, list[Text]] = Field({}, description="Address lines in each language")
    window: WindowShape | None = Field(None, description="Where the address of a letter stands")


class PublishShape(Shape):
    """The website that `paraph publish` makes, and where it goes."""

    address: Address = Field("", description="Where the site will stand: https://statements.example.org/")
    targets: dict[str, Text] = Field(
        {}, description="Places by name: a folder, sftp://user@host/folder, davs://host/folder, wordpress+https://host"
    )


class WorkspaceShape(Shape):
    """paraph.yml: who speaks, in which languages, and how it looks."""

    name: Texts = Field(description="The name of this workspace in each language")
    languages: LanguagesShape = Field(description="The languages of this workspace")
    time_zone: Text = Field("UTC", description="Zone in which deadlines are set and shown: Europe/Paris")
    register_: Text = Field(
        "sqlite:///register.db", alias="register", description="Where approvals are kept: sqlite:///register.db"
    )
    adoption: AdoptionRuleShape = Field(AdoptionRuleShape(rule="consensus"), description="How texts are adopted")
    networks: dict[str, NetworkShape] = Field({}, description="The networks that speak, by id")
    brand: BrandShape = Field(description="Name, logo, colour, fonts and address")
    publish: PublishShape = Field(PublishShape(address="", targets={}), description="The website")
    letterheads: dict[str, LetterheadShape] = Field({}, description="How members’ own letters look, by their ids")


# --- members and states ----------------------------------------------------------------------------------------------


class DatedNamesShape(BaseModel):
    """Names from a date on: `since`, and a name for each language."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    __pydantic_extra__: dict[str, NameShape]

    since: Date | None = Field(None, description="First day of these names; left out: from the beginning")


class StatusShape(Shape):
    """A member's status from a date on."""

    since: Date | None = Field(None, description="First day of this status; left out: from the beginning")
    status: Status = Field(description="pending: awaits validation and counts for nothing until then")


class InstitutionShape(Shape):
    """A member institution."""

    country: Text = Field(description="ISO 3166 code of its state: MA")
    names: list[DatedNamesShape] = Field(min_length=1, description="Its names in time and language")
    status: list[StatusShape] = Field(min_length=1, description="Its status in time")
    networks: list[Id] = Field([], description="The networks that it belongs to")
    languages: list[Code] = Field([], description="Languages in which it reads and validates texts")
    website: Address = Field("", description="Its web address")
    contact: Texts = Field(
        {}, description="How it is reached, in each language, a line each; on its own editions alone"
    )
    office_open: Boolean = Field(False, description="true where it is not settled which office sits for the country")
    notes: Free = Field("", description="Sources and remarks; never printed")


class InstitutionsShape(Shape):
    """statements/institutions.yml: the members."""

    institutions: dict[str, InstitutionShape] = Field(description="The members, by id")


class CountryShape(Shape):
    """A state."""

    names: list[DatedNamesShape] = Field(min_length=1, description="Its names in time and language")


class CountriesShape(Shape):
    """statements/countries.yml: states and their names."""

    countries: dict[str, CountryShape] = Field(description="The states, by ISO 3166 code in capitals")


# --- forms and fixed strings -----------------------------------------------------------------------------------------


class PartShape(Shape):
    """A part of a form."""

    kind: Text = Field(description="What it is: title, subtitle, sections, place-date, signatures, …")
    field: Free = Field("", description="For a field part: the field that it prints")
    string: Free = Field("", description="The fixed string that heads or fills it")
    role: Free = Field("", description="Its named style, where it is not the kind’s own")
    picture: Free = Field("", description="The pictogram beside its heading")


class StyleShape(Shape):
    """How a section sets its clauses."""

    role: Text = Field(description="The named style of its paragraphs in Word: operative")
    numbering: Numbering = Field(
        description="through: on through the document; section: from 1 in each; steps: the same, bare"
    )
    each: Mark = Field(description="The mark after each clause")
    last: Mark = Field(description="The mark after the last clause")
    kinds: list[ClauseKind] = Field([], description="The kinds of clause that may stand here; empty: all")
    opens: dict[ClauseKind, Text] = Field(
        {}, description="How a clause of each kind begins: an opening of templates/strings.yml, as recital: participle"
    )


class FieldShape(Shape):
    """A field that a form asks of its manifests."""

    type: str = Field("text", pattern="^(text|lines)$", description="text (Markdown), or lines (an address)")
    required: Boolean = Field(False, description="true where every manifest must give it")


class DraftingShape(Shape):
    """Rules of drafting that hold for documents of a form."""

    full_names: list[Text] = Field(default=[], description="Texts without acronyms: title, subtitle, heading")
    brackets: Boolean = Field(default=True, description="false: square brackets, open alternatives, are reported")
    ordered: Boolean = Field(
        default=False, description="true: states and members that a text lists stand in alphabetical order"
    )


class AgesShape(Shape):
    """The age band of the readers."""

    field: Text = Field(description="The field of the document that names it: readers")
    widest: Whole = Field(5, description="Years that it may span at most")


class PlainShape(Shape):
    """How plain the texts of a form must be."""

    sentence: Whole = Field(0, description="Words that a sentence may have at most; 0: any number")
    syllables: dict[str, Whole] = Field({}, description="Syllables from which a word is hard, by language: en: 4")
    ease: dict[str, Whole] = Field({}, description="The least reading ease, by language: en: 70")
    lix: dict[str, Whole] = Field({}, description="The greatest LIX, for languages without a formula of their own")
    acronyms: Boolean = Field(True, description="false: acronyms are reported")
    passive: Boolean = Field(True, description="false: verbs in the passive are reported")
    terms: Boolean = Field(False, description="true: a term of the glossary is explained where it stands")
    ages: AgesShape | None = Field(None, description="The age band that each document states")


class SheetShape(Shape):
    """A sheet that is folded."""

    height: Whole = Field(description="Its height in mm: 210")
    sides: list[dict[str, Whole]] = Field(
        min_length=1,
        max_length=2,
        description="The panels of each side from left to right, with their widths in mm: {flap: 97, back: 100, …}",
    )
    panels: dict[str, list[Text]] = Field(
        description="What stands on each panel, by the names of parts, fields, strings and sections, in reading order"
    )


class FormShape(Shape):
    """templates/<form>/form.yml: a form of document."""

    id: Id = Field(description="The name of its folder")
    name: Texts = Field(description="What such a document is called, in each language")
    folder: Folder = Field("", description="Where “paraph new” puts such documents below statements/; left out: the id")
    paper: str = Field("a4", pattern="^(a4|a5|a3|letter)$", description="The paper: a4, a5, a3 or letter")
    parts: list[Annotated[PartShape, OneText("kind")]] = Field(min_length=1, description="Its parts in their order")
    styles: dict[str, StyleShape] = Field(min_length=1, description="How sections set their clauses, by name")
    default_style: Text = Field(description="The style of a section that names none")
    fields: dict[str, FieldShape] = Field({}, description="Fields that manifests fill in, by name")
    values: dict[str, Kind] = Field({}, description="Placeholders that manifests’ own texts may use, with their types")
    strings: dict[str, Texts] = Field({}, description="Fixed strings of this form in each language")
    drafting: DraftingShape = Field(DraftingShape(), description="Rules of drafting, looked at by paraph check")
    plain: PlainShape | None = Field(None, description="Plain language: for what must be easy to read")
    sheet: SheetShape | None = Field(None, description="How it is folded; left out: it is read page by page")


class NumberFormatShape(Shape):
    """How the numbers of one level are written."""

    style: NumberStyle = Field(description="How the number is written")
    pattern: Text = Field(description="What stands around it: ({n})")


class PassiveShape(Shape):
    """The passive of a language: a verb, then a participle; * stands for letters."""

    verbs: list[Text] = Field(min_length=1, description="The auxiliary verbs: is, was, been")
    participles: list[Text] = Field(min_length=1, description="The participles: *ed, done")
    between: list[Text] = Field([], description="Words that may stand between the two: not, *ly")
    exceptions: list[Text] = Field([], description="Participles that are none, or say no passive: tired, arrivé")
    not_after: list[Free] = Field([], description="What may not stand right before the verb: “s’”, “se ”")


class RulesShape(Shape):
    """How a language writes."""

    marks: dict[Mark, Free] = Field(description="Its punctuation: comma, semicolon, full_stop, colon")
    levels: list[NumberFormatShape] = Field(min_length=1, description="Its numbers, level by level")
    bullet: Text = Field("•", description="Its bullet")
    note_before_mark: Boolean = Field(False, description="true: the call of a note stands before the punctuation")
    first_of_month: Free = Field("", description="How the first day of a month is written, such as 1er")
    quotes: list[Free] = Field(
        [],
        max_length=6,
        description="Its quotation marks with their spaces, opening and closing; then others it allows",
    )
    apostrophe: Free = Field("", description="Its apostrophe")
    question: Free = Field("", description="Its question mark, with the space before it")
    exclamation: Free = Field("", description="Its exclamation mark, with the space before it")
    percent: Free = Field("", description="Its per cent sign, with the space before it")
    opens: dict[Text, Text] = Field({}, description="What opens a question or exclamation, by the mark that ends it")
    explains: list[Text] = Field([], description="How a sentence explains a word: “{term} is”")
    passive: PassiveShape | None = Field(None, description="How it leaves out who does something")
    unparted: list[Text] = Field(
        [], description="Words that a line never parts from the hyphen before them, as in puis-je; * stands for letters"
    )
    abbreviations: list[Text] = Field([], description="Abbreviations whose point is no full stop: etc.")
    everyday_acronyms: list[Text] = Field([], description="Acronyms that everybody knows: PDF")


class OpeningShape(Shape):
    """A way in which clauses begin."""

    words: dict[str, list[Text]] = Field(description="First words in each language; * stands for letters: *ing")
    emphasised: Boolean = Field(False, description="true: the first words are emphasised")
    says: Free = Field("", description="What is asked for, in words: an emphasised participle")
    after: dict[str, list[Text]] = Field({}, description="Words that may stand before them, in each language: Deeply")


class StringsShape(Shape):
    """templates/strings.yml: fixed strings and writing rules shared by all forms."""

    rules: dict[str, RulesShape] = Field(description="How each language writes, by its code")
    strings: dict[str, Texts] = Field({}, description="Fixed strings in each language, by name")
    openings: dict[str, OpeningShape] = Field({}, description="How clauses begin, by a name that forms use")


class PacketShape(Shape):
    """templates/packet/strings.yml: the words of review packets and of the e-mails that carry them."""

    unchecked: list[Text] = Field([], description="Languages whose words below nobody has checked")
    strings: dict[str, Texts] = Field(description="Fixed strings in each language, by name")


class SiteShape(Shape):
    """templates/site/strings.yml: the words of the website."""

    unchecked: list[Text] = Field([], description="Languages whose words below nobody has checked")
    strings: dict[str, Texts] = Field(description="Fixed strings in each language, by name")
    themes: dict[str, Texts] = Field({}, description="Names of themes in each language, by the folder of their clauses")


# --- letters ---------------------------------------------------------------------------------------------------------


class OfficeShape(Shape):
    """An office that letters are sent to."""

    words: list[Text] = Field([], description="What a table may call it, in any language: minister, ministre")
    feminine: list[Text] = Field([], description="The same, of a woman alone: ministra, directrice")
    spoken: dict[str, dict[str, list[Text]]] = Field(
        description="How it is spoken to, by language and by f, m or any: the salutation, and the words in the closing"
    )


class RecipientsShape(Shape):
    """templates/<form>/recipients.yml: how the recipients of letters are addressed."""

    columns: dict[str, list[Text]] = Field(description="What the columns of a table may be called, by their names here")
    parts: list[Text] = Field([], description="What columns with parts of an address are called: postcode, ville")
    genders: dict[str, list[Text]] = Field({}, description="What a table may write for f and m")
    unclear: dict[Text, list[Text]] = Field(
        {}, description="What may be either beside other words of the column, or under such a head: m beside h"
    )
    languages: dict[str, list[Text]] = Field({}, description="More names of languages, by code")
    nothing: list[Text] = Field([], description="What stands in a cell where there is nothing to say: n/a")
    openings: dict[str, list[Text]] = Field(
        {}, description="First words that speak to a reader, by language, besides those of the offices below: Dear"
    )
    default: Text = Field(description="The office of who is given none")
    offices: dict[str, OfficeShape] = Field(min_length=1, description="The offices, by a name of their own")
