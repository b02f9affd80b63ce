"""What each paragraph of a statement is: title, place and date, heading, chapeau, recital, operative, signatory.

By form first (numbers, lists, colons, headings), then by the words with which the workspace says that recitals and
operative paragraphs begin (`openings:` of templates/strings.yml), and by the names of months as CLDR has them. What is
not sure is prose: a person gives it its kind.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import regex

from paraph.legacy.blocks import Block, BlockKind
from paraph.legacy.runs import Recitals, lettered_headings, link_lists
from paraph.markup.openings import opening_pattern
from paraph.model.clause import ClauseKind
from paraph.model.text import Emphasis, Inline, Line, LineKind, Note, Strong, Text, plain
from paraph.model.writing import Opening


class Role(StrEnum):
    """What a unit of a statement is."""

    LABEL = "label"
    TITLE = "title"
    PLACE_DATE = "place and date"
    HEADING = "heading"
    CHAPEAU = "chapeau"
    CLAUSE = "paragraph"
    SIGNATORY = "signatory"
    LINK = "link"


class Setting(StrEnum):
    """How a clause is set where it stands."""

    RECITAL = "recital"
    NUMBERED = "numbered"
    BULLET = "bullet"
    PROSE = "prose"


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A unit with its lines, without the punctuation that a form writes. `number`: as it is numbered in the file."""

    role: Role
    lines: tuple[Line, ...]
    at: int
    setting: Setting = Setting.PROSE
    kind: ClauseKind = ClauseKind.PARAGRAPH
    number: int = 0

    @property
    def text(self) -> str:
        """Its words, a line each."""
        return "\n".join(plain(line.inlines) for line in self.lines)


_END = re.compile(r"[\s\u00a0\u202f]*[.,;:؛،]+[\s\u00a0]*$")
_AND = re.compile(r"[\s\u00a0\u202f]*[;؛,،]\s+\w{1,3}[\s\u00a0]*$")
_PLACE = regex.compile(r"((?:\p{Lu}[\w’'-]*[\s-]?){1,4})(?:\([^)]*\))?[\s,]*(?:\S{1,4}[\s,]+)?$")
_ROMAN = re.compile(r"[IVX]{1,5}[.)][\s\u00a0]+\S")
_CONTENT = 9
"""Words before a date of a line that says more than where and when, and in what way, a text was adopted."""
_TO_SIGN = re.compile(r"_{3,}|\.{5,}|…{2,}")
"""A line on which somebody signs."""
_LABEL = 40
_SHORT = 150
_DAY = r"(\d{1,2})(?:er|st|nd|rd|th|º|°)?"
_OF_PAGE = re.compile(
    r"(?:published|posted|updated|publiée?|mise? (?:en ligne|à jour)|publicado|actualizado|نُ?شر)(?!\w)", re.IGNORECASE
)
"""Before the date of a web page, where a place may stand as well."""
_NONE = Opening(name="", words={}, emphasised=False, says="")
_HEAD = 8
"""Blocks among which the title is."""


def outline(
    blocks: Sequence[Block],
    language: str,
    openings: Mapping[str, Opening],
    names: frozenset[str],
    labels: frozenset[str] = frozenset(),
    abbreviated: Callable[[str], bool] = lambda _: False,
) -> tuple[Unit, ...]:
    """The units of a statement in order. `names` are those of institutions, `labels` of forms, in small letters;
    `abbreviated` says whether the point that words end with is that of an abbreviation."""
    reader = _Reader(language, openings, names, labels, abbreviated)
    return tuple(reader.units(list(blocks)))


