"""What all shapes have in common: see `schema`, `statement_schema` and `glossary_schema`.

The schema that pydantic makes of a shape is made when the first file of its kind is read, because most runs read few.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from paraph.library.shapes.fields import Free, OneText, Text


class Shape(BaseModel):
    """Keys are exact; a key left empty counts as not written."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, data: Any) -> Any:
        if isinstance(data, dict) and None in data.values():
            return {key: value for key, value in data.items() if value is not None}
        return data


class NameForms(Shape):
    """A name with the forms that grammar needs."""

    name: Text = Field(description="The name itself")
    the: Free = Field("", description="The name with its article: le Maroc")
    of: Free = Field("", description="The name after “of”: du Maroc")
    into: Free = Field("", description="The name after “in” or “to”: au Maroc")
    sort: Free = Field("", description="What lists are sorted by, where it is not the name")


NameShape = Annotated[NameForms, OneText("name")]
