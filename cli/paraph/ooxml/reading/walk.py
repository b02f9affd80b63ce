"""Reading a Word file as Word shows it, by a walk of its own: nothing of what writes DOCX is used here.

What Word does is in ECMA-376 Part 1, 17: of a field it shows the result, of a text box what stands in it, of a cell
merged into the one above nothing. Where it may show other words than stand in the file, the run says what is odd about
it; what is no text at all is named in `Shown.oddities`; what hides another document is refused. Nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from paraph.ooxml.archive import PackageError
from paraph.ooxml.names import Element, name
from paraph.ooxml.reading.beside import (
    bookmarks_ended,
    walk_bookmark_end,
    walk_bookmark_start,
    walk_comment_end,
    walk_comment_here,
    walk_comment_start,
    walk_note_call,
    walk_note_number,
)
from paraph.ooxml.reading.boxes import walk_alternatives, walk_drawing, walk_object
from paraph.ooxml.reading.context import Context, hand
from paraph.ooxml.reading.contradictions import CONTRADICTION, contradictions
from paraph.ooxml.reading.directions import TURNED, turned
from paraph.ooxml.reading.fields import Fields, walk_field_mark, walk_instruction, walk_simple_field
from paraph.ooxml.reading.formatting import (
    BEHIND,
    PARAGRAPH_RIGHT_TO_LEFT,
    RIGHT_TO_LEFT,
    STRUCK,
    STRUCK_TWICE,
    Formatting,
    font_of,
)
from paraph.ooxml.reading.forms import control_of
from paraph.ooxml.reading.inherited_styles import InheritedStyles
from paraph.ooxml.reading.legible import is_no_gap, objection
from paraph.ooxml.reading.links import walk_link
from paraph.ooxml.reading.list_numbers import ListNumbers
from paraph.ooxml.reading.marking import look_of
from paraph.ooxml.reading.pages import objection_to_pages
from paraph.ooxml.reading.palette import Palette
from paraph.ooxml.reading.properties import PLAIN, ParagraphProperties, Properties, RunProperties
from paraph.ooxml.reading.ranges import Ranges
from paraph.ooxml.reading.rows import walk_table
from paraph.ooxml.reading.several import stands_again
from paraph.ooxml.reading.shown import Control, Direction, Drawn, Line, Run, Story
from paraph.ooxml.reading.symbols import is_symbolic, shown
from paraph.ooxml.reading.words import (
    AMONG_PROPERTIES,
    AMONG_WORDS,
    COUNTED,
    SIGNS,
    holds_words,
    walk_above,
    walk_backwards,
    walk_counted,
    walk_formula,
    walk_properties,
    walk_refused,
    walk_sign,
    walk_symbol,
    walk_taken_out,
    walk_text,
    walk_unknown,
)

_DEEPEST = 100
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PPR, _RPR = name("w:pPr"), name("w:rPr")
_MOST_FORMATTINGS = 10_000
FRAMED = "a paragraph in a frame, which may stand anywhere"
_NO_GAP = "text that nobody can see (a gap between words)"
_JOINED = "a paragraph that Word runs together with the next, since its mark is hidden"
_STRUCK_OUT = "(struck out, or not to be seen)"
"""Behind a number that is set so: as the mark of its paragraph is (ECMA-376 Part 1, 17.3.1.29)."""
_PASSED = [
    name(f"w:{kind}")
    for kind in (
        "pPr", "rPr", "tblPr", "tblPrEx", "tblGrid", "trPr", "sdtPr", "delInstrText", "fldData", "annotationRef",
         "separator", "continuationSeparator", "proofErr", "permStart", "permEnd",
        "lastRenderedPageBreak", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    )
]  # fmt: skip
"""Read where they belong to, or nothing that is shown."""


@dataclass(slots=True)
class Walk:
    """One walk over the stories of a file: `lines` and `controls` grow as it goes.

    `runs` are those of the paragraph that the walk is in, `fields`, `bookmarks` and `comments` what is open there;
    `targets` are the addresses of the links of the part, by the ids of its relationships;
    `touched` are the bookmarks that began in the paragraph, `ended` those that have an end in the story.
    """

    inherited: InheritedStyles
    palette: Palette
    list_numbers: ListNumbers = field(default_factory=ListNumbers)
    lines: list[Line] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)
    tables: int = 0
    runs: list[Run] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)
    properties: Properties = field(default_factory=Properties)
    bookmarks: Ranges = field(default_factory=Ranges)
    comments: Ranges = field(default_factory=Ranges)
    targets: Mapping[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    _formattings: dict[tuple[object, ...], tuple[str, str, str, str, Direction]] = field(default_factory=dict)
    _depth: int = 0
    _contradictions: frozenset[Element] = frozenset()

    @property
    def rests(self) -> bool:
        """Whether nothing is open that what comes next could depend on: no field, no range, no paragraph."""
        return not (self.fields.any or self.bookmarks.any or self.comments.any or self.runs)

    def story(self, root: Element, story: Story = Story.BODY, note: str = "") -> None:
        """Walk over a body, a note, a header."""
        self.begin(root, margin=story is Story.MARGIN)
        around = Context(story=story, note=note)
        for child in root:
            self.passage(child, around)

    def begin(self, root: Element, *, margin: bool = False) -> None:
        """What is to be known of a story before any of it is walked over."""
        self.fields = Fields(margin)
        if stands_again(root):
            self.oddities.append(CONTRADICTION)
        self.ended = bookmarks_ended(root)

    def passage(self, element: Element, around: Context) -> None:
        """Walk over a child of a story. What contradicts itself is looked for in each by itself, since many are known
        of another file (`Passages`)."""
        self._contradictions = contradictions(element)
        self.one(element, around)

    def children(self, element: Element, around: Context) -> None:
        """Walk over everything in an element."""
        if self._depth > _DEEPEST:
            raise PackageError("The Word file nests things deeper than a document does")
        self._depth += 1
        for child in element:
            handler = _HANDLERS.get(child.tag, walk_unknown)
            if handler is not None:
                handler(self, child, self._doubted(child, around) if self._contradictions else around)
        self._depth -= 1

    def one(self, element: Element, around: Context) -> None:
        """Walk over an element."""
        around = self._doubted(element, around) if self._contradictions else around
        handler = _HANDLERS.get(element.tag, walk_unknown)
        if handler is not None:
            handler(self, element, around)

    def _doubted(self, element: Element, around: Context) -> Context:
        """What is around an element, of which the properties may be others than these."""
        if element not in self._contradictions:
            return around
        self.remark(CONTRADICTION, around)
        return around._replace(odd=CONTRADICTION)

    def control(self, element: Element, around: Context) -> Context:
        """Note a content control; what is around its content."""
        number = len(self.controls)
        every = element.findall(name("w:sdtPr"))
        made = control_of(number, every[0] if every else None)
        self.controls.append(made)
        odd = "a field that shows what another part of the file says" if made.bound else ""
        if any(map(holds_words, every)):
            odd = AMONG_PROPERTIES
        if odd:
            around = around._replace(odd=odd)
            self.remark(odd, around)
        return around._replace(controls=(*around.controls, number))

    # Blocks

    def _paragraph(self, element: Element, around: Context) -> None:
        properties = element.find(_PPR)
        said = self.properties.paragraph(properties)
        label, level = self._numbered(properties, said)
        outer, self.runs = self.runs, []
        begun, self.touched = self.bookmarks.here(), set()
        formatting = {**around.formatting, **level, **said.formatting}
        inner = around._replace(style=said.style, formatting=formatting, run=None)
        if label and self._is_unseen(said.mark, inner, label):
            label = f"{label} {_STRUCK_OUT}"
        if said.framed:
            inner = inner._replace(odd=FRAMED)
            self.remark(inner.odd, around)
        if said.collapsed:
            self.remark("a heading under which Word folds the text away", around)
        if said.cut:
            self.remark(said.cut, around)
        self.children(element, inner)
        joined = self.inherited.hides(said.mark.vanish, said.mark.style, said.style)
        if joined and not label and any(run.says(accepted=True).strip() for run in self.runs):
            self.remark(_JOINED, around)
        for at in turned(self.runs):
            self.remark(TURNED, around)
            self.runs[at] = self.runs[at]._replace(odd=self.runs[at].odd or TURNED)
        over = begun & self.bookmarks.here() if self.runs else begun | self.touched
        self.lines.append(
            Line(
                runs=tuple(self.runs),
                story=around.story,
                cells=around.cells,
                controls=around.controls,
                bookmarks=over,
                inserted=said.inserted or around.inserted,
                deleted=said.deleted or around.deleted,
                note=around.note,
                label=label,
                place=said.place,
            )
        )
        self.runs = outer

    def _numbered(self, properties: Element | None, said: ParagraphProperties) -> tuple[str, Formatting]:
        """The number of a paragraph in a list, which its style may put it in, and how the list sets it."""
        found = properties.find(name("w:numPr")) if properties is not None and said.numbered else None
        if found is None and (found := self.inherited.numbered(said.style)) is None:
            return "", {}
        return self.list_numbers.label(found, said.style)

    def _is_unseen(self, mark: RunProperties, around: Context, label: str) -> bool:
        """Whether a number is so, as the mark of its paragraph is set."""
        behind = {aspect: said for aspect, said in around.formatting.items() if aspect in BEHIND}
        hidden = self.inherited.hides(mark.vanish, mark.style, around.style)
        return self.is_lost(around._replace(formatting=behind, run=mark, hidden=hidden), label)

    def is_lost(self, around: Context, number: str = "1") -> bool:
        """Whether a number is struck out or not to be seen, or shown as signs."""
        font, look, unseen, *_ = self._set(around.run or PLAIN, around)
        as_signs = is_symbolic(font) and any(map(str.isalnum, number))
        return around.hidden or bool(unseen) or "struck" in look.split() or as_signs

    def _pages(self, element: Element, around: Context) -> None:
        if odd := objection_to_pages(element):
            self.remark(odd, around)

    def _sdt(self, element: Element, around: Context) -> None:
        self.children(element, self.control(element, around))

    def _inserted(self, element: Element, around: Context) -> None:
        self.children(element, around._replace(inserted=hand(element)))

    def _deleted(self, element: Element, around: Context) -> None:
        self.children(element, around._replace(deleted=hand(element)))

    # Runs

    def _run(self, element: Element, around: Context) -> None:
        if around.run is not None and (parent := element.getparent()) is not None and parent.tag == element.tag:
            self.remark(AMONG_WORDS, around)
            around = around._replace(odd=AMONG_WORDS)
        said = self.properties.run(element.find(_RPR))
        hidden = around.hidden or self.inherited.hides(said.vanish, said.style, around.style)
        self.children(element, around._replace(hidden=hidden, run=said))

    def add(self, text: str, around: Context) -> None:
        """Words of the paragraph, set as what is around them says; the code of a field is none. How the end of a line
        or page is set hides nothing."""
        fields = self.fields if self.fields.any else None
        if not text or (fields and fields.in_code):
            if text.strip():
                self.remark("words in the code of a field", around)
            return
        said = around.run or PLAIN
        font, look, unseen, narrow, direction = self._set(said, around)
        if not text.strip():
            unseen = (unseen or narrow) if text.strip("\n") else ""
        odd = around.odd or (fields.odd if fields else "")
        if odd and unseen:
            self.remark(unseen, around)
        self.runs.append(
            Run(
                text=shown(text, font) if font else text,
                inserted=around.inserted,
                deleted=around.deleted,
                hidden=around.hidden,
                odd=odd or unseen,
                look=look,
                controls=around.controls,
                bookmarks=self.bookmarks.here(),
                comments=self.comments.here(),
                direction=direction,
                link=around.link,
                repeats=fields.repeats if fields else "",
                counts=fields.counts if fields else False,
            )
        )

    def _set(self, said: RunProperties, around: Context) -> tuple[str, str, str, str, Direction]:
        """The font of a run, how it looks (`marking`), what speaks against reading it as it stands, or as a gap between
        words, and its direction.

        Most runs of a file are set as others are.
        """
        key = (around.table_style, around.style, said, tuple(around.formatting.items()))
        if key not in self._formattings:
            inherited = self.inherited.formattings(around.table_style, around.style, said.style)
            every = [{**one, **around.formatting, **said.formatting} for one in inherited]
            unseen = next(filter(None, (objection(one, self.palette) for one in every)), "")
            struck = any(one.get(STRUCK) or one.get(STRUCK_TWICE) for one in every)
            if len(self._formattings) >= _MOST_FORMATTINGS:
                self._formattings.clear()
            whole = every[0]
            direction = Direction(bool(whole.get(RIGHT_TO_LEFT)), bool(whole.get(PARAGRAPH_RIGHT_TO_LEFT)))
            look = look_of(whole, self.palette, struck=struck)
            narrow = _NO_GAP if any(map(is_no_gap, every)) else ""
            self._formattings[key] = font_of(whole), look, unseen, narrow, direction
        return self._formattings[key]

    def here(self, around: Context, *, odd: str = "", comment: str = "", drawn: Drawn = None) -> None:
        """An empty run: something stands here that is no text."""
        self.runs.append(
            Run(
                "",
                odd=odd,
                controls=around.controls,
                bookmarks=self.bookmarks.here(),
                comments=frozenset((comment,)) if comment else self.comments.here(),
                drawn=drawn,
            )
        )

    def remark(self, odd: str, around: Context) -> None:
        """Name what is odd in the whole file."""
        self.oddities.append(f"{odd}, in a header or footer" if around.story is Story.MARGIN else odd)

    def oddity(self, odd: str, around: Context) -> None:
        """Name what is odd in the whole file, and mark this place in its paragraph."""
        self.remark(odd, around)
        self.here(around, odd=odd)


_Handler = Callable[[Walk, Element, Context], None]
_HANDLERS: dict[object, _Handler | None] = {
    **dict.fromkeys(_PASSED),
    **dict.fromkeys(map(name, ("w:tcPr", "w:sdtEndPr", "w:smartTagPr", "w:customXmlPr", "w:rubyPr")), walk_properties),
    name("w:p"): Walk._paragraph,
    name("w:tbl"): walk_table,
    name("w:sdt"): Walk._sdt,
    name("w:hyperlink"): walk_link,
    name("w:sectPr"): Walk._pages,
    name("w:r"): Walk._run,
    name("w:t"): walk_text,
    name("w:delText"): walk_taken_out,
    name("w:sym"): walk_symbol,
    name("w:fldChar"): walk_field_mark,
    name("w:instrText"): walk_instruction,
    name("w:fldSimple"): walk_simple_field,
    **dict.fromkeys(map(name, ("w:bdo", "w:dir")), walk_backwards),
    name("w:rt"): walk_above,
    **dict.fromkeys(map(name, ("w:contentPart", "w:drawing", "w:pict")), walk_drawing),
    name("w:object"): walk_object,
    **dict.fromkeys(map(name, ("w:altChunk", "w:subDoc")), walk_refused),
    name("w:bookmarkStart"): walk_bookmark_start,
    name("w:bookmarkEnd"): walk_bookmark_end,
    name("w:commentRangeStart"): walk_comment_start,
    name("w:commentRangeEnd"): walk_comment_end,
    name("w:commentReference"): walk_comment_here,
    **dict.fromkeys(map(name, ("w:footnoteReference", "w:endnoteReference")), walk_note_call),
    **dict.fromkeys(map(name, ("w:footnoteRef", "w:endnoteRef")), walk_note_number),
    **dict.fromkeys(map(name, ("w:ins", "w:moveTo")), Walk._inserted),
    **dict.fromkeys(map(name, ("w:del", "w:moveFrom")), Walk._deleted),
    **dict.fromkeys(SIGNS, walk_sign),
    **dict.fromkeys(COUNTED, walk_counted),
    **dict.fromkeys((f"{_M}oMath", f"{_M}oMathPara"), walk_formula),
    name("mc:AlternateContent"): walk_alternatives,
    f"{_M}r": Walk._run,
    f"{_M}t": walk_text,
}
"""By the tag of an element; None: passed over. Any other: `walk_unknown`."""
