"""What glossary/*.yml may hold."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from paraph.library.shapes.fields import Boolean, Date, Free, Id, OneText, Text, Texts
from paraph.library.shapes.shape import Shape
from paraph.model.concept import Gender, GrammaticalNumber, PartOfSpeech, TermStatus


class TermShape(Shape):
    """A term."""

    term: Text = Field(description="The term as it is written")
    status: TermStatus = Field(TermStatus.PREFERRED, description="Its standing; left out: preferred")
    register_: Free = Field("", alias="register", description="Where it is used: UN, EU, France, Belgium")
    acronym: Free = Field("", description="Its acronym in this language")
    forms: list[Text] = Field(
        [],
        description="Forms of it that no rule of inflection finds, and short forms, with words to choose from",
    )
    reason: Free = Field("", description="Why it is not to be used")
    part_of_speech: PartOfSpeech | None = Field(None, description="What it is in grammar")
    gender: Gender | None = Field(None, description="Its gender; common: of persons of both")
    number: GrammaticalNumber | None = Field(None, description="Its number, where no other is this term")
    since: Date | None = Field(None, description="First day of a name that changed")
    until: Date | None = Field(None, description="First day on which the name holds no more")
    except_: list[Text] = Field([], alias="except", description="Phrases in which the words mean something else")


class ConceptShape(Shape):
    """A concept and its terms."""

    id: Id = Field(description="Its name in [words](term:…)")
    domain: Free = Field("", description="The field it belongs to: protection")
    definition: Texts = Field({}, description="What it means, in our words, in each language")
    terms: dict[str, list[Annotated[TermShape, OneText("term")]]] = Field(description="Its terms by language")
    not_synonym_of: list[Text] = Field([], description="Concepts that it is taken for, by id")
    everyday: Boolean = Field(False, description="true: ordinary words, that need no explanation to anybody")
    origin: Free = Field("", description="Where the terms were read")
    certainty: Free = Field("", description="A: read in a source; B: general knowledge; C: inferred")
    notes: Free = Field("", description="Remarks; never printed")


class GlossaryShape(Shape):
    """glossary/*.yml: concepts with terms per language."""

    concepts: list[ConceptShape] = Field(description="The concepts")
