"""The glossary out to other programs' formats and in again."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from paraph.errors import BrokenError, FindingsError, UsageError
from paraph.glossary import csvfile, rows, tbx, tbx_read, xlsx
from paraph.glossary.concept_entry import ConceptEntry, Loss, Read, entry_of, languages_only, merged, missing, places
from paraph.library.written.concept_text import concept_lines
from paraph.library.written.edit import replace, replaced
from paraph.library.written.reader import read as read_yaml
from paraph.library.written.reading import MAX_BYTES
from paraph.library.written.unlikely import misread, says_nothing
from paraph.markup import character_problems
from paraph.model.concept import Concept
from paraph.model.finding import Finding, KeyPath, Source, errors
from paraph.model.names import ID
from paraph.workflow.files import read_file, write
from paraph.workflow.inventory import library_of

MOST_BYTES = 30_000_000
FORMATS = (".tbx", ".csv", ".xlsx")
_LOST = re.compile(r"\w\?\w")
_TERM = 5
"""Steps of the key path of a term: concepts, place, terms, language, place."""
_INDENT = 5
"""Bytes that a line may take more in its file: indentation and line end."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Exported:
    """How many concepts were written, and what the format could not hold: in words → the concepts."""

    count: int
    losses: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """What an import did, or would do: ids by what became of them.

    `missing` are terms of the workspace that the file no longer has (they stay), by concept; `left` what of the file
    was not taken over, counted; `files` the files written.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    same: tuple[str, ...]
    missing: Mapping[str, tuple[str, ...]]
    left: Mapping[str, int]
    files: tuple[str, ...]


def export(
    root: Path, target: Path, *, languages: Sequence[str] = (), style: str = "dca", force: bool = False
) -> Exported:
    """Write the glossary to `target`, in the format of its ending; only some languages where they are named.

    Raises UsageError for another ending, for a file that is there (unless `force`), where no concept is left.
    """
    ending = target.suffix.lower()
    if ending not in FORMATS:
        raise UsageError(f"“{target.name}” names no format", f"Endings: {', '.join(FORMATS)}.")
    if target.exists() and not force:
        raise UsageError(f"there is a file {target} already", "Name another, or add --force to replace it.")
    library = library_of(root)
    entries = [entry_of(concept) for concept in library.concepts.values()]
    if languages:
        entries = [one for one in (languages_only(one, languages) for one in entries) if one.get("terms")]
    if not any(one.get("terms") for one in entries):
        raise UsageError("no concept has a term in these languages", "“paraph list terms” shows what there is.")
    if ending == ".tbx":
        name = library.workspace.name
        first = library.workspace.authentic[0]
        data = tbx.write(entries, style=style, language=first, title=name.get(first, ""))
        losses: Iterable[Loss] = [loss for one in entries for loss in tbx.hold(one)[1]]
    elif ending == ".csv":
        data, losses = csvfile.write(entries), ()
    else:
        data, losses = xlsx.write(entries)
    write(target, data)
    return Exported(count=len(entries), losses=_grouped(losses))


def _grouped(losses: Iterable[Loss]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for loss in losses:
        found.setdefault(loss.what, {})[loss.concept] = None
    return {what: tuple(concepts) for what, concepts in sorted(found.items())}


def import_(root: Path, file: Path, *, into: str = "imported", dry_run: bool = False) -> Imported:
    """Take the concepts of `file` into the glossary: new ones into glossary/<into>.yml (and <into>-2.yml …, where they
    are more than a file may hold), others where they are.

    Nothing is deleted, and what the format cannot say of a concept stays as it is. Nothing is written where anything is
    wrong (FindingsError), or with `dry_run`.
    """
    if not ID.fullmatch(into):
        raise UsageError(f"“{into}” cannot be the name of a file", "Use small letters, digits and hyphens.")
    library = library_of(root)
    found, held = _read(file, library.concepts)
    concepts = library.concepts
    wanted = tuple(_merge(concepts.get(one["id"]), one, held) for one in found.entries)
    _refuse_faults(wanted, found, concepts, file)
    changed = tuple(one for one in wanted if one["id"] in concepts and one != entry_of(concepts[one["id"]]))
    new = tuple(one for one in wanted if one["id"] not in concepts)
    other = {one["id"] for one in (*changed, *new)}
    texts = _edited(root, concepts, changed, new, into)
    if not dry_run:
        for path, text in texts.items():
            write(root / path, text.encode("utf-8"))
    gone = {
        one["id"]: tuple(missing(entry_of(concepts[one["id"]]), one)) for one in found.entries if one["id"] in concepts
    }
    return Imported(
        new=tuple(one["id"] for one in new),
        changed=tuple(one["id"] for one in changed),
        same=tuple(one["id"] for one in wanted if one["id"] not in other),
        missing={concept: terms for concept, terms in gone.items() if terms},
        left=found.left,
        files=tuple(texts),
    )


def _read(file: Path, known: Mapping[str, Concept]) -> tuple[Read, Callable[[ConceptEntry], ConceptEntry]]:
    ending = file.suffix.lower()
    try:
        data = read_file(file, MOST_BYTES)
    except FileNotFoundError:
        raise UsageError(f"there is no file {file}", "Check its name.") from None
    if ending in (".tbx", ".xml", ".tbxm"):
        terms = {
            id_: {code: [term.term for term in own] for code, own in one.terms.items()} for id_, one in known.items()
        }
        return tbx_read.read(data, str(file), terms), tbx.held
    if ending in (".csv", ".tsv", ".txt"):
        return csvfile.read(data, str(file)), rows.held
    if ending == ".xlsx":
        return xlsx.read(data, str(file)), rows.held
    raise UsageError(f"“{file.name}” names no format", f"Endings: {', '.join(FORMATS)}.")


def _merge(there: Concept | None, came: ConceptEntry, held: Callable[[ConceptEntry], ConceptEntry]) -> ConceptEntry:
    return merged(entry_of(there), came, held) if there is not None else came


def _refuse_faults(wanted: Sequence[ConceptEntry], found: Read, there: Mapping[str, Concept], file: Path) -> None:
    """What would be wrong with the glossary is said of the file that it comes from."""
    from paraph.library.files.concepts import concepts
    from paraph.library.shapes.glossary_schema import GlossaryShape
    from paraph.library.shapes.validate import validate

    source = Source(file=str(file), marks=_marks(found, there))
    shape, findings = validate(GlossaryShape, {"concepts": list(wanted)}, source)
    faults = [*found.findings, *_unlikely(found, there, Source(file=str(file), marks=found.marks)), *findings]
    if not found.entries and not faults:
        faults.append(source.finding("exchange-file", "there is no concept in the file", "Export the glossary again."))
    if shape is not None:
        faults += concepts(shape, source)[1]
    seen: dict[str, int] = {}
    for position, one in enumerate(wanted):
        if seen.setdefault(one["id"], position) != position:
            at: KeyPath = ("concepts", position)
            faults.append(
                source.finding("duplicate-id", f"the concept “{one['id']}” is here twice", "Join them.", at=at)
            )
    if errors(faults):
        raise FindingsError(errors(faults))


def _marks(found: Read, there: Mapping[str, Concept]) -> Mapping[KeyPath, tuple[int, int]]:
    """The places of what came, by where it stands among the terms that are there already."""
    moved = [places(entry_of(there[one["id"]]), one) if one["id"] in there else {} for one in found.entries]

    def at(path: KeyPath) -> KeyPath:
        if len(path) < _TERM or path[2] != "terms":
            return path
        place = moved[int(path[1])].get((str(path[3]), int(path[4])), path[4])
        return (*path[: _TERM - 1], place, *path[_TERM:])

    return {at(path): mark for path, mark in found.marks.items()}


def _unlikely(found: Read, there: Mapping[str, Concept], source: Source) -> Iterator[Finding]:
    """In what is not there already: characters that no file may hold, letters that were lost or misread on the way."""
    for position, one in enumerate(found.entries):
        known = set(_strings(entry_of(there[one["id"]]))) if one["id"] in there else set()
        for path, text in _placed(one, ("concepts", position)):
            if text in known:
                continue
            for problem in character_problems(text):
                yield source.finding(problem.rule, problem.message, problem.advice, at=path)
            if meant := misread(text):
                message = f"“{text}” was read in a wrong encoding once: it seems to be “{meant}”"
                yield source.finding(
                    "exchange-cell", message, "Write it so, or export the file again as UTF-8.", at=path
                )
            elif "terms" in path and path[-1] != "reason" and (says_nothing(text) or _LOST.search(text)):
                message = f"“{text}” has lost letters"
                advice = "Write it again. Question marks are what a file keeps of letters that its encoding lacks."
                yield source.finding("exchange-cell", message, advice, at=path)


def _placed(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """The texts of an entry with their key paths."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _placed(one, (*path, key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _placed(one, (*path, place))


