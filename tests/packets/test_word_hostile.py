"""Word files that nobody should open: refused in one line that says what to do, in no time and no memory."""

from __future__ import annotations

import contextlib
import io
import random
import re
import struct
import time
import tracemalloc
import zipfile

import pytest

from paraph.ooxml.archive import MOST_MEMBERS, Archive, PackageError
from paraph.ooxml.kinds import kind_of
from paraph.ooxml.reading import contradictions, fields, file, rows
from paraph.ooxml.reading.file import read_word
from paraph.ooxml.reading.inherited_styles import InheritedStyles
from paraph.ooxml.reading.passages import Passages
from paraph.ooxml.reading.walk import Walk
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


def test_all_parts_together_have_no_more_tags_than_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may be what a file may be by itself: a paragraph takes a thousand times the memory of its two tags."""
    data = word(p("a"), {"header": part("hdr", p("top") * 20), "footer": part("ftr", p("foot") * 20)})
    assert read_word(data).lines
    monkeypatch.setattr(file, "_MOST_TAGS", 200)
    with pytest.raises(PackageError, match="more tags than a document"):
        read_word(data)


def _field(code: str, shown: str, story: str = "p") -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"<w:{story}>{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{shown}{marks[2]}</w:{story}>"


def test_fields_that_nobody_ends_are_refused() -> None:
    """Each would be looked at with every word in all of them."""
    begun = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    assert read_word(word(f"<w:p>{begun * 50}{r('a') * 50}</w:p>")).lines
    with pytest.raises(PackageError, match="nests fields deeper"):
        read_word(word(f"<w:p>{begun * 51}{r('a')}</w:p>"))


def test_the_code_of_a_field_is_read_once_for_all_that_it_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long it is, of which no more is kept than its beginning."""
    read, oddity = [], fields._oddity

    def told(code: str, *, margin: bool, cut: bool) -> str:
        read.append(len(code))
        return oddity(code, margin=margin, cut=cut)

    monkeypatch.setattr(fields, "_oddity", told)
    (line,) = read_word(word(_field(f"NOTEREF a {'x' * 50_000}", r("1") * 100))).lines
    assert {len(run.repeats) for run in line.runs if run.text} == {992}
    assert read == [1_000]


def test_what_stands_far_behind_in_the_code_of_a_field_hides_nothing() -> None:
    """Its kind after white space, and the picture of a number after whatever may be before it."""
    space = " " * 5_000
    (line,) = read_word(word(_field(f"{space}DATE", r("1 May")))).lines
    assert any("fills in by itself (DATE)" in run.odd for run in line.runs)
    for code, odd in (("PAGE", False), (f"PAGE {space} \\# x", True)):
        found = read_word(word(p("a"), {"header": part("hdr", _field(code, r("1")))}))
        assert any("fills in by itself (PAGE)" in one for one in found.oddities) is odd


