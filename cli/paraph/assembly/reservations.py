"""What members reserve, printed behind what they approved."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence

from paraph.assembly.context import HEADING, Context
from paraph.assembly.members import member_name, on_record
from paraph.assembly.values import enumerated
from paraph.model.document import Reservation
from paraph.model.language import Language
from paraph.model.text import Block, Heading, Inline, Isolate, Paragraph, Span, Text

_QUOTED = re.compile(r"([“«„‹\"]\s?)\ufffc(\s?[”»“›\"])")
_TEXT, _NAME, _TITLE = "\ufffc", "\ufdd0", "\ufdd1"
"""Stand for the words of a member, its name and the titles of clauses while the string around them is filled in."""

_RIGHT_TO_LEFT = {"AL": "und-Arab", "R": "und-Hebr"}
"""How a language that nobody named is called, by the class of its letters: its direction is known (BCP 47, 4.1)."""

_MARKS = re.compile(f"([{_TEXT}{_NAME}{_TITLE}])")


def reservations(context: Context) -> tuple[Block, ...]:
    """What members reserve, as the register has it; without a register there is nothing to print."""
    made = context.record.reservations
    members = {one.id: one for one in on_record(context, (one.institution for one in made), "reserves something")}
    blocks: list[Block] = []
    for position, alike in enumerate(_alike(one for one in made if one.institution in members)):
        member = members[alike[0].institution]
        titles = _titles(context, [one.clause for one in alike])
        string = "reservation-on" if titles else "reservation"
        line = context.string(string, name=_NAME, clause=_listed(context, len(titles)), text=_TEXT)
        _, name = member_name(context, member)
        words, key = _reserved(context, alike[0].text), f"reservations/{position}"
        below = _turned(context, words) and line.endswith(_TEXT)
        line = line.removesuffix(_TEXT).rstrip() if below else line
        around = _filled(line, name or (Text(member.id),), titles, words)
        blocks.append(Paragraph(key=key, role="reservation", inlines=around, keep_next=below))
        if below:
            blocks.append(Paragraph(key=f"{key}/words", role="reservation", inlines=words))
    if blocks:
        words = (Text(context.string("reservations")),)
        blocks.insert(0, Heading(key="reservations/heading", role="annex", level=HEADING, inlines=words))
    return tuple(blocks)


def with_title(made: Iterable[Reservation]) -> frozenset[str]:
    """The clauses whose titles are printed with what is reserved on them."""
    found = ({one.clause for one in alike} for alike in _alike(made))
    return frozenset(clause for clauses in found if "" not in clauses for clause in clauses)


def _turned(context: Context, words: Sequence[Inline]) -> bool:
    """Whether words run the other way than the document: where they hold foreign words in turn, no line has both."""
    known, around = context.library.workspace.languages, context.language.direction
    runs = (known[one.lang].direction if one.lang in known else "rtl" for one in words if isinstance(one, Span))
    return any(isinstance(one, Isolate) for one in words) or any(one != around for one in runs)


def _alike(made: Iterable[Reservation]) -> Iterable[Sequence[Reservation]]:
    """Reservations, those of a member in the same words together: what it says of all is printed once."""
    found: dict[object, list[Reservation]] = {}
    for one in made:
        found.setdefault((one.institution, tuple(one.text.items())), []).append(one)
    return found.values()


def _titles(context: Context, clauses: Collection[str]) -> tuple[Inline, ...]:
    """The titles of clauses. None: the document as a whole is among them, of which each is a part."""
    found = [context.library.clauses[one].title for one in clauses if one in context.library.clauses]
    return () if "" in clauses else tuple(_in_language(context, title) for title in found)


def _listed(context: Context, number: int) -> str:
    """So many titles, each in the quotation marks that the language’s string has around one."""
    marks = _QUOTED.search(context.string("reservation-on", name="", clause=_TEXT, text=""))
    before, after = marks.groups() if marks else ("", "")
    listed = enumerated(context, [f"{before}{_TITLE}{after}"] * number) if number else ""
    return listed[len(before) : len(listed) - len(after)]


def _filled(line: str, name: Iterable[Inline], titles: Iterable[Inline], words: Iterable[Inline]) -> tuple[Inline, ...]:
    """A string with all that stands in it."""
    before, mark, after = line.partition(_TEXT)
    rest = iter(titles)

    def around(text: str) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for piece in _MARKS.split(text):
            for one in name if piece == _NAME else (next(rest),) if piece == _TITLE else (Text(piece),):
                last = found[-1] if found else None
                if isinstance(one, Text) and isinstance(last, Text):
                    found[-1] = Text(last.text + one.text)
                elif one != Text(""):
                    found.append(one)
        return tuple(found)

    return (*around(before), *(words if mark else ()), *around(after))


def _reserved(context: Context, texts: Mapping[str, str]) -> tuple[Inline, ...]:
    """The words of a reservation: in this language where the member wrote it too, else as the member wrote it."""
    return (_in_language(context, texts),)


def _in_language(context: Context, texts: Mapping[str, str]) -> Inline:
    """A text in the language of the document, or else the first there is."""
    code = context.code if texts.get(context.code) else next(iter(texts), "")
    return apart(texts.get(code, ""), code, context.language, context.library.workspace.languages)


def apart(text: str, code: str, around: Language, known: Mapping[str, Language]) -> Inline:
    """A text in language `code` among words in another: marked with its language where that is a `known` one, in which
    it can be. One of which nobody said the language, or another one, has its own direction where it runs the other way,
    or the marks beside it would jump."""
    words, letters = Text(text), _letters(text)
    if code != around.code and code in known and (not letters or known[code].direction in letters):
        return Span(code, (words,))
    if next(iter(letters), around.direction) == around.direction:
        return words
    return Isolate((words,)) if around.direction == "rtl" else Span(_RIGHT_TO_LEFT[letters["rtl"]], (words,))


def _letters(text: str) -> dict[str, str]:
    """The directions in which letters of a text run, that of its first one first (Unicode Bidirectional Algorithm, rule
    P2), each with the class of the first that does."""
    found: dict[str, str] = {}
    for kind in map(unicodedata.bidirectional, text):
        if kind in ("L", *_RIGHT_TO_LEFT):
            found.setdefault("ltr" if kind == "L" else "rtl", kind)
    return found