def _strings(entry: ConceptEntry) -> Iterator[str]:
    return (text for _, text in _placed(entry, ()))


def _edited(
    root: Path, there: Mapping[str, Concept], changed: Sequence[ConceptEntry], new: Sequence[ConceptEntry], into: str
) -> Mapping[str, str]:
    """The files as they will be, by path; each is read again, and says what was wanted."""
    texts: dict[str, str] = {}
    wanted: dict[str, list[tuple[KeyPath, ConceptEntry]]] = {}
    for one in changed:
        concept = there[one["id"]]
        wanted.setdefault(concept.source.file, []).append((concept.place, one))
    for path, some in wanted.items():
        text = _text(root, path)[0]
        try:
            texts[path] = replaced(text, {place: concept_lines(one) for place, one in some})
        except UsageError as error:
            raise UsageError(f"{path}: {error.message}", error.advice) from error
    for path, text, some in _added(root, new, into, texts):
        texts[path] = text
        wanted.setdefault(path, []).extend(some)
    for path, made in texts.items():
        if len(made.encode("utf-8")) > MAX_BYTES:
            message = f"{path} would be longer than the {MAX_BYTES:,} bytes that are allowed"
            raise UsageError(message, "Move some of its concepts to another file of glossary/, and import again.")
        _verify(path, made, wanted[path])
    return texts


