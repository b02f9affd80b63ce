"""What stands around the words of a version and is in no version: what of it is not as it was put to the members (21).

A page prints more than a version has: its number and its notes are announced in fixed strings, a house has a name, a
logo and colours, members are named by the files of the day. None of that is approved letter by letter, and none may
turn what was. So a document is assembled twice, from the files of now and from those of then, which the register
keeps, each time with the decisions of now; and every difference between the two is named. What makes a file sees
nothing besides such a document and what its kit holds: templates, brand and logo, paper and sheet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from itertools import takewhile
from typing import TYPE_CHECKING

from paraph.assembly import Terms, assemble
from paraph.assembly.letterhead import brand_of
from paraph.library.files.addressing import FILE as RECIPIENTS
from paraph.model.document import Document, Printed, Record, printed, printed_block
from paraph.standing.gate import asked_in
from paraph.workflow.building.editions import wanted
from paraph.workflow.record.reassemble import Desk, as_recorded, recorded_at
from paraph.workflow.times import as_of

if TYPE_CHECKING:
    from paraph.model.event import DocumentVersion
    from paraph.model.workspace import Brand
    from paraph.register.glance import Look
    from paraph.standing.fold import Circulation
    from paraph.workflow.releases.attest import Making

_OF_OTHER_PAGES = ("draft", "signatures-invited", "approvals-unread", "status-", "redline")
"""How the fixed strings begin that no release prints: those of drafts, of tables of who stands where, of redlines."""
_SEEN_IN_PLACE = ("notice-", "language-", "picture-", "glossary", "place-", "date-only", "paragraph")
"""How those begin that are compared where assembly has put them: a document has not every picture, notice or annex."""
_UNTIL_ADOPTED = (
    *("provisional", "approvals"),
    *("approvals-agreed", "approvals-changed", "approvals-objected", "approvals-pending"),
)
"""Those of a release before it is adopted."""
_SHOWN = 80
"""So many characters of a text are shown."""


def changed_since(reader: Look, making: Making) -> tuple[str, ...]:
    """What no version has and is printed, seen or read aloud all the same, where it is not as it was: a line each.

    Raises as `as_recorded`.
    """
    snap, asked = making.snap, asked_in(making.history, making.current)
    version = _as_asked(making.version, asked)
    then = asked.opened_on if asked else recorded_at(reader, version.subject)
    if version.sources == snap.files and as_of(snap.library, then).alike(snap.library):
        return ()  # the same files make the same pages: neither is assembled
    was = as_recorded(reader, version, then)
    now = Desk(snap.library, snap.manifest)
    compared = _Compared(was=was, now=now, making=making)
    found = (*_files(version.sources, snap.files, {_brand(was).logo, _brand(now).logo}), *compared.looks())
    return tuple(dict.fromkeys((*found, *compared.pages())))


def _as_asked(version: DocumentVersion, asked: Circulation | None) -> DocumentVersion:
    """A version with the files of the day when the circulation that decides on it was opened."""
    return replace(version, sources=asked.opened.sources) if asked and asked.opened.sources else version


def _files(then: Mapping[str, str], now: Mapping[str, str], logos: set[str]) -> Iterator[str]:
    """Templates may hold words of their own, and a logo may say anything; letters have their salutations in a file.

    What else is in YAML is compared as it is read.
    """
    for name in sorted({*then, *now}):
        template = name.startswith("templates/") and (not name.endswith(".yml") or name.endswith(f"/{RECIPIENTS}"))
        if (template or name in logos) and then.get(name) != now.get(name):
            yield name


def _brand(desk: Desk) -> Brand:
    return brand_of(desk.library, desk.manifest)


@dataclass(frozen=True, kw_only=True)
class _Compared:
    """A document as it `was` put to the members beside that of `now`, as it is to be released."""

    was: Desk
    now: Desk
    making: Making

    @cached_property
    def _terms(self) -> tuple[Terms, Terms]:
        return Terms(self.was.library), Terms(self.now.library)

    @cached_property
    def _in_then_words(self) -> Desk:
        """The files of now around the courtesy texts of then: a translation may be mended at any time (4, 24)."""
        library, then = self.now.library, self.was.library.clauses
        clauses = {
            id_: replace(one, translations=then[id_].translations) if id_ in then else one
            for id_, one in library.clauses.items()
        }
        return Desk(replace(library, clauses=clauses), self.was.manifest)

    def looks(self) -> Iterator[str]:
        """The brand, of which a page takes more than words; the paper, and how it is folded."""
        languages = self.now.manifest.languages
        others = {*self.now.library.workspace.all_languages, *self.was.library.workspace.all_languages} - {*languages}
        yield from _differing("brand: ", dict(_flat(_brand(self.was), others)), dict(_flat(_brand(self.now), others)))
        form = self.now.manifest.form
        then, now = (desk.library.forms[desk.manifest.form] for desk in (self.was, self.now))
        if (then.paper, then.sheet) != (now.paper, now.sheet):
            yield f"templates/{form}/form.yml: paper, or sheet"

    def pages(self) -> Iterator[str]:
        """The edition of all in each language; of a member's own, what is not said of that one already."""
        library, manifest = self.now.library, self.now.manifest
        members = ("", *self.making.members) if self.making.members else ()
        editions = dict.fromkeys(
            (member, language) for member, languages in wanted(library, manifest, (), members) for language in languages
        )
        said: dict[str, frozenset[str]] = {}
        for member, language in editions:
            found = dict.fromkeys(self._page(language, member))
            said.setdefault(language, frozenset(found))
            where = f"{language}, {member}" if member else language
            yield from (f"{where}: {line}" for line in found if not member or line not in said[language])

    def _page(self, language: str, member: str) -> Iterator[str]:
        if language not in self.was.library.workspace.languages:
            yield "a language that was not there"
            return
        if member and member not in self.was.library.institutions:
            yield "an institution that was not there"
            return
        binding = language in self.making.version.lines
        then, now = (
            self._document(desk, terms, language, member)
            for desk, terms in zip((self.was, self.now if binding else self._in_then_words), self._terms, strict=True)
        )
        yield from _lines(then, now)
        yield from _blocks(then, now)
        yield from _differing("", _margins(then), _margins(now))
        yield from _differing("fixed string ", self._strings(then), self._strings(now))

    @cached_property
    def _decisions(self) -> Record:
        return self.making.printed()

    def _document(self, desk: Desk, terms: Terms, language: str, member: str) -> Document:
        manifest = replace(desk.manifest, reference="")
        return assemble(desk.library, manifest, language, self._decisions, terms, member)[0]

    def _strings(self, document: Document) -> dict[str, str]:
        """The fixed strings that a page may take by itself, or a decision bring in."""
        aside = (*_OF_OTHER_PAGES, *_SEEN_IN_PLACE)
        late = () if self.making.provisional else _UNTIL_ADOPTED
        return {key: text for key, text in document.labels.items() if not key.startswith(aside) and key not in late}


