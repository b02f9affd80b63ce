"""A Word file from outside, read: its kind told, its parts found as Word finds them, its stories walked over.

The main part, and all others, are found through relationships, as Word does; a part that nothing leads to is not read.
What leads outside (a linked picture, a template on a server) is never fetched, and named where Word would fetch it.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypedDict

from lxml import etree

from paraph.ooxml.archive import Archive, PackageError
from paraph.ooxml.kinds import Kind, kind_of
from paraph.ooxml.names import Element, attribute, name
from paraph.ooxml.package import parsed, relationships_of
from paraph.ooxml.reading.beside import UNNUMBERED
from paraph.ooxml.reading.contradictions import CONTRADICTION, contradictions
from paraph.ooxml.reading.formatting import STRUCK, STRUCK_TWICE, of_run, switched
from paraph.ooxml.reading.inherited_styles import InheritedStyles
from paraph.ooxml.reading.legible import objection
from paraph.ooxml.reading.list_numbers import ListNumbers
from paraph.ooxml.reading.numbers import counting_of
from paraph.ooxml.reading.pages import edges_of
from paraph.ooxml.reading.palette import Palette
from paraph.ooxml.reading.passages import Passages
from paraph.ooxml.reading.relationships import Relationship, relationships_in
from paraph.ooxml.reading.several import stands_again
from paraph.ooxml.reading.shown import Hand, Line, Remark, Shown, Story, text_of
from paraph.ooxml.reading.symbols import is_symbolic
from paraph.ooxml.reading.walk import Walk

MOST_BYTES = 25_000_000
"""Of the file itself: what a mail server lets through."""
MOST_UNPACKED = 60_000_000
"""Of the parts that are read together."""
_MISPLACED = etree.XPath(
    "boolean(descendant::*[self::w:p or self::w:tbl or self::w:tr or self::w:tc]"
    "[ancestor::*[self::w:p or self::w:txbxContent][1][self::w:p]])",
    namespaces={"w": name("w:p")[1:].partition("}")[0]},
)
"""No word processor writes it, Word does not open it, others show it each in its own way (ISO 29500-1, 17.3.1)."""
_MOST_TAGS = 1_000_000
"""Of all parts, each counted where it begins and where it ends: a packet of sixty texts has some 70,000."""
_MOST_REMARKS = 10_000
_MOST_EDGES = 1_000_000
"""Lines at the head or foot of kinds of pages, each counted with every kind that has it."""
_LONGEST_AT = 1_000
"""Characters of the words at which a comment stands that are kept."""
_AGAIN = "No packet is sent like that: ask for it again."
_NUMBER, _WORD = re.compile(r"%\d"), re.compile(r"[^\W\d_]{3}")
_STACKED = re.compile(r"[^\w\s!-~]{64}")
_SAYING_NOTHING = ("numbering", "settings", "fontTable")
"""Parts without words, over which nothing walks."""
_FETCHED = {"attachedTemplate": "a template", "frame": "a frame", "oleObject": "an object", "image": "a picture"}
_PARAGRAPH_ID = name("w14:paraId")
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}property"


class _Thread(TypedDict):
    """What is said beside a comment (`Remark`)."""

    answers: str
    is_settled: bool


def read_word(data: bytes, passages: Passages | None = None) -> Shown:
    """A DOCX as Word shows it. PackageError: it is something else, locked, damaged, or too large; says what to do.

    `passages` are those of files that the same program wrote, of which much is the same: packets as they were sent.
    """
    check_size(data)
    kind = kind_of(data)
    if kind is not Kind.DOCX:
        raise PackageError(f"The file is no DOCX, but {kind.upper()}", "Save it as .docx in a word processor.")
    try:
        return _File(Archive.open(data, most=4 * MOST_UNPACKED)).shown(passages)
    except MemoryError as error:
        raise PackageError("The Word file takes more memory than there is to read", _AGAIN) from error


def read_properties_alone(data: bytes) -> Shown:
    """The custom properties of a file whose text cannot be read, as far as they can be; never raises PackageError."""
    try:
        check_size(data)
        properties = _File(Archive.open(data, most=4 * MOST_UNPACKED)).properties()
    except PackageError:
        properties = ()
    return Shown((), (), (), properties, ())


def check_size(data: bytes) -> None:
    """Raise PackageError for a file that is larger than any mail server lets through."""
    if len(data) > MOST_BYTES:
        raise PackageError(f"The file has more than {MOST_BYTES // 1_000_000} MB", "No packet is so large: look at it.")


def _check_marks(lines: Iterable[Line]) -> None:
    """Refuse marks stacked on one letter (UAX 15 has thirty as the most of any text): to put them in order takes the
    square of their number, which from a file of the largest size is hours."""
    every = "".join([run.text for line in lines for run in line.runs])
    if any(all(map(unicodedata.combining, found[0])) for found in _STACKED.finditer(every)):
        raise PackageError("The Word file stacks more marks on a letter than any language has", _AGAIN)


def _check_typefaces(theme: Element | None) -> None:
    """Refuse a theme by which letters are shown as signs: whoever reads the file sees no words at all."""
    for one in theme.iter(*map(name, ("a:latin", "a:cs", "a:ea", "a:font"))) if theme is not None else ():
        if is_symbolic(one.get("typeface") or ""):
            raise PackageError(f"The theme of the Word file shows letters as signs ({one.get('typeface')})", _AGAIN)


def _stands_at(lines: Iterable[Line]) -> dict[str, str]:
    """The words at which comments stand, by their ids, as far as a reader needs to find them: any number of comments
    may stand at the same ones."""
    found: dict[str, str] = {}
    for line in lines:
        begun = set[str]()
        for run in line.runs:
            for id_ in run.comments if (words := run.says(accepted=True)[:_LONGEST_AT]) else ():
                before = found.get(id_, "")
                if len(before) < _LONGEST_AT:
                    space = " " if before and id_ not in begun else ""
                    found[id_] = f"{before}{space}{words}"[:_LONGEST_AT] if before else words
                    begun.add(id_)
    return found


class _File:
    """An archive with its relationships."""

    def __init__(self, archive: Archive) -> None:
        archive.left = MOST_UNPACKED
        self.archive = archive
        self.tags = 0
        self.names = {one.casefold(): one for one in archive.names}
        self.read: dict[str, Element] = {}
        self.related_to: dict[str, tuple[Relationship, ...]] = {}
        self.behind: tuple[InheritedStyles, Palette, ListNumbers] | None = None

    def shown(self, passages: Passages | None) -> Shown:
        main = self.one("", "officeDocument")
        if main is None:
            raise PackageError("The Word file does not say which part is its text", "Save it again in Word.")
        walk = self.walk(main)
        body = self.xml(main).find(name("w:body"))
        if body is None:
            raise PackageError("The Word file has no text", "Save it again in Word.")
        beside = [one.tag for one in self.xml(main).iterchildren("*") if one is not body]
        if any(one != name("w:background") for one in beside):
            raise PackageError("The Word file has words beside its text, which programs show or not", _AGAIN)
        if _MISPLACED(body):
            raise PackageError(
                "Paragraphs or tables of the Word file stand inside a paragraph", "Save it again in Word."
            )
        walk.targets = self.links(main)
        if passages is None:
            walk.story(body)
        else:
            passages.story(walk, body, tuple(self.digest_of(main, kind) for kind in ("styles", "theme", "settings")))
        for kind, story in (("footnote", Story.FOOTNOTE), ("endnote", Story.ENDNOTE)):
            self.notes(walk, main, kind, story)
        said: dict[str, list[Line]] = {}
        for kind in ("header", "footer"):
            for part in dict.fromkeys(self.related(main, kind)):
                walk.targets, before = self.links(part), len(walk.lines)
                walk.story(self.xml(part), Story.MARGIN)
                said[part] = walk.lines[before:]
        oddities = [*walk.oddities, *self.beside(main), *self.outside(main)]
        lines = tuple(walk.lines)
        _check_marks(lines)
        settings, sections = self.root_of(main, "settings"), [*body.iter(name("w:sectPr"))]
        counting = {
            Story.FOOTNOTE: counting_of("footnote", settings, sections),
            Story.ENDNOTE: counting_of("endnote", settings, sections),
        }
        remarks, edges = self.remarks(main, lines), tuple(self.edges(main, sections, settings, said))
        return Shown(lines, tuple(walk.controls), remarks, self.properties(), tuple(oddities), counting, edges)

    def edges(
        self, main: str, sections: Iterable[Element], settings: Element | None, said: Mapping[str, Iterable[Line]]
    ) -> Iterator[tuple[Line, ...]]:
        """What stands at the head and foot of each kind of page, of what is `said` in its parts."""
        parts = {one.id: one for one in self.relationships(main)}
        even = bool(switched(settings, "w:evenAndOddHeaders"))
        now = (one for one in sections if next(one.iterancestors(name("w:sectPrChange")), None) is None)
        every = edges_of(now, even=even)
        if any(parts[one].kind not in ("header", "footer") for ids in every for one in ids if one in parts):
            raise PackageError("The Word file has at the head or foot of pages what is called something else", _AGAIN)
        kinds = (tuple(sorted({parts[one].target for one in ids if one in parts})) for ids in every)
        left = _MOST_EDGES
        for kind in dict.fromkeys(kinds):
            edge = tuple(line for part in kind for line in said.get(part, ()))
            left -= len(edge)
            if left < 0:
                raise PackageError("The Word file has more kinds of pages than a document has", _AGAIN)
            yield edge

    def walk(self, main: str) -> Walk:
        """A walk that knows the styles, colours and lists of the file: read once, however many comments it has."""
        if self.behind is None:
            theme = self.root_of(main, "theme")
            _check_typefaces(theme)
            palette = Palette.read(theme, self.root_of(main, "settings"))
            numbering = ListNumbers.read(self.root_of(main, "numbering"))
            self.behind = InheritedStyles.read(self.root_of(main, "styles")), palette, numbering
        inherited, palette, lists = self.behind
        return Walk(inherited, palette, ListNumbers(lists.levels, lists.lists))

    def xml(self, part: str) -> Element:
        if part not in self.read:
            actual = self.names.get(part.casefold())
            if actual is None:
                raise PackageError(f"The Word file has no {part}", "Save it again in Word.")
            data = self.archive.read(actual)
            self.tags += data.count(b"<")
            if self.tags > _MOST_TAGS:
                raise PackageError("The Word file is too large to be read: it has more tags than a document", _AGAIN)
            self.read[part] = parsed(data, part)
        return self.read[part]

    def relationships(self, part: str) -> tuple[Relationship, ...]:
        """Those of `part`, read once."""
        if part not in self.related_to:
            where = relationships_of(part)
            there = where.casefold() in self.names
            self.related_to[part] = relationships_in(self.xml(where), part) if there else ()
        return self.related_to[part]

    def links(self, part: str) -> dict[str, str]:
        """The addresses of all that `part` leads to, by id: a link is one by its element, whatever the type says."""
        return {one.id: one.target for one in self.relationships(part)}

    def related(self, part: str, kind: str) -> list[str]:
        return [one.target for one in self.relationships(part) if one.kind == kind and not one.outside]

    def one(self, part: str, kind: str) -> str | None:
        """The one part that `part` names as `kind`, or None. PackageError: programs could choose between two."""
        found = dict.fromkeys(self.related(part, kind))
        if len(found) > 1:
            raise PackageError(f"The Word file names two parts as its {kind}", "Save it again in Word.")
        return next(iter(found), None)

    def root_of(self, part: str, kind: str) -> Element | None:
        found = self.one(part, kind)
        return self.xml(found) if found else None

    def digest_of(self, part: str, kind: str) -> bytes:
        """What tells the part that `part` names as `kind` from any other; b"" where it names none."""
        root = self.root_of(part, kind)
        return hashlib.sha256(etree.tostring(root)).digest() if root is not None else b""

    def notes(self, walk: Walk, main: str, kind: str, story: Story) -> None:
        part = self.one(main, f"{kind}s")
        root, walk.targets = (self.xml(part), self.links(part)) if part else (None, {})
        called = {
            run.call.id
            for line in walk.lines
            for run in line.runs
            if run.call and run.call.story is story and not run.call.own
        }
        for note in root.findall(name(f"w:{kind}")) if root is not None else ():
            said = note.iter(name("w:t"), name("w:sym"))
            words = "".join(one.text or attribute(one, "w:char") for one in said).strip(" -–—_")
            if attribute(note, "w:type") in ("", "normal") or words:
                walk.story(note, story, attribute(note, "w:id"))
                if attribute(note, "w:id") in called and next(note.iter(name(f"w:{kind}Ref")), None) is None:
                    walk.oddities.append(UNNUMBERED)

    def remarks(self, main: str, lines: tuple[Line, ...]) -> tuple[Remark, ...]:
        root = self.root_of(main, "comments")
        if root is None:
            return ()
        comments = root.findall(name("w:comment"))
        if len(comments) > _MOST_REMARKS:
            raise PackageError(f"The Word file has more than {_MOST_REMARKS:,} comments", _AGAIN)
        made, stands = [], _stands_at(lines)
        for comment in comments:
            walk = self.walk(main)
            walk.story(comment)
            _check_marks(walk.lines)
            id_ = attribute(comment, "w:id")
            hand = Hand(attribute(comment, "w:author"), attribute(comment, "w:date"))
            made.append(Remark(id_, hand, text_of(walk.lines, accepted=True), stands.get(id_, "")))
        threads = self.threads(main, root)
        return tuple(replace(one, **threads[one.id]) if one.id in threads else one for one in made)

    def threads(self, main: str, comments: Element) -> dict[str, _Thread]:
        """Which comments are replies and which are resolved, by their ids, as Word 2013 and later say it beside them: a
        comment goes there by the id of its last paragraph (MS-DOCX, 2.5.1.3)."""
        root = self.root_of(main, "commentsExtended")
        if root is None:
            return {}
        ids = {
            paragraphs[-1].get(_PARAGRAPH_ID) or "": attribute(one, "w:id")
            for one in comments.findall(name("w:comment"))
            if (paragraphs := one.findall(name("w:p")))
        }
        return {
            ids[said]: {
                "answers": ids.get(one.get(f"{_W15}paraIdParent") or "", ""),
                "is_settled": one.get(f"{_W15}done") in ("1", "true", "on"),
            }
            for one in root.findall(f"{_W15}commentEx")
            if (said := one.get(f"{_W15}paraId") or "") in ids
        }

    def properties(self) -> tuple[tuple[str, str], ...]:
        """The custom properties of the file, by name."""
        root = self.root_of("", "custom-properties")
        if root is None:
            return ()
        return tuple(
            (one.get("name") or "", "".join(str(text) for text in one.itertext()).strip())
            for one in root.findall(_CUSTOM)
        )

    def beside(self, main: str) -> Iterator[str]:
        """What Word shows beside the text, or instead of it, that no walk over the text meets."""
        if self.xml(main).find(name("w:background")) is not None:
            yield "a colour behind the pages"
        for kind in ("numbering", "settings", "fontTable", "footnotes", "endnotes", "comments"):
            root = self.root_of(main, kind)
            contradicts = contradictions if kind in _SAYING_NOTHING else stands_again
            if root is not None and contradicts(root):
                yield f"{CONTRADICTION}, in its {kind}"
        yield from self.behind_lists(main)
        fonts = self.one(main, "fontTable")
        for one in self.xml(fonts).iter(name("w:altName")) if fonts else ():
            known = attribute(one.getparent(), "w:name")
            if not is_symbolic(known) and is_symbolic(attribute(one, "w:val")):
                yield f"a typeface in place of which signs may be shown ({known[:80]})"
        if fonts and any(one.kind == "font" for one in self.relationships(fonts)):
            yield "a typeface of its own, which may show other letters than are read"

    def behind_lists(self, main: str) -> Iterator[str]:
        """What styles and the numbers of lists make of words, wherever they are."""
        inherited, palette, _ = self.behind or (InheritedStyles(), Palette(), None)
        for known in inherited.taken_for_one:
            yield f"two styles that programs take for one ({known[:80]})"
        numbering = self.root_of(main, "numbering")
        for level in numbering.iter(name("w:lvl")) if numbering is not None else ():
            words = _NUMBER.sub("", attribute(level.find(name("w:lvlText")), "w:val")).strip()
            if _WORD.search(words):
                yield f"words in the numbers of a list ({words[:80]})"
            said = level.find(name("w:rPr"))
            style = attribute(said.find(name("w:rStyle")), "w:val") if said is not None else ""
            every = [{**one, **of_run(said)} for one in inherited.formattings("", "", style)]
            hidden = inherited.hides(switched(said, "w:vanish"), style, "")
            if hidden or any(objection(one, palette) for one in every):
                yield "numbers of a list that nobody can see"
            if any(one.get(STRUCK) or one.get(STRUCK_TWICE) for one in every):
                yield "numbers of a list that are struck out"

    def outside(self, main: str) -> Iterator[str]:
        """What Word would fetch from elsewhere on opening the file."""
        settings = self.one(main, "settings")
        for part in (main, *([settings] if settings else [])):
            for one in self.relationships(part):
                if one.outside and one.kind in _FETCHED:
                    yield f"{_FETCHED[one.kind]} from elsewhere, which was not fetched ({one.target[:80]})"
