"""What XMP says: the metadata of a file as XML (ISO 16684-1), which every program writes in its own way."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from paraph.errors import FindingsError
from paraph.guarded import parse
from paraph.proof.reading import digest

_PAPERWORK = frozenset({"about", "parseType", "xmptk", "resource"})
"""Attributes of which a program writes what it likes."""

_TOLD = frozenset(
    ("title", "creator", "description", "subject", "rights", "Keywords", "Producer", "ModifyDate", "MetadataDate")
)
"""What a reader of files shows of them, and a program that signs changes."""

_AIIM = "aiim.org"
"""What defines the names of others is told to nobody."""

_RESOURCE = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"


def xmp(data: bytes) -> Iterator[tuple[str, str]]:
    """What XMP says, name by name, however a program writes it (ISO 16684-1, 7); what only programs read, together."""
    try:
        root = parse(data.replace(b"\0", b"").strip(), "XMP")
    except FindingsError:
        yield "XMP", digest(data)
        return
    said = set[tuple[str, str]]()
    for one in root.iter():
        said |= {(str(key), str(value)) for key, value in one.attrib.items()}
        text = one.get(_RESOURCE) or (one.text or "").strip()
        if not len(one) and text:
            holder = next((up for up in one.iterancestors() if up.prefix != "rdf"), one) if one.prefix == "rdf" else one
            said.add((str(holder.tag), text))
    names = {key: etree.QName(key) for key, _ in said}
    told = {key for key, name in names.items() if name.localname in _TOLD and _AIIM not in (name.namespace or "")}
    yield from sorted((f"XMP {names[key].localname}", value) for key, value in said if key in told)
    rest = sorted((names[key].localname, value) for key, value in said if key not in told)
    yield "XMP", digest(*(piece for pair in rest if pair[0] not in _PAPERWORK for piece in pair))
