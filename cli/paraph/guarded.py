"""XML from outside, read with care.

Nothing is fetched, no entity is expanded, no DTD is read: a document type with a body, or any declaration of an entity,
is refused before a parser sees it (entities of entities, XXE), as are files too large, too deep or in an unusual
encoding. TBX of 2008 mostly names its DTD; such a naming alone is passed over where the caller says so.
"""

from __future__ import annotations

import codecs
import re
from typing import TypeAlias

from lxml import etree

from paraph.errors import FindingsError
from paraph.model.finding import Finding

Element: TypeAlias = etree._Element

MOST_BYTES = 30_000_000
MOST_TAGS = 1_500_000
_ENCODINGS = ("utf-8", "us-ascii", "iso-8859-1", "iso-8859-15", "windows-1252", "utf-16")
_DECLARATION = re.compile(r"""\s*<\?xml\b[^>]*?(?:encoding\s*=\s*["']([^"']*)["'][^>]*)?\?>""")
_NAMED_DTD = re.compile(r"""<!DOCTYPE\s+[\w:.-]+(?:\s+(?:SYSTEM|PUBLIC)(?:\s*(?:"[^"<>]*"|'[^'<>]*')){1,2})?\s*>""")
_NO_TEXT = "Ask for the file again, or save it again as XML in UTF-8."


def refusal(file: str, message: str, advice: str = _NO_TEXT, line: int = 0) -> FindingsError:
    """The error for a file that cannot be taken in at all."""
    return FindingsError(
        [Finding(file=file, line=line, column=0, rule="exchange-file", message=message, advice=advice)]
    )


def parse(data: bytes, file: str, *, named_dtd: bool = False, asides: bool = False) -> Element:
    """The root of the XML in `data`; `file` is its name in findings. Comments and processing instructions are left out
    but for `asides`.

    Raises FindingsError where it is no XML, or asks for what is not done here.
    """
    if len(data) > MOST_BYTES:
        raise refusal(file, f"the file has more than {MOST_BYTES // 1_000_000} MB", "Split it.")
    text = _text(data, file)
    if named_dtd:
        text = _NAMED_DTD.sub("", text, count=1)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        message, advice = "the file brings a document type or entities of its own", "Save it again without a DTD."
        raise refusal(file, message, advice)
    if text.count("<") > MOST_TAGS:
        raise refusal(file, f"the file has more than {MOST_TAGS:,} tags", "Split it.")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_pis=not asides,
        remove_comments=not asides,
    )
    try:
        return etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        raise refusal(file, f"this is no XML: {error.msg}", line=error.lineno or 0) from None


def _text(data: bytes, file: str) -> str:
    """The characters, without the declaration."""
    head = data[:200].decode("latin-1")
    declared = _DECLARATION.match(head.removeprefix("ï»¿"))
    name = (declared[1] if declared and declared[1] else "utf-8").lower()
    if data.startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    elif data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = "utf-16"
    elif name not in _ENCODINGS:
        raise refusal(file, f"the file is written in “{name}”", "Save it as UTF-8.")
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise refusal(file, f"the file is not in {name}, as it says: byte {error.start}", "Save it as UTF-8.") from None
    return _DECLARATION.sub("", text, count=1)
