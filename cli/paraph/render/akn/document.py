"""Akoma Ntoso 3.0 (OASIS LegalDocML), a `<statement>`: the text as lawyers' machines exchange it.

What stands before the first section is the preface; sections of recitals at the head are the preamble; the others are
the main body, each a section with its numbered paragraphs; what follows them (place and date, signatures, reservations,
annexes) are the conclusions. Letterhead and marks, which are no part of the text, are the cover page. The vocabulary is
that of Akoma Ntoso 1.0 part 1; identifiers (`eId`) and addresses (`FRBRuri`) follow its Naming Convention 1.0, see
`meta`. Direction is no attribute there: it follows from `xml:lang`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from paraph.errors import RenderError, UsageError
from paraph.model.document import Document, Edition, Part
from paraph.model.text import (
    Block,
    Break,
    Changed,
    ClauseRef,
    Emphasis,
    Grid,
    Heading,
    Inline,
    Isolate,
    Link,
    Note,
    Paragraph,
    Placeholder,
    Remark,
    Span,
    Strong,
    Table,
    TermMark,
    Text,
)
from paraph.model.writing import NumberStyle
from paraph.render.akn.meta import NS, XML, concept_id, meta
from paraph.render.kit import Kit

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_NAMED = {"title": "docTitle", "label": "docType"}
"""Parts of the preface that the vocabulary has a word for."""


def render(edition: Edition, kit: Kit) -> bytes:
    """The document as XML in UTF-8. Raises RenderError for a character that XML has none for."""
    if len(edition.documents) > 1:
        raise UsageError(
            f"Akoma Ntoso holds one language, not {' and '.join(edition.languages)} side by side",
            "Ask for each language by itself, or for docx, pdf or html.",
        )
    (document,) = edition.documents
    namespaces: dict[str | None, str] = {None: NS}
    root = etree.Element(f"{{{NS}}}akomaNtoso", nsmap=namespaces)  # type: ignore[arg-type]  # the stubs know no default
    statement = _add(root, "statement", name=document.form, contains="originalVersion")
    statement.append(meta(document, kit))
    _Writer(document).write(statement)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """A new last child; an attribute that is "" is left out, `lang` is that of XML."""
    made = etree.SubElement(parent, f"{{{NS}}}{tag}")
    for name, value in attributes.items():
        if value:
            made.set(f"{{{XML}}}lang" if name == "lang" else name.rstrip("_"), _checked(value))
    if text:
        made.text = _checked(text)
    return made


def _checked(text: str) -> str:
    if bad := _UNPRINTABLE.search(text):
        raise RenderError(f"XML cannot hold U+{ord(bad[0]):04X}, in {text[:60]!r}", "Delete the character.")
    return text


def _words(parent: etree._Element, text: str) -> None:
    """Put words after what `parent` holds; a line break inside a text is one in the file."""
    for n, line in enumerate(_checked(text).split("\n")):
        if n:
            _add(parent, "eol")
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + line
        else:
            parent.text = (parent.text or "") + line


def _is_recitals(part: Part) -> bool:
    """A section in which recitals stand, after its heading and the words that introduce them, and nothing else."""
    roles = [block.role for block in part.blocks]
    first = next((n for n, role in enumerate(roles) if role == "recital"), None)
    if part.name != "section" or first is None:
        return False
    head, rest = part.blocks[:first], part.blocks[first:]
    leads = all(isinstance(one, Heading) or one.role == "chapeau" for one in head)
    return leads and all(isinstance(one, Paragraph) for one in rest) and isinstance(rest[0], Paragraph)


@dataclass(slots=True)
class _Writer:
    """Writes one document. `ids` are the eIds by the key of the block: known before the words that refer to them."""

    document: Document
    ids: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    refs: int = 0

    def write(self, statement: etree._Element) -> None:
        parts = self.document.parts
        places = [n for n, part in enumerate(parts) if part.name == "section"]
        first, last = (places[0], places[-1] + 1) if places else (0, len(parts))
        preamble = first
        while preamble < last and _is_recitals(parts[preamble]):
            preamble += 1
        if preamble == last and places:
            preamble = first  # a main body there must be
        self._identify(parts[first:preamble], parts[preamble:last])
        self._cover(statement)
        lang = self.document.language.code
        if any(part.blocks for part in parts[:first]):
            preface = _add(statement, "preface", lang=lang)
            for part in parts[:first]:
                self._flow(preface, part.blocks, part.name)
        if preamble > first:
            made = _add(statement, "preamble", lang=lang)
            for part in parts[first:preamble]:
                self._recitals(made, part)
        body = _add(statement, "mainBody", lang=lang)
        for part in parts[preamble:last]:
            self._section(body, part)
        if not len(body):
            _add(body, "p")
        if any(part.blocks for part in parts[last:]):
            conclusions = _add(statement, "conclusions", lang=lang)
            for part in parts[last:]:
                if part.blocks:
                    name = part.name if part.name != "place-date" else "placeDate"
                    eid = self._id(f"container_{part.id}", "")
                    self._flow(_add(conclusions, "container", name=name, eId=eid), part.blocks, part.name)

    def _cover(self, statement: etree._Element) -> None:
        document = self.document
        lines = [("letterhead", line) for line in (*document.letterhead.names, *document.letterhead.lines)]
        lines += [(name, text) for name, text in (("draft", document.draft), ("notice", document.notice)) if text]
        if lines:
            cover = _add(statement, "coverPage", lang=document.language.code)
            for name, text in lines:
                _words(_add(cover, "p", class_=name), text)

    # --- identifiers: the same in every language

    def _id(self, wanted: str, key: str) -> str:
        base = re.sub(r"[^A-Za-z0-9_-]+", "-", wanted)
        free = base
        for n in range(2, len(self.taken) + 3):
            if free not in self.taken:
                break
            free = f"{base}-{n}"
        self.taken.add(free)
        if key:
            self.ids[key] = free
        return free

    def _identify(self, preamble: Sequence[Part], body: Sequence[Part]) -> None:
        """Numbered paragraphs by their number in their section (sec_2__para_4), recitals by their place."""
        for n, part in enumerate(preamble, 1):
            group = self._id(f"recs_{n}", part.id)
            recitals = (one for one in part.blocks if one.role == "recital")
            for place, block in enumerate(recitals, 1):
                self._id(f"{group}__rec_{place}", block.key)
        for n, part in enumerate(body, 1):
            section = self._id(f"sec_{n}", part.id)
            chain: list[str] = [section]
            counts: Counter[str] = Counter()
            for block in part.blocks:
                if not isinstance(block, Paragraph):
                    continue
                del chain[block.level + 1 :]
                if block.number is None:
                    continue
                stem = f"{chain[-1]}__{'para' if block.level == 0 else 'item'}"
                counts[stem] += 1
                bullet = block.number.style is NumberStyle.BULLET
                chain.append(self._id(f"{stem}_{counts[stem] if bullet else block.number.value}", block.key))

    # --- structure

    def _recitals(self, preamble: etree._Element, part: Part) -> None:
        made = _add(preamble, "recitals", eId=self.ids[part.id])
        leads = [block for block in part.blocks if block.role == "chapeau"]
        for block in part.blocks:
            if isinstance(block, Heading):
                self._line(made, "heading", block.inlines)
        if leads:
            intro = _add(made, "intro", eId=f"{self.ids[part.id]}__intro")
            self._flow(intro, leads, part.name)
        recital = made
        for block in part.blocks:
            if not isinstance(block, Paragraph) or block.role == "chapeau":
                continue
            if block.role == "recital":
                recital = _add(made, "recital", eId=self.ids[block.key])
                self._number(recital, block)
            self._line(recital, "p", block.inlines, class_="" if block.role == "recital" else block.role)

    def _section(self, body: etree._Element, part: Part) -> None:
        """A section: heading, chapeau, then its paragraphs; words without a number stand in containers of their own."""
        blocks = list(part.blocks)
        made = _add(body, "section", eId=self.ids[part.id], class_=part.name if part.name != "section" else "")
        if blocks and isinstance(head := blocks[0], Heading):
            self._line(made, "heading", head.inlines)
            del blocks[0]
        numbered = any(isinstance(one, Paragraph) and one.number and one.level == 0 for one in blocks)
        cross = any(isinstance(one, Heading) for one in blocks)
        if not numbered and not cross:
            self._flow(_add(made, "content", eId=f"{self.ids[part.id]}__content"), blocks, part.name)
            return
        leads = []
        while blocks and isinstance(blocks[0], Paragraph) and blocks[0].number is None:
            leads.append(blocks.pop(0))
        if leads:
            self._flow(_add(made, "intro", eId=f"{self.ids[part.id]}__intro"), leads, part.name)
        for run in _runs(blocks):
            first = run[0]
            if isinstance(first, Heading):
                self._line(made, "crossHeading", first.inlines, eId=self._id(f"{self.ids[part.id]}__crossHeading", ""))
            elif isinstance(first, Paragraph) and first.number:
                paragraph = _add(made, "paragraph", eId=self.ids[first.key])
                self._number(paragraph, first)
                content = _add(paragraph, "content", eId=f"{self.ids[first.key]}__content")
                self._line(content, "p", first.inlines)
                self._flow(content, run[1:], part.name)
            else:
                eid = self._id(f"{self.ids[part.id]}__hcontainer_1", "")
                holder = _add(made, "hcontainer", name="prose", eId=eid)
                self._flow(_add(holder, "content", eId=f"{eid}__content"), run, part.name)

    def _flow(self, parent: etree._Element, blocks: Iterable[Block], part: str) -> None:
        """Blocks in reading order; numbered ones below each other become lists in lists."""
        lists: list[tuple[int, etree._Element]] = []
        for block in blocks:
            level = block.level if isinstance(block, Paragraph) else 0
            listed = isinstance(block, Paragraph) and block.number is not None
            while lists and (lists[-1][0] > level or (lists[-1][0] == level and not listed)):
                lists.pop()
            holder = lists[-1][1][-1] if lists else parent
            if isinstance(block, Paragraph) and listed:
                if not lists or lists[-1][0] < level:
                    lists.append((level, _add(holder, "blockList", eId=self._id(f"list_{block.key}", ""))))
                eid = self.ids.get(block.key) or self._id(f"item_{block.key}", block.key)
                item = _add(lists[-1][1], "item", eId=eid)
                self._number(item, block)
                self._line(item, "p", block.inlines)
            else:
                self._block(holder, block, part)

    def _block(self, parent: etree._Element, block: Block, part: str) -> None:
        match block:
            case Heading():
                tag = _NAMED.get(part, "")
                line = _add(parent, "p", class_=block.role) if tag else _add(parent, "block", name="heading")
                self._inlines(_add(line, tag) if tag else line, block.inlines)
            case Paragraph():
                line = _add(parent, "p", class_=block.role)
                self._inlines(_add(line, _NAMED[part]) if part in _NAMED else line, block.inlines)
            case Table():
                self._table(parent, block)
            case Grid():
                for cell in block.cells:
                    for paragraph in cell:
                        line = _add(parent, "p", class_=paragraph.role)
                        signed = "signature" in block.role
                        self._inlines(_add(line, "signature") if signed else line, paragraph.inlines)

    def _table(self, parent: etree._Element, block: Table) -> None:
        table = _add(parent, "table", eId=self._id(f"table_{block.key}", block.key))
        for tag, cells in (("th", block.head), *(("td", row.cells) for row in block.rows)):
            row = _add(table, "tr")
            for cell in cells:
                self._line(_add(row, tag), "p", cell)

    def _number(self, parent: etree._Element, block: Paragraph) -> None:
        if block.number:
            _add(parent, "num", block.number.label)

    # --- words

    def _line(self, parent: etree._Element, tag: str, inlines: tuple[Inline, ...], **attributes: str) -> None:
        self._inlines(_add(parent, tag, **attributes), inlines)

    def _inlines(self, parent: etree._Element, inlines: tuple[Inline, ...]) -> None:
        for inline in inlines:
            match inline:
                case Text(text):
                    _words(parent, text)
                case Break():
                    _add(parent, "eol")
                case Emphasis(children):
                    self._inlines(_add(parent, "i"), children)
                case Strong(children):
                    self._inlines(_add(parent, "b"), children)
                case Link(href, children):
                    self._inlines(_add(parent, "a", href=href), children)
                case Span(lang, children):
                    self._inlines(_add(parent, "span", lang=lang), children)
                case Isolate(children):
                    self._inlines(_add(parent, "span", class_="ltr"), children)
                case TermMark(concept, children):
                    self._inlines(_add(parent, "span", refersTo=f"#{concept_id(concept)}"), children)
                case Note():
                    self._note(parent, inline)
                case ClauseRef(key, children) if key in self.ids:
                    self.refs += 1
                    made = _add(parent, "ref", href=f"#{self.ids[key]}", eId=self._id(f"ref_{self.refs}", ""))
                    self._inlines(made, children)
                case ClauseRef(_, children) | Changed(_, children) | Remark(children):
                    self._inlines(parent, children)
                case Placeholder(name):
                    raise RenderError(f"The placeholder {name!r} was never filled in", "This is a fault of paraph.")

    def _note(self, parent: etree._Element, note: Note) -> None:
        eid = self._id(f"fn_{note.number}", "")
        made = _add(parent, "authorialNote", marker=str(note.number), placement="bottom", eId=eid)
        self._line(made, "p", note.inlines)


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks that stand together: a heading alone, a numbered paragraph with all below it, words without a number."""
    run: list[Block] = []
    for block in blocks:
        top = isinstance(block, Paragraph) and block.number is not None and block.level == 0
        below = isinstance(block, Paragraph) and block.level > 0
        loose = not top and not below and not isinstance(block, Heading)
        same = run and (below or (loose and not _is_top(run[0]) and not isinstance(run[0], Heading)))
        if run and not same:
            yield run
            run = []
        run.append(block)
    if run:
        yield run


def _is_top(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.number is not None and block.level == 0
