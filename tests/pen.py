"""A member's hand in a packet: ticks, words, changes and accidents, on the XML as Word would leave it."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from paraph.review import identity

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CUSTOM = "docProps/custom.xml"
DOCUMENT = "word/document.xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, *children: etree._Element, text: str | None = None, **attributes: str) -> etree._Element:
    made = etree.Element(W + tag)
    for key, value in attributes.items():
        made.set(W + key, value)
    made.text = text
    if tag in ("t", "delText"):
        made.set(SPACE, "preserve")
    made.extend(children)
    return made


def run(text: str, *properties: etree._Element) -> etree._Element:
    """A run; a tab or line break in `text` is one of Word's."""
    return w("r", *([w("rPr", *properties)] if properties else []), w("t", text=text))


@dataclass
class Pen:
    """A packet being answered. Subjects are named by their place, fields as in docs/packets.md."""

    parts: dict[str, bytes]
    body: etree._Element = field(init=False)
    comments: list[etree._Element] = field(default_factory=list)
    threads: dict[int, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.body = etree.fromstring(self.parts[DOCUMENT])

    @classmethod
    def on(cls, data: bytes) -> Pen:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return cls({name: archive.read(name) for name in archive.namelist()})

    def extend(self) -> None:
        """What Word says beside its comments, in a part of its own."""
        root = etree.Element(f"{W15}commentsEx")
        for number, comment in enumerate(self.comments):
            comment.findall(f"{W}p")[-1].set(f"{W14}paraId", f"{number + 1:08X}")
            said = {"paraId": f"{number + 1:08X}", "done": "0", **self.threads.get(number, {})}
            etree.SubElement(root, f"{W15}commentEx", {f"{W15}{key}": value for key, value in said.items()})
        self.parts["word/commentsExtended.xml"] = etree.tostring(root)
        rels = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
        made = etree.SubElement(rels, rels[0].tag, Id="rIdExtended", Target="commentsExtended.xml")
        made.set("Type", "http://schemas.microsoft.com/office/2011/relationships/commentsExtended")
        self.parts["word/_rels/document.xml.rels"] = etree.tostring(rels)

    def data(self) -> bytes:
        if self.threads:
            self.extend()
        self.parts[DOCUMENT] = etree.tostring(self.body, xml_declaration=True, encoding="UTF-8", standalone=True)
        if self.comments:
            root = w("comments")
            root.extend(self.comments)
            self.parts["word/comments.xml"] = etree.tostring(root)
            rels = etree.fromstring(self.parts["word/_rels/document.xml.rels"])
            for written in [one for one in rels if one.get("Id") == "rIdComments"]:  # saved once more
                rels.remove(written)
            made = etree.SubElement(rels, f"{rels.tag[: -len('Relationships')]}Relationship")
            made.set("Id", "rIdComments")
            made.set("Type", f"{R}/comments")
            made.set("Target", "comments.xml")
            self.parts["word/_rels/document.xml.rels"] = etree.tostring(rels)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in self.parts.items():
                archive.writestr(name, part)
        return buffer.getvalue()

    # --- finding things

    def control(self, place: int, named: str) -> etree._Element:
        for sdt in self.body.iter(f"{W}sdt"):
            tag = sdt.find(f"{W}sdtPr/{W}tag").get(f"{W}val", "")
            name = identity.read_name(tag)
            if (name and (name.place, name.field) == (place, named)) or (not place and tag == f"paraph.{named}"):
                return sdt
        raise AssertionError(f"no field {named} of {place}")

    def cell(self, place: int, named: str) -> etree._Element:
        """The cell that a field stands in, or that its control stands around."""
        control = self.control(place, named)
        inside = next(control.iter(f"{W}tc"), None)
        return inside if inside is not None else next(control.iterancestors(f"{W}tc"))

    def row(self, place: int, named: str) -> etree._Element:
        return next(self.control(place, named).iterancestors(f"{W}tr"))

    def label(self, place: int, named: str) -> etree._Element:
        return self.row(place, named).find(f"{W}tc")

    def table(self, place: int) -> etree._Element:
        return next(self.control(place, "code").iterancestors(f"{W}tbl"))

    def text(self, place: int, language: str) -> etree._Element:
        return self.control(place, f"text-{language}")

    # --- answering

    def tick(self, place: int, choice: str) -> None:
        """As a click in Word does."""
        self.state(place, choice, "1")
        self.sign(place, choice, identity.TICKED)

    def state(self, place: int, choice: str, value: str) -> None:
        self.control(place, choice).find(f"{W}sdtPr/{W14}checkbox/{W14}checked").set(f"{W14}val", value)

    def sign(self, place: int, choice: str, text: str) -> None:
        """Other text in the box, whatever its state."""
        content = self.control(place, choice).find(f"{W}sdtContent")
        next(content.iter(f"{W}t")).text = text

    def beside(self, place: int, choice: str, text: str) -> None:
        """Text in the cell of a box, outside its control."""
        self.cell(place, choice).find(f"{W}p").append(run(text))

    def fill(self, place: int, named: str, text: str) -> None:
        """Text in place of a hint; each further line is a break."""
        sdt = self.control(place, named)
        for hint in sdt.findall(f"{W}sdtPr/{W}showingPlcHdr"):
            sdt.find(f"{W}sdtPr").remove(hint)
        first, *others = sdt.find(f"{W}sdtContent").iter(f"{W}r")
        for other in others:
            other.getparent().remove(other)
        first[:] = []
        for number, line in enumerate(text.split("\n")):
            first.extend([*([w("br")] if number else []), w("t", text=line)])

    def choose(self, place: int, label: str) -> None:
        self.fill(place, "choice", label)

    def words(self, place: int, text: str) -> None:
        self.fill(place, "words", text)

    def person(self, text: str) -> None:
        self.fill(0, "person", text)

    def comment(self, place: int, named: str, text: str, author: str = "Ana") -> None:
        """A comment of Word's at a field or a text."""
        number = str(len(self.comments))
        paragraph = next(iter(self.control(place, named).iter(f"{W}p")), None)
        if paragraph is None:
            paragraph = next(self.control(place, named).iterancestors(f"{W}p"))
        at = 1 if paragraph.find(f"{W}pPr") is not None else 0
        paragraph.insert(at, w("commentRangeStart", id=number))
        paragraph.append(w("commentRangeEnd", id=number))
        paragraph.append(w("r", w("commentReference", id=number)))
        made = w("comment", w("p", run(text)), id=number, author=author, date="2026-03-05T10:00:00Z")
        self.comments.append(made)

    def comment_over(self, first: int, last: int, text: str) -> None:
        """A comment of Word's put to the English texts from one subject to another."""
        self.comment(first, "text-en", text)
        begun = next(self.control(first, "text-en").iter(f"{W}commentRangeEnd"))
        paragraph = next(self.control(last, "text-en").iter(f"{W}p"))
        paragraph.extend((begun, begun.getnext()))

    def reply(self, to: int, text: str, author: str = "Ben") -> None:
        """A reply to comment `to`, which stands at no words, as some programs leave it."""
        made = w("comment", w("p", run(text)), id=str(len(self.comments)), author=author, date="2026-03-05T10:00:00Z")
        self.threads[len(self.comments)] = {"paraIdParent": f"{to + 1:08X}"}
        self.comments.append(made)

    def settle(self, number: int) -> None:
        """A comment marked as resolved."""
        self.threads.setdefault(number, {})["done"] = "1"

    # --- changing words

    def change(self, place: int, language: str, old: str, new: str, author: str = "", *, rtl: bool = True) -> None:
        """Other words in a text: tracked where there is an author, silently where there is none; without `rtl` written
        with a keyboard from left to right."""
        for text in self.text(place, language).iter(f"{W}t"):
            if old in (text.text or ""):
                break
        else:
            raise AssertionError(f"“{old}” is not in the text")
        if not author:
            text.text = text.text.replace(old, new, 1)
            return
        one = text.getparent()
        before, after = text.text.split(old, 1)
        parent, at = one.getparent(), one.getparent().index(one)
        hand = {"id": "9", "author": author, "date": "2026-03-05T10:00:00Z"}
        pieces = []
        for words, kind in ((before, ""), (old, "del"), (new, "ins"), (after, "")):
            copied = copy.deepcopy(one)
            copied.find(f"{W}t").text = words
            copied.find(f"{W}t").set(SPACE, "preserve")
            if kind == "del":
                copied.find(f"{W}t").tag = f"{W}delText"
            for switch in copied.findall(f"{W}rPr/{W}rtl") if kind == "ins" and not rtl else ():
                switch.getparent().remove(switch)
            if words:
                pieces.append(w(kind, copied, **hand) if kind else copied)
        parent[at : at + 1] = pieces

    def text_cell(self, place: int, language: str) -> etree._Element:
        return next(self.text(place, language).iter(f"{W}tc"))

    def add_paragraph(self, place: int, language: str, text: str) -> None:
        """A new paragraph in a text, before its last."""
        self.text_cell(place, language).findall(f"{W}p")[-1].addprevious(w("p", run(text)))

    def under(self, place: int, language: str, text: str) -> None:
        """A paragraph in the cell of a text, below what was sent."""
        self.text_cell(place, language).append(w("p", run(text)))

    def before_table(self, place: int, text: str) -> None:
        """A paragraph above a decision table."""
        self.table(place).addprevious(w("p", run(text)))

    def set_above(self, place: int, tag: str, **attributes: str) -> None:
        """How the paragraph above a decision table is set."""
        for one in self.table(place).getprevious().iter(f"{W}r"):
            one.insert(0, w("rPr", w(tag, **attributes)))

    def after_table(self, place: int, text: str) -> None:
        self.table(place).addnext(w("p", run(text)))

    def at_top(self, text: str) -> None:
        next(iter(self.body.iter(f"{W}body"))).insert(0, w("p", run(text)))

    def hide_at_top(self, text: str) -> None:
        next(iter(self.body.iter(f"{W}body"))).insert(0, w("p", run(text, w("vanish"))))

    # --- accidents

    def each(self, tag: str, do: Callable[[etree._Element], None]) -> None:
        for one in list(self.body.iter(W + tag)):
            do(one)

    def without_tags(self) -> None:
        """As LibreOffice leaves it: what was in a control stays, the control goes."""
        for sdt in list(self.body.iter(f"{W}sdt"))[::-1]:
            parent, at = sdt.getparent(), sdt.getparent().index(sdt)
            parent[at : at + 1] = list(sdt.find(f"{W}sdtContent"))

    def without_bookmarks(self) -> None:
        for tag in ("bookmarkStart", "bookmarkEnd"):
            self.each(tag, lambda one: one.getparent().remove(one))

    def without_properties(self) -> None:
        self.parts[CUSTOM] = (
            b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
        )

    def property(self, name: str, value: str) -> None:
        root = etree.fromstring(self.parts[CUSTOM])
        for one in root:
            if one.get("name") == name:
                one[0].text = value
        self.parts[CUSTOM] = etree.tostring(root)

    def replace(self, old: str, new: str) -> None:
        """Everywhere in the printed text."""
        for text in self.body.iter(f"{W}t"):
            text.text = (text.text or "").replace(old, new)

    def remove_row(self, place: int, named: str) -> None:
        row = self.row(place, named)
        row.getparent().remove(row)

    def strike(self, place: int, named: str, tag: str = "strike", **attributes: str) -> None:
        """The label of a row struck through (or highlighted, …)."""
        for one in self.label(place, named).iter(f"{W}r"):
            properties = one.find(f"{W}rPr")
            if properties is None:
                properties = w("rPr")
                one.insert(0, properties)
            properties.append(w(tag, **attributes))

    def set_label(self, place: int, named: str, tag: str, **attributes: str) -> None:
        self.strike(place, named, tag, **attributes)

    def hide(self, place: int, named: str) -> None:
        self.set_in(place, named, "vanish")

    def bind(self, place: int, named: str) -> None:
        self.control(place, named).find(f"{W}sdtPr").append(w("dataBinding", xpath="/x"))

    def copy_table(self, place: int) -> None:
        self.table(place).addnext(copy.deepcopy(self.table(place)))

    def swap_tables(self, one: int, other: int) -> None:
        self._exchange(self.table(one), self.table(other))

    def exchange_rows(self, place: int, named: str, other: str, field_: str) -> None:
        """Two rows, each in the place of the other."""
        self._exchange(self.row(place, named), self.row(int(other), field_))

    def exchange_names(self, place: int, named: str, other: str, field_: str) -> None:
        """What two controls say of themselves, each in the other; what is shown stays."""
        one, two = (self.control(*which).find(f"{W}sdtPr") for which in ((place, named), (int(other), field_)))
        self._exchange(one, two)

    def head(self, place: int, text: str) -> None:
        """Other words at the end of a table's head."""
        head = self.table(place).find(f"{W}tr").findall(f"{W}tc")[-1]
        next(head.iter(f"{W}t")).text = text

    def _exchange(self, first: etree._Element, second: etree._Element) -> None:
        mark = etree.Comment("here")
        first.addprevious(mark)
        second.addprevious(first)
        mark.addprevious(second)
        mark.getparent().remove(mark)

    def moved_away(self, place: int, named: str) -> None:
        """The field, with its names, at the end of the file; an empty box where it was."""
        sdt = self.control(place, named)
        start = sdt.getprevious()
        paragraph = sdt.getparent()
        at = paragraph.index(start)
        end = sdt.getnext()
        body = next(iter(self.body.iter(f"{W}body")))
        body.insert(len(body) - 1, w("p", start, sdt, end))
        paragraph.insert(at, run("☐"))

    def symbol(self, place: int, choice: str, code: str) -> None:
        """A letter of Wingdings in place of the box, as “Insert symbol” leaves it."""
        one = next(self.control(place, choice).iter(f"{W}r"))
        one[:] = [w("sym", font="Wingdings", char=code)]

    def relabel(self, place: int, named: str, text: str) -> None:
        """Other words in the label of a row, in the first language."""
        next(self.label(place, named).find(f"{W}p").iter(f"{W}t")).text = text

    def label_beside(self, place: int, named: str, other: str) -> None:
        """A copy of a label in the first language below that of another row, or once more in its own."""
        self.label(place, other).append(copy.deepcopy(self.label(place, named).find(f"{W}p")))

    def add_to_label(self, place: int, named: str, text: str) -> None:
        """Words behind a label, as they are typed there."""
        self.label(place, named).find(f"{W}p").append(run(text))

    def under_label(self, place: int, named: str, text: str) -> None:
        """A paragraph in the cell of a label, below it."""
        self.label(place, named).append(w("p", run(text)))

    def part_label(self, place: int, named: str, first: str, second: str) -> None:
        """A label over two paragraphs."""
        paragraph = self.label(place, named).find(f"{W}p")
        paragraph.addnext(copied := copy.deepcopy(paragraph))
        next(paragraph.iter(f"{W}t")).text, next(copied.iter(f"{W}t")).text = first, second

    def set_part(self, place: int, named: str, first: str, tag: str, **said: str) -> None:
        """A label as two runs, the second of which is set so."""
        one = next(self.label(place, named).iter(f"{W}r"))
        one.addnext(second := copy.deepcopy(one))
        text = one.find(f"{W}t").text
        for part, words in ((one, first), (second, text.removeprefix(first))):
            part.find(f"{W}t").text = words
            part.find(f"{W}t").set(SPACE, "preserve")
        second.find(f"{W}rPr").append(w(tag, **said))

    def take_out_label(self, place: int, named: str) -> None:
        """A label deleted while changes are tracked."""
        one = next(self.label(place, named).iter(f"{W}r"))
        one.addprevious(gone := w("del", id="7", author="Ana", date="2026-03-05T10:00:00Z"))
        gone.append(one)
        one.find(f"{W}t").tag = f"{W}delText"

    def set_row(self, place: int, named: str, tag: str, **said: str) -> None:
        """Everything in a row set so."""
        for one in self.row(place, named).iter(f"{W}r"):
            if one.find(f"{W}rPr") is None:
                one.insert(0, w("rPr"))
            one.find(f"{W}rPr").append(w(tag, **said))

    def exchange_labels(self, place: int, named: str, other: str) -> None:
        """Two labels of a table, each in the place of the other."""
        self._exchange(self.label(place, named), self.label(place, other))

    def column_after(self, place: int, named: str, text: str) -> None:
        """A cell behind the box of a row."""
        self.row(place, named).append(w("tc", w("p", run(text))))

    def double_label(self, place: int, named: str, text: str = "") -> None:
        """The cell of a label twice in its row, so that its box comes third; with other text in the copy."""
        copied = copy.deepcopy(self.label(place, named))
        for one in copied.iter(f"{W}t") if text else ():
            one.text = text
        self.label(place, named).addnext(copied)

    def move_code(self, place: int, other: str, named: str) -> None:
        """The printed code of a table, in its field, behind the label of a row of another one."""
        self.label(int(other), named).find(f"{W}p").append(self.control(place, "code"))

    def move_label(self, place: int, named: str, other: str) -> None:
        """The label of a row in the first language, below that of another."""
        self.label(place, other).append(self.label(place, named).find(f"{W}p"))

    def recode(self, place: int, text: str) -> None:
        first, *others = self.control(place, "code").iter(f"{W}t")
        first.text = text
        for one in others:
            one.text = ""

    def highlight(self, place: int, named: str) -> None:
        self.strike(place, named, "highlight", val="yellow")

    def bold(self, place: int, named: str) -> None:
        self.strike(place, named, "b")

    def white(self, place: int, named: str) -> None:
        for one in self.control(place, named).iter(f"{W}r"):
            one.insert(0, w("rPr", w("color", val="FFFFFF")))

    def remove_table(self, place: int) -> None:
        table = self.table(place)
        table.getparent().remove(table)

    def remove_text(self, place: int, language: str) -> None:
        """Everything in the cell of a text, its bookmark too."""
        self.text_cell(place, language)[:] = [w("p")]

    def box(self, place: int, text: str) -> None:
        """A text box anchored above a decision table."""
        content = w("txbxContent", w("p", run(text)))
        self.table(place).addprevious(w("p", w("r", w("pict", content))))

    def picture(self) -> None:
        next(iter(self.body.iter(f"{W}p"))).append(w("r", w("drawing")))

    def flatten(self, place: int) -> None:
        """The table of the texts as paragraphs one after the other, as mail programs leave it, without any name."""
        table = next(self.text(place, "en").iterancestors(f"{W}tbl"))
        for one in list(table.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            one.getparent().remove(one)
        cells = zip(*(list(row.iter(f"{W}tc")) for row in table.findall(f"{W}tr")), strict=True)
        for paragraph in [one for column in cells for cell in column for one in cell.findall(f"{W}p")]:
            table.addprevious(paragraph)
        table.getparent().remove(table)

    def paragraph(self, text: str) -> etree._Element:
        """The first paragraph outside all tables that says this."""
        every = self.body.find(f"{W}body").findall(f"{W}p")
        return next(one for one in every if "".join(one.itertext()) == text)

    def set_flat(self, text: str, tag: str, **said: str) -> None:
        """The paragraph outside all tables that says this, set otherwise."""
        for one in self.paragraph(text).iter(f"{W}r"):
            properties = one.find(f"{W}rPr")
            if properties is None:
                one.insert(0, properties := w("rPr"))
            properties.append(w(tag, **said))

    def set_number(self, place: int, language: str, how: str, value: str = "") -> None:
        """The number of a text’s first item in a list set so, `strike` or `color FFFFFF`: its paragraph’s mark is."""
        numbered = next(self.text(place, language).iter(f"{W}numPr"))
        mark = numbered.getparent().find(f"{W}rPr")
        if mark is None:
            numbered.getparent().append(mark := w("rPr"))
        mark.append(one := w(how))
        if value:
            one.set(f"{W}val", value)

    def unnumber(self, text: str) -> None:
        """A paragraph outside all tables, no longer in its list."""
        properties = self.paragraph(text).find(f"{W}pPr")
        properties.remove(properties.find(f"{W}numPr"))

    def to_the_end(self, text: str) -> None:
        """A paragraph outside all tables, at the end of the file."""
        self.body.find(f"{W}body")[-1].addprevious(self.paragraph(text))

    def float_over(self, place: int) -> None:
        """An empty table, white, that floats over the text of a subject."""
        cell = w("tc", w("tcPr", w("tcW", w="5200", type="dxa"), w("shd", val="clear", fill="FFFFFF")), w("p"))
        row = w("tr", w("trPr", w("trHeight", val="900", hRule="exact")), cell)
        properties = w("tblPr", w("tblpPr", vertAnchor="page", horzAnchor="page", tblpX="1000", tblpY="2300"))
        table = w("tbl", properties, w("tblGrid", w("gridCol", w="5200")), row)
        next(self.text(place, "en").iterancestors(f"{W}tbl")).addprevious(table)

    def set_in(self, place: int, named: str, tag: str, **attributes: str) -> None:
        """What stands in a field, set otherwise: struck through, highlighted, white, …"""
        for one in self.control(place, named).iter(f"{W}r"):
            properties = one.find(f"{W}rPr")
            if properties is None:
                properties = w("rPr")
                one.insert(0, properties)
            properties.append(w(tag, **attributes))

    def _title(self, place: int) -> etree._Element:
        named = re.compile(rf"paraph_{place}_\w+_head")
        starts = self.body.iter(f"{W}bookmarkStart")
        start = next(one for one in starts if named.fullmatch(one.get(f"{W}name", "")))
        return next(start.iterancestors(f"{W}p"))

    def swap_titles(self, one: int, other: int) -> None:
        self._exchange(self._title(one), self._title(other))

    def above_title(self, place: int, text: str) -> None:
        """A paragraph typed before the title of a subject, inside its bookmark."""
        title = self._title(place)
        title.addprevious(w("p", next(title.iter(f"{W}bookmarkStart")), run(text)))

    def swap_languages(self, place: int) -> None:
        """The names of the languages over the columns of a text, exchanged."""
        rows = next(self.text(place, "en").iterancestors(f"{W}tbl")).findall(f"{W}tr")
        first, second = rows[0].iter(f"{W}tc")
        self._exchange(first, second)

    def bullets(self, sign: str, font: str = "") -> None:
        """A sign in place of every number of a list."""
        numbers = etree.fromstring(self.parts["word/numbering.xml"])
        for level in numbers.iter(f"{W}lvl"):
            if level.find(f"{W}numFmt").get(f"{W}val") != "bullet":
                level.find(f"{W}numFmt").set(f"{W}val", "bullet")
                level.find(f"{W}lvlText").set(f"{W}val", sign)
                if font:
                    level.append(w("rPr", w("rFonts", ascii=font, hAnsi=font)))
        self.parts["word/numbering.xml"] = etree.tostring(numbers)

    def page_width(self, twips: int) -> None:
        for one in self.body.iter(f"{W}pgSz"):
            one.set(f"{W}w", str(twips))

    def page_columns(self, number: int) -> None:
        """The pages in columns."""
        section = list(self.body.iter(f"{W}sectPr"))[-1]
        for one in section.findall(f"{W}cols"):
            section.remove(one)
        section.append(w("cols", num=str(number), space="720"))

    def set_style(self, place: int, named: str, kind: str, tag: str, **attributes: str) -> None:
        """What stands in a field, or as the label beside a box, set otherwise by a style of its runs."""
        styles = etree.fromstring(self.parts["word/styles.xml"])
        styles.append(w("style", w("name", val="Own"), w("rPr", w(tag, **attributes)), type=kind, styleId="Own"))
        self.parts["word/styles.xml"] = etree.tostring(styles)
        label = named.removeprefix("label-")
        for one in (self.label(place, label) if label != named else self.control(place, named)).iter(f"{W}r"):
            properties = one.find(f"{W}rPr")
            if properties is None:
                one.insert(0, properties := w("rPr"))
            for old in properties.findall(f"{W}rStyle"):
                properties.remove(old)
            properties.insert(0, w("rStyle", val="Own"))

    def border(self, place: int, named: str, of: str) -> None:
        """A red line around the label beside a box, or around the box."""
        cell = self.label(place, named) if of == "label" else self.cell(place, named)
        lines = (w(side, val="single", sz="24", color="FF0000") for side in ("top", "left", "bottom", "right"))
        cell.find(f"{W}tcPr").append(w("tcBorders", *lines))

    def shade_row(self, place: int, named: str) -> None:
        self.row(place, named).insert(0, w("tblPrEx", w("shd", val="clear", fill="FFFF00")))

    def strike_in(self, place: int, named: str) -> None:
        self.set_in(place, named, "strike")

    def highlight_in(self, place: int, named: str) -> None:
        self.set_in(place, named, "highlight", val="yellow")

    def add_in(self, place: int, named: str, text: str) -> None:
        """Words at the end of what is printed in a field, inside it."""
        list(self.control(place, named).iter(f"{W}t"))[-1].text += text

    def add_below(self, place: int, named: str, text: str) -> None:
        """A paragraph more in the cell of a field."""
        self.cell(place, named).append(w("p", run(text)))

    # --- tricks on the words of a text, which stay as they were

    def quote(self, place: int, language: str, instruction: str = "QUOTE no") -> None:
        """The words of a text as the result of a field."""
        one = next(self.text(place, language).iter(f"{W}r"))
        field = w("fldSimple", instr=instruction)
        one.addprevious(field)
        field.append(one)

    def frame(self, place: int, language: str) -> None:
        """A text in a frame, which Word sets anywhere on the page."""
        self._properties(place, language).append(w("framePr", x="9000", y="9000"))

    def draw(self, place: int, language: str) -> None:
        """A drawing at the words, which it may cover."""
        next(self.text(place, language).iter(f"{W}r")).addnext(w("r", w("drawing")))

    def draw_box(self, place: int, language: str, text: str) -> None:
        """A text box at the words."""
        box = w("r", w("pict", w("txbxContent", w("p", run(text)))))
        next(self.text(place, language).iter(f"{W}r")).addnext(box)

    def fall(self, place: int, language: str) -> None:
        """Text from top to bottom, as a cell may have it."""
        cell = self.text_cell(place, language)
        properties = cell.find(f"{W}tcPr")
        properties.append(w("textDirection", val="tbRl"))

    def _properties(self, place: int, language: str) -> etree._Element:
        paragraph = next(self.text(place, language).iter(f"{W}p"))
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            properties = w("pPr")
            paragraph.insert(0, properties)
        return properties

    def number(self, place: int, named: str, list_: str = "99") -> None:
        """The paragraphs of a field as a list of Word’s: 1., 2. …"""
        for paragraph in self.control(place, named).iter(f"{W}p"):
            properties = paragraph.find(f"{W}pPr")
            if properties is None:
                properties = w("pPr")
                paragraph.insert(0, properties)
            for old in properties.findall(f"{W}numPr"):
                properties.remove(old)
            properties.append(w("numPr", w("ilvl", val="0"), w("numId", val=list_)))
        root = etree.fromstring(self.parts["word/numbering.xml"])
        level = w("lvl", w("start", val="1"), w("numFmt", val="lowerLetter"), w("lvlText", val="%1)"), ilvl="0")
        root.insert(0, w("abstractNum", level, abstractNumId="99"))
        root.append(w("num", w("abstractNumId", val="99"), numId=list_))
        self.parts["word/numbering.xml"] = etree.tostring(root)

    # --- what programs show or not

    def bind_label(self, place: int, named: str) -> None:
        """The label of a row in a control that shows what a part of custom XML says."""
        one = next(self.label(place, named).iter(f"{W}r"))
        control = w("sdt", w("sdtPr", w("dataBinding", xpath="/x")), w("sdtContent"))
        one.addprevious(control)
        control[-1].append(one)

    def white_labels(self, place: int) -> None:
        for choice in ("approve", "reserve", "abstain", "object"):
            self.strike(place, choice, "color", val="FFFFFF")

    def bullet(self, place: int, named: str, sign: str) -> None:
        """The paragraph of a field as an item of a list with this bullet."""
        self._bulleted(next(self.control(place, named).iterancestors(f"{W}p")), sign)

    def bullet_label(self, place: int, named: str, sign: str) -> None:
        self._bulleted(next(self.label(place, named).iter(f"{W}p")), sign)

    def bullet_title(self, place: int, sign: str) -> None:
        self._bulleted(self._title(place), sign)

    def out_of_list(self, place: int, item: int) -> None:
        """An item of the English text, out of its list."""
        properties = self.text_cell(place, "en").findall(f"{W}p")[item].find(f"{W}pPr")
        properties.remove(properties.find(f"{W}numPr"))

    def delete_cell(self, place: int, named: str) -> None:
        """The cell of a field, taken out as a tracked change."""
        change = w("cellDel", id="9", author="Ana", date="2026-03-05T10:00:00Z")
        self.cell(place, named).find(f"{W}tcPr").append(change)

    def picture_in(self, place: int, named: str) -> None:
        """A picture behind the words of a field."""
        next(self.control(place, named).iter(f"{W}p")).append(w("r", w("drawing")))

    def _bulleted(self, paragraph: etree._Element, sign: str) -> None:
        root = etree.fromstring(self.parts["word/numbering.xml"])
        free = str(98 + len(root))
        paragraph.find(f"{W}pPr").append(w("numPr", w("ilvl", val="0"), w("numId", val=free)))
        level = w("lvl", w("start", val="1"), w("numFmt", val="bullet"), w("lvlText", val=sign), ilvl="0")
        root.insert(0, w("abstractNum", level, abstractNumId=free))
        root.append(w("num", w("abstractNumId", val=free), numId=free))
        self.parts["word/numbering.xml"] = etree.tostring(root)

    def alternative(self, place: int, named: str, new: str, old: str, asked: str, prefix: str = "new") -> None:
        """What stands in a box, otherwise for who knows the namespace `asked`."""
        one = next(self.control(place, named).iter(f"{W}t"))
        made = etree.fromstring(
            f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
            f'xmlns:w="{W[1:-1]}" xmlns:{prefix}="{asked}"><mc:Choice Requires="{prefix}"><w:t>{new}</w:t></mc:Choice>'
            f"<mc:Fallback><w:t>{old}</w:t></mc:Fallback></mc:AlternateContent>"
        )
        one.getparent().replace(one, made)

    def own_element(self, place: int, language: str, text: str) -> None:
        """Words at the end of a text, in an element of no namespace that Word knows."""
        made = etree.Element("{http://example.org/mine}shown")
        made.append(run(text))
        next(self.text(place, language).iter(f"{W}r")).addnext(made)

    def taken_out(self, place: int, language: str, words: str) -> None:
        """Words of a text marked as taken out, with no change around them."""
        for text in self.text(place, language).iter(f"{W}t"):
            if words in (text.text or ""):
                text.tag = f"{W}delText"
                return
        raise AssertionError(words)

    def in_margin(self, text: str) -> None:
        """A paragraph in the footer."""
        name = next(one for one in self.parts if one.startswith("word/footer"))
        root = etree.fromstring(self.parts[name])
        root.append(w("p", run(text)))
        self.parts[name] = etree.tostring(root)

    def box_in_margin(self, place: int, named: str) -> None:
        """The box of a choice in the footer, ticked; in its row one without names."""
        control = self.control(place, named)
        there = copy.deepcopy(control)
        self.tick(place, named)
        ticked = self.control(place, named)
        ticked.getparent().replace(ticked, there)
        there.remove(there.find(f"{W}sdtPr"))
        name = next(one for one in self.parts if one.startswith("word/footer"))
        root = etree.fromstring(self.parts[name])
        root.append(w("p", ticked))
        self.parts[name] = etree.tostring(root)

    def nest(self, place: int, named: str, other: str) -> None:
        """A ticked box with the name of another choice inside the box of a choice."""
        self.tick(place, other)
        inner = copy.deepcopy(self.control(place, other))
        self.state(place, other, "0")
        self.sign(place, other, identity.UNTICKED)
        self.control(place, named).find(f"{W}sdtContent").append(inner)

    def twice_over(self) -> None:
        """All that stands in the file, once more below."""
        body = next(iter(self.body.iter(f"{W}body")))
        body.extend(copy.deepcopy(one) for one in list(body))

    def word_art(self, place: int, language: str, text: str) -> None:
        """Words drawn along a line, at the words of a text."""
        vml = "urn:schemas-microsoft-com:vml"
        shape = etree.Element(f"{{{vml}}}shape")
        etree.SubElement(shape, f"{{{vml}}}textpath").set("string", text)
        next(self.text(place, language).iter(f"{W}r")).addnext(w("r", w("pict", shape)))

    # --- places where no word processor puts words, and those where nobody sees them

    def split_by_comment(self, place: int, language: str, words: str) -> None:
        """Words at the end of a text, behind a comment of XML in its last element."""
        one = list(self.text(place, language).iter(f"{W}t"))[-1]
        made = etree.Comment("here")
        made.tail = words
        one.append(made)

    def split_by_element(self, place: int, language: str, words: str) -> None:
        """The same behind an element that stands there by mistake."""
        made = w("proofErr")
        made.tail = words
        list(self.text(place, language).iter(f"{W}t"))[-1].append(made)

    def tick_in(self, place: int, choice: str, tag: str) -> None:
        """A ticked sign in an element of this name, or in no run at all."""
        sign = w("t", text=identity.TICKED)
        content = self.control(place, choice).find(f"{W}sdtContent")
        if not tag:
            content[:] = [sign]
            return
        prefix, _, local = tag.partition(":")
        holder = etree.Element(f"{W if prefix == 'w' else W14}{local}")
        holder.append(w("r", sign))
        content[:] = [holder]

    def among_properties(self, place: int, named: str, kind: str, words: str) -> None:
        """Words in the properties of a control, or (`kind`) in one of them that says what it is."""
        properties, sign = self.control(place, named).find(f"{W}sdtPr"), w("t", text=words)
        if kind == "kind":
            properties[-1].append(w("r", sign))
        else:
            properties.insert(1, sign)

    def row_says(self, place: int, named: str, tag: str, *said: str) -> None:
        row = self.row(place, named)
        properties = row.find(f"{W}trPr")
        if properties is None:
            properties = w("trPr")
            row.insert(0, properties)
        properties.append(w(tag, **dict(one.split("=") for one in said)))

    def fixed_row(self, place: int, named: str) -> None:
        """A row of one line, and what stands in a field of it on the fourth."""
        self.row_says(place, named, "trHeight", "val=250", "hRule=exact")
        paragraph = next(self.control(place, named).iterancestors(f"{W}p"))
        for _ in range(3):
            paragraph.addprevious(w("p"))

    def paragraph_says(self, place: int, named: str, tag: str, *said: str) -> None:
        """The paragraph of a field set in this way."""
        paragraph = next(self.control(place, named).iterancestors(f"{W}p"))
        paragraph.find(f"{W}pPr").append(w(tag, **dict(one.split("=") for part in said for one in part.split())))

    def table_says(self, place: int, tag: str, *said: str) -> None:
        """The decision table set in this way."""
        properties = self.table(place).find(f"{W}tblPr")
        for one in properties.findall(f"{W}{tag}"):
            properties.remove(one)
        properties.append(w(tag, **dict(one.split("=") for one in said)))

    def tab_to(self, place: int, named: str, position: int | str) -> None:
        """A field behind a tab that leads far away."""
        paragraph = next(self.control(place, named).iterancestors(f"{W}p"))
        paragraph.find(f"{W}pPr").append(w("tabs", w("tab", val="left", pos=str(position))))
        next(self.control(place, named).iter(f"{W}t")).addprevious(w("tab"))

    def widen_labels(self, place: int, width: int) -> None:
        """All cells of a table that wide."""
        for cell in self.table(place).iter(f"{W}tcW"):
            cell.set(f"{W}w", str(width))

    def cell_margins(self, place: int, language: str, *said: str) -> None:
        """The margins of the cell of a text, beside its lines."""
        margins = (w(side, w=width, type="dxa") for side, width in (one.split("=") for one in said))
        self.text_cell(place, language).find(f"{W}tcPr").append(w("tcMar", *margins))

    def indent(self, place: int, language: str, *said: str) -> None:
        """The paragraphs of a text moved aside."""
        for one in self.text_cell(place, language).findall(f"{W}p"):
            for old in one.findall(f"{W}pPr/{W}ind"):
                old.getparent().remove(old)
            one.find(f"{W}pPr").append(w("ind", **dict(part.split("=") for part in said)))

    def margin(self, side: str, width: int | str) -> None:
        next(self.body.iter(f"{W}pgMar")).set(f"{W}{side}", str(width))

    def columns(self, place: int, *widths: int | str) -> None:
        """The columns of a decision table, of which its cells say nothing."""
        for column, width in zip(self.table(place).find(f"{W}tblGrid"), widths, strict=True):
            column.set(f"{W}w", str(width))
        for cell in list(self.table(place).iter(f"{W}tcW")):
            cell.getparent().remove(cell)

    def grid(self, apart: str) -> None:
        """A grid of letters for the pages."""
        next(self.body.iter(f"{W}sectPr")).append(w("docGrid", type="snapToChars", charSpace=apart))
