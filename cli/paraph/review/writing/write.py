"""A packet as DOCX: templates/packet/word.docx filled, its body from `sheet`, its names in the file's properties.

The same packet, stationery and workspace give the same bytes.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator
from dataclasses import dataclass, replace

from paraph.model.document import Document, Edition, Part
from paraph.model.library import Library
from paraph.model.packet import Packet, Question, Stationery, in_first
from paraph.model.text import Heading, Paragraph, Text
from paraph.ooxml.controls import declare
from paraph.ooxml.custom import set_properties
from paraph.ooxml.names import Element, el, name
from paraph.ooxml.package import Package
from paraph.render.docx.body import File, Writer
from paraph.render.docx.document import compose
from paraph.render.docx.template import MAIN
from paraph.render.kit import Kit
from paraph.review import identity, texts
from paraph.review.writing.blocks import Blocks, Places
from paraph.review.writing.circulation_words import Voice
from paraph.review.writing.pen import Pen, blank
from paraph.review.writing.prove import prove
from paraph.review.writing.sheet import Sheet

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


def write_packet(
    packet: Packet, stationery: Stationery, library: Library, generator: str, blocks: Blocks | None = None
) -> bytes:
    """The DOCX of a packet, read back before anybody has it. `blocks` are those of the packets before it in this run.

    RenderError: word.docx has a fault, or a text a character that Word cannot hold. FidelityError: it would not say
    what is on record.
    """
    voices = voices_of(packet, stationery, library)
    brand = library.workspace.brand
    kit = Kit(
        files={"word.docx": stationery.word},
        brand=brand,
        logo=library.assets.get(brand.logo) if brand.logo else None,
        generator=generator,
    )

    blocks, places = blocks or Blocks(), Places()

    def writer(file: File, document: Document, width: int) -> Writer:
        """Namespaces are declared before the body is there: lxml would take longer to move it than to write it."""
        file.package.add(MAIN, declare(file.package.xml(MAIN)), _MAIN_TYPE)
        sheet = Sheet(Pen(packet, voices, library, file, width), blocks, places)
        return _PacketWriter(file, document, width, sheet=sheet)

    package = compose(Edition(documents=(_cover(packet, voices[0]),)), kit, writer)
    set_properties(package, identity.properties(packet.identity))
    _track(package)
    package.set(MAIN, places.written(package.xml(MAIN)))
    data = package.data()
    prove(data, _on_record(packet, library, blocks))
    return data


def without_token(data: bytes, token: str) -> bytes:
    """A packet with its token blotted out, for the register: who reads it there can answer for nobody."""
    package = Package.read(data)
    blot = "".join(sign if sign == "-" else "·" for sign in token).encode()
    parts = {name: part.replace(token.encode(), blot) for name, part in package.parts.items()}
    return Package(parts).data()


def voices_of(packet: Packet, stationery: Stationery, library: Library) -> tuple[Voice, ...]:
    """Who speaks to the member, its first language first."""
    return tuple(voice_of(code, stationery, library) for code in packet.languages)


def voice_of(code: str, stationery: Stationery, library: Library) -> Voice:
    """Who speaks a language of the workspace."""
    languages, rules = library.workspace.languages, library.rules
    return Voice(stationery, languages[code], rules[code].first_of_month if code in rules else "")


def _on_record(packet: Packet, library: Library, blocks: Blocks) -> dict[tuple[int, str], tuple[str, ...]]:
    """What each text of the packet must say, by the place of its subject and its field."""

    def words(question: Question, code: str, written: str) -> tuple[str, ...]:
        language, rules = library.workspace.languages[code], library.rules[code]
        return blocks.words_of(
            (question.subject, code, written), lambda: texts.printed(question, written, language, rules)
        )

    return {
        (question.place, identity.text_field(code)): words(question, code, written)
        for question in packet.questions
        for code, written in question.written.items()
        if written
    }


def _cover(packet: Packet, voice: Voice) -> Document:
    """The title block, and an empty part that the sheet fills."""
    code = voice.language.code
    title = in_first(packet.document, *packet.languages)
    member = in_first(packet.name, *packet.languages)
    return replace(
        blank(voice.language),
        title=title,
        subject=voice.say("label"),
        reference=identity.printed_packet(packet.identity),
        date=packet.opened.astimezone(zoneinfo.ZoneInfo(packet.zone)).date(),
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