def test_the_columns_of_a_row_are_counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And not from the first for each of its cells."""

    class Counted(int):
        """A width, which counts how often it is added to another."""

        added = 0

        def __add__(self, other: int) -> Counted:
            Counted.added += 1
            return Counted(int(self) + int(other))

        __radd__ = __add__

    measure = rows._measure
    monkeypatch.setattr(rows, "_measure", lambda element: Counted(measure(element)))
    grid = '<w:gridCol w:w="400"/>' * 20
    cells = f"<w:tc>{p('a')}</w:tc>" * 20
    shown = read_word(word(f"<w:tbl><w:tblGrid>{grid}</w:tblGrid><w:tr>{cells}</w:tr></w:tbl>"))
    assert len({line.cells[0].column for line in shown.lines if line.cells}) == 20
    assert Counted.added <= 3 * 20


def test_what_contradicts_itself_is_looked_for_one_by_one() -> None:
    """libxml2 compares each node of a union with all that it found before, and gathers all that stands before a node
    unless it is asked for the nearest alone."""
    paths = [one.path for one in contradictions._CONTRADICTIONS]
    assert not any("|" in one for one in paths)
    assert re.findall(r"preceding-sibling::[\w:*]+(.{3})", "".join(paths)) == ["[1]"] * 3


def test_what_word_repeats_is_no_contradiction() -> None:
    """Ends of ranges behind what a control holds, changes of a colour, ids of styles that would be one number."""
    mark = '<w:bookmarkStart w:id="{0}" w:name="_{0}"/><w:bookmarkEnd w:id="{0}"/>'
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('a')}</w:sdtContent>{mark.format(1)}{mark.format(2)}</w:sdt>"
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    colour = (
        f'<w14:schemeClr {w14} w14:val="accent1"><w14:lumMod w14:val="1"/><w14:lumMod w14:val="2"/></w14:schemeClr>'
    )
    lit = f"<w:p><w:r><w:rPr><w14:glow {w14}>{colour}</w14:glow></w:rPr><w:t>a</w:t></w:r></w:p>"
    for body in (control, lit):
        assert not any(contradictions.CONTRADICTION in one for one in read_word(word(body)).oddities)
    styles = "".join(
        f'<w:style w:type="character" w:styleId="{one}"><w:name w:val="s{one}"/></w:style>' for one in ("1", "01")
    )
    assert read_word(word(p("a"), {"styles": part("styles", styles)})).lines
    twice = control.replace("<w:sdtPr/>", '<w:sdtPr/><w:sdtPr><w:tag w:val="a"/></w:sdtPr>')
    assert contradictions.CONTRADICTION in read_word(word(twice)).oddities


@pytest.mark.parametrize(
    "xml",
    [
        '<w:p><w:r><w:rPr><w:b/><w:b w:val="0"/></w:rPr><w:t>a</w:t></w:r></w:p>',
        '<w:p><w:pPr><w:jc w:val="left"/><w:jc w:val="right"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>',
        "<w:rPr><w:vanish/></w:rPr>",
        '<w:sectPr><w:pgSz w:w="1"/><w:pgSz w:w="2"/></w:sectPr>',
        '<w:sectPr/><w:sectPr><w:pgSz w:w="2"/></w:sectPr>',
        "<w:customXml><w:p><w:r><w:rPr/><w:rPr><w:b/></w:rPr></w:r></w:p></w:customXml>",
    ],
)
def test_a_contradiction_is_seen_in_every_file_that_has_it(xml: str) -> None:
    """Also where what stands around it is known of another, and where it is known itself."""
    passages, data = Passages(), word(p("a") + xml + p("b"))
    for one in (word(p("a") + p("b")), data, data):
        assert read_word(one, passages) == read_word(one)
    assert contradictions.CONTRADICTION in read_word(data).oddities


def test_a_style_for_more_parts_of_a_table_than_there_are_is_refused() -> None:
    """Each is a way in which every style of a paragraph in it may be seen."""
    said = '<w:tblStylePr w:type="part{0}"><w:rPr><w:sz w:val="{0}"/></w:rPr></w:tblStylePr>'
    for count, refused in ((13, False), (21, True)):
        parts = "".join(said.format(20 + one) for one in range(count))
        style = part("styles", f'<w:style w:type="table" w:styleId="t">{parts}</w:style>')
        with pytest.raises(PackageError, match="more parts of a table") if refused else contextlib.nullcontext():
            read_word(word(p("a"), {"styles": style}))


def test_ways_in_which_styles_come_together_fill_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = InheritedStyles()
    for one in range(3_000):
        styles.formattings("", f"s{one}", "")
    assert len(styles._formattings) <= 1_000


def test_kinds_of_pages_with_the_same_head_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file has thousands of sections, each with a head of thousands of lines."""
    section = '<w:p><w:pPr><w:sectPr><w:headerReference w:type="default" r:id="{}"/></w:sectPr></w:pPr></w:p>'
    header = {"header": part("hdr", p("top") * 10)}
    body = "".join(section.format(f"rId{one}") for one in range(1, 20))
    shown = read_word(word(body, header))
    assert len(shown.edges) == 2, "of all those one leads to a head"
    monkeypatch.setattr(file, "_MOST_EDGES", 9)
    with pytest.raises(PackageError, match="more kinds of pages"):
        read_word(word(body, header))


def _commented(count: int, words: str) -> bytes:
    """A file with so many comments, all at the same words, in two runs."""
    ids = range(count)
    begun = "".join(f'<w:commentRangeStart w:id="{one}"/>' for one in ids)
    ended = "".join(f'<w:commentRangeEnd w:id="{one}"/>' for one in ids)
    said = "".join(f'<w:comment w:id="{one}" w:author="A"><w:p/></w:comment>' for one in ids)
    return word(f"<w:p>{begun}{r(words)}{r(words)}{ended}</w:p>", {"comments": part("comments", said)})


def test_many_comments_at_many_words_fill_no_memory() -> None:
    """Each keeps as much of the words as a reader needs to find them; what fits is kept as it stands."""
    (one,) = read_word(_commented(1, "a b ")).remarks
    assert one.at == "a b a b "
    long = read_word(_commented(20, "a b " * 50_000)).remarks
    assert {len(one.at) for one in long} == {1_000}


def test_more_comments_than_anybody_writes_are_refused() -> None:
    with pytest.raises(PackageError, match="more than 10,000 comments"):
        read_word(_commented(10_001, "a"))


def test_what_takes_more_memory_than_there_is_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(Walk, "story", full)
    with pytest.raises(PackageError, match="more memory than there is"):
        read_word(PLAIN)
