"""What pandoc's archives lack: the document's data, its direction, the house's look; packed to the same bytes.

ODF 1.3 part 3 for the names in styles.xml and meta.xml; EPUB 3.3 for content.opf. pandoc leaves the order of the
members as it should be (`mimetype` first and stored); the sandbox's clock dates everything 1970, which is put right
here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from lxml import etree

from paraph.model.document import Document
from paraph.model.text import Grid, Paragraph
from paraph.render.direction import turned
from paraph.render.kit import Kit
from paraph.render.pandoc.tree import DIRECTION, FRONT, style_name

_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
}
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SANDBOX_DATE = b"1970-01-01T00:00:00Z"
_INDENT_CM = 1.1
_ROW = "WholeRow"
_KEPT = ("chapeau", "place-date")
"""Roles of paragraphs that are not parted from what follows."""
_PAGES = {
    "a3": ("29.7cm", "42cm"),
    "a4": ("21cm", "29.7cm"),
    "a5": ("14.8cm", "21cm"),
    "letter": ("21.59cm", "27.94cm"),
}


def _repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as package:
        for member in source.infolist():
            entry = zipfile.ZipInfo(member.filename, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_STORED if member.filename == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(entry, change(member.filename, source.read(member)))
    return target.getvalue()


# --- EPUB ------------------------------------------------------------------------------------------------------------


def epub(data: bytes, document: Document, kit: Kit) -> bytes:
    """The EPUB with its date, the direction of its pages, and epub.css."""
    stamp = _stamp(document).encode("ascii")
    direction = document.language.direction.encode("ascii")
    sheet = kit.files["epub.css"].decode("utf-8").replace("ACCENT", kit.brand.accent).encode("utf-8")

    def change(name: str, content: bytes) -> bytes:
        if name.endswith(".xhtml"):
            return content.replace(b"<html xmlns", b'<html dir="' + direction + b'" xmlns', 1)
        if name.endswith(".opf"):
            return content.replace(_SANDBOX_DATE, stamp)
        return sheet if name.endswith(".css") else content

    return _repacked(data, change)


def _stamp(document: Document) -> str:
    return f"{document.date.isoformat()}T00:00:00Z" if document.date else "2000-01-01T00:00:00Z"


# --- ODT -------------------------------------------------------------------------------------------------------------


def odt(data: bytes, document: Document, kit: Kit) -> bytes:
    """The ODT with meta.xml of its own, the styles that its paragraphs name, and rows that no page parts."""

    def change(name: str, content: bytes) -> bytes:
        if name == "meta.xml":
            return _serialised(_meta(document, kit))
        if name == "styles.xml":
            root = etree.fromstring(content)
            _Styles(root, document, kit).apply()
            return _serialised(root)
        if name == "content.xml":
            root = etree.fromstring(content)
            _keep_rows_whole(root)
            return _serialised(root)
        return content

    return _repacked(data, change)


def _keep_rows_whole(root: etree._Element) -> None:
    styles, rows = root.find(_name("office:automatic-styles")), list(root.iter(_name("table:table-row")))
    if styles is None or not rows:
        return
    style = _add(styles, "style:style", style_name=_ROW, style_family="table-row")
    _add(style, "style:table-row-properties", fo_keep_together="always")
    for row in rows:
        _set(row, table_style_name=_ROW)


def _serialised(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _name(qualified: str) -> str:
    prefix, _, local = qualified.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, _name(tag))
    _set(made, **attributes)
    made.text = text or None
    return made


def _set(element: etree._Element, **attributes: str) -> None:
    for name, value in attributes.items():
        prefix, _, local = name.partition("_")
        element.set(_name(f"{prefix}:{local.replace('_', '-')}"), value)


def _meta(document: Document, kit: Kit) -> etree._Element:
    used = {prefix: _NAMESPACES[prefix] for prefix in ("office", "dc", "meta")}
    root = etree.Element(_name("office:document-meta"), nsmap=used)
    root.set(_name("office:version"), "1.3")
    meta = _add(root, "office:meta")
    stamp = _stamp(document).removesuffix("Z")
    for tag, value in (
        ("meta:generator", kit.generator),
        ("dc:title", document.title),
        ("dc:subject", document.subject),
        *(("meta:keyword", keyword) for keyword in document.keywords),
        ("meta:initial-creator", document.author),
        ("dc:creator", document.author),
        ("meta:creation-date", stamp),
        ("dc:date", stamp),
        ("dc:language", document.language.code),
        ("dc:identifier", document.reference or document.id),
    ):
        if value:
            _add(meta, tag, value)
    return root


class _Styles:
    """styles.xml of pandoc's reference document, changed for one document and one house.

    Where a paragraph runs from right to left, Writer reads `fo:margin-left` as the margin before the text, but sets
    `fo:text-align="start"` on the left.
    """

    def __init__(self, root: etree._Element, document: Document, kit: Kit) -> None:
        self.document, self.kit = document, kit
        self.rtl = document.language.direction == "rtl"
        self.brand = kit.brand
        found = root.find(_name("office:styles"))
        self.styles = found if found is not None else _add(root, "office:styles")
        self.root = root

    def apply(self) -> None:
        self._page()
        self._defaults()
        for name, size in (("Heading_20_1", 19), ("Heading_20_2", 14), ("Heading_20_3", 12)):
            self._heading(name, size)
        self._paragraph(FRONT, 0, hanging=False, bold=False, colour=self.brand.accent)
        for role, level, numbered, turn in sorted(
            {_use(paragraph, self.rtl) for paragraph in _paragraphs(self.document)}
        ):
            name = style_name(role, level) + ("-numbered" if numbered else "") + ("-turned" if turn else "")
            self._paragraph(name, level, hanging=numbered, bold=role == "chapeau", keep=role in _KEPT, turn=turn)
        for name in ("Number", DIRECTION):
            _add(self.styles, "style:style", style_name=name, style_family="text")
        for style in (*self._named("Table_20_Heading"), *self._named("Table_20_Contents")):
            for properties in style.findall(_name("style:paragraph-properties")):
                _set(properties, fo_text_align="right" if self.rtl else "left", fo_margin_bottom="0.15cm")
        for style in self._named("Emphasis"):
            for properties in style:
                _set(properties, style_font_style_complex="normal", style_font_weight_complex="bold")

    def _named(self, name: str) -> list[etree._Element]:
        return [style for style in self.styles.iter(_name("style:style")) if style.get(_name("style:name")) == name]

    def _page(self) -> None:
        width, height = _PAGES[self.kit.paper]
        for layout in self.root.iter(_name("style:page-layout-properties")):
            margins = {f"fo_margin_{side}": "2.4cm" for side in ("left", "right", "top", "bottom")}
            mode = "rl-tb" if self.rtl else "lr-tb"
            _set(layout, fo_page_width=width, fo_page_height=height, style_writing_mode=mode, **margins)
        for footer in self.root.iter(_name("style:footer")):
            for paragraph in footer:
                paragraph.text = "".join(f"{mark} · " for mark in (self.document.draft, self.document.notice) if mark)

    def _defaults(self) -> None:
        code = self.document.language.code.partition("-")[0]
        fonts = {
            "fo_font_family": self.brand.text_font,
            "style_font_family_complex": self.brand.arabic_font,
            "fo_font_size": "11pt",
            "style_font_size_complex": "13pt",
        }
        languages = {
            "fo_language": "none" if self.rtl else code,
            "style_language_complex": code if self.rtl else "none",
        }
        direction = _direction(self.rtl)
        for style in self.styles.iter(_name("style:default-style")):
            if style.get(_name("style:family")) != "paragraph":
                continue
            for properties in style.iter(_name("style:paragraph-properties")):
                _set(properties, **direction)
            for properties in style.iter(_name("style:text-properties")):
                for old in ("style:font-name", "style:font-name-complex"):
                    properties.attrib.pop(_name(old), "")
                _set(properties, **fonts, **languages)

    def _heading(self, name: str, points: int) -> None:
        for style in self._named(name):
            for old in style.findall(_name("style:text-properties")):
                style.remove(old)
            bold = {"fo_font_weight": "bold", "style_font_weight_complex": "bold"}
            sizes = {"fo_font_size": f"{points}pt", "style_font_size_complex": f"{points + 2}pt"}
            families = {"fo_font_family": self.brand.heading_font, "style_font_family_complex": self.brand.arabic_font}
            _add(style, "style:text-properties", fo_color=self.brand.accent, **bold, **sizes, **families)

    def _paragraph(
        self,
        name: str,
        level: int,
        *,
        hanging: bool,
        bold: bool,
        keep: bool = False,
        colour: str = "",
        turn: bool = False,
    ) -> None:
        style = _add(
            self.styles, "style:style", style_name=name, style_family="paragraph", style_parent_style_name="Standard"
        )
        indent = _INDENT_CM * (level + (1 if hanging else 0))
        properties = _add(
            style,
            "style:paragraph-properties",
            fo_margin_left=f"{indent:.1f}cm",
            fo_text_indent=f"-{_INDENT_CM}cm" if hanging else "0cm",
            fo_margin_bottom="0.25cm",
            fo_line_height="125%",
            fo_orphans="2",
            fo_widows="2",
            **({"fo_keep_with_next": "always"} if keep else {}),
            **(_direction(not self.rtl) if turn else {}),
        )
        if hanging:
            _add(_add(properties, "style:tab-stops"), "style:tab-stop", style_position="0cm")
        if bold or colour:
            weight = {"fo_font_weight": "bold", "style_font_weight_complex": "bold"} if bold else {}
            shade = {"fo_color": colour} if colour else {}
            _add(style, "style:text-properties", **weight, **shade)


def _direction(rtl: bool) -> dict[str, str]:
    return {"style_writing_mode": "rl-tb" if rtl else "lr-tb", "fo_text_align": "right" if rtl else "left"}


def _use(paragraph: Paragraph, rtl: bool) -> tuple[str, int, bool, bool]:
    return paragraph.role, paragraph.level, paragraph.number is not None, turned(paragraph, rtl=rtl)


def _paragraphs(document: Document) -> list[Paragraph]:
    found = []
    for block in document.blocks():
        if isinstance(block, Paragraph):
            found.append(block)
        elif isinstance(block, Grid):
            found.extend(paragraph for cell in block.cells for paragraph in cell)
    return found
