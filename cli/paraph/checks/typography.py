"""Marks and spaces as each language sets them: apostrophes, quotation marks, no-break spaces, Arabic punctuation.

How a language writes is said in templates/strings.yml under rules:. A slip is an `Edit`, so that what is found and what
`paraph check --fix` mends are one and the same. Links, values, words in another language and footnote labels are left
alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from paraph.checks.languages import SCRIPTS, base, script
from paraph.checks.scan import Scan
from paraph.checks.texts import Passage
from paraph.model.finding import Finding
from paraph.model.writing import LanguageRules, Mark


@dataclass(frozen=True, slots=True)
class Edit:
    """What stands at [start, end) of a text as written, and what belongs there."""

    start: int
    end: int
    new: str
    rule: str


_WHAT = {
    "typography-apostrophe": "an apostrophe that is a straight mark",
    "typography-quotes": "quotation marks that this language does not use",
    "typography-space": "a space that is missing, too much, or lets the line break",
    "typography-marks": "a mark of another script",
}
_ASCII = {Mark.COMMA: ",", Mark.SEMICOLON: ";"}
_SPACES = " \u00a0\u202f\u2009"
_SPACE = f"[{_SPACES}]"
_VOWELS = "\u064b-\u065f\u0670"
"""Marks of Arabic on a letter: *يوماً* ends in one."""
_PROTECTED = re.compile(
    r"\{\{.*?\}\}|\[\^[^\]]*\]:?|https?://[^\s)]+|\]\([^)\s]*\)|(?<![\w.])[\w.]+@[\w.]+|^ {0,3}(?:>|[-*]|\d+\.) ",
    re.MULTILINE,
)
_FOREIGN = re.compile(r"\[([^\[\]]*)\]\{lang=([\w-]+)\}")


def slips(scan: Scan) -> Iterator[Finding]:
    """Typographic slips, each rule once a line."""
    for passage in scan.passages():
        found = edits(passage.raw, passage.language, scan.library.rules.get(passage.language))
        lines = ((passage.raw.count("\n", 0, edit.start), edit.rule, edit) for edit in found)
        for (line, rule), same in groupby(sorted(lines, key=lambda one: one[:2]), key=lambda one: one[:2]):
            edit = next(same)[2]
            message = f"{_WHAT[rule]}: “{_around(passage, edit)}”"
            new = edit.new.replace("\u00a0", "[no-break space]").replace("\u202f", "[narrow no-break space]")
            yield passage.finding(
                rule, message, f"Write {new or 'nothing'} there; “paraph check --fix” does.", line=line
            )


def unopened(scan: Scan) -> Iterator[Finding]:
    """Questions and exclamations that only end, in a language that marks where they begin."""
    for passage in scan.passages():
        rules = scan.library.rules.get(passage.language)
        for place, opening in _unopened(passage.raw, passage.language, rules) if rules else ():
            line = passage.raw.count("\n", 0, place)
            message = f"“{passage.raw[max(0, place - 24) : place + 1].strip()}” has no “{opening}” before it"
            yield passage.finding("mark-unopened", message, f"Write {opening} where that begins.", line=line)


def _unopened(text: str, language: str, rules: LanguageRules) -> Iterator[tuple[int, str]]:
    for sign, opening in rules.opens.items():
        if sign in text:
            masked = _masked(text, language)
            for start, end in _paragraphs(masked):
                open_ = 0
                for match in re.finditer(rf"{re.escape(opening)}|{re.escape(sign)}+", masked[start:end]):
                    if match[0] == opening:
                        open_ += 1
                    elif open_:
                        open_ -= 1
                    else:
                        yield start + match.start(), opening


def _around(passage: Passage, edit: Edit) -> str:
    text = passage.raw[max(0, edit.start - 12) : edit.end + 12]
    return text.replace("\n", " ").strip()


def edits(text: str, language: str, rules: LanguageRules | None) -> tuple[Edit, ...]:
    """What to mend in a text as written, left to right, none inside another."""
    if rules is None or not text:
        return ()
    masked = _masked(text, language)
    found = [*_apostrophes(masked, rules), *_quotes(masked, rules), *_marks(masked, rules, language)]
    found += [*_spaces(masked, rules), *_percents(masked, rules)]
    kept: list[Edit] = []
    for edit in sorted(found, key=lambda one: (one.start, -one.end)):
        if text[edit.start : edit.end] != edit.new and not (kept and edit.start < kept[-1].end):
            kept.append(edit)
    return tuple(kept)


def mended(text: str, found: tuple[Edit, ...]) -> str:
    """The text with all edits made."""
    for edit in reversed(found):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def _masked(text: str, language: str) -> str:
    """The text, as long as it is, with what is not to be touched as \\x00."""

    def foreign(match: re.Match[str]) -> str:
        return match[0] if base(match[2]) == base(language) else "\x00" * len(match[0])

    text = _FOREIGN.sub(foreign, text)
    return _PROTECTED.sub(lambda match: "\x00" * len(match[0]), text)


def _apostrophes(text: str, rules: LanguageRules) -> Iterator[Edit]:
    if rules.apostrophe and "'" in text:
        for match in re.finditer(r"(?<=[^\W\d_])'(?=[^\W\d_\x00]|\*)", text):
            yield Edit(match.start(), match.end(), rules.apostrophe, "typography-apostrophe")


# --- quotation marks -------------------------------------------------------------------------------------------------

_PAIRS = {"“": "”", "«": "»", "„": "“"}
_SIGNS = (*_PAIRS, '"')
_SINGLE = re.compile(r"(?<![\w\x00])'(?!\s)(?:[^'\n\x00]|(?<=\w)'(?=\w))+(?<!\s)'(?!\w)")
"""Words between straight single marks; inside them a mark between letters is an apostrophe. Only where
guillemets are used: elsewhere an apostrophe may begin or end a word (Maltese *ta'*, English *the boys'*)."""
_SINGLE_WORD = re.compile(r"(?<![\w\x00’'])'[^\W\d_]{2,}'(?![\w\x00])")
"""One word between straight single marks, in any language: *'never'*."""


def _quotes(text: str, rules: LanguageRules) -> Iterator[Edit]:
    """Straight marks in pairs, pairs of another language, the spaces inside our own. A pair in a pair may differ."""
    if not rules.quotes:
        return
    if "'" in text and rules.quotes[0].startswith("«"):
        for match in _SINGLE.finditer(text):
            yield from _pair(match.start(), match.start() + 1, match.end() - 1, match.end(), *rules.quotes[:2])
    elif "'" in text:
        for start, end in _paragraphs(text):
            for match in _SINGLE_WORD.finditer(text, start, end):
                before = text[start : match.start()]
                inside = before.count('"') % 2 or before.count("“") > before.count("”")
                pair = rules.quotes[2:4] if inside and rules.quotes[2:4] else rules.quotes[:2]
                yield from _pair(match.start(), match.start() + 1, match.end() - 1, match.end(), *pair)
    if not any(sign in text for sign in _SIGNS):
        return
    opening, closing = rules.quotes[:2]
    accepted = {one.strip(" \u00a0\u202f") for one in rules.quotes[::2]}
    for start, end in _paragraphs(text):
        straight = [start + match.start() for match in re.finditer('"', text[start:end])]
        for left, right in zip(straight[::2], straight[1::2], strict=False):
            yield from _pair(left, left + 1, right, right + 1, opening, closing)
        depth, stack = 0, list[tuple[int, str]]()
        for position in range(start, end):
            sign = text[position]
            if stack and sign == _PAIRS[stack[-1][1]]:
                left, mark = stack.pop()
                if not stack:
                    yield from _outer(text, left, position, mark, mark in accepted, opening, closing)
            elif sign in _PAIRS:
                stack.append((position, sign))
                depth += 1


def _outer(text: str, left: int, right: int, mark: str, accepted: bool, opening: str, closing: str) -> Iterator[Edit]:
    ours = mark == opening.strip(" \u00a0\u202f")
    if accepted and not ours:
        return
    inner = re.compile(f"{_SPACE}*")
    after = inner.match(text, left + 1)
    before = len(text[:right].rstrip(" \u00a0\u202f\u2009"))
    if after and before > after.end():
        spaced = opening[1:]
        if ours and spaced and {text[left + 1 : after.end()], text[before:right]} <= {"\u00a0", "\u202f"}:
            return  # either no-break space will do
        yield from _pair(left, after.end(), before, right + 1, opening, closing)


def _pair(left: int, inside: int, end: int, right: int, opening: str, closing: str) -> Iterator[Edit]:
    yield Edit(left, inside, opening, "typography-quotes")
    yield Edit(end, right, closing, "typography-quotes")


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\n[ \t]*\n|\n(?=\s*(?:[-*]|\d+\.) )", text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


# --- punctuation -----------------------------------------------------------------------------------------------------


def _signs(rules: LanguageRules) -> Iterator[tuple[str, str]]:
    """Each mark of a language as ASCII has it, and as the language writes it, with the space before it."""
    for mark, sign in _ASCII.items():
        yield sign, rules.marks.get(mark, "")
    yield ":", rules.marks.get(Mark.COLON, "")
    yield "?", rules.question
    yield "!", rules.exclamation


def _marks(text: str, rules: LanguageRules, language: str) -> Iterator[Edit]:
    """A mark of ASCII after a letter of another script that has its own."""
    letters = SCRIPTS[script(language)].pattern
    for sign, written in _signs(rules):
        own = written.strip(" \u00a0\u202f")
        if own and own != sign:
            for match in re.finditer(rf"{letters}[{_VOWELS}]*{re.escape(sign)}", text):
                yield Edit(match.end() - 1, match.end(), own, "typography-marks")


def _spaces(text: str, rules: LanguageRules) -> Iterator[Edit]:
    """The space before a mark: none, or the one that the language puts there."""
    for _, written in _signs(rules):
        if not written:
            continue
        own = written.strip(" \u00a0\u202f")
        space = written[: len(written) - len(own)]
        if not own or own not in text:
            continue
        for match in re.finditer(rf"{re.escape(own)}(?=[\s\x00*»”)\]]|$)", text):
            start = match.start()
            while start and text[start - 1] in _SPACES:
                start -= 1
            stands = text[start : match.start()]
            if not start or text[start - 1].isspace() or text[start - 1] == "\x00":
                continue
            if own == ":" and not space and not stands:
                continue
            if stands == space or (space and stands in ("\u00a0", "\u202f")) or _ends_with(text, start, own):
                continue
            yield Edit(start, match.start(), space, "typography-space")


def _percents(text: str, rules: LanguageRules) -> Iterator[Edit]:
    """The space between a number and its per cent sign where it is missing; any space will do."""
    own = rules.percent.strip(_SPACES)
    space = rules.percent[: -len(own)]
    for match in re.finditer(rf"(?<=\d){re.escape(own)}", text) if space and own in text else ():
        yield Edit(match.start(), match.start(), space, "typography-space")


def _ends_with(text: str, position: int, sign: str) -> bool:
    """Whether a mark stands before this one: ?!, or …."""
    return sign in "?!" and text[position - 1 : position] in ("?", "!", "…", ".")
