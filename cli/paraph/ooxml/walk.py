"""Reading a Word file as Word shows it, by a walk of its own: nothing of what writes DOCX is used here.

What Word does is in ECMA-376 Part 1, 17: of a field it shows the result, of a text box what stands in it, of a cell
merged into the one above nothing. Where it may show other words than stand in the file, the run says what is odd about
it; what is no text at all is named in `Shown.oddities`; what hides another document is refused. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from paraph.ooxml.archive import PackageError
from paraph.ooxml.around import Around, hand, hand_of
from paraph.ooxml.boxes import boxes, taken, word_art
from paraph.ooxml.counted import Counted
from paraph.ooxml.fields import Fields, oddity
from paraph.ooxml.forms import control_of, form_field
from paraph.ooxml.inherited import Inherited
from paraph.ooxml.legible import objection
from paraph.ooxml.look import look_of
from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.palette import Palette
from paraph.ooxml.rows import walk_table
from paraph.ooxml.setting import Setting, of_paragraph, of_run, switched
from paraph.ooxml.shown import Control, Line, Run, Story
from paraph.ooxml.symbols import character, shown

_DEEPEST = 100
_W = name("w:p")[:-1]
_MC = name("mc:AlternateContent")
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W14 = name("w14:p")[:-1]
_TEXT = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "", "pgNum": ""}
_PASSED = frozenset(
    (
        "pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "sectPr", "smartTagPr",
        "customXmlPr", "rubyPr", "delInstrText", "fldData", "footnoteRef", "endnoteRef",
        "annotationRef", "separator", "continuationSeparator", "proofErr", "permStart", "permEnd",
        "lastRenderedPageBreak", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    )
)  # fmt: skip


@dataclass(slots=True)
class Walk:
    """One walk over the stories of a file: `lines` and `controls` grow as it goes."""

    inherited: Inherited
    palette: Palette
    counted: Counted = field(default_factory=Counted)
    lines: list[Line] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)
    tables: int = 0
    _runs: list[Run] = field(default_factory=list)
    _fields: Fields = field(default_factory=Fields)
    _bookmarks: dict[str, str] = field(default_factory=dict)
    _comments: dict[str, None] = field(default_factory=dict)
    _touched: set[str] = field(default_factory=set)
    _ended: set[str] = field(default_factory=set)
    _settings: dict[tuple[object, ...], tuple[str, str, str]] = field(default_factory=dict)
    _depth: int = 0

    def story(self, root: Element, story: Story = Story.BODY, note: str = "") -> None:
        """Walk over a body, a note, a header."""
        self._fields = Fields()
        ends = {attribute(one, "w:id") for one in root.iter(name("w:bookmarkEnd"))}
        starts = ((attribute(one, "w:id"), attribute(one, "w:name")) for one in root.iter(name("w:bookmarkStart")))
        self._ended = {named for id_, named in starts if id_ in ends}
        self.children(root, Around(story=story, note=note))

    def children(self, element: Element, around: Around) -> None:
        """Walk over everything in an element."""
        if self._depth > _DEEPEST:
            raise PackageError("The Word file nests things deeper than a document does")
        self._depth += 1
        for child in element:
            if isinstance(child.tag, str):
                self.one(child, around)
        self._depth -= 1

    def one(self, element: Element, around: Around) -> None:
        """Walk over an element."""
        tag = str(element.tag)
        if tag.startswith(_W):
            local = tag[len(_W) :]
            if local in _PASSED:
                return
            handler = _HANDLERS.get(local)
            if handler:
                handler(self, element, around)
            else:
                self.children(element, around)
        elif tag == _MC:
            self._alternatives(element, around)
        elif tag == f"{_M}t":
            self._add(element.text or "", element, around)
        elif tag.startswith((_M, _W14)):
            self.children(element, around)

    def control(self, element: Element, around: Around) -> Around:
        """Note a content control; what is around its content."""
        number = len(self.controls)
        self.controls.append(control_of(number, element.find(name("w:sdtPr"))))
        return replace(around, controls=(*around.controls, number))

    # Blocks

    def _paragraph(self, element: Element, around: Around) -> None:
        properties = element.find(name("w:pPr"))
        mark = properties.find(name("w:rPr")) if properties is not None else None
        style = attribute(properties.find(name("w:pStyle")), "w:val") if properties is not None else ""
        label = self.counted.label(properties)
        outer, self._runs = self._runs, []
        begun, self._touched = set(self._bookmarks.values()), set()
        inner = replace(around, style=style, setting={**around.setting, **of_paragraph(properties)})
        if properties is not None and properties.find(name("w:framePr")) is not None:
            inner = replace(inner, odd="a paragraph in a frame, which may stand anywhere")
            self._name(inner.odd, around)
        if switched(properties, "w15:collapsed"):
            self._name("a heading under which Word folds the text away", around)
        self.children(element, inner)
        over = begun & set(self._bookmarks.values()) if self._runs else begun | self._touched
        self.lines.append(
            Line(
                runs=tuple(self._runs),
                story=around.story,
                cells=around.cells,
                controls=around.controls,
                bookmarks=frozenset(over),
                inserted=hand_of(mark, "ins", "moveTo") or around.inserted,
                deleted=hand_of(mark, "del", "moveFrom") or around.deleted,
                note=around.note,
                label=label,
            )
        )
        self._runs = outer

    def _sdt(self, element: Element, around: Around) -> None:
        inner = self.control(element, around)
        for content in element.findall(name("w:sdtContent")):
            self.children(content, inner)

    def _inserted(self, element: Element, around: Around) -> None:
        self.children(element, replace(around, inserted=hand(element)))

    def _deleted(self, element: Element, around: Around) -> None:
        self.children(element, replace(around, deleted=hand(element)))

    # Runs

    def _run(self, element: Element, around: Around) -> None:
        properties = element.find(name("w:rPr"))
        hidden = around.hidden or self.inherited.hides(properties, around.style)
        self.children(element, around if hidden == around.hidden else replace(around, hidden=hidden))

    def _text(self, element: Element, around: Around) -> None:
        self._add(element.text or "", element, around)

    def _sign(self, element: Element, around: Around) -> None:
        self._add(_TEXT[str(element.tag)[len(_W) :]], element, around)

    def _symbol(self, element: Element, around: Around) -> None:
        try:
            code = int(attribute(element, "w:char"), 16)
        except ValueError:
            code = -1
        self._add(character(attribute(element, "w:font"), code), element, around)

    def _add(self, text: str, element: Element, around: Around) -> None:
        if not text or self._fields.in_code:
            return
        parent = element.getparent()
        properties = parent.find(name("w:rPr")) if parent is not None else None
        style = attribute(properties.find(name("w:rStyle")), "w:val") if properties is not None else ""
        styles = (around.table_style, around.style, style)
        font, struck, unseen = self._set(styles, around.setting, of_run(properties))
        self._runs.append(
            Run(
                text=shown(text, font) if font else text,
                inserted=around.inserted,
                deleted=around.deleted,
                hidden=around.hidden,
                odd=around.odd or self._fields.odd or unseen,
                look=" ".join(filter(None, (struck, look_of(properties), around.shade))),
                controls=around.controls,
                bookmarks=frozenset(self._bookmarks.values()),
                comments=frozenset(self._comments),
            )
        )

    def _set(self, styles: tuple[str, str, str], around: Setting, own: Setting) -> tuple[str, str, str]:
        """The font of a run, "struck" where a line goes through it, and what speaks against reading it as it stands.

        Most runs of a file are set as others are.
        """
        key = (styles, tuple(around.items()), tuple(own.items()))
        if key not in self._settings:
            every = [{**one, **around, **own} for one in self.inherited.settings(*styles)]
            unseen = next(filter(None, (objection(one, self.palette) for one in every)), "")
            struck = "struck" if any(one.get("struck") for one in every) else ""
            self._settings[key] = every[0].get("font", ""), struck, unseen
        return self._settings[key]

    def _here(self, around: Around, *, odd: str = "", comment: str = "") -> None:
        """An empty run: something stands here that is no text."""
        self._runs.append(
            Run(
                "",
                odd=odd,
                controls=around.controls,
                bookmarks=frozenset(self._bookmarks.values()),
                comments=frozenset((comment,)) if comment else frozenset(self._comments),
            )
        )

    def _name(self, odd: str, around: Around) -> None:
        """Name what is odd in the whole file."""
        self.oddities.append(f"{odd}, in a header or footer" if around.story is Story.MARGIN else odd)

    def _odd(self, odd: str, around: Around) -> None:
        self._name(odd, around)
        self._here(around, odd=odd)

    # Fields

    def _field_mark(self, element: Element, around: Around) -> None:
        match attribute(element, "w:fldCharType"):
            case "begin":
                form = element.find(name("w:ffData"))
                if form is not None:
                    self._add(form_field(form), element, around)
                self._fields.begin()
            case "separate":
                self._fields.separate()
            case "end":
                if odd := self._fields.end():
                    self._odd(odd, around)

    def _instruction(self, element: Element, around: Around) -> None:
        self._fields.instruct(element.text or "")

    def _simple_field(self, element: Element, around: Around) -> None:
        if odd := oddity(attribute(element, "w:instr")):
            self._odd(odd, around)
            around = replace(around, odd=odd)
        self.children(element, around)

    def _backwards(self, element: Element, around: Around) -> None:
        self._odd("words set to run in the other direction", around)
        self.children(element, around)

    def _above(self, element: Element, around: Around) -> None:
        self._odd("small words set above others", around)

    # What stands beside the text

    def _bookmark_start(self, element: Element, around: Around) -> None:
        named = attribute(element, "w:name")
        self._touched.add(named)
        if named in self._ended:
            self._bookmarks[attribute(element, "w:id")] = named

    def _bookmark_end(self, element: Element, around: Around) -> None:
        """The end of a name: LibreOffice begins one over several paragraphs twice, first without an end."""
        named = self._bookmarks.pop(attribute(element, "w:id"), None)
        for id_ in [one for one, other in self._bookmarks.items() if other == named]:
            del self._bookmarks[id_]

    def _comment_start(self, element: Element, around: Around) -> None:
        self._comments[attribute(element, "w:id")] = None

    def _comment_end(self, element: Element, around: Around) -> None:
        self._comments.pop(attribute(element, "w:id"), None)

    def _comment_here(self, element: Element, around: Around) -> None:
        """A comment without a range stands at the words before it."""
        self._here(around, comment=attribute(element, "w:id"))

    def _note_call(self, element: Element, around: Around) -> None:
        if attribute(element, "w:customMarkFollows") not in ("1", "true", "on"):
            self._add(f"[{attribute(element, 'w:id')}]", element, replace(around, hidden=True))

    # Alternatives, pictures, boxes

    def _alternatives(self, element: Element, around: Around) -> None:
        shown_, differs = taken(element)
        if differs:
            self._odd("a text box says one thing in new versions of Word and another in old ones", around)
        if shown_ is not None:
            self.children(shown_, around)

    def _drawing(self, element: Element, around: Around) -> None:
        if not self._boxes(element, around):
            self._odd("a picture or drawing", around)

    def _object(self, element: Element, around: Around) -> None:
        self._odd("an embedded object (a sheet, a PDF, a sound)", around)
        self._boxes(element, around)

    def _boxes(self, element: Element, around: Around) -> bool:
        """Walk over what stands in the text boxes of a drawing; whether there are any."""
        odd, found = "a text box, which may stand anywhere", False
        for box in boxes(element):
            outer = (self._runs, self._fields)
            self._runs, self._fields = [], Fields()
            self.children(box, replace(around, story=Story.BOX, odd=odd))
            self._runs, self._fields = outer
            found = True
        if found:
            self._here(around, odd=odd)
        for words in word_art(element):
            self.lines.append(Line((Run(words, around.inserted, around.deleted),), Story.BOX))
        return found

    def _refused(self, element: Element, around: Around) -> None:
        raise PackageError(
            "The Word file has another document inside that its own text does not show",
            "Open it in Word, save it under a new name, and send that file.",
        )


_Handler = Callable[[Walk, Element, Around], None]
_HANDLERS: dict[str, _Handler] = {
    "p": Walk._paragraph,
    "tbl": walk_table,
    "sdt": Walk._sdt,
    "r": Walk._run,
    "t": Walk._text,
    "delText": Walk._text,
    "sym": Walk._symbol,
    "fldChar": Walk._field_mark,
    "instrText": Walk._instruction,
    "fldSimple": Walk._simple_field,
    **dict.fromkeys(("bdo", "dir"), Walk._backwards),
    "rt": Walk._above,
    **dict.fromkeys(("contentPart", "drawing", "pict"), Walk._drawing),
    "object": Walk._object,
    **dict.fromkeys(("altChunk", "subDoc"), Walk._refused),
    "bookmarkStart": Walk._bookmark_start,
    "bookmarkEnd": Walk._bookmark_end,
    "commentRangeStart": Walk._comment_start,
    "commentRangeEnd": Walk._comment_end,
    "commentReference": Walk._comment_here,
    **dict.fromkeys(("footnoteReference", "endnoteReference"), Walk._note_call),
    **dict.fromkeys(("ins", "moveTo"), Walk._inserted),
    **dict.fromkeys(("del", "moveFrom"), Walk._deleted),
    **dict.fromkeys(_TEXT, Walk._sign),
}
