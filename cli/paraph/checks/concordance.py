"""Two languages of one text: the same numbers, dates, references, symbols, links, emphasis and acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from paraph.checks.counting import counts_in_words
from paraph.checks.figures import Figures, figures, readable, written
from paraph.checks.languages import base, script
from paraph.checks.names import acronyms_in
from paraph.checks.pairs import pairs
from paraph.checks.scan import Scan
from paraph.checks.texts import Passage, RunKind
from paraph.model.finding import Finding
from paraph.model.text import Emphasis, Line, Link, Strong, Text, everything

_SAME = "Say the same in both, or say under waivers: why they differ."


def differing(scan: Scan) -> Iterator[Finding]:
    """Figures, links, emphasis and acronyms that one language has and the other has not."""
    for here, there in pairs(scan):
        known = readable(here.language) & readable(there.language)
        texts = _words(here), _words(there)
        one, other = figures(texts[0], here.language, known), figures(texts[1], there.language, known)
        for rule, what, left, right in _figures(one, other):
            if rule == "numbers-differ" and counts_in_words(here.language) and counts_in_words(there.language):
                left, right = left or _large(one, other, texts[1]), right or _large(other, one, texts[0])
            if left or right:
                message = f"{what} differ: {_side(here, left)}; {_side(there, right)}"
                yield there.finding(rule, message, _SAME)
        for check in (_links, _emphasis, _acronyms):
            yield from check(scan, here, there)


def _words(passage: Passage) -> str:
    """The words of a text, line by line: quotations too, words in another language not."""
    lines = (" ".join(run.text for run in part.runs if run.kind is not RunKind.FOREIGN) for part in passage.parts)
    return "\n".join(lines)


def _side(passage: Passage, found: list[str]) -> str:
    return f"{passage.language} has {', '.join(f'“{one}”' for one in found) or 'none'}"


def _figures(one: Figures, other: Figures) -> Iterator[tuple[str, str, list[str], list[str]]]:
    """For each kind of figure its rule, its name, what only the one side has, and what only the other."""
    left, right = [*written(one.dates - other.dates)], [*written(other.dates - one.dates)]
    for date in one.weekdays.keys() & other.weekdays.keys():
        (day, said), (other_day, other_said) = one.weekdays[date], other.weekdays[date]
        if day != other_day:
            left, right = [*left, f"{said} {date[2]}"], [*right, f"{other_said} {date[2]}"]
    yield "dates-differ", "dates", left, right
    left = [shown for symbol, shown in one.symbols.items() if symbol not in other.symbols]
    right = [shown for symbol, shown in other.symbols.items() if symbol not in one.symbols]
    yield "symbols-differ", "symbols of documents", left, right
    left = [f"{kind} {number}" for kind, number in sorted(one.references - other.references)]
    right = [f"{kind} {number}" for kind, number in sorted(other.references - one.references)]
    yield "references-differ", "references", left, right
    yield "numbers-differ", "numbers", *_numbers(one, other)


_LARGE = 20
"""From here on a number in words says how many, and the other language says so too, in words or in digits."""
_OTHERWISE = frozenset({"24", "100"})
"""Said without a number: vingt-quatre heures sur vingt-quatre, pour cent."""


def _numbers(one: Figures, other: Figures) -> tuple[list[str], list[str]]:
    """Digits that are on one side only; numbers in words too, where both sides have some that the other has not."""
    (left, left_words), (right, right_words) = _alone(one, other), _alone(other, one)
    if (left or left_words) and (right or right_words):
        return left + left_words, right + right_words
    return left, right


def _alone(here: Figures, there: Figures) -> tuple[list[str], list[str]]:
    """As they stand, the numbers of `here` that `there` has not: in digits, and in words."""
    said = _said(there)
    digits = [shown for number, shown in here.numbers.items() if number not in said and _decade(number) not in said]
    return digits, [shown for number, shown in here.words.items() if number not in said]


def _said(figures: Figures) -> set[str]:
    """All numbers of a text, in digits and in words; 90 where it has the 1990s."""
    return {*figures.numbers, *figures.words, *figures.loose, *map(_decade, figures.numbers)}


def _decade(number: str) -> str:
    """90 for 1990, which one language writes in digits and the other in words (los años noventa); else the number."""
    return number[2:] if re.fullmatch(r"(?:18|19)[2-9]0", number) else number


def _large(here: Figures, there: Figures, text: str) -> list[str]:
    """Large numbers in words that `there` has not, nor its `text` as they are, untranslated; an Arabic one with its
    article may be an ordinal (القرن العشرون)."""
    said = _said(there) | _OTHERWISE
    large = (shown for number, shown in here.words.items() if number not in said and int(number) >= _LARGE)
    return [one for one in large if one not in text.casefold() and not re.match("[وفبل]?ال|لل", one.split()[-1])]


# --- links -----------------------------------------------------------------------------------------------------------


def _links(scan: Scan, here: Passage, there: Passage) -> Iterator[Finding]:
    one, other = _hosts(scan, here), _hosts(scan, there)
    if one != other:
        message = f"links differ: {_side(here, one)}; {_side(there, other)}"
        yield there.finding("links-differ", message, "Give each language the link, to its own page where there is one.")


def _hosts(scan: Scan, passage: Passage) -> list[str]:
    """Where the links lead, in order of name; www and the name of a language in front do not count."""
    languages = {base(code) for code in scan.library.workspace.all_languages}
    found = []
    for line in passage.lines:
        for inline in everything(line.inlines):
            if isinstance(inline, Link):
                address = urlsplit(inline.href)
                host = address.hostname or address.path.rpartition("@")[2]
                first, _, rest = host.partition(".")
                found.append(rest if first == "www" or first in languages else host)
    return sorted(found)


# --- emphasis --------------------------------------------------------------------------------------------------------


def _emphasis(_: Scan, here: Passage, there: Passage) -> Iterator[Finding]:
    """Opening words that are set apart in one language only; and as many strong words in both."""
    if len(here.lines) != len(there.lines):
        return  # structure-differs says so
    for one, other in zip(here.lines, there.lines, strict=True):
        if opens_emphasised(one) != opens_emphasised(other):
            who, whom = (here, there) if opens_emphasised(one) else (there, here)
            message = f"the opening words are emphasised in {who.language}, not in {whom.language}"
            yield there.finding("emphasis-differs", message, "Put them between asterisks in both.", line=other.at)
            continue
        strong = [sum(isinstance(inline, Strong) for inline in everything(line.inlines)) for line in (one, other)]
        if strong[0] != strong[1]:
            message = f"{here.language} has {strong[0]} strong passages here, {there.language} {strong[1]}"
            yield there.finding("emphasis-differs", message, "Mark the same words with ** in both.", line=other.at)


def opens_emphasised(line: Line) -> bool:
    """Whether a line begins with emphasised words."""
    rest = (one for one in line.inlines if not (isinstance(one, Text) and not one.text.strip()))
    return isinstance(next(rest, None), Emphasis | Strong)


# --- acronyms --------------------------------------------------------------------------------------------------------


def _acronyms(scan: Scan, here: Passage, there: Passage) -> Iterator[Finding]:
    """Acronyms that the termbase does not know: as many on each side, and none that is a slip of the other’s.

    A language may have its own (NGO, ONG). Where its script has no capitals it writes names, not acronyms.
    """
    if script(here.language) != script(there.language):
        return
    one, other = _unknown(scan, here), _unknown(scan, there)
    left, right = sorted(one - other), sorted(other - one)
    slips = [(a, b) for a in left for b in right if _slip(a, b)]
    if len(left) != len(right) or slips:
        message = f"acronyms differ: {_side(here, left)}; {_side(there, right)}"
        yield there.finding("acronyms-differ", message, "Write it in both, or add it to the glossary.")


def _unknown(scan: Scan, passage: Passage) -> set[str]:
    named = {word for one in scan.named(passage) for word in re.findall(r"\w+", one.words)}
    found = {acronym for part in passage.parts for acronym in acronyms_in(part.own)}
    rules = scan.library.rules.get(passage.language)
    everyday = {*rules.everyday_acronyms} if rules else set()
    return found - named - {word.removesuffix("s") for word in named} - everyday


def _slip(one: str, other: str) -> bool:
    """One letter that differs, and not the same letters in another order (NGO and ONG)."""
    if len(one) != len(other) or len(one) < 3 or sorted(one) == sorted(other):
        return False
    return sum(a != b for a, b in zip(one, other, strict=True)) == 1
