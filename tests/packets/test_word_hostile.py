"""Word files that nobody should open: refused in one line that says what to do, in no time and no memory."""

from __future__ import annotations

import contextlib
import io
import random
import struct
import time
import tracemalloc
import zipfile

import pytest

from paraph.ooxml.archive import MOST_MEMBERS, Archive, PackageError
from paraph.ooxml.kinds import kind_of
from paraph.ooxml.reading.file import read_word
from word_files import CLOSING, OPENING, ROOT, TYPES, p, part, r, word, zipped

PLAIN = word(p("States shall act"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MAIN = OPENING + p("a") + CLOSING
BOMB = b"0" * 60_000_000


def packed(document: str | bytes = MAIN, *more: tuple[str, bytes | str], types: str = TYPES) -> bytes:
    return zipped(("[Content_Types].xml", types), ("_rels/.rels", ROOT), ("word/document.xml", document), *more)


def patched(data: bytes, old: bytes, new: bytes, count: int = -1) -> bytes:
    assert old in data
    return data.replace(old, new, count)


def encrypted() -> bytes:
    """The first member's flag in the directory says that it is locked."""
    at = PLAIN.index(b"PK\x01\x02") + 8
    return PLAIN[:at] + b"\x01" + PLAIN[at + 1 :]


def overlapping() -> bytes:
    """The directory's second entry points to the head of the first."""
    first = PLAIN.index(b"PK\x01\x02")
    second = PLAIN.index(b"PK\x01\x02", first + 4)
    return PLAIN[: second + 42] + bytes(4) + PLAIN[second + 46 :]


def liar(size: int, true: bytes) -> bytes:
    """A member that states `size` and inflates to `true`."""
    data = packed(true)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        real = archive.getinfo("word/document.xml").file_size
    return data.replace(struct.pack("<I", real), struct.pack("<I", size))


def named(document: str) -> bytes:
    return patched(PLAIN, b"word/document.xml", document.encode())


SIGNS = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:fontScheme>'
    '<a:minorFont><a:latin typeface="Wingdings"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
)
STYLES = part(
    "styles",
    "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(2_000)
    ),
)
REFUSED = [
    ("empty", b"", "empty", "again"),
    ("zeros", bytes(100), "empty", "again"),
    ("text", b"Dear colleagues, we approve.", "not a DOCX", ".docx"),
    ("old Word", OLE + "WordDocument".encode("utf-16-le"), r"\.doc\)", ".docx"),
    ("password", OLE + "EncryptedPackage".encode("utf-16-le"), "password", "without"),
    ("other old Office", OLE, "old format of Office", ".docx"),
    ("PDF", b"%PDF-1.7\n...", "is a PDF", "paraph decide"),
    ("photo", b"\xff\xd8\xff\xe0" + bytes(20), "picture", "paraph decide"),
    ("web page", b"\xef\xbb\xbf<!DOCTYPE html><html>", "web page", ".docx"),
    ("Word's own HTML", b'<html xmlns:w="urn:schemas-microsoft-com:office:word">', "web page", ".docx"),
    ("e-mail", b"From: a@example.org\r\nTo: b@example.org\r\nSubject: packet\r\n\r\n", "e-mail", "attached"),
    ("RTF", rb"{\rtf1\ansi I approve}", "RTF", ".docx"),
    ("ODT", zipped(("mimetype", "application/vnd.oasis.opendocument.text")), "ODT", ".docx"),
    ("ODS", zipped(("mimetype", "application/vnd.oasis.opendocument.spreadsheet")), "no text", ".docx"),
    (
        "ODT with a password",
        zipped(
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
        ),
        "password",
        "without",
    ),
    (
        "ODT with macros",
        zipped(("mimetype", "application/vnd.oasis.opendocument.text"), ("Basic/Standard/x.xml", "")),
        "macros",
        ".docx",
    ),
    ("EPUB", zipped(("mimetype", "application/epub+zip")), "EPUB", ".docx"),
    ("Excel", packed(types=TYPES.replace("wordprocessingml.document", "spreadsheetml.sheet")), "Excel", ".docx"),
    (
        "PowerPoint",
        packed(types=TYPES.replace("wordprocessingml.document", "presentationml.slide")),
        "PowerPoint",
        ".docx",
    ),
    ("template", packed(types=TYPES.replace("document.main", "template.main")), "template", ".docx"),
    ("macros by type", packed(types=TYPES.replace("document.main", "document.macroEnabled.main")), "macros", ".docx"),
    ("macros by part", packed(MAIN, ("word/vbaProject.bin", "x")), "macros", ".docx"),
    ("a packet in an archive", zipped(("packet.docx", PLAIN)), "archive", "Unpack"),
    ("an archive", zipped(("a.txt", "x")), "not a DOCX", ".docx"),
    ("rar", b"Rar!\x1a\x07", "archive", "Unpack"),
    ("cut short", PLAIN[: len(PLAIN) // 2], "not a DOCX", ".docx"),
    ("something before", b"x" + PLAIN, "begins like this", ".docx"),
    ("something behind", PLAIN[:-2] + b"\x01\x00x", "behind its end", "Word"),
    ("encrypted member", encrypted(), "password", "without"),
    ("overlapping", overlapping(), "over each other|directory", "Word"),
    ("two of one name", packed(MAIN, ("word/document.xml", MAIN)), "two parts of one name", "Word"),
    ("two but for case", packed(MAIN, ("word/Document.xml", MAIN)), "two parts of one name", "Word"),
    ("leads up", packed(MAIN, ("../evil.xml", "x")), "leads out", ""),
    ("absolute", packed(MAIN, ("/etc/passwd", "x")), "leads out", ""),
    ("drive", packed(MAIN, ("C:/x.xml", "x")), "leads out", ""),
    ("backslash", packed(MAIN, ("word\\..\\x.xml", "x")), "leads out", ""),
    ("directory and head differ", patched(PLAIN, b"word/document.xml", b"word/dacument.xml", 1), "directory", "Word"),
    ("too many", packed(MAIN, *((f"x/{n}", "") for n in range(MOST_MEMBERS))), "too large", "Word"),
    ("bomb", packed(MAIN, ("word/media/x.png", BOMB)), "unpack to far more", "Word"),
    ("larger than it says", liar(100, OPENING.encode() + b"<w:p/>" * 100_000), "not as large|damaged|cannot", ""),
    ("no main part", zipped(("[Content_Types].xml", TYPES), ("_rels/.rels", ROOT)), "no word/document.xml", "Word"),
    (
        "nothing says which is the text",
        zipped(("[Content_Types].xml", TYPES), ("word/document.xml", MAIN)),
        "which part",
        "Word",
    ),
    (
        "two main parts",
        zipped(
            ("[Content_Types].xml", TYPES),
            (
                "_rels/.rels",
                ROOT.replace(
                    "</Rel",
                    ROOT[ROOT.index("<Relationship ") :]
                    .replace("rId1", "rId2")
                    .replace("word/document", "word/other")[: -len("</Relationships>")]
                    + "</Rel",
                ),
            ),
            ("word/document.xml", MAIN),
        ),
        "two parts as its officeDocument",
        "Word",
    ),
    ("no XML", packed("not xml"), "cannot be read", ""),
    ("doctype", packed("<!DOCTYPE w>" + MAIN), "DOCTYPE", ""),
    ("entities", packed('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + MAIN), "DOCTYPE", ""),
    ("doctype in UTF-16", packed(("<!DOCTYPE w>" + MAIN).encode("utf-16")), "DOCTYPE", ""),
    ("doctype in UTF-7", packed(b'<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE a+AD4-'), "encoding", "Word"),
    ("UTF-32", packed(MAIN.encode("utf-32")), "encoding|cannot", ""),
    (
        "nested deep",
        packed(OPENING + "<w:sdt><w:sdtContent>" * 120 + "</w:sdtContent></w:sdt>" * 120 + CLOSING),
        "nests|cannot be read",
        "",
    ),
    ("nested deeper", packed("<a>" * 100_000), "cannot be read", ""),
    ("tags", packed(OPENING + "<a/>" * 3_100_000 + CLOSING), "too large|far more", ""),
    ("another document inside", packed(OPENING + '<w:altChunk r:id="rId9"/>' + CLOSING), "another document", "Word"),
    ("marks stacked on a letter", word(p("a" + "\u0301\u0323" * 100)), "stacks more marks", "again"),
    (
        "marks stacked over runs",
        word(p("a", *(r("\u0301\u0323" * 5) for _ in range(20)))),
        "stacks more marks",
        "again",
    ),
    ("a theme of signs", word(p("a"), {"theme": SIGNS}), r"as signs \(Wingdings\)", "again"),
    (
        "styles based on each other",
        word(p("a", properties='<w:pStyle w:val="s0"/>'), {"styles": STYLES}),
        "end",
        "Word",
    ),
    ("sub-document", packed(OPENING + p('<w:subDoc r:id="rId9"/>') + CLOSING), "another document", "Word"),
]


@pytest.mark.parametrize(
    ("data", "message", "advice"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED]
)
def test_it_is_refused_by_name(data: bytes, message: str, advice: str) -> None:
    began = time.monotonic()
    with pytest.raises(PackageError, match=message) as caught:
        read_word(data)
    assert time.monotonic() - began < 5
    assert "\n" not in caught.value.message
    assert advice in caught.value.advice


def test_a_false_size_inflates_nothing() -> None:
    """Four megabytes that say that they are a hundred bytes: no more than a little is ever inflated."""
    data = liar(100, BOMB[:4_000_000])
    tracemalloc.start()
    with pytest.raises(PackageError):
        Archive.open(data).read("word/document.xml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000


def test_what_leads_outside_is_named_and_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(socket, "socket", lambda *_: pytest.fail("no network"))
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    outside = (
        f'<Relationship Id="a" Type="{office}/image" Target="http://tracker.example/x.png" TargetMode="External"/>'
        f'<Relationship Id="b" Type="{office}/hyperlink" Target="http://example.org" TargetMode="External"/>'
        f'<Relationship Id="c" Type="{office}/styles" Target="http://evil.example/s.xml" TargetMode="External"/>'
    )
    rels = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{outside}</Relationships>'
    )
    shown = read_word(packed(MAIN, ("word/_rels/document.xml.rels", rels)))
    (oddity,) = shown.oddities
    assert "tracker.example" in oddity


def test_whatever_became_of_its_bytes_nothing_else_is_raised() -> None:
    chance = random.Random(2026)
    for _ in range(500):
        data = bytearray(PLAIN)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(PackageError):
            assert read_word(bytes(data)).lines is not None


def test_a_plain_file_is_of_its_kind() -> None:
    assert kind_of(PLAIN) == "docx"
    assert kind_of(rb"{\rtf1 x}") == "rtf"
    assert kind_of(zipped(("mimetype", "application/vnd.oasis.opendocument.text"))) == "odt"


def test_paragraphs_inside_paragraphs_are_refused_and_those_in_a_text_box_are_not() -> None:
    for inner in ("<w:p/>", "<w:tbl/>", "<w:r><w:tc/></w:r>"):
        with pytest.raises(PackageError, match="stand inside a paragraph"):
            read_word(word(f"<w:p>{inner}</w:p>"))
    box = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert read_word(word(f"<w:p>{box.format('<w:p/>')}</w:p>"))
    with pytest.raises(PackageError, match="stand inside a paragraph"):
        read_word(word(f"<w:p>{box.format('<w:p><w:p/></w:p>')}</w:p>"))


def test_ranges_that_all_lie_over_each_other_fill_no_memory() -> None:
    """Each of 6,000 bookmarks begins before the next word, and none ends before the last."""
    begun = "".join(f'<w:bookmarkStart w:id="{one}" w:name="b{one}"/><w:r><w:t>x</w:t></w:r>' for one in range(6_000))
    ended = "".join(f'<w:bookmarkEnd w:id="{one}"/>' for one in range(6_000))
    with pytest.raises(PackageError, match="bookmarks and comments"):
        read_word(word(f"<w:p>{begun}{ended}</w:p>"))
