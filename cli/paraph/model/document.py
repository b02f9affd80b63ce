"""The assembled document: one tree per language, of which every format is a rendering."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from paraph.model.language import Language, Standing
from paraph.model.text import Block, Grid, Heading, Note, Paragraph, Table, notes, plain, runs


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A stretch of the document by its name in the form: title, section, signatures, glossary, …

    `name` is the part's kind in form.yml; `id` is unique in the document (the section's id); `blocks` in reading order.
    """

    name: str
    id: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Letterhead:
    """What stands at the head of the first page: the names that speak, and their address lines.

    `ids` are what the workspace calls the networks, or the member, that have these names, in whatever language.
    """

    names: tuple[str, ...]
    ids: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture beside a block: a pictogram by the name of its file, or with `address` the QR code that leads there.

    `alt` says what it shows to those who do not see it.
    """

    name: str
    alt: str
    address: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document in one language, complete: nothing is looked up after this.

    `labels` are the fixed strings that renderings need (page numbering, the heading of the notes, …), by their keys in
    templates/strings.yml. `draft` is the mark that a draft carries on every page, empty once released; `notice` is what
    a reader of a translation must know, empty in an authentic language. `date` dates the file as well, so that the same
    document gives the same bytes. `pictures` stand beside the blocks of these keys. `member` is the member whose own
    edition this is, by its id; "": that of all. `unparted` are the words that no line parts from the hyphen
    before them.
    """

    id: str
    form: str
    language: Language
    standing: Standing
    title: str
    subject: str
    reference: str
    date: dt.date | None
    letterhead: Letterhead
    draft: str
    notice: str
    parts: tuple[Part, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    keywords: tuple[str, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    member: str = ""
    unparted: tuple[str, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order."""
        for part in self.parts:
            yield from part.blocks

    def notes(self) -> Iterator[Note]:
        """Every footnote in the order of its call, which is the order of its number."""
        for block in self.blocks():
            for inlines in runs(block):
                yield from notes(inlines)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reservation:
    """What a member reserves: on a clause, or on the document where `clause` is "". `text` per language."""

    institution: str
    clause: str
    text: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far the members have come with a document: `agreed` of its `clauses` are agreed wording.

    `changed` are the clauses whose text was never put to the members; `pending` and `objected` say of a member on how
    many texts (clauses, and the document itself) it has still to decide or objects.
    """

    clauses: int
    agreed: int
    changed: tuple[str, ...] = ()
    pending: Mapping[str, int] = field(default_factory=dict)
    objected: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """What is on record for a document when it is assembled; without a register, nothing: a draft.

    `signed` are the members that joined (None: nobody was asked yet, and the block shows all who are invited).
    `head` is where the register stood, "41:a380fbc66dd2d869"; `progress` what is missing, None once released.
    `unread`: there is a register, and it could not be read, so that nothing is known.
    `validated` are the clauses whose translation a member of the language has validated, by language, and the document
    itself where its own texts are; None: there is no register, and what the files say of a translation holds.
    `provisional` is why it is released before its rule is met, per language ("": in no particular one); `corrects` and
    `replaces` name the earlier release that this one mends, or takes the place of.
    """

    released: bool = False
    signed: tuple[str, ...] | None = None
    reservations: tuple[Reservation, ...] = ()
    head: str = ""
    progress: Progress | None = None
    unread: bool = False
    validated: Mapping[str, frozenset[str]] | None = None
    provisional: Mapping[str, str] = field(default_factory=dict)
    corrects: str = ""
    replaces: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """What one file holds: a document in one language, or the same document in two, paragraph against paragraph.

    Members and terms are sorted again in each language. Side by side a line must name one and the same member, so the
    lists of the second document stand in the order of the first. A web address or the address of the house that is the
    same in both stands in the first alone.
    """

    documents: tuple[Document, ...]

    def __post_init__(self) -> None:
        first, *others = self.documents
        object.__setattr__(self, "documents", (first, *(_beside(first, other) for other in others)))

    @property
    def languages(self) -> tuple[str, ...]:
        """The language codes, in the order asked for."""
        return tuple(document.language.code for document in self.documents)

    @property
    def name(self) -> str:
        """The file name without its ending: the document's id and the languages, `joint-declaration.en-fr`.

        A member's own edition has its name between them, `your-rights.malta.en`.
        """
        first = self.documents[0]
        return ".".join(filter(None, (first.id, first.member, "-".join(self.languages))))


@dataclass(frozen=True, slots=True)
class Printed:
    """One paragraph as a reader of any format meets it: its number and its words.

    Read back from a file these must equal those of the Document. Footnotes come last, numbered by their call.
    """

    label: str
    text: str


def printed(document: Document) -> tuple[Printed, ...]:
    """What `document` prints, paragraph by paragraph in reading order, the footnotes after it.

    Letterhead, draft mark, notice and page numbers are not part of it: they stand in the margins of a page.
    """
    body = tuple(line for block in document.blocks() for line in printed_block(block))
    return body + tuple(Printed(str(note.number), plain(note.inlines)) for note in document.notes())


def printed_block(block: Block) -> Iterator[Printed]:
    """What one block prints, in reading order; a cell of a table is a paragraph."""
    match block:
        case Paragraph():
            labels = (block.number.was, block.number.label) if block.number else ()
            yield Printed(" ".join(filter(None, labels)), plain(block.inlines))
        case Heading():
            yield Printed("", plain(block.inlines))
        case Table():
            for cells in (block.head, *(row.cells for row in block.rows)):
                yield from (Printed("", plain(cell)) for cell in cells)
        case Grid():
            for cell in block.cells:
                for paragraph in cell:
                    yield from printed_block(paragraph)


def pairs(edition: Edition) -> Iterator[tuple[Part, tuple[Block | None, ...]]]:
    """The blocks of an edition side by side, by key, in the order of its first document.

    Yields the part of the first document with one block per language; None where a language has no such block. Blocks
    that only another language has follow the block that they follow there.
    """
    first, *others = edition.documents
    by_key = [{block.key: block for block in other.blocks()} for other in others]
    known = {block.key for block in first.blocks()}
    for part in first.parts:
        for block in part.blocks:
            yield part, (block, *(found.get(block.key) for found in by_key))
            for position, other in enumerate(others):
                for extra in _strangers_after(block.key, other, known):
                    yield part, (None, *(extra if position == n else None for n in range(len(others))))


def _beside(first: Document, other: Document) -> Document:
    """`other` as it stands beside the first: in its order, without the addresses that are said there."""
    other, said = _in_the_order_of(first, other), {_address(block) for block in first.blocks()} - {""}
    parts = tuple(
        replace(part, blocks=tuple(block for block in part.blocks if _address(block) not in said))
        for part in other.parts
    )
    lines = () if other.letterhead.lines == first.letterhead.lines else other.letterhead.lines
    return replace(other, parts=parts, letterhead=replace(other.letterhead, lines=lines))


def _address(block: Block) -> str:
    return plain(block.inlines) if isinstance(block, Paragraph) and block.role == "website" else ""


def _in_the_order_of(first: Document, other: Document) -> Document:
    places = {block.key: {key: place for place, key in enumerate(_rows(block))} for block in first.blocks()}
    parts = tuple(
        replace(part, blocks=tuple(_sorted(block, places.get(block.key, {})) for block in part.blocks))
        for part in other.parts
    )
    return replace(other, parts=parts)


def _sorted(block: Block, places: Mapping[str, int]) -> Block:
    """`block` with its rows or cells by `places`; those that have none keep their order at the end."""
    keys = _rows(block)
    turns = sorted(range(len(keys)), key=lambda n: places.get(keys[n], len(places)))
    match block:
        case Table():
            return replace(block, rows=tuple(block.rows[n] for n in turns))
        case Grid():
            return replace(block, cells=tuple(block.cells[n] for n in turns))
        case _:
            return block


def _rows(block: Block) -> tuple[str, ...]:
    match block:
        case Table():
            return tuple(row.key for row in block.rows)
        case Grid():
            return tuple(cell[0].key if cell else "" for cell in block.cells)
        case _:
            return ()


def _strangers_after(key: str, document: Document, known: set[str]) -> Iterator[Block]:
    after = False
    for block in document.blocks():
        if block.key == key:
            after = True
        elif after and block.key in known:
            return
        elif after:
            yield block
