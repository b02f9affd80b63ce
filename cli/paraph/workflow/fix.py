"""Mending what is purely typographic, in drafts that have never been put to the members.

A clause or document of which the register has any version is left alone, whatever became of it: what was circulated is
changed by people, who see the difference. A courtesy translation that was pinned to the text as it stood is pinned to
the text as mended, since not a word of what it translates has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from paraph.checks.scan import Scan
from paraph.checks.texts import Passage
from paraph.checks.typography import edits, mended
from paraph.errors import NoRegisterError, UsageError
from paraph.library.files.manifests import own_digest
from paraph.library.written.edit import reworded, says_only
from paraph.library.written.reader import read
from paraph.markup import canonical, digest
from paraph.model.clause import Clause
from paraph.model.event import SubjectKind
from paraph.model.finding import KeyPath
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.own_texts import every_text
from paraph.workflow.desk import asked_for
from paraph.workflow.files import write
from paraph.workflow.record.ledger import opened


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of a text before and after, and where it stands."""

    file: str
    line: int
    language: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fixed:
    """What was mended, which translations were pinned anew (file, language), and files left alone, being on record.

    `unregistered`: there is no register, so that every text counted as a draft.
    """

    lines: tuple[Line, ...]
    pinned: tuple[tuple[str, str], ...]
    left: tuple[str, ...]
    unregistered: bool


@dataclass(slots=True)
class _Work:
    """What is to be done to one file: new texts by their place."""

    key: str
    texts: dict[KeyPath, tuple[Passage, str]] = field(default_factory=dict)
    digests: dict[KeyPath, str] = field(default_factory=dict)


def fix(root: Path, paths: tuple[str, ...] = ()) -> Fixed:
    """Mend the texts of the workspace, or of the files and folders `paths`, as the user typed them.

    Everything is made ready, and read back, before the first file is written. Raises UsageError where a file changes
    meanwhile, and RegisterError where there is a register that cannot be read.
    """
    from paraph.library.load import load

    asked = asked_for(root, paths)
    library, _ = load(root)
    if library is None:
        return Fixed(lines=(), pinned=(), left=(), unregistered=False)
    work = {file: one for file, one in _work(library).items() if asked(file)}
    known, unregistered = _on_record(root, library, {one.key for one in work.values()})
    wanted = {file: one for file, one in work.items() if one.key not in known}
    made = {file: _made(root, file, one) for file, one in wanted.items()}
    for file, data in made.items():
        write(root / file, data)
    return Fixed(
        lines=tuple(line for file, one in wanted.items() for line in _lines(file, one)),
        pinned=tuple((file, str(at[1])) for file, one in wanted.items() for at in one.digests),
        left=tuple(file for file in work if file not in wanted),
        unregistered=unregistered and bool(made),
    )


def _work(library: Library) -> Mapping[str, _Work]:
    """File → what is to be mended in it."""
    scan, work = Scan(library), dict[str, _Work]()
    groups = [(SubjectKind.CLAUSE, scan.clauses), (SubjectKind.DOCUMENT, scan.manifests)]
    for kind, texts in groups:
        for id_, passages in texts.items():
            for passage in passages:
                found = edits(passage.raw, passage.language, library.rules.get(passage.language))
                if found:
                    one = work.setdefault(passage.source.file, _Work(f"{kind}/{id_}"))
                    one.texts[passage.at] = (passage, mended(passage.raw, found))
    for clause in library.clauses.values():
        if clause.source.file in work:
            work[clause.source.file].digests.update(_pins(clause, work[clause.source.file]))
    for manifest in library.manifests.values():
        if manifest.source.file in work:
            work[manifest.source.file].digests.update(_own_pins(manifest, work[manifest.source.file]))
    return work


def _pins(clause: Clause, work: _Work) -> Iterator[tuple[KeyPath, str]]:
    """The digests of translations that were pinned to a text that is mended."""
    for language, translation in clause.translations.items():
        source = clause.texts.get(translation.source)
        new = work.texts.get(("text", translation.source))
        if source and new and translation.digest == digest(source.text):
            yield ("translations", language, "digest"), digest(new[1])


def _own_pins(manifest: Manifest, work: _Work) -> Iterator[tuple[KeyPath, str]]:
    """The digests of translations of a document's own texts, which are pinned to all of these together."""
    for language, pin in manifest.translations.items():
        words = {
            one.id: work.texts[at][1] if (at := (*one.at, pin.source)) in work.texts else one.texts[pin.source]
            for one in every_text(manifest, None)
            if pin.source in one.texts
        }
        if not pin.stale and (new := own_digest(words)) != pin.digest:
            yield ("translations", language, "digest"), new


def _on_record(root: Path, library: Library, keys: Collection[str]) -> tuple[frozenset[str], bool]:
    """Those of `keys` of which the register knows anything; and whether there is no register."""
    if not keys:
        return frozenset(), False
    with suppress(NoRegisterError), opened(root, library) as register, register.reading() as reader:
        return frozenset(key for event in reader.events(about=sorted(keys)) for key in event.fact.about()), False
    return frozenset(), True


def _made(root: Path, file: str, work: _Work) -> bytes:
    """The file as it is to be, read back: only these texts are new. Raises UsageError where it changed meanwhile."""
    data = (root / file).read_bytes()
    text = data.decode("utf-8")
    before = read(file, data)[0]
    for at, (passage, _) in work.texts.items():
        if canonical(str(_value(before, at))) != canonical(passage.raw):
            raise UsageError(f"{file} changed while it was read", "Run the command again.")
    made, new = text, {at: words for at, (_, words) in work.texts.items()} | work.digests
    for at, words in new.items():
        made = reworded(made, at, words)
    if not says_only(file, text, made, new):
        raise UsageError(f"{file} is written in a way that cannot be mended safely", "Mend it by hand.")
    return made.encode("utf-8")


def _value(values: Any, path: KeyPath) -> Any:
    for step in path:
        try:
            values = values[step]
        except (KeyError, IndexError, TypeError):
            return None
    return values


def _lines(file: str, work: _Work) -> Iterator[Line]:
    for passage, new in work.texts.values():
        for number, (old, now) in enumerate(zip(passage.raw.split("\n"), new.split("\n"), strict=True)):
            if old != now:
                place = passage.source.place(passage.at, number)[0]
                yield Line(file=file, line=place, language=passage.language, before=old, after=now)
