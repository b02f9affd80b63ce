"""Fields of Word's: of each the result is shown, never the code (ECMA-376 Part 1, 17.16).

Some show a page, a link or an answer, and stay as they are. Any other, Word may fill with other words than stand in the
file, as it opens or prints it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

_STEADY = frozenset(
    ("PAGE", "NUMPAGES", "SECTIONPAGES", "HYPERLINK", "PAGEREF", "TOC", "XE", "TC", "NOTEREF",
     "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "FILLIN")
)  # fmt: skip
"""Fields that show no words of their own; LibreOffice makes FILLIN of lists."""


@dataclass(slots=True)
class _Open:
    code: bool = True
    instruction: str = ""


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of the walk, the outermost first.

    A field has a code, which is not shown, and a result, which is; another field may stand in either.
    """

    _open: list[_Open] = field(default_factory=list)

    def begin(self) -> None:
        """A field begins with its code."""
        self._open.append(_Open())

    def instruct(self, text: str) -> None:
        """A piece of the code of the innermost field."""
        if self._open:
            self._open[-1].instruction += text

    def separate(self) -> None:
        """The innermost field’s code ends here, and its result begins."""
        if self._open:
            self._open[-1].code = False

    def end(self) -> str:
        """The innermost field ends: what is odd about it, or ""."""
        return oddity(self._open.pop().instruction) if self._open else ""

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
        return next(filter(None, (oddity(one.instruction) for one in self._open)), "")


def oddity(instruction: str) -> str:
    """What is odd about a field with this code: that Word fills it in by itself; or ""."""
    kind = (instruction.split() or [""])[0].upper()
    return f"a field that Word fills in by itself ({kind[:20]})" if kind and kind not in _STEADY else ""
