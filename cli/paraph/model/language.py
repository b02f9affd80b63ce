"""A language as a document is written in it, and what is written in several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Texts: TypeAlias = Mapping[str, str]
"""Text per language code."""


class Standing(StrEnum):
    """What a language version is: one that binds, a courtesy translation, or one that nobody has checked."""

    AUTHENTIC = "authentic"
    TRANSLATION = "translation"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, kw_only=True, slots=True)
class Language:
    """A language as a document is written in it. `code` is BCP 47, `direction` "ltr" or "rtl", `name` its own name."""

    code: str
    name: str
    direction: str
    locale: str
