"""What the files below statements/ that are written every day may hold: clauses and manifests. See `schema`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from paraph.library.shapes.fields import AdoptionRule, Code, Date, Digest, Free, Id, Kind, OneText, Raw, Text, Texts
from paraph.library.shapes.shape import Shape
from paraph.model.clause import ClauseKind
from paraph.model.rule import Adoption

# --- clauses ---------------------------------------------------------------------------------------------------------


class TranslationShape(Shape):
    """A courtesy translation."""

    source: Code = Field(description="The language that it was translated from")
    digest: Digest = Field(description="Which text was translated; paraph check says what to write here")
    status: str = Field("unchecked", pattern="^(unchecked|checked)$", description="unchecked, or checked by a member")
    translator: Free = Field("", description="Who translated it")
    text: Text = Field(description="The translation")


class WaiverShape(Shape):
    """A finding of the checks that is meant: it stands, with its reason, and is listed."""

    rule: Text = Field(description="The rule that is waived: term-deprecated")
    words: Free = Field("", description="The words that the finding names, where not all of this rule are meant")
    reason: Text = Field(description="Why: the word stands in the title of a treaty")


class ClauseShape(Shape):
    """statements/clauses/<theme>/<id>.yml: one reviewed unit of text in all its languages."""

    id: Id = Field(description="The name of the file without .yml")
    kind: ClauseKind = Field(description="What the clause does in a statement")
    title: Texts = Field(description="A short title for lists, in each authentic language; never printed")
    legal_basis: list[Text] = Field([], description="What it rests on: CRC art. 37(b)")
    values: dict[str, Kind] = Field({}, description="The placeholders of the text and their types: since: date")
    text: Texts = Field(
        description="The text that binds, in each authentic language, in Markdown, without final full stop"
    )
    translations: dict[str, TranslationShape] = Field({}, description="Courtesy translations, by language")
    waivers: list[WaiverShape] = Field([], description="Findings that are meant, with the reason")
    picture: Free = Field("", description="The pictogram beside it, by the name of its file without .svg: school")
    notes: Free = Field("", description="Drafting notes; never part of what is approved")


# --- manifests -------------------------------------------------------------------------------------------------------


class AdoptionShape(Shape):
    """`adoption:` of a manifest."""

    mode: Adoption = Field(default=Adoption.BODY, description="body: the assembly speaks; each: those that sign speak")
    rule: AdoptionRule = Field(default="", description="The rule of this document, where it is not the workspace’s")


class UseShape(Shape):
    """A clause in its place."""

    clause: Text = Field(description="The id of the clause")
    values: dict[str, Raw] = Field({}, description="Its values: since: 2017-03-01")
    under: list[Annotated[UseShape, OneText("clause")]] = Field([], description="Clauses below it, as (a), (b), …")


Uses = list[Annotated[UseShape, OneText("clause")]]


class SectionShape(Shape):
    """A run of clauses."""

    id: Id = Field(description="A name of its own in this document: recall")
    style: Free = Field("", description="How it is set: a style of the form; left out: the form’s default")
    heading: Texts = Field({}, description="Its heading in each language")
    chapeau: Texts = Field({}, description="The words that lead to its clauses: We recall")
    picture: Free = Field("", description="The pictogram beside its heading: rights")
    clauses: Uses = Field([], description="Its clauses, by id, in order")


class PinShape(Shape):
    """What the document's own texts in a courtesy language were translated from."""

    source: Code = Field(description="The language that they were translated from")
    digest: Digest = Field(description="Which texts were translated; paraph check says what to write here")
    status: str = Field("unchecked", pattern="^(unchecked|checked)$", description="unchecked, or checked by a member")
    translator: Free = Field("", description="Who translated them")


class ManifestShape(Shape):
    """statements/<kind>/<id>.yml: a document over clauses."""

    id: Id = Field(description="The name of the file without .yml")
    form: Text = Field(description="The form of the document: a folder of templates/")
    title: Texts = Field(description="Its title in each language")
    subtitle: Texts = Field({}, description="A line below the title, in each language")
    place: Texts = Field({}, description="Where it is adopted, in each language")
    date: Date | None = Field(None, description="When it is adopted: 2017-03-01")
    reference: Free = Field("", description="Its reference number")
    networks: list[Text] = Field([], description="The networks that speak, by id")
    members: list[Text] = Field([], description="The members that speak, by id, where not all of the networks do")
    one_member: Free = Field("", description="The letter that one member sends by itself in place of this one, by id")
    adoption: AdoptionShape = Field(AdoptionShape(), description="How it is adopted")
    languages: list[Code] = Field([], description="The languages to issue; left out: the authentic ones")
    unchecked: list[Code] = Field([], description="Languages in which this file’s texts are unchecked translations")
    translations: dict[str, PinShape] = Field(
        {}, description="Of which texts those of this file are courtesy translations, by language"
    )
    values: dict[str, Raw] = Field({}, description="Values for all its clauses: country: MA")
    fields: dict[str, Texts] = Field({}, description="The fields that the form asks for, in each language")
    picture: Free = Field("", description="The drawing on its cover, by the name of its file without .svg")
    sections: list[SectionShape] = Field(min_length=1, description="Its sections, in order")
    waivers: list[WaiverShape] = Field([], description="Findings in this file that are meant, with the reason")
