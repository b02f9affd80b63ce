"""paraph.yml: who speaks, in which languages, and how it looks."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from dataclasses import dataclass, field

from paraph.model.finding import Source
from paraph.model.language import Language, Texts
from paraph.model.member import Name


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Where a letter's address stands so that an envelope shows it: millimetres from the left and upper edge of the
    sheet. By default as DIN 5008 form B has it (window at the left), below the line for the sender."""

    left: int = 25
    top: int = 50
    width: int = 80
    height: int = 38


@dataclass(frozen=True, kw_only=True, slots=True)
class Brand:
    """How a house looks: reaches Word, PDF and HTML alike. Colours are #rrggbb; `logo` is a path or "".

    `colours` are those that the panels of a leaflet take in turn.
    """

    name: Texts
    logo: str = ""
    logo_alt: Texts = field(default_factory=dict)
    accent: str = "#1f3a5f"
    colours: tuple[str, ...] = ()
    text_font: str = "Noto Serif"
    heading_font: str = "Noto Sans"
    arabic_font: str = "Amiri"
    address: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    window: Window = field(default_factory=Window)


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    """A network of institutions that speaks; `names` per language, `acronym` is bound to its language."""

    id: str
    names: Mapping[str, Name]
    acronym: Texts
    website: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Workspace:
    """paraph.yml: who speaks, in which languages, how it looks, and where it is published.

    `address` is where the website will stand, or ""; `targets` are the places that it is sent to, by name.
    `letterheads` are the looks of members that write on paper of their own, by id; a member without one has `brand`.
    """

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
    address: str = ""
    targets: Mapping[str, str] = field(default_factory=dict)
    letterheads: Mapping[str, Brand] = field(default_factory=dict)

    @property
    def all_languages(self) -> tuple[str, ...]:
        """Authentic languages first, then translations, each in the order of the file."""
        return self.authentic + self.translations

    def day(self, at: dt.datetime) -> dt.date:
        """The day of an instant here, in its time zone: the one that everything printed names."""
        return at.astimezone(zoneinfo.ZoneInfo(self.time_zone)).date()
