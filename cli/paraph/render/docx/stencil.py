"""Letters as DOCX: the ZIP is put together from members and pieces of members that are deflated already.

Of the parts of a letter only those that hold a recipient's words differ. Each of these is one deflate stream (RFC
1951): what stands between the words was deflated once, each piece ended so that nothing after it refers back (zlib's
full flush), and the words stand between as blocks that are stored as they are. Nothing is deflated for a letter; its
parts, inflated, are byte for byte those that `render.docx` would write.

What is left to be worked out for each letter are the checksums of these parts, a third of the time. Where isal is
installed (the extra `fast`) it sums them several times faster; the sums are the same, and so are the files. isal does
not deflate here: what it makes may differ from processor to processor, and a shape is deflated only once.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from lxml import etree

from paraph.errors import FidelityError
from paraph.model.document import Document, Edition
from paraph.model.letter import Values, leaves, personal, slotted
from paraph.render.docx.document import render
from paraph.render.formats import make
from paraph.render.kit import Kit
from paraph.render.stencil import Cut, check_tokens, marked

try:
    from isal.isal_zlib import crc32
except ImportError:
    from zlib import crc32

_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_BLOCK = struct.Struct("<BHH")
_DAY = 33
"""1 January 1980, as a ZIP writes it: `ooxml.package` dates every member so."""
_LARGEST = 65_535
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that holds a recipient's words: as it is, for its checksum, and deflated."""

    name: bytes
    plain: Cut
    deflated: Cut


@dataclass(frozen=True, slots=True)
class DocxStencil:
    """Letters of one shape. `head` are the members that are the same for all, `entries` theirs in the directory."""

    head: bytes
    entries: bytes
    count: int
    parts: tuple[_Part, ...]

    def letter(self, words: Sequence[str]) -> bytes:
        """The DOCX of one recipient."""
        plain = [word.translate(_ESCAPED).encode() for word in words]
        stored = [_stored(word) for word in plain]
        made, directory, at = [self.head], [self.entries], len(self.head)
        for part in self.parts:
            crc = size = 0
            for piece in part.plain.filled(plain):
                crc = crc32(piece, crc)
                size += len(piece)
            data = b"".join(part.deflated.filled(stored))
            local = _LOCAL.pack(b"PK\x03\x04", 20, 0, 8, 0, _DAY, crc, len(data), size, len(part.name), 0)
            made += (local, part.name, data)
            directory += (_entry(part.name, crc, len(data), size, at), part.name)
            at += len(local) + len(part.name) + len(data)
        listed = b"".join(directory)
        total = self.count + len(self.parts)
        return b"".join((*made, listed, _END.pack(b"PK\x05\x06", 0, 0, total, total, len(listed), at, 0)))

    def proves(self, data: bytes, words: Sequence[str]) -> bool:
        """Whether each part that holds words, inflated again, is the proved one with these words as XML writes them.

        Nothing of what `letter` worked out is used: neither its escapes, nor its lengths, nor its checksums.
        """
        if not data.startswith(self.head) or _NO_XML.search("".join(words)):
            return False
        plain = [escape(word, quote=False).encode() for word in words]
        at = len(self.head)
        for part in self.parts:
            _, *_, crc, deflated, size, named, _ = _LOCAL.unpack_from(data, at)
            start = at + _LOCAL.size + named
            at = start + deflated
            try:
                inflated = zlib.decompress(data[start:at], -zlib.MAX_WBITS)
            except zlib.error:
                return False
            if (len(inflated), crc32(inflated)) != (size, crc) or inflated != b"".join(part.plain.filled(plain)):
                return False
        return True


_NO_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is no character of XML 1.0 (2.2, Char), and CR, which a parser would read as another one (2.11)."""
_ESCAPED = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def stencil(document: Document, values: Values, kit: Kit) -> DocxStencil:
    """The stencil of the shape that a recipient's `values` give `document`, which has slots.

    It is proved twice: with its tokens it says what the document says, and with the recipient's words its parts are
    those that are rendered without it. Raises FidelityError, RenderError as `render.formats.make`.
    """
    edition, _ = marked(document, values)
    parts = _parts(make(Edition(documents=(edition,)), kit, "docx"))
    words, _ = leaves(slotted(document), values, rtl=document.language.direction == "rtl")
    cuts = {name: Cut.of(data) for name, data in parts.items()}
    check_tokens(tuple(cuts.values()), words, "DOCX")
    for name, cut in cuts.items():
        _check_places(name, parts[name], cut)
    made = _compiled(cuts)
    expected = _parts(render(Edition(documents=(personal(document, values),)), kit))
    if _parts(made.letter(words)) != expected:
        raise FidelityError(
            "word.docx prints something else for each recipient than what it is given",
            "Let it print {{ reference }} and {{ running }} as they are, without filters.",
        )
    return made


def _check_places(name: str, data: bytes, cut: Cut) -> None:
    """Raise FidelityError where a word stands elsewhere than in the text of a run, where other escapes would be due."""
    if not cut.words:
        return
    texts = (one.text or "" for one in etree.fromstring(data).iter(_TEXT))
    if sum(len(Cut.of(text.encode()).words) for text in texts) != len(cut.words):
        raise FidelityError(
            f"{name} of word.docx prints a recipient’s words outside the text of a page",
            "Let it print {{ reference }} and {{ running }} as text, not in a property, a link or a field.",
        )


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _compiled(cuts: dict[str, Cut]) -> DocxStencil:
    head, entries, count = b"", b"", 0
    parts = []
    for part, cut in cuts.items():
        name = part.encode()
        if cut.words:
            parts.append(_Part(name, cut, Cut(tuple(_pieces(cut.pieces)), cut.words)))
            continue
        (plain,) = cut.pieces
        (data,) = _pieces(cut.pieces)
        crc = crc32(plain)
        entries += _entry(name, crc, len(data), len(plain), len(head)) + name
        head += _LOCAL.pack(b"PK\x03\x04", 20, 0, 8, 0, _DAY, crc, len(data), len(plain), len(name), 0) + name + data
        count += 1
    return DocxStencil(head, entries, count, tuple(parts))


def _entry(name: bytes, crc: int, deflated: int, plain: int, at: int) -> bytes:
    return _ENTRY.pack(
        b"PK\x01\x02", 20, 20, 0, 8, 0, _DAY, crc, deflated, plain, len(name), 0, 0, 0, 0, 0, at
    )  # fmt: skip


def _pieces(pieces: Sequence[bytes]) -> list[bytes]:
    """Each piece deflated, so that anything may be stored between two of them; the last ends the stream."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    made = [deflate.compress(piece) + deflate.flush(zlib.Z_FULL_FLUSH) for piece in pieces[:-1]]
    return [*made, deflate.compress(pieces[-1]) + deflate.flush()]


def _stored(word: bytes) -> bytes:
    """`word` as blocks of a deflate stream that hold it as it is."""
    if len(word) <= _LARGEST:
        return _BLOCK.pack(0, len(word), len(word) ^ _LARGEST) + word if word else b""
    return _stored(word[:_LARGEST]) + _stored(word[_LARGEST:])
