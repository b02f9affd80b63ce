"""Reading a Word file as Word shows it, by a walk of its own: nothing of what writes DOCX is used here.

What Word does is in ECMA-376 Part 1, 17: of alternatives it takes the first that it knows (Part 3, 7.5), of a field the
result, of a text box what stands in it, of a cell merged into the one above nothing. What cannot be read as text is
named in `Shown.oddities`; what would show other words than stand in the file (another document inside, macros) is
refused. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from paraph.ooxml import veil
from paraph.ooxml.archive import PackageError
from paraph.ooxml.hidden import Visibility, look_of, shade_of, switched
from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.shown import Cell, Control, Hand, Line, Run, Story
from paraph.ooxml.symbols import character, shown
from paraph.ooxml.veil import Setting

_DEEPEST = 100
_W = name("w:p")[:-1]
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_V = "{urn:schemas-microsoft-com:vml}"
_KNOWN = ("wps", "wpg", "wpc", "w14", "w15", "wp14", "w16se", "cx1", "aink", "am3d")
_TEXT = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "", "pgNum": ""}
_STEADY = frozenset(
    ("PAGE", "NUMPAGES", "SECTIONPAGES", "HYPERLINK", "PAGEREF", "TOC", "XE", "TC", "NOTEREF",
     "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "FILLIN")
)  # fmt: skip
"""Fields that show a page, a link or an answer, and no words of their own; LibreOffice makes FILLIN of lists."""
_TICK, _NO_TICK = "☒", "☐"
_PASSED = frozenset(
    (
        "pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "smartTagPr",
        "customXmlPr", "rubyPr", "delInstrText", "fldData", "footnoteRef", "endnoteRef",
        "annotationRef", "separator", "continuationSeparator", "proofErr", "permStart", "permEnd",
        "lastRenderedPageBreak", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Around:
    """What is around an element: all that its text inherits."""

    story: Story = Story.BODY
    note: str = ""
    inserted: Hand | None = None
    deleted: Hand | None = None
    hidden: bool = False
    controls: tuple[int, ...] = ()
    cells: tuple[Cell, ...] = ()
    style: str = ""
    shade: str = ""
    table_style: str = ""
    setting: Setting = field(default_factory=dict)


@dataclass(slots=True)
class _Field:
    """A complex field that is open: its code is never shown."""

    code: bool = True
    instruction: str = ""


@dataclass(slots=True)
class Walk:
    """One walk over the stories of a file: `lines` and `controls` grow as it goes."""

    visibility: Visibility
    lines: list[Line] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    oddities: dict[str, None] = field(default_factory=dict)
    _runs: list[Run] = field(default_factory=list)
    _fields: list[_Field] = field(default_factory=list)
    _bookmarks: dict[str, str] = field(default_factory=dict)
    _comments: dict[str, None] = field(default_factory=dict)
    _touched: set[str] = field(default_factory=set)
    _ended: set[str] = field(default_factory=set)
    _settings: dict[tuple[object, ...], tuple[str, bool, str]] = field(default_factory=dict)
    _tables: int = 0
    _depth: int = 0

    def story(self, root: Element, story: Story = Story.BODY, note: str = "") -> None:
        """Walk over a body, a note, a header."""
        self._fields.clear()
        ends = {attribute(one, "w:id") for one in root.iter(name("w:bookmarkEnd"))}
        starts = ((attribute(one, "w:id"), attribute(one, "w:name")) for one in root.iter(name("w:bookmarkStart")))
        self._ended = {named for id_, named in starts if id_ in ends}
        self._children(root, _Around(story=story, note=note))

    def _children(self, element: Element, around: _Around) -> None:
        if self._depth > _DEEPEST:
            raise PackageError("The Word file nests things deeper than a document does")
        self._depth += 1
        for child in element:
            if isinstance(child.tag, str):
                self._one(child, around)
        self._depth -= 1

    def _one(self, element: Element, around: _Around) -> None:
        tag = str(element.tag)
        if tag.startswith(_W):
            local = tag[len(_W) :]
            if local in _PASSED:
                return
            handler = _HANDLERS.get(local)
            if handler:
                handler(self, element, around)
            else:
                self._children(element, around)
        elif tag == f"{_MC}AlternateContent":
            self._alternatives(element, around)
        elif tag == f"{_M}t":
            self._add(element.text or "", element, around)
        elif tag.startswith((_M, _W14)):
            self._children(element, around)

    # Blocks

    def _paragraph(self, element: Element, around: _Around) -> None:
        properties = element.find(name("w:pPr"))
        mark = properties.find(name("w:rPr")) if properties is not None else None
        style = attribute(properties.find(name("w:pStyle")), "w:val") if properties is not None else ""
        outer, self._runs = self._runs, []
        begun, self._touched = set(self._bookmarks.values()), set()
        if properties is not None and properties.find(name("w:framePr")) is not None:
            self.oddities["a paragraph in a frame, which may stand anywhere"] = None
        setting = {**around.setting, **veil.of_paragraph(properties)}
        self._children(element, replace(around, style=style, setting=setting))
        over = begun & set(self._bookmarks.values()) if self._runs else begun | self._touched
        self.lines.append(
            Line(
                runs=tuple(self._runs),
                story=around.story,
                cells=around.cells,
                controls=around.controls,
                bookmarks=frozenset(over),
                inserted=_hand_of(mark, "ins", "moveTo") or around.inserted,
                deleted=_hand_of(mark, "del", "moveFrom") or around.deleted,
                note=around.note,
            )
        )
        self._runs = outer

    def _table(self, element: Element, around: _Around) -> None:
        table, self._tables = self._tables, self._tables + 1
        style = attribute(element.find(f"{name('w:tblPr')}/{name('w:tblStyle')}"), "w:val")
        around = replace(around, table_style=style)
        for number, (row, holder) in enumerate(_through(element, "tr", around, self)):
            properties = row.find(name("w:trPr"))
            column = _count(properties, "gridBefore", 0)
            of_row = replace(
                holder,
                inserted=_hand_of(properties, "ins") or holder.inserted,
                deleted=_hand_of(properties, "del") or holder.deleted,
                hidden=holder.hidden or bool(switched(properties, "w:hidden")),
                setting={**holder.setting, **veil.of_row(properties)},
            )
            for cell, inner in _through(row, "tc", of_row, self):
                about = cell.find(name("w:tcPr"))
                merged = about.find(name("w:vMerge")) if about is not None else None
                if about is not None and next(about.iter(name("w:tl2br"), name("w:tr2bl")), None) is not None:
                    self.oddities["a line drawn across a cell"] = None
                place = replace(
                    inner,
                    cells=(*inner.cells, Cell(table, number, column)),
                    inserted=_hand_of(about, "cellIns") or inner.inserted,
                    deleted=_hand_of(about, "cellDel") or inner.deleted,
                    shade=shade_of(about),
                    setting={**inner.setting, **veil.of_cell(about)},
                    hidden=inner.hidden or (merged is not None and attribute(merged, "w:val") != "restart"),
                )
                column += _count(about, "gridSpan", 1)
                self._children(cell, place)

    def control(self, element: Element, around: _Around) -> _Around:
        """Note a content control; what is around its content."""
        properties = element.find(name("w:sdtPr"))
        number = len(self.controls)
        self.controls.append(_control(number, properties))
        return replace(around, controls=(*around.controls, number))

    def _sdt(self, element: Element, around: _Around) -> None:
        inner = self.control(element, around)
        for content in element.findall(name("w:sdtContent")):
            self._children(content, inner)

    # Changes

    def _inserted(self, element: Element, around: _Around) -> None:
        self._children(element, replace(around, inserted=_hand(element)))

    def _deleted(self, element: Element, around: _Around) -> None:
        self._children(element, replace(around, deleted=_hand(element)))

    # Runs

    def _run(self, element: Element, around: _Around) -> None:
        properties = element.find(name("w:rPr"))
        hidden = around.hidden or self.visibility.hides(properties, around.style)
        self._children(element, around if hidden == around.hidden else replace(around, hidden=hidden))

    def _text(self, element: Element, around: _Around) -> None:
        self._add(element.text or "", element, around)

    def _sign(self, element: Element, around: _Around) -> None:
        self._add(_TEXT[str(element.tag)[len(_W) :]], element, around)

    def _symbol(self, element: Element, around: _Around) -> None:
        try:
            code = int(attribute(element, "w:char"), 16)
        except ValueError:
            code = -1
        self._add(character(attribute(element, "w:font"), code), element, around)

    def _add(self, text: str, element: Element, around: _Around) -> None:
        if not text or any(one.code for one in self._fields):
            return
        parent = element.getparent()
        properties = parent.find(name("w:rPr")) if parent is not None else None
        style = attribute(properties.find(name("w:rStyle")), "w:val") if properties is not None else ""
        styles = (around.table_style, around.style or self.visibility.default, style)
        font, faint, struck = self._set(styles, around.setting, veil.of_run(properties))
        self._runs.append(
            Run(
                text=shown(text, font) if font else text,
                inserted=around.inserted,
                deleted=around.deleted,
                hidden=around.hidden,
                faint=faint,
                look=" ".join(filter(None, (struck, look_of(properties), around.shade))),
                controls=around.controls,
                bookmarks=frozenset(self._bookmarks.values()),
                comments=frozenset(self._comments),
            )
        )

    def _set(self, styles: tuple[str, ...], around: Setting, own: Setting) -> tuple[str, bool, str]:
        """The font of a run, whether nobody can see it, "struck" where a line goes through it.

        Most runs of a file are set as others are.
        """
        key = (styles, tuple(around.items()), tuple(own.items()))
        if key not in self._settings:
            setting = {**self.visibility.setting(*styles), **around, **own}
            struck = "struck" if setting.get("struck") else ""
            self._settings[key] = setting.get("font", ""), veil.is_veiled(setting), struck
        return self._settings[key]

    # Fields

    def _field_mark(self, element: Element, around: _Around) -> None:
        match attribute(element, "w:fldCharType"):
            case "begin":
                form = element.find(name("w:ffData"))
                if form is not None:
                    self._add(_form_field(form), element, around)
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].code = False
            case "end" if self._fields:
                self._filled(self._fields.pop().instruction)

    def _instruction(self, element: Element, around: _Around) -> None:
        if self._fields:
            self._fields[-1].instruction += element.text or ""

    def _simple_field(self, element: Element, around: _Around) -> None:
        self._filled(attribute(element, "w:instr"))
        self._children(element, around)

    def _filled(self, instruction: str) -> None:
        """Name a field that Word may fill with other words than stand in it, as it opens or prints the file."""
        kind = (instruction.split() or [""])[0].upper()
        if kind and kind not in _STEADY:
            self.oddities[f"a field that Word fills in by itself ({kind[:20]})"] = None

    def _backwards(self, element: Element, around: _Around) -> None:
        self.oddities["words set to run in the other direction"] = None
        self._children(element, around)

    def _above(self, element: Element, around: _Around) -> None:
        self.oddities["small words set above others"] = None

    # What stands beside the text

    def _bookmark_start(self, element: Element, around: _Around) -> None:
        named = attribute(element, "w:name")
        self._touched.add(named)
        if named in self._ended:
            self._bookmarks[attribute(element, "w:id")] = named

    def _bookmark_end(self, element: Element, around: _Around) -> None:
        """The end of a name: LibreOffice begins one over several paragraphs twice, first without an end."""
        named = self._bookmarks.pop(attribute(element, "w:id"), None)
        for id_ in [one for one, other in self._bookmarks.items() if other == named]:
            del self._bookmarks[id_]

    def _comment_start(self, element: Element, around: _Around) -> None:
        self._comments[attribute(element, "w:id")] = None

    def _comment_end(self, element: Element, around: _Around) -> None:
        self._comments.pop(attribute(element, "w:id"), None)

    def _comment_here(self, element: Element, around: _Around) -> None:
        """A comment without a range stands at the words before it: an empty run says where."""
        self._runs.append(
            Run(
                "",
                controls=around.controls,
                bookmarks=frozenset(self._bookmarks.values()),
                comments=frozenset((attribute(element, "w:id"),)),
            )
        )

    def _note_call(self, element: Element, around: _Around) -> None:
        if attribute(element, "w:customMarkFollows") not in ("1", "true", "on"):
            self._add(f"[{attribute(element, 'w:id')}]", element, replace(around, hidden=True))

    # Alternatives, pictures, boxes

    def _alternatives(self, element: Element, around: _Around) -> None:
        choices = element.findall(f"{_MC}Choice")
        known = next((one for one in choices if set((one.get("Requires") or "?").split()) <= set(_KNOWN)), None)
        fallback = element.find(f"{_MC}Fallback")
        taken = known if known is not None else fallback
        if known is not None and fallback is not None and _box_text(known) != _box_text(fallback):
            self.oddities["a text box says one thing in new versions of Word and another in old ones"] = None
        if taken is not None:
            self._children(taken, around)

    def _drawing(self, element: Element, around: _Around) -> None:
        if not self._boxes(element, around):
            self.oddities["a picture or drawing"] = None

    def _object(self, element: Element, around: _Around) -> None:
        self.oddities["an embedded object (a sheet, a PDF, a sound)"] = None
        self._boxes(element, around)

    def _boxes(self, element: Element, around: _Around) -> bool:
        """Walk over what stands in the text boxes of a drawing; whether there are any."""
        boxes = [box for box in element.iter(name("w:txbxContent")) if _outermost(box, element)]
        for box in boxes:
            outer = (self._runs, self._fields)
            self._runs, self._fields = [], []
            self._children(box, replace(around, story=Story.BOX))
            self._runs, self._fields = outer
        for path in element.iter(f"{_V}textpath"):
            if path.get("string"):
                self.lines.append(Line((Run(path.get("string", ""), around.inserted, around.deleted),), Story.BOX))
        return bool(boxes)

    def _refused(self, element: Element, around: _Around) -> None:
        raise PackageError(
            "The Word file has another document inside that its own text does not show",
            "Open it in Word, save it under a new name, and send that file.",
        )


_Handler = Callable[[Walk, Element, _Around], None]
_HANDLERS: dict[str, _Handler] = {
    "p": Walk._paragraph,
    "tbl": Walk._table,
    "sdt": Walk._sdt,
    "r": Walk._run,
    "t": Walk._text,
    "delText": Walk._text,
    "sym": Walk._symbol,
    "fldChar": Walk._field_mark,
    "instrText": Walk._instruction,
    "fldSimple": Walk._simple_field,
    "bdo": Walk._backwards,
    "rt": Walk._above,
    "contentPart": Walk._drawing,
    "drawing": Walk._drawing,
    "pict": Walk._drawing,
    "object": Walk._object,
    "altChunk": Walk._refused,
    "subDoc": Walk._refused,
    "bookmarkStart": Walk._bookmark_start,
    "bookmarkEnd": Walk._bookmark_end,
    "commentRangeStart": Walk._comment_start,
    "commentRangeEnd": Walk._comment_end,
    "commentReference": Walk._comment_here,
    "footnoteReference": Walk._note_call,
    "endnoteReference": Walk._note_call,
    **dict.fromkeys(("ins", "moveTo"), Walk._inserted),
    **dict.fromkeys(("del", "moveFrom"), Walk._deleted),
    **dict.fromkeys(_TEXT, Walk._sign),
}


def _through(element: Element, wanted: str, around: _Around, walk: Walk) -> Iterator[tuple[Element, _Around]]:
    """The rows of a table, or the cells of a row, also those inside content controls and changes, and what is around
    each. Bookmarks and comments between them begin and end as they come."""
    for child in element:
        local = str(child.tag)[len(_W) :] if isinstance(child.tag, str) and child.tag.startswith(_W) else ""
        if local == wanted:
            yield child, around
        elif local.startswith(("bookmark", "commentRange")):
            _HANDLERS[local](walk, child, around)
        elif local == "sdt":
            inner = walk.control(child, around)
            for content in child.findall(name("w:sdtContent")):
                yield from _through(content, wanted, inner, walk)
        elif local in ("ins", "moveTo"):
            yield from _through(child, wanted, replace(around, inserted=_hand(child)), walk)
        elif local in ("del", "moveFrom"):
            yield from _through(child, wanted, replace(around, deleted=_hand(child)), walk)
        elif local in ("customXml", "smartTag"):
            yield from _through(child, wanted, around, walk)


def _hand(element: Element) -> Hand:
    return Hand(attribute(element, "w:author"), attribute(element, "w:date"))


def _hand_of(properties: Element | None, *tags: str) -> Hand | None:
    for tag in tags if properties is not None else ():
        found = properties.find(_W + tag) if properties is not None else None
        if found is not None:
            return _hand(found)
    return None


def _count(properties: Element | None, tag: str, default: int) -> int:
    value = attribute(properties.find(_W + tag), "w:val") if properties is not None else ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 else default


def _control(number: int, properties: Element | None) -> Control:
    if properties is None:
        return Control(number, "", "")
    box = properties.find(f"{_W14}checkbox")
    checked = None
    if box is not None:
        state = box.find(f"{_W14}checked")
        checked = state is not None and state.get(f"{_W14}val", "1") not in ("0", "false", "off")
    listed = [one for kind in ("dropDownList", "comboBox") for one in properties.findall(_W + kind)]
    items = tuple(
        (attribute(item, "w:displayText") or attribute(item, "w:value"), attribute(item, "w:value"))
        for one in listed
        for item in one.findall(name("w:listItem"))
    )
    return Control(
        number=number,
        tag=attribute(properties.find(name("w:tag")), "w:val"),
        title=attribute(properties.find(name("w:alias")), "w:val"),
        checked=checked,
        placeholder=bool(switched(properties, "w:showingPlcHdr")),
        bound=properties.find(name("w:dataBinding")) is not None,
        items=items,
    )


def _form_field(form: Element) -> str:
    """What an old form field shows: a box with its tick, or the entry chosen of a list; text stands in its result."""
    box = form.find(name("w:checkBox"))
    if box is not None:
        checked, default = switched(box, "w:checked"), switched(box, "w:default")
        return _TICK if (checked if checked is not None else default) else _NO_TICK
    choices = form.find(name("w:ddList"))
    if choices is not None:
        entries = [attribute(one, "w:val") for one in choices.findall(name("w:listEntry"))]
        chosen = _count(choices, "result", _count(choices, "default", 0))
        return entries[chosen] if chosen < len(entries) else ""
    return ""


def _outermost(box: Element, top: Element) -> bool:
    """Whether a box of `top` is to be read: not inside another box, which is read with it, nor in a fallback."""
    at = box.getparent()
    while at is not None and at is not top:
        if at.tag in (name("w:txbxContent"), f"{_MC}Fallback"):
            return False
        at = at.getparent()
    return True


def _box_text(element: Element) -> str:
    return "".join(one.text or "" for box in element.iter(name("w:txbxContent")) for one in box.iter(name("w:t")))