class _Reader:
    def __init__(
        self,
        language: str,
        openings: Mapping[str, Opening],
        names: frozenset[str],
        labels: frozenset[str],
        abbreviated: Callable[[str], bool],
    ) -> None:
        self.language, self.names, self.labels, self.abbreviated = language, names, labels, abbreviated
        self.recitals, self.lettered = frozenset[int](), frozenset[int]()
        participle, verb = openings.get("participle", _NONE), openings.get("verb", _NONE)
        self.lists = Recitals(
            participle.words.get(language, ()), participle.after.get(language, ()), verb.words.get(language, ())
        )
        self.dates = _date_pattern(language)
        self.begins = {
            name: opening_pattern(one.words[language], one.after.get(language, ()))
            for name, one in openings.items()
            if language in one.words and "*" not in one.words[language]
        }

    def units(self, blocks: list[Block]) -> Iterator[Unit]:
        tail = self._tail(blocks)
        self.recitals, self.lettered = self.lists.items(blocks[:tail]), lettered_headings(blocks[:tail])
        links = link_lists(blocks[:tail], {place for place in range(tail) if self._is_heading(blocks, place)})
        place, title = 0, self._title(blocks, tail)
        while place < tail and place < title:
            yield Unit(role=Role.LABEL, lines=_lines(blocks[place]), at=blocks[place].at)
            place += 1
        if place < tail and place == title:
            yield Unit(role=Role.TITLE, lines=_lines(blocks[place]), at=blocks[place].at)
            place += 1
        while place < tail:
            block = blocks[place]
            if place in links:
                yield Unit(role=Role.LINK, lines=_lines(block), at=block.at)
                place += 1
                continue
            under = place + 1
            while under < tail and self._belongs(block, blocks[under]):
                under += 1
            yield self._unit(block, blocks[place + 1 : under], blocks[under] if under < tail else None, place)
            place = under
        for block in blocks[tail:]:
            if not _TO_SIGN.sub("", block.text).strip():
                continue
            role = Role.PLACE_DATE if self._is_place_date(block) else Role.SIGNATORY
            yield Unit(role=role, lines=_lines(block), at=block.at)

    def _title(self, blocks: Sequence[Block], tail: int) -> int:
        """Where the title is, after names of networks and of the form: the first heading, or a line that ends open."""
        for place, block in enumerate(blocks[: min(tail, _HEAD)]):
            if block.kind is BlockKind.HEADING and block.text.lower() not in self.labels:
                return place
            if block.kind is not BlockKind.HEADING and not self._could_be_title(block):
                break
        free = (place for place, block in enumerate(blocks[:tail]) if block.text.lower() not in self.labels)
        first = next(free, -1)
        return first if first >= 0 and self._could_be_title(blocks[first]) else -1

    @staticmethod
    def _could_be_title(block: Block) -> bool:
        short = len(block.text) <= 2 * _SHORT and not block.text.endswith((".", ",", ";", ":"))
        return block.kind is BlockKind.PARAGRAPH and short

    def _is_place_date(self, block: Block) -> bool:
        if block.kind is BlockKind.ITEM or len(block.text) > _SHORT:
            return False
        found = self.dates.search(block.text.lower())
        return bool(found and len(block.text[: found.start()].split()) <= _CONTENT)

    def _tail(self, blocks: Sequence[Block]) -> int:
        """Where place, date and signatories begin at the end: short lines that end in no mark, or known names.

        Or a table of signatures. It is sure where a date, a known name, a line to sign on or the place that the
        beginning names is among them.
        """
        place = len(blocks)
        while place > 1 and (self._is_of_tail(blocks[place - 1]) or self._is_to_sign(blocks, place - 1)):
            place -= 1
        found = blocks[place:]
        begun = [place_and_date(one.text, self.language)[0] for one in blocks[:4] if self._is_place_date(one)]
        where = next(filter(None, begun), "\n")
        sure = any(
            self._is_place_date(one)
            or one.text.lower() in self.names
            or _TO_SIGN.search(one.text)
            or (where in one.text and one.kind is BlockKind.PARAGRAPH)
            for one in found
        )
        return place if sure else len(blocks)

    def _is_of_tail(self, block: Block) -> bool:
        if block.kind is BlockKind.HEADING:
            return False
        text = block.text
        if text.lower() in self.names or self._is_place_date(block) or _TO_SIGN.search(text):
            return True
        if block.cell:
            return block.kind is BlockKind.PARAGRAPH and len(text) <= 120 and not text.endswith((";", ","))
        return block.kind is BlockKind.PARAGRAPH and len(text) <= 120 and not text.endswith((".", ";", ":", ","))

    @staticmethod
    def _is_to_sign(blocks: Sequence[Block], place: int) -> bool:
        """Whether it says who signs on the line after it, or is a label (*Signature:*) above such a line."""
        text, after = blocks[place].text, [_TO_SIGN.search(one.text) for one in blocks[place + 1 :]]
        if blocks[place].kind is not BlockKind.PARAGRAPH or not any(after):
            return False
        return len(text) <= _LABEL and (text.endswith(":") or (text.endswith(".") and bool(after[0])))

    @staticmethod
    def _belongs(block: Block, other: Block) -> bool:
        """Whether `other` goes on the clause that `block` begins."""
        if block.kind is BlockKind.HEADING:
            return False
        return other.level > 0 and block.kind is BlockKind.ITEM and other.kind is not BlockKind.HEADING

    def _unit(self, block: Block, under: Sequence[Block], following: Block | None, place: int) -> Unit:
        if block.kind is BlockKind.HEADING or place in self.lettered or self._looks_like_heading(block, following):
            return Unit(role=Role.HEADING, lines=_lines(block), at=block.at)
        if place < 4 and self._is_place_date(block) and not block.text.endswith((",", ";", ":")):
            return Unit(role=Role.PLACE_DATE, lines=_lines(block), at=block.at)
        lines = _clause_lines(block, under)
        if block.kind is BlockKind.ITEM:
            kind = ClauseKind.RECITAL if place in self.recitals else self._kind(block)
            bullet = Setting.RECITAL if kind is ClauseKind.RECITAL else Setting.BULLET
            return self._clause(block, lines, Setting.NUMBERED if block.number else bullet, kind)
        recital = self._is_recital(block)
        if not recital and self._is_chapeau(block, following):
            plainly = tuple(
                replace(line, inlines=_unmarked(line.inlines)) for line in _stripped(lines, self.abbreviated)
            )
            return Unit(role=Role.CHAPEAU, lines=plainly, at=block.at)
        if recital:
            return self._clause(block, lines, Setting.RECITAL, ClauseKind.RECITAL)
        return self._clause(block, lines, Setting.PROSE, ClauseKind.PARAGRAPH)

    def _clause(self, block: Block, lines: tuple[Line, ...], setting: Setting, kind: ClauseKind) -> Unit:
        return Unit(
            role=Role.CLAUSE,
            lines=_stripped(lines, self.abbreviated),
            at=block.at,
            setting=setting,
            kind=kind,
            number=block.number,
        )

    def _is_heading(self, blocks: Sequence[Block], place: int) -> bool:
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        block = blocks[place]
        return block.kind is BlockKind.HEADING or place in self.lettered or self._looks_like_heading(block, following)

    @staticmethod
    def _looks_like_heading(block: Block, following: Block | None) -> bool:
        """A short paragraph wholly in bold, in capitals or with a Roman number, with something after it."""
        bold = block.inlines and all(isinstance(one, Strong) for one in block.inlines)
        roman = _ROMAN.match(block.text) and not block.text.endswith(".")
        short = len(block.text) <= 120 and not block.text.endswith((",", ";", ":"))
        capitals = block.text.isupper() and " " in block.text and not block.text.endswith(".")
        plainly = block.kind is BlockKind.PARAGRAPH and (bold or roman)
        return bool(
            (plainly or (capitals and (block.kind is BlockKind.PARAGRAPH or block.number))) and following and short
        )

    def _is_recital(self, block: Block) -> bool:
        begins = self.begins.get("participle")
        first = block.inlines[0]
        if begins is None or not begins.match(block.text):
            return False
        return isinstance(first, Emphasis | Strong) or block.text.endswith((",", ";", "،", "؛"))

    def _is_chapeau(self, block: Block, following: Block | None) -> bool:
        if following is None:
            return False
        if following.kind is BlockKind.ITEM and following.level == 0:
            short = len(block.text) <= _SHORT and not block.text.endswith(".") and following.number <= 1
            return block.text.endswith((":", ",", "،")) or short
        if block.text.endswith((":", ",", "،")) and len(block.text) <= 2 * _SHORT:
            return self._is_recital(following) or block.text.endswith(":") or following.text.endswith(":")
        return False

    def _kind(self, block: Block) -> ClauseKind:
        """By its first words, where they say it: “that” recalls; “to” asks or undertakes, which a person tells."""
        kinds = {"that": ClauseKind.RECALL, "to-undertake": ClauseKind.COMMITMENT, "to-do": ClauseKind.CALL}
        found = [kind for name, kind in kinds.items() if name in self.begins and self.begins[name].match(block.text)]
        return found[0] if len(found) == 1 else ClauseKind.CALL


