"""templates/<form>/recipients.yml: what columns are called, and how offices are spoken to in each language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.library.known_names import Known, unknown
from paraph.library.written.alike import alike
from paraph.library.written.reading import Reading
from paraph.markup import canonical
from paraph.model.addressing import ANY, COLUMNS, Addressing, Spoken, Words, opening
from paraph.model.finding import Finding, KeyPath, Source
from paraph.model.workspace import Workspace

if TYPE_CHECKING:
    from paraph.library.shapes.schema import RecipientsShape

FILE = "recipients.yml"
_GENDERS = ("f", "m", ANY)


def addressing(root: Path, form: str, workspace: Workspace) -> tuple[Addressing | None, tuple[Finding, ...]]:
    """How letters of `form` address their recipients, and what is wrong with the file that says it."""
    reading = Reading(root=root)
    made = read_addressing(reading, f"templates/{form}/{FILE}", Known(workspace=workspace))
    return made, tuple(sorted({*reading.findings}))


def read_addressing(reading: Reading, path: str, known: Known) -> Addressing | None:
    """What the file holds, with findings; None where it cannot be read."""
    from paraph.library.shapes.schema import RecipientsShape

    shape, _, source = reading.file(path, RecipientsShape)
    if shape is None:
        return None
    reading.add(_findings(shape, known, source))
    spoken = {
        (office, language, gender): Spoken(canonical(said[0]), canonical(said[-1]))
        for office, one in shape.offices.items()
        for language, by_gender in one.spoken.items()
        for gender, said in by_gender.items()
        if said
    }
    return Addressing(
        columns=_by_word(shape.columns),
        genders=_by_word(shape.genders),
        offices=_by_word({key: [*one.words, *one.feminine] for key, one in shape.offices.items()}),
        spoken=spoken,
        openings=_openings(shape.openings, spoken),
        default=shape.default,
        feminine=frozenset(alike(word) for one in shape.offices.values() for word in one.feminine),
        unclear={canonical(word).casefold(): _words(beside) for word, beside in shape.unclear.items()},
        languages=_by_word(shape.languages),
        parts=frozenset(map(alike, shape.parts)),
        nothing=frozenset(word.rstrip(" .…") for word in _words(shape.nothing)),
    )


def _by_word(words: Mapping[str, Sequence[str]]) -> Words:
    return Words({canonical(word).casefold(): key for key, some in words.items() for word in (key, *some)}, alike)


def _words(words: Iterable[str]) -> frozenset[str]:
    return frozenset(canonical(word).casefold() for word in words)


def _openings(
    named: Mapping[str, Sequence[str]], spoken: Mapping[tuple[str, str, str], Spoken]
) -> dict[str, frozenset[str]]:
    """The languages that speak to a reader with words that begin so: those `named`, and each first word of how an
    office is spoken to."""
    found: dict[str, set[str]] = {}
    for language, words in named.items():
        for word in words:
            found.setdefault(opening(canonical(word)), set()).add(language)
    for (_, language, _), said in spoken.items():
        for text in (said.salutation, said.vocative):
            found.setdefault(opening(text).partition(" ")[0], set()).add(language.partition("-")[0])
    return {word: frozenset(languages) for word, languages in found.items()}


def _findings(shape: RecipientsShape, known: Known, source: Source) -> Iterator[Finding]:
    for column in shape.columns:
        where = f"The columns are {', '.join(COLUMNS)}."
        yield from unknown(source, "column", column, COLUMNS, ("columns", column), where)
    for gender in shape.genders:
        where = "Genders are f and m; any is for who is not known."
        yield from unknown(source, "gender", gender, _GENDERS, ("genders", gender), where)
    where = "Offices are under offices: in this file."
    yield from unknown(source, "office", shape.default, shape.offices, ("default",), where)
    for office, one in shape.offices.items():
        at: KeyPath = ("offices", office, "spoken")
        # a language that is left out is asked for in the table: of many offices no usage is certain there
        yield from known.languages(source, {code: (*at, code) for code in one.spoken})
        for language, by_gender in one.spoken.items():
            for gender, said in by_gender.items():
                here = (*at, language, gender)
                where = "Write f, m or any."
                yield from unknown(source, "gender", gender, _GENDERS, here, where)
                if len(said) not in (1, 2):
                    message = f"{office} has {len(said)} texts in {language}"
                    advice = "Write the salutation, and where it is another one how the closing speaks to the reader."
                    yield source.finding("wrong-shape", message, advice, at=here)
