"""Fields of Word's: of each the result is shown, never the code (ECMA-376 Part 1, 17.16).

Some show a page, a link or an answer, and stay as they are. Any other, Word may fill with other words than stand in the
file, as it opens or prints it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from paraph.ooxml.archive import PackageError
from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.reading.context import Context
from paraph.ooxml.reading.forms import form_field, is_counted, is_speck

if TYPE_CHECKING:
    from paraph.ooxml.reading.walk import Walk

_STEADY = frozenset(("HYPERLINK", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN"))
"""Fields that show what stands in the file, a link or an answer."""
_IN_FIGURES = re.compile(r"\s*\w+(?:\s*\\\*\s*(?:MERGEFORMAT|CHARFORMAT|ARABIC))*\s*", re.IGNORECASE)
"""Codes of fields that show figures: any other format of a number spells it, or letters (17.16.4.3.1)."""
_OF_PAGES = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
"""Fields that count: in a header or footer they are what everybody expects, in words or a box a number of Word’s."""


_DEEPEST = 50
"""Fields in each other: who does not end them, as often as text follows, would have all of them looked at each time."""
_LONGEST = 1_000
"""Characters of a code that are read: its kind is its first word, and those of bibliographies are pages long."""


@dataclass(slots=True)
class _Open:
    """A field: its `instruction` as far as it is read, whether it is `cut` there."""

    code: bool = True
    instruction: str = ""
    form: bool = False
    odd: str = ""
    cut: bool = False
    _read: tuple[str, str] | None = None

    def instruct(self, text: str) -> None:
        text, room = text if self.instruction else text.lstrip(), _LONGEST - len(self.instruction)
        self.instruction, self.cut = self.instruction + text[:room], self.cut or len(text) > room
        self._read = None

    def read(self, *, margin: bool) -> tuple[str, str]:
        """What is odd about it, or "", and what follows NOTEREF in its code, or "": read once for all that it shows."""
        if self._read is None:
            words = self.instruction.split(maxsplit=1)
            repeats = words[1].strip() if words[1:] and words[0].upper() == "NOTEREF" else ""
            self._read = self.odd or _oddity(self.instruction, margin=margin, cut=self.cut), repeats
        return self._read


@dataclass(slots=True)
class Fields:
    """`margin`: those of a header or footer. The fields that are open at a place of the walk, the outermost first.

    A field has a code, which is not shown, and a result, which is; another field may stand in either.
    """

    margin: bool = False
    _open: list[_Open] = field(default_factory=list)

    def begin(self, *, form: bool, odd: str = "") -> None:
        """A field begins with its code; `form`: it says that it is one to be filled in, `odd`: what is odd about it."""
        if len(self._open) >= _DEEPEST:
            raise PackageError("The Word file nests fields deeper than a document does", "Save it again in Word.")
        self._open.append(_Open(form=form, odd=odd))

    def instruct(self, text: str) -> None:
        """A piece of the code of the innermost field."""
        if self._open:
            self._open[-1].instruct(text)

    def separate(self) -> None:
        """The innermost field’s code ends here, and its result begins."""
        if self._open:
            self._open[-1].code = False

    def end(self) -> str:
        """The innermost field ends: what is odd about it, or ""."""
        if not self._open:
            return ""
        ended = self._open.pop()
        odd, _ = ended.read(margin=self.margin)
        return odd or ("" if not ended.form or _is_form(ended) else _NO_FORM)

    @property
    def any(self) -> bool:
        """Whether any is open."""
        return bool(self._open)

    @property
    def in_code(self) -> bool:
        """Whether this place is in the code of a field, so that Word does not show it."""
        return any(one.code for one in self._open)

    @property
    def odd(self) -> str:
        """What is odd about what is shown here, or ""."""
        return next(filter(None, (one.read(margin=self.margin)[0] for one in self._open)), "")

    @property
    def repeats(self) -> str:
        """What follows NOTEREF in the code of the field of which this place is in the result, or ""."""
        return next(filter(None, (one.read(margin=self.margin)[1] for one in reversed(self._open))), "")

    @property
    def counts(self) -> bool:
        """Whether this place is in the result of a field that counts pages in a header or footer."""
        return any(self.margin and _kind(one.instruction) in _OF_PAGES for one in self._open)


def walk_field_mark(walk: Walk, element: Element, around: Context) -> None:
    """Where a field begins, its result follows its code, or it ends."""
    match attribute(element, "w:fldCharType"):
        case "begin":
            form = element.find(name("w:ffData"))
            if form is not None:
                odd = "a form field that nobody can see" if is_speck(form) else around.odd
                walk.add(form_field(form), around._replace(odd=odd))
            walk.fields.begin(form=form is not None, odd=_COUNTED if form is not None and is_counted(form) else "")
        case "separate":
            walk.fields.separate()
        case "end":
            if odd := walk.fields.end():
                walk.oddity(odd, around)


def walk_instruction(walk: Walk, element: Element, around: Context) -> None:
    """A piece of the code of a field."""
    walk.fields.instruct(element.text or "")


def walk_simple_field(walk: Walk, element: Element, around: Context) -> None:
    """A field in one element: its code is an attribute, its result what stands in it."""
    walk.fields.begin(form=False)
    walk.fields.instruct(attribute(element, "w:instr"))
    walk.fields.separate()
    walk.children(element, around)
    if odd := walk.fields.end():
        walk.oddity(odd, around)


_COUNTED = "a form field that Word fills in by itself"
_NO_FORM = "a form field that its own code does not say"


def _is_form(one: _Open) -> bool:
    return _kind(one.instruction).startswith("FORM")


def _kind(instruction: str) -> str:
    return (instruction.split() or [""])[0].upper()


def _oddity(instruction: str, *, margin: bool, cut: bool) -> str:
    """What is odd about a field with this code, of which more may be `cut` off: that Word fills it in by itself; or "".
    `margin`: in a header or footer, where pages are counted."""
    kind = _kind(instruction)
    counts = margin and kind in _OF_PAGES and _IN_FIGURES.fullmatch(instruction) is not None and not cut
    if not kind or kind in _STEADY or counts:
        return ""
    return f"a field that Word fills in by itself ({kind[:20]})"
