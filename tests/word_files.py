"""Word files for tests, made from bare WordprocessingML: what other programs write, and what nobody should."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OPENING = (
    f'<w:document xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><w:body>'
)
CLOSING = "</w:body></w:document>"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>'
)
ROOT = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_R}/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(*members: tuple[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def word(body: str, parts: Mapping[str, str] | None = None, *, types: str = TYPES) -> bytes:
    """A DOCX with this body; `parts` (footnotes, comments, styles, …) are related to it by their names."""
    related = "".join(
        f'<Relationship Id="rId{n}" Type="{_R}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts or {}, 1)
    )
    return zipped(
        ("[Content_Types].xml", types),
        ("_rels/.rels", ROOT),
        ("word/document.xml", OPENING + body + CLOSING),
        ("word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'),
        *((f"word/{name}.xml", text) for name, text in (parts or {}).items()),
    )


def part(tag: str, content: str) -> str:
    """The XML of a part with the root `w:<tag>`."""
    return f'<w:{tag} xmlns:w="{_W}">{content}</w:{tag}>'


def p(*content: str, properties: str = "") -> str:
    """A paragraph; content that is no XML is a run."""
    runs = "".join(one if one.startswith("<") else r(one) for one in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(content: str, author: str = "Ana") -> str:
    return f'<w:ins w:id="1" w:author="{author}" w:date="2026-03-01T10:00:00Z">{content}</w:ins>'


def gone(text: str, author: str = "Ana") -> str:
    return (
        f'<w:del w:id="2" w:author="{author}" w:date="2026-03-01T10:00:00Z">'
        f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'
    )
