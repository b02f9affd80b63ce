"""paraph.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from paraph.library.files.members import name
from paraph.library.known_names import Known, clean, is_language
from paraph.library.written.suggest import did_you_mean
from paraph.markup import canonical
from paraph.model.colour import LEAST_CONTRAST, PAPER, contrast
from paraph.model.finding import Finding, KeyPath, Severity, Source
from paraph.model.language import Language, Texts
from paraph.model.workspace import Brand, Network, Window, Workspace

if TYPE_CHECKING:
    from paraph.library.shapes.schema import BrandShape, LetterheadShape, WindowShape, WorkspaceShape

LOGO_TYPES = (".png", ".jpg", ".jpeg")
"""The formats of pictures that Word, PDF and HTML all show."""


def unread(source: Source) -> Workspace:
    """Stands in for a paraph.yml that cannot be read: without languages nothing is said about languages."""
    return Workspace(
        name={},
        authentic=(),
        translations=(),
        languages={},
        time_zone="UTC",
        register="",
        networks={},
        brand=Brand(name={}),
        rule="",
        source=source,
    )


def workspace(shape: WorkspaceShape, source: Source) -> tuple[Workspace, tuple[Finding, ...]]:
    """The workspace, and what is wrong with it beyond its shape."""
    made = Workspace(
        name=clean(shape.name),
        authentic=tuple(dict.fromkeys(shape.languages.authentic)),
        translations=tuple(code for code in shape.languages.translations if code not in shape.languages.authentic),
        languages=dict(_languages(shape)),
        time_zone=shape.time_zone,
        register=shape.register_,
        networks={
            key: Network(
                id=key,
                names={code: name(one) for code, one in network.names.items()},
                acronym=clean(network.acronym),
                website=network.website,
            )
            for key, network in shape.networks.items()
        },
        brand=_brand(shape),
        letterheads={member: _letterhead(one, _brand(shape)) for member, one in shape.letterheads.items()},
        rule=shape.adoption.rule,
        source=source,
        address=shape.publish.address,
        targets=dict(shape.publish.targets),
    )
    return made, (
        *_language_findings(shape, source),
        *_zone(shape, source),
        *_accent(shape, source),
        *_texts(shape, Known(workspace=made), source),
    )


def _brand(shape: WorkspaceShape) -> Brand:
    brand = shape.brand
    return Brand(
        name=clean(brand.name),
        logo=brand.logo,
        logo_alt=clean(brand.logo_alt),
        accent=brand.accent.lower(),
        colours=tuple(colour.lower() for colour in brand.colours),
        text_font=brand.text_font,
        heading_font=brand.heading_font,
        arabic_font=brand.arabic_font,
        address=_lines(brand.address),
        window=_window(brand.window) if brand.window else Window(),
    )


def _letterhead(shape: LetterheadShape, brand: Brand) -> Brand:
    """The brand of a member: its name comes from institutions.yml when it writes, its address never from another."""
    return Brand(
        name={},
        logo=shape.logo,
        logo_alt=clean(shape.logo_alt),
        accent=shape.accent.lower() if shape.accent else brand.accent,
        colours=brand.colours,
        text_font=shape.text_font or brand.text_font,
        heading_font=shape.heading_font or brand.heading_font,
        arabic_font=brand.arabic_font,
        address=_lines(shape.address),
        window=_window(shape.window) if shape.window else brand.window,
    )


def _lines(address: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {code: tuple(map(canonical, lines)) for code, lines in address.items()}


def _window(shape: WindowShape) -> Window:
    return Window(left=shape.left, top=shape.top, width=shape.width, height=shape.height)


def _accent(shape: WorkspaceShape, source: Source) -> Iterator[Finding]:
    places: list[tuple[str, KeyPath]] = [(shape.brand.accent, ("brand", "accent"))]
    places += [(colour, ("brand", "colours", position)) for position, colour in enumerate(shape.brand.colours)]
    for colour, at in places:
        if (found := contrast(colour, PAPER)) < LEAST_CONTRAST:
            message = f"{colour} has a contrast of {found:.1f} on white; text needs {LEAST_CONTRAST}"
            yield source.finding("accent-contrast", message, "Choose a darker colour.", at=at)


def fonts(brand: Brand, source: Source) -> Iterator[Finding]:
    """Fonts that no PDF can be set in, of those that this machine has. Word and HTML only name them: a warning."""
    named = {key: getattr(brand, key) for key in ("text_font", "heading_font", "arabic_font")}
    shipped = {one.default for one in fields(Brand) if one.name in named}
    if shipped.issuperset(named.values()):
        return
    import fontpkg

    families = sorted(family.name for family in fontpkg.families().values())
    for key, font in named.items():
        if font.casefold() not in {one.casefold() for one in families}:
            near = did_you_mean(font, families)
            advice = f"{near} For another, install its package: pip install fontpkg-…".strip()
            message = f"no PDF can be set in “{font}”: paraph does not have this font"
            yield source.finding("unknown-font", message, advice, at=("brand", key), severity=Severity.WARNING)


def _languages(shape: WorkspaceShape) -> Iterator[tuple[str, Language]]:
    from babel import Locale

    for code in (*shape.languages.authentic, *shape.languages.translations):
        written = shape.languages.locales.get(code, code)
        if not is_language(written.replace("_", "-")):
            written = code if is_language(code) else "en"  # there is a finding
        locale = Locale.parse(written.replace("-", "_"))
        own = Locale.parse(code, sep="-") if is_language(code) else locale
        yield (
            code,
            Language(
                code=code,
                name=own.get_display_name(own) or code,
                direction=locale.text_direction,
                locale=str(locale),
            ),
        )


def _language_findings(shape: WorkspaceShape, source: Source) -> Iterator[Finding]:
    seen: set[str] = set()
    for group in ("authentic", "translations"):
        codes: list[str] = getattr(shape.languages, group)
        for position, code in enumerate(codes):
            at = ("languages", group, position)
            if not is_language(code):
                advice = "Write its BCP 47 code, as en, fr or ar."
                yield source.finding("unknown-language", f"no language is known by “{code}”", advice, at=at)
            if code in seen:
                yield source.finding("language-twice", f"{code} stands here twice", "Delete one of them.", at=at)
            seen.add(code)
    for code, locale in shape.languages.locales.items():
        here = ("languages", "locales", code)
        if code not in seen:
            advice = f"{did_you_mean(code, seen)} Add it to authentic: or translations:, or delete it."
            yield source.finding("unknown-language", f"“{code}” is no language of this workspace", advice, at=here)
        if not is_language(locale.replace("_", "-")):
            advice = "Write language_COUNTRY, as en_GB or ar_MA."
            yield source.finding("bad-locale", f"no locale is known by “{locale}”", advice, at=here)


def _zone(shape: WorkspaceShape, source: Source) -> Iterator[Finding]:
    from babel.core import get_global

    zones = {*get_global("zone_territories"), *get_global("zone_aliases"), "UTC"}
    if shape.time_zone not in zones:
        advice = f"{did_you_mean(shape.time_zone, zones)} Write it as Europe/Paris.".strip()
        yield source.finding("bad-time-zone", f"“{shape.time_zone}” is no time zone", advice, at=("time_zone",))


def _texts(shape: WorkspaceShape, known: Known, source: Source) -> Iterator[Finding]:
    yield from known.texts(source, shape.name, ("name",), "the name")
    yield from known.texts(source, shape.brand.name, ("brand", "name"), "the name of the brand")
    for key, network in shape.networks.items():
        at = ("networks", key)
        yield from known.texts(source, network.names, (*at, "names"), f"the network {key}")
        yield from known.texts(source, network.acronym, (*at, "acronym"), f"the acronym of {key}", needed=())
    looks: list[tuple[KeyPath, BrandShape | LetterheadShape]] = [(("brand",), shape.brand)]
    looks += [(("letterheads", member), one) for member, one in shape.letterheads.items()]
    for place, look in looks:
        yield from known.texts(source, look.address, (*place, "address"), "the address", needed=())
        yield from _logo(look.logo, look.logo_alt, known, source, place)
        yield from _outside(look.window, source, (*place, "window"))


def _logo(logo: str, alt: Texts, known: Known, source: Source, at: KeyPath) -> Iterator[Finding]:
    if logo and not alt:
        advice = "Add logo_alt: {en: …}, with what the logo shows, in words, in each authentic language."
        yield source.finding("missing-key", "the logo has no “logo_alt”", advice, at=(*at, "logo"))
    else:
        needed = known.workspace.authentic if logo else ()
        yield from known.texts(source, alt, (*at, "logo_alt"), "logo_alt", needed=needed)
    if logo and (logo.startswith("/") or "\\" in logo or ".." in logo.split("/")):
        advice = "Copy it into the workspace and write its path from here, with forward slashes."
        yield source.finding("path-outside", f"“{logo}” lies outside this workspace", advice, at=(*at, "logo"))
    elif logo and not logo.lower().endswith(LOGO_TYPES):
        advice = "Save it as PNG, at least 600 pixels wide, or as JPEG: Word, PDF and HTML all show these."
        yield source.finding("logo-format", f"“{logo}” is no picture that can be used", advice, at=(*at, "logo"))


_SHEET = (210, 297)
_LEAST = (50, 20)


def _outside(window: WindowShape | None, source: Source, at: KeyPath) -> Iterator[Finding]:
    """A window that does not lie on a sheet of A4, or holds no address."""
    if window is None:
        return
    ways = zip((window.left, window.top), (window.width, window.height), _SHEET, _LEAST, strict=True)
    for start, extent, sheet, least in ways:
        if extent < least or start + extent > sheet:
            message = (
                f"a window of {window.width} × {window.height} mm at {window.left}, {window.top} mm shows no address"
            )
            advice = (
                f"It lies on a sheet of {_SHEET[0]} × {_SHEET[1]} mm and has at least {_LEAST[0]} × {_LEAST[1]} mm."
            )
            yield source.finding("bad-window", message, advice, at=at)
            return
