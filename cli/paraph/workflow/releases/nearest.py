"""Which file that was released another one comes nearest to: by the reference that it names, then by its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from paraph.errors import BrokenError
from paraph.proof.child import defaced_pages, look_alike, read, shown_by
from paraph.proof.compare import Comparison, Outcome, compare, likeness, outlines_differ, scattered
from paraph.proof.page_changes import Shown
from paraph.proof.plain_text import all_there, is_plain
from paraph.proof.reading import Reading, letters
from paraph.proof.reset_pages import RIGHT_TO_LEFT
from paraph.workflow.releases.known_releases import Known

LIKE = 0.25
"""Below this likeness a file is no edition of what was released; one page of four gone is far above."""

READ = ("docx", "pdf", "html")
"""Formats that are compared first: every release that has words has one of them."""

_TEXTS = (*(f".{one}" for one in READ), ".odt")
"""How the files end that programs save as plain text, or from which it is copied."""

_PRINTED = ("html", "docx", "odt")
"""Formats from which programs make a PDF."""

_PANELS = ("DOCX", "ODT")
"""Formats in which the panels of a leaflet stand in an order of their own."""

_NEAR = 0.9
"""Of the best likeness: in large print there are more numbers of pages."""

_MOST_EDITIONS = 4
_MANY = 20
"""Differences: of more it is not told which edition was meant."""

_MOST_CANDIDATES = 3
_MOST_TITLED = 12
"""The same of those that have only a title in common: the poster, the card and the leaflet may."""


class Near(NamedTuple):
    """A file that was released, by its release and its name, and what it says; `worded`: as that format has it."""

    known: Known
    name: str
    reading: Reading
    worded: str = ""


class Nearest:
    """Finds it among the releases that are known; each of their files is read once."""

    def __init__(self, known: Sequence[Known]) -> None:
        self._known = known
        self._readings: dict[str, Reading | None] = {}

    def candidates(self, found: Reading) -> list[Known]:
        """The releases that a file may be an edition of: those that it names, then those whose words it has."""
        said = "\n".join((found.text, *found.margins, *found.metadata.values()))
        named = sorted((one for one in self._known if one.reference in said), key=lambda one: -len(one.reference))
        if named:
            return named[:_MOST_CANDIDATES]
        here = letters("\n".join((found.text, *found.metadata.values())))
        near = [(max(_languages(release, here).values(), default=LIKE), release) for release in self._known]
        near = sorted((one for one in near if one[0] >= LIKE), key=lambda one: -one[0])
        return [release for how, release in near if how > LIKE][:_MOST_CANDIDATES] or [one for _, one in near][
            :_MOST_TITLED
        ]

    def held(self, found: Reading, candidates: Sequence[Known]) -> tuple[Near, Comparison] | None:
        """The file released that a file is nearest to, and how it compares with that, or with another format of the
        same edition: of those that are about as near, the first that it is, else that of which the fewest differences
        are told. In large print, for the press, or for one member, nearly the same words stand on other pages."""
        told: list[tuple[Near, Comparison]] = []
        for near in self._files(found, candidates):
            compared = compare(near.reading, found, self.aside(near))
            if compared.outcome is Outcome.OTHER:
                near, compared = self._elsewhere(near, found) or (near, compared)
            if compared.outcome is not Outcome.OTHER:
                return near, compared
            told.append((near, compared))

        def differs(one: tuple[Near, Comparison]) -> tuple[bool, int, bool, int]:
            pages = one[0].reading.pages
            return (
                one[0].reading.letters != found.letters,
                min(len(one[1].changes), _MANY),
                len(pages) != len(found.pages),
                -_set_alike(one[0].reading, found),
            )

        return min(told, key=differs, default=None)

    def _files(self, found: Reading, candidates: Sequence[Known]) -> list[Near]:
        """The files released that are about as near to a file by its words, of each edition that in its own format
        where there is one: two languages side by side are released in fewer formats than one. Those of which it has the
        very pages, if any; the nearest text first, and of one text that which is not set otherwise, as in large
        print."""
        ending, how = f".{found.format}", dict[tuple[str, str], float]()
        near: list[tuple[float, Near, tuple[str, str]]] = []
        for one in candidates:
            own = {name.removesuffix(ending) for name in one.files if name.endswith(ending)}
            for name in _likely(one, found):
                stem, _, format_ = name.rpartition(".")
                text = one.reference, _text(one, name)
                if not name.endswith(ending) and (stem in own or format_ not in READ or stem != text[1]):
                    continue
                released = self._reading(one, name)
                if released and (its := _alike(released, found)) >= LIKE:
                    how[text] = max(how.get(text, 0.0), its)
                    near.append((its, Near(one, name, released), text))
        least = max(how.values(), default=0.0) * _NEAR
        pages = {*found.looks, *found.drawn}
        kept = [(_kept(one.reading, pages), one, text) for its, one, text in near if its >= least]
        most = max((count for count, _, _ in kept), default=0)
        best = sorted(
            ((-how[text], len(one.name), one) for count, one, text in kept if count == most), key=lambda one: one[:2]
        )
        return [one for _, _, one in best[:_MOST_EDITIONS]]

    def _elsewhere(self, near: Near, found: Reading) -> tuple[Near, Comparison] | None:
        """The same edition as another format has it, where a file has its very words, or more of them: it was made from
        that. One that does not say how lists are numbered, or where notes are called, vouches for no file in which that
        is otherwise."""
        one, stem = near.known, near.name.rpartition(".")[0]
        if found.format == "pdf":
            return self._print_of(near, found)
        best = likeness(near.reading.letters, found.letters)
        reset, kept = outlines_differ(near.reading, found), None
        for other in (f"{stem}.{format_}" for format_ in (*READ, "odt", "md")):
            released = self._reading(one, other) if other in one.files and other != near.name else None
            if released is None or (reset and not released.outline):
                continue
            there, compared = Near(one, other, released), compare(released, found, released)
            how = likeness(released.letters, found.letters)
            if compared.outcome is not Outcome.OTHER:
                return there, compared
            if how > best:
                best, kept = how, (there, compared)
        return kept

    def _print_of(self, near: Near, found: Reading) -> tuple[Near, Comparison] | None:
        """The PDF of an edition as another format words it, where a file is a print of that: a poster has less room
        than its page of HTML, a leaflet in Word has other pages, and HTML alone tells two languages side by side apart.
        """
        aside, seen = self.aside(near), replace(found, pages=found.seen)
        for worded in self._worded(near) if near.reading.format == "pdf" else ():
            # What is drawn last may stand first, as the address of a letter in a frame of Word.
            for one in (found, seen) if found.seen else (found,):
                compared = compare(worded.reading, one, aside)
                if compared.outcome is not Outcome.OTHER:
                    return worded, compared
        return None

    def scattered(self, near: Near, found: Reading) -> bool:
        """Whether a print of two languages side by side has all words of either in an order that nobody can tell: in
        columns, footnotes and the numbers of lists are the setter’s."""
        if found.format != "pdf" or near.reading.format != "pdf" or found.maker == near.reading.maker:
            return False
        worded, aside = [*self._worded(near)], self.aside(near)
        sure = not (aside and aside.notes) and near.worded not in _PANELS and not RIGHT_TO_LEFT.search(found.text)
        return (
            not sure
            and any(one.reading.columns for one in worded)
            and any(scattered(one.reading, found, aside) for one in worded)
        )

    def as_text(self, found: Reading, candidates: Sequence[Known]) -> Near | None:
        """The file released whose words a plain text has, and no others, in an order that nobody can tell."""
        for one in candidates if is_plain(found) else ():
            for name in sorted((name for name in _likely(one, found) if name.endswith(_TEXTS)), key=len):
                released = self._reading(one, name)
                if released and all_there(released, found):
                    return Near(one, name, released)
        return None

    def _worded(self, near: Near) -> Iterator[Near]:
        """A PDF by its own words, and by those of each format from which programs print one."""
        yield near
        stem, files = _text(near.known, near.name), near.known.files
        for format_ in _PRINTED:
            one = self._reading(near.known, f"{stem}.{format_}") if f"{stem}.{format_}" in files else None
            if one is not None and (format_ == "html" or one.outline):
                pages = one.pages if format_ == "html" else (one.outline,)
                worded = replace(near.reading, pages=pages, columns=one.columns, seen=())
                yield Near(near.known, near.name, worded, format_.upper())

    def aside(self, near: Near) -> Reading | None:
        """The same edition in a format that keeps footnotes apart: a PDF does not, and programs print them
        elsewhere."""
        stem, format_ = _text(near.known, near.name), near.reading.format
        others = [name for name in (f"{stem}.{one}" for one in _PRINTED) if name in near.known.files]
        kept = [one for name in others if (one := self._reading(near.known, name))] if format_ == "pdf" else []
        if not kept or kept[0].format == "odt":
            return None
        around = tuple(line for other in kept for line in other.margins)
        said = [letters("".join((other.text, *other.margins))) for other in kept]
        lacked = (one for one in (*around, *kept[0].beside) if not all(letters(one) in text for text in said))
        partly = tuple(line for other in kept for line in other.partly)
        return replace(kept[0], margins=around, partly=partly, lacked=tuple(lacked))

    def out_of_order(self, near: Near, found: Reading) -> tuple[str, ...]:
        """What a PDF says otherwise than the one released, as its words stand on its pages; nothing where those of the
        one released do not stand in the order of the file either."""
        if near.reading.format != "pdf" or near.reading.seen or not found.seen or RIGHT_TO_LEFT.search(found.text):
            return ()
        compared = compare(near.reading, replace(found, pages=found.seen), self.aside(near))
        if compared.outcome is not Outcome.OTHER:
            return ()
        return tuple(f"as its words stand on its pages: {one}" for one in compared.changes)

    def stranger(self, near: Near, found: Reading) -> str:
        """The reference that a file gives itself wherever the one released gives its own, where no release that is
        known has it: "" else. It may be one that came later, and it may be altered in that, too."""
        own, known = near.known.reference, {one.reference for one in self._known}
        # The words around a reference, as a pattern of the line: a PDF has them on one line, or on two.
        shapes = {
            re.sub(r"\d+", r"\\d+", re.escape(line)).replace(re.sub(r"\d+", r"\\d+", re.escape(own)), r"(\S*\d\S*)")
            for line in _lines(near.reading)
            if own in line
        }
        said = {one for line in _lines(found) for shape in shapes for one in _named(shape, line)}
        if own in said | {*found.metadata.values()} or len(said) != 1:
            return ""
        return next(iter(said - known), "")

    def _reading(self, one: Known, name: str) -> Reading | None:
        digest = one.files[name]
        if digest not in self._readings:
            data = one.file(name)
            self._readings[digest] = read(data) if data else None
        return self._readings[digest]


def _languages(release: Known, here: str) -> dict[str, float]:
    """How like letters are to a release in each of its languages: by the words that the members approved; of a courtesy
    translation, which is none of them, by its title."""
    how = {language: likeness(letters("".join(said)), here) for language, said in release.lines().items()}
    statement = release.statement()
    for one in statement.record.languages if statement and how else ():
        how[one.code] = max(how.get(one.code, 0.0), LIKE if letters(one.title) in here else 0.0)
    return how


def _alike(released: Reading, found: Reading) -> float:
    """How like two files are: of two PDFs also by what stands in each half of their pages, since two languages side by
    side are read row by row, or one after the other."""
    halves = ([*chain.from_iterable(chain.from_iterable(one.halves))] for one in (released, found))
    was, is_ = (letters("".join(lines)) for lines in halves)
    how = likeness(released.letters, found.letters)
    return max(how, likeness(was, is_)) if was and is_ else how


def _text(one: Known, name: str) -> str:
    """The name of a text without a format: a PDF in large print has the words of “X.html”, and there is none of its
    own."""
    stem = name.rpartition(".")[0]
    while "." in stem and not any(f"{stem}.{format_}" in one.files for format_ in _PRINTED):
        stem = stem.rpartition(".")[0]
    return stem if "." in stem else name.rpartition(".")[0]


def _kept(released: Reading, pages: set[str]) -> int:
    """How many of its pages are drawn as one of these, or look like it."""
    return max(sum(one in pages for one in said) for said in (released.looks, released.drawn))


def _set_alike(released: Reading, found: Reading) -> int:
    """How often both have the very same signs set as one: in large print, lines end elsewhere."""
    was, is_ = (sum(map(Counter, one.paints), Counter[str]()) for one in (released, found))
    return (was & is_).total()


def _likely(one: Known, found: Reading) -> list[str]:
    """The files of a release of which a file may be the nearest, so that not each of a hundred is read: by the words
    that it has of each language, and the members that it names among those with an edition of their own."""
    record, here = one.statement(), found.letters
    if one.notice or record is None:
        return [*one.files]
    how = _languages(one, here)
    best = max(how.values(), default=0.0)
    strange = {language for language, its in how.items() if best >= LIKE and its < best * LIKE}
    names = {who.id: {*map(letters, who.names.values())} for who in record.record.institutions}
    members = {file.member for file in record.files if file.member}
    named = {member for member in members if any(name in here for name in names.get(member, ()))}
    left = {
        file.name
        for file in record.files
        if (file.languages and strange.issuperset(file.languages)) or (named and file.member in members - named)
    }
    return [name for name in one.files if name not in left]


def _lines(one: Reading) -> tuple[str, ...]:
    return tuple(" ".join(line.split()) for line in (*one.text.split("\n"), *one.margins))


def _named(shape: str, line: str) -> tuple[str, ...]:
    found = re.fullmatch(shape, line)
    return tuple(dict.fromkeys(found.groups())) if found else ()


def shown_alike(near: Near, data: bytes, found: Reading) -> bool:
    """Whether a PDF packed again by another program shows the very pages released, whatever its letters say."""
    released = near.reading
    if found.format != "pdf" or len(found.pages) != len(released.pages):
        return False
    original = near.known.file(near.name)
    try:
        return original is not None and released.maker != found.maker and look_alike(original, data)
    except BrokenError:
        return False


def painted_on(near: Near, data: bytes, found: Reading) -> tuple[int, ...]:
    """The pages of a PDF with the words released on which more is seen than was, or less, by their numbers.

    Raises BrokenError where they cannot be looked at.
    """
    original = near.known.file(near.name)
    if found.format != "pdf" or near.reading.format != "pdf" or original is None:
        return ()
    if found.looks == near.reading.looks:
        return ()
    return tuple(defaced_pages(original, data))


def shown_on(near: Near, data: bytes, found: Reading) -> Shown:
    """What a PDF with the words released shows otherwise than it says, or more. Raises as `painted_on`."""
    if found.format != "pdf" or found.looks == near.reading.looks:
        return Shown()
    original = near.known.file(near.name) if near.reading.format == "pdf" else None
    return shown_by(original or b"", data)