def _text(root: Path, path: str) -> tuple[str, int]:
    """A file of the glossary and how many concepts it has. Raises FindingsError where it cannot be read as one."""
    raw = (root / path).read_bytes()
    data, _, findings = read_yaml(path, raw)
    if wrong := [one for one in errors(findings) if one.rule != "file-empty"]:
        raise FindingsError(wrong)
    return raw.decode("utf-8"), len((data or {}).get("concepts") or [])


def _added(
    root: Path, new: Sequence[ConceptEntry], into: str, texts: Mapping[str, str]
) -> Iterator[tuple[str, str, list[tuple[KeyPath, ConceptEntry]]]]:
    """The files of new concepts: path, text, and what stands in it where. What has no room goes to the next file."""
    left = [(one, concept_lines(one)) for one in new]
    number = 1
    while left:
        path = f"glossary/{into}{f'-{number}' if number > 1 else ''}.yml"
        number += 1
        is_there = (root / path).is_file()
        before, count = _text(root, path) if is_there else ("", 0)
        text = texts.get(path, before)
        room = MAX_BYTES - len(text.encode("utf-8")) - len("concepts:\n")
        taken = 0
        for _, lines in left:
            room -= len(lines.encode("utf-8")) + _INDENT * (lines.count("\n") + 2)
            if room < 0 and (taken or is_there):
                break
            taken += 1
        some, left = left[:taken], left[taken:]
        if not some:
            continue
        if is_there and count:
            made = replace(text, ("concepts", count), "\n".join(lines for _, lines in some))
        else:
            blocks = "".join(f"\n{indent(lines, '  ', bool)}\n" for _, lines in some)
            made = replace(text, ("concepts",), f"concepts:\n{blocks}")
        yield path, made, [(("concepts", count + place), one) for place, (one, _) in enumerate(some)]


def _verify(path: str, text: str, wanted: Sequence[tuple[KeyPath, ConceptEntry]]) -> None:
    from paraph.library.files.concepts import concepts
    from paraph.library.shapes.glossary_schema import GlossaryShape
    from paraph.library.shapes.validate import validate

    data, source, findings = read_yaml(path, text.encode("utf-8"))
    shape, more = validate(GlossaryShape, data or {}, source)
    made = concepts(shape, source)[0] if shape is not None else ()
    if errors((*findings, *more)) or any(entry_of(made[int(place[1])]) != one for place, one in wanted):
        raise BrokenError(f"{path} would not say what was imported; nothing is written", "Please report this.")