# --- lines -----------------------------------------------------------------------------------------------------------


def _lines(block: Block) -> tuple[Line, ...]:
    return (Line(LineKind.PARAGRAPH, _unmarked(block.inlines)),)


def _unmarked(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A title or heading without the bold that its form gives it."""
    if len(inlines) == 1 and isinstance(inlines[0], Strong | Emphasis):
        return _unmarked(inlines[0].children)
    return inlines


def _clause_lines(block: Block, under: Sequence[Block]) -> tuple[Line, ...]:
    """A clause: its first paragraph, then what is below its item, one level up."""
    kind = LineKind.QUOTE if block.kind is BlockKind.QUOTE else LineKind.PARAGRAPH
    lines = [Line(kind, block.inlines)]
    counts: dict[int, int] = {}
    for one in under:
        level = max(0, one.level - 1)
        counts = {depth: count for depth, count in counts.items() if depth <= level}
        if one.kind is not BlockKind.ITEM:
            quote = one.kind is BlockKind.QUOTE
            lines.append(Line(LineKind.QUOTE if quote else LineKind.PARAGRAPH, one.inlines, level))
        elif one.number:
            counts[level] = counts.get(level, 0) + 1
            lines.append(Line(LineKind.ORDERED, one.inlines, level, counts[level]))
        else:
            counts.pop(level, None)
            lines.append(Line(LineKind.BULLET, one.inlines, level))
    return tuple(lines)


def _stripped(lines: tuple[Line, ...], abbreviated: Callable[[str], bool]) -> tuple[Line, ...]:
    """Without the marks at the ends of a text and its items, which the form writes, and the “and” after one."""
    made = []
    for place, line in enumerate(lines):
        following = lines[place + 1] if place + 1 < len(lines) else None
        ends = following is None or line.is_item or following.is_item
        made.append(replace(line, inlines=_without_end(line.inlines, abbreviated)) if ends else line)
    return tuple(line for line in made if line.inlines)


def _without_end(inlines: tuple[Inline, ...], abbreviated: Callable[[str], bool]) -> tuple[Inline, ...]:
    if not inlines:
        return inlines
    last = inlines[-1]
    if isinstance(last, Note) and len(inlines) > 1:
        return (*_without_end(inlines[:-1], abbreviated), last)
    if isinstance(last, Text):
        text = last.text
        if _AND.search(text):
            text = _AND.sub("", text)
        elif not text.endswith("..."):
            bare = _END.sub("", text)
            text = f"{bare}." if text.startswith(f"{bare}.") and abbreviated(f"{bare}.") else bare
        return (*inlines[:-1], Text(text)) if text else inlines[:-1]
    if isinstance(last, Emphasis | Strong):
        inside = _without_end(last.children, abbreviated)
        return (*inlines[:-1], replace(last, children=inside)) if inside else inlines[:-1]
    return inlines


# --- dates -----------------------------------------------------------------------------------------------------------


def _months(language: str) -> dict[str, int]:
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return {}
    found = {}
    for context in ("format", "stand-alone"):
        for number, name in locale.months[context]["wide"].items():
            found[str(name).lower()] = int(number)
    return found


def _date_pattern(language: str) -> re.Pattern[str]:
    months = "|".join(map(re.escape, sorted(_months(language), key=len, reverse=True))) or "(?!)"
    day_first = rf"{_DAY}\s+(?:\w{{2}}\s+)?({months})\s+(?:\w{{2,3}}\s+)?(\d{{4}})"
    month_first = rf"({months})\s+{_DAY},?\s+(\d{{4}})"
    return re.compile(rf"{day_first}|{month_first}|(\d{{1,2}})[./](\d{{1,2}})[./](\d{{4}})|(\d{{4}})-(\d\d)-(\d\d)")


def place_and_date(text: str, language: str) -> tuple[str, dt.date | None]:
    """The place, as far as capital letters before the date tell, and the date; "" and None where there is none."""
    match = _date_pattern(language).search(text.lower())
    if match is None:
        return "", None
    months = _months(language)
    groups = match.groups()
    parts: tuple[str | int, ...]
    if groups[1]:
        parts = (groups[2], months[groups[1]], groups[0])
    elif groups[3]:
        parts = (groups[5], months[groups[3]], groups[4])
    elif groups[6]:
        parts = (groups[8], groups[7], groups[6])
    else:
        parts = groups[9:12]
    try:
        date = dt.date(*map(int, parts))
    except (ValueError, TypeError):
        return "", None
    found = None if _OF_PAGE.match(text) else _PLACE.search(text[: match.start()])
    return (found[1].strip(" ,-") if found else ""), date