def _lines(then: Document, now: Document) -> Iterator[str]:
    """What is printed, a paragraph a string, as often as it is."""
    before, after = ([_line(one) for one in printed(document)] for document in (then, now))
    yield from (f"{_short(line)}, which was not there" for line in Counter(after) - Counter(before))
    yield from (f"{_short(line)}, which is gone" for line in Counter(before) - Counter(after))
    if before != after and Counter(before) == Counter(after):
        yield "its paragraphs, which stood in another order"


def _line(one: Printed) -> str:
    return f"{one.label} {one.text}".strip()


def _blocks(then: Document, now: Document) -> Iterator[str]:
    """The same words with another link below them, or set in another way."""
    before = {block.key: block for block in then.blocks()}
    for block in now.blocks():
        other = before.get(block.key)
        words = tuple(printed_block(block))
        if other is not None and other != block and tuple(printed_block(other)) == words:
            yield f"{_short(' '.join(map(_line, words)))}, which was set otherwise, or led elsewhere"


def _margins(document: Document) -> dict[str, str]:
    """What stands around the text, or is told of the file, and is looked up in several places."""
    return {
        "form": document.form,
        "order of parts": ", ".join(dict.fromkeys(f"{part.name} {part.id}" for part in document.parts)),
        "letterhead": " / ".join(document.letterhead.names),
        "notice": document.notice,
        "title of the file": document.title,
        "subject of the file": document.subject,
        "date": str(document.date or ""),
        "locale": document.language.locale,
        "direction": document.language.direction,
        "words that stay with a hyphen": ", ".join(document.unparted),
        **{
            f"picture beside {key}": f"{one.name}: {one.alt} {one.address}".strip()
            for key, one in document.pictures.items()
        },
    }


def _flat(value: object, others: set[str], at: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a value by its place in it, "name.en", without those in `others`, languages that are not asked."""
    if is_dataclass(value):
        value = {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, Mapping):
        for key, one in value.items():
            if key not in others:
                yield from _flat(one, others, f"{at}.{key}" if at else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        yield at, " / ".join(map(str, value))
    else:
        yield at, str(value)


def _differing(what: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in dict.fromkeys((*now, *then)):
        before, after = then.get(name, ""), now.get(name, "")
        if before != after:
            same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
            yield f"{what}{name} is {_quoted(after, same)}, and was {_quoted(before, same)}"


def _quoted(text: str, same: int) -> str:
    """`text` cut short, so that what is not the `same` at its beginning is seen."""
    if not text:
        return "empty"
    begin = text.rfind(" ", 0, max(0, same - _SHOWN // 4)) + 1 if len(text) > _SHOWN else 0
    return f"“{'… ' if begin else ''}{_short(text[begin:])}”"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
