"""The glossary out to other programs' formats and in again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from paraph.errors import BrokenError, FindingsError, UsageError
from paraph.glossary import csvfile, rows, tbx, tbx_read, xlsx
from paraph.glossary.concept_entry import ConceptEntry, Loss, Read, entry_of, languages_only, merged, missing
from paraph.library.written.concept_text import concept_lines
from paraph.library.written.edit import comments, replace
from paraph.library.written.reader import read as read_yaml
from paraph.model.concept import Concept
from paraph.model.finding import KeyPath, Source, errors
from paraph.model.names import ID
from paraph.workflow.files import write
from paraph.workflow.inventory import library_of

MOST_BYTES = 30_000_000
FORMATS = (".tbx", ".csv", ".xlsx")


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
    """Take the concepts of `file` into the glossary: new ones into glossary/<into>.yml, others where they are.

    Nothing is deleted, and what the format cannot say of a concept stays as it is. Nothing is written where anything is
    wrong (FindingsError), or with `dry_run`.
    """
    if not ID.fullmatch(into):
        raise UsageError(f"“{into}” cannot be the name of a file", "Use small letters, digits and hyphens.")
    library = library_of(root)
    found, held = _read(file, library.concepts)
    concepts = library.concepts
    wanted = tuple(_merge(concepts.get(one["id"]), one, held) for one in found.entries)
    _refuse_faults(wanted, found, file)
    changed = tuple(one for one in wanted if one["id"] in concepts and one != entry_of(concepts[one["id"]]))
    new = tuple(one for one in wanted if one["id"] not in concepts)
    texts = _edited(root, concepts, changed, new, f"glossary/{into}.yml")
    if not dry_run:
        for path, text in texts.items():
            write(root / path, text.encode("utf-8"))
    gone = {
        one["id"]: tuple(missing(entry_of(concepts[one["id"]]), one)) for one in found.entries if one["id"] in concepts
    }
    return Imported(
        new=tuple(one["id"] for one in new),
        changed=tuple(one["id"] for one in changed),
        same=tuple(one["id"] for one in wanted if one not in changed and one not in new),
        missing={concept: terms for concept, terms in gone.items() if terms},
        left=found.left,
        files=tuple(texts),
    )


def _read(file: Path, known: Mapping[str, Concept]) -> tuple[Read, Callable[[ConceptEntry], ConceptEntry]]:
    ending = file.suffix.lower()
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no file {file}", "Check its name.") from None
    if ending in (".tbx", ".xml", ".tbxm"):
        return tbx_read.read(data, str(file), known), tbx.held
    if ending in (".csv", ".tsv", ".txt"):
        return csvfile.read(data, str(file)), rows.held
    if ending == ".xlsx":
        return xlsx.read(data, str(file)), rows.held
    raise UsageError(f"“{file.name}” names no format", f"Endings: {', '.join(FORMATS)}.")


def _merge(there: Concept | None, came: ConceptEntry, held: Callable[[ConceptEntry], ConceptEntry]) -> ConceptEntry:
    return merged(entry_of(there), came, held) if there is not None else came


def _refuse_faults(wanted: Sequence[ConceptEntry], found: Read, file: Path) -> None:
    """What would be wrong with the glossary is said of the file that it comes from."""
    from paraph.library.files.concepts import concepts
    from paraph.library.shapes.glossary_schema import GlossaryShape
    from paraph.library.shapes.validate import validate

    source = Source(file=str(file), marks=found.marks)
    shape, findings = validate(GlossaryShape, {"concepts": list(wanted)}, source)
    faults = [*found.findings, *findings]
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


def _edited(
    root: Path, there: Mapping[str, Concept], changed: Sequence[ConceptEntry], new: Sequence[ConceptEntry], target: str
) -> Mapping[str, str]:
    """The files as they will be, by path; each is read again, and says what was wanted."""
    texts: dict[str, str] = {}
    wanted: dict[str, list[tuple[KeyPath, ConceptEntry]]] = {}

    def text(path: str) -> str:
        if path not in texts:
            texts[path] = (root / path).read_bytes().decode("utf-8")
        return texts[path]

    for one in sorted(changed, key=lambda one: there[one["id"]].place, reverse=True):
        concept = there[one["id"]]
        path, place = concept.source.file, concept.place
        kept = "".join(f"{line}\n" for line in comments(text(path), place))
        texts[path] = replace(text(path), place, kept + concept_lines(one))
        wanted.setdefault(path, []).append((place, one))
    if new and not (root / target).is_file():
        blocks = (indent(concept_lines(one), "  ", bool) for one in new)
        texts[target] = "concepts:\n" + "".join(f"\n{block}\n" for block in blocks)
        wanted[target] = [(("concepts", place), one) for place, one in enumerate(new)]
        new = ()
    for one in new:
        data = read_yaml(target, text(target).encode("utf-8"))[0] or {}
        place = ("concepts", len(data.get("concepts") or []))
        texts[target] = replace(text(target), place, concept_lines(one))
        wanted.setdefault(target, []).append((place, one))
    for path, made in texts.items():
        _verify(path, made, wanted[path])
    return texts


def _verify(path: str, text: str, wanted: Sequence[tuple[KeyPath, ConceptEntry]]) -> None:
    from paraph.library.files.concepts import concepts
    from paraph.library.shapes.glossary_schema import GlossaryShape
    from paraph.library.shapes.validate import validate

    data, source, findings = read_yaml(path, text.encode("utf-8"))
    shape, more = validate(GlossaryShape, data or {}, source)
    made = concepts(shape, source)[0] if shape is not None else ()
    if errors((*findings, *more)) or any(entry_of(made[int(place[1])]) != one for place, one in wanted):
        raise BrokenError(f"{path} would not say what was imported; nothing is written", "Please report this.")
