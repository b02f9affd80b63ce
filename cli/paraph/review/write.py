"""A packet as DOCX: templates/packet/word.docx filled, its body from `sheet`, its names in the file's properties.

The same packet, stationery and workspace give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from paraph.model.document import Document, Edition, Part
from paraph.model.library import Library
from paraph.model.packet import Packet, Stationery
from paraph.model.text import Heading, Paragraph, Text
from paraph.ooxml.controls import declare
from paraph.ooxml.custom import set_properties
from paraph.ooxml.names import Element, el, name
from paraph.ooxml.package import Package
from paraph.render.docx import compose
from paraph.render.docx_body import File, Writer
from paraph.render.docx_template import MAIN
from paraph.render.kit import Kit
from paraph.review import identity
from paraph.review.sheet import Sheet, blank
from paraph.review.shown import Voice

_BODY = "packet"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_BEFORE_TRACKING = (
    "writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime", "doNotDisplayPageBoundaries",
    "displayBackgroundShape", "printPostScriptOverText", "printFractionalCharacterWidth", "printFormsData",
    "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts", "saveFormsData", "mirrorMargins",
    "alignBordersAndEdges", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop",
    "hideSpellingErrors", "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign",
    "attachedTemplate", "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
    "revisionView",
)  # fmt: skip
"""What stands before `w:trackRevisions` in CT_Settings."""


@dataclass(slots=True, kw_only=True)
class _PacketWriter(Writer):
    """Writes the title block as any document's, and the body from a sheet."""

    sheet: Sheet

    def blocks(self, part: Part, slot: Element | None = None) -> Iterator[Element]:
        if part.id == _BODY:
            yield from self.sheet.body()
        else:
            yield from Writer.blocks(self, part, slot)


def write_packet(packet: Packet, stationery: Stationery, library: Library, generator: str) -> bytes:
    """The DOCX of a packet. RenderError: word.docx has a fault, or a text a character that Word cannot hold."""
    voices = tuple(Voice(stationery, library.workspace.languages[code]) for code in packet.languages)
    brand = library.workspace.brand
    kit = Kit(
        files={"word.docx": stationery.word},
        brand=brand,
        logo=library.assets.get(brand.logo) if brand.logo else None,
        generator=generator,
    )

    def writer(file: File, document: Document, width: int) -> Writer:
        sheet = Sheet(packet, voices, library, file, width)
        return _PacketWriter(file, document, width, sheet=sheet)

    package = compose(Edition(documents=(_cover(packet, voices[0]),)), kit, writer)
    set_properties(package, identity.properties(packet.identity))
    package.add(MAIN, declare(package.xml(MAIN)), _MAIN_TYPE)
    _track(package)
    return package.data()


def _cover(packet: Packet, voice: Voice) -> Document:
    """The title block, and an empty part that the sheet fills."""
    code = voice.language.code
    title = packet.document.get(code) or next(iter(packet.document.values()))
    member = packet.name.get(code) or next(iter(packet.name.values()))
    return replace(
        blank(voice.language),
        title=title,
        subject=voice.say("label"),
        reference=identity.printed_packet(packet.identity),
        date=packet.opened.date(),
        labels=voice.stationery.strings[code],
        parts=(
            Part(name="label", id="label", blocks=(_line("label", voice.say("label")),)),
            Part(
                name="title", id="title", blocks=(Heading(key="title", role="title", level=1, inlines=(Text(title),)),)
            ),
            Part(name="subtitle", id="subtitle", blocks=(_line("subtitle", voice.say("for", member=member)),)),
            Part(name=_BODY, id=_BODY, blocks=()),
        ),
    )


def _line(role: str, words: str) -> Paragraph:
    return Paragraph(key=role, role=role, inlines=(Text(words),))


def _track(package: Package) -> None:
    """Whatever is changed in the file is tracked."""
    (part,) = package.related(MAIN, "settings").values()
    settings = package.xml(part)
    if settings.find(name("w:trackRevisions")) is None:
        earlier = {name(f"w:{one}") for one in _BEFORE_TRACKING}
        settings.insert(sum(one.tag in earlier for one in settings), el("w:trackRevisions"))
