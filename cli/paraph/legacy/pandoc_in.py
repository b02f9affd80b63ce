"""DOCX, ODT, HTML, Markdown and RTF, read by pandoc in its sandbox: blocks of what a clause can say, the rest remarked.

pandoc gets an empty environment, at most a gigabyte and a minute; archives are opened first with the care of
`paraph.ooxml.archive`. Of a web page only what its `main` or `article` holds is read, where it has one.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from paraph.errors import BrokenError
from paraph.guarded import refusal
from paraph.legacy.blocks import Block, BlockKind, Remarks
from paraph.legacy.clean import clean
from paraph.model.text import Break, Emphasis, Inline, Link, Note, Strong, Text, plain

FORMATS = {".docx": "docx", ".odt": "odt", ".rtf": "rtf", ".html": "html", ".htm": "html", ".md": "markdown-smart"}
_SECONDS = 60
_DROPPED = ("script", "style", "nav", "header", "footer", "aside", "form", "noscript", "svg", "iframe", "template")
_CHROME = re.compile(
    r"(?:^|\s)(?:entry-meta|post-meta|post-navigation|breadcrumbs?|comments-area|widget-area|sharedaddy|jp-relatedposts"
    r"|addtoany_share_save_container|heateor_sss_sharing_container)(?:\s|$)"
)
"""Classes with which WordPress and what is added to it for sharing mark what is no text of the page."""
_DEEPEST = 100
_SPACE = Text(" ")
_LEAD = "paraph-begins-here"
_MAIN = re.compile(r"word/document\d*\.xml")
_BODY = re.compile(rb"<((?:\w+:)?)body(?:\s[^>]*)?>")
_PAGE = re.compile(r"\W*(?:[^\W\d]{1,10}\.?\s*)?\d{1,3}\s*(?:/|of|de|sur|di|من)\s*\d{1,3}\W*")
"""“Page 1 of 2”, which was a header or footer."""
_SCHEMES = ("https://", "http://", "mailto:")


def read(data: bytes, file: str, ending: str, remarks: Remarks) -> list[Block]:
    """The blocks of a file whose name ends in `ending`. Raises FindingsError where it is no such file."""
    source = FORMATS[ending]
    if source in ("docx", "odt"):
        _guard(data, file)
    if source == "html":
        data = _page(data, file)
    indented = source in ("docx", "odt", "rtf")
    reader = _Reader(remarks, BlockKind.PARAGRAPH if indented else BlockKind.QUOTE)
    if source == "docx":
        data = _led(data)
    blocks = json.loads(_pandoc(data, source, file))["blocks"]
    reader.blocks(blocks[1:] if source == "docx" and plain(tuple(_words(blocks[:1]))) == _LEAD else blocks)
    return reader.made


def _led(data: bytes) -> bytes:
    """The Word file with a paragraph before its first: what is styled as title, subtitle, author, date or abstract at
    the beginning pandoc would take out of the text, and keep only the last of each."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as led:
        for name in given.namelist():
            part = given.read(name)
            if _MAIN.fullmatch(name):
                part = _BODY.sub(rb"\g<0><\1p><\1r><\1t>%b</\1t></\1r></\1p>" % _LEAD.encode(), part, count=1)
            led.writestr(name, part)
    return made.getvalue()


def _words(blocks: list[Any]) -> Iterator[Inline]:
    for block in blocks:
        yield from (Text(one["c"]) for one in block["c"] if block["t"] == "Para" and one["t"] == "Str")


def _guard(data: bytes, file: str) -> None:
    from paraph.ooxml.archive import PackageError
    from paraph.ooxml.kinds import kind_of

    try:
        kind_of(data)
    except PackageError as error:
        raise refusal(file, error.message[:1].lower() + error.message[1:], error.advice) from None


def _page(data: bytes, file: str) -> bytes:
    """The part of a web page that is its text."""
    from lxml import etree, html

    try:
        data.decode("utf-8")
        encoding = "utf-8"  # whatever the page says: nothing else reads as UTF-8 by chance
    except UnicodeDecodeError:
        encoding = None
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, encoding=encoding)
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise refusal(file, "this is no web page", "Save it again from the browser.") from None
    for tag in _DROPPED:
        for one in list(root.iter(tag)):
            one.drop_tree()  # type: ignore[attr-defined]  # an element of lxml.html
    for one in [one for one in root.iter() if _CHROME.search(one.get("class") or "")]:
        if one.getparent() is not None:
            one.drop_tree()  # type: ignore[attr-defined]  # as above
    found = next((one for tag in ("article", "main") for one in root.iter(tag)), root)
    return etree.tostring(found, encoding="utf-8", method="html", with_tail=False)


def _pandoc(data: bytes, source: str, file: str) -> bytes:
    import pypandoc

    command: Sequence[str] = (
        pypandoc.get_pandoc_path(), "+RTS", "-M1G", "-RTS", "--sandbox", f"--from={source}", "--to=json", "--output=-",
    )  # fmt: skip
    environment = {"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"}
    try:
        done = subprocess.run(  # noqa: S603  # pandoc's own path, fixed arguments
            command, input=data, capture_output=True, env=environment, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise refusal(
            file, f"the file takes more than {_SECONDS} seconds to read", "Save it again, or split it."
        ) from None
    except OSError as error:
        raise BrokenError(f"pandoc cannot be started: {error}") from None
    if done.returncode:
        why = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise refusal(file, f"pandoc cannot read it: {why}", "Open it in a word processor, and save it again.")
    return done.stdout


class _Reader:
    def __init__(self, remarks: Remarks, quote: BlockKind) -> None:
        self.remarks = remarks
        self.quote = quote  # what an indented paragraph is: pandoc takes it for a quotation
        self.made: list[Block] = []
        self.notes = 0
        self.depth = 0

    @property
    def at(self) -> int:
        return len(self.made) + 1

    def add(self, kind: BlockKind, inlines: Iterable[Inline], level: int, number: int = 0) -> None:
        made = joined(inlines)
        if level == 0 and _PAGE.fullmatch(plain(made)):
            self.remarks.add("import-characters", self.at, f"a page number was left out: {plain(made)}", sure=True)
        elif made:
            self.made.append(Block(kind, made, level, number, self.at))

    def paragraph(self, kind: BlockKind, content: Any, level: int) -> None:
        for part in _parted(self.inlines(content)):
            self.add(kind, part, level)

    def lose(self, what: str) -> None:
        self.remarks.add("import-left-out", self.at, f"{what} cannot stand in a clause", "See whether it is needed.")

    def blocks(self, blocks: list[Any], level: int = 0, kind: BlockKind = BlockKind.PARAGRAPH) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            self.lose("what is nested more than a hundred times")
            blocks = []
        for block in blocks:
            self.block(block["t"], block.get("c"), level, kind)
        self.depth -= 1

    def block(self, name: str, content: Any, level: int, kind: BlockKind) -> None:
        match name:
            case "Para" | "Plain":
                self.paragraph(kind, content, level)
            case "Header":
                self.add(BlockKind.HEADING, self.inlines(content[2]), 0)
            case "BlockQuote":
                self.blocks(content, level, self.quote)
            case "BulletList":
                self.items(content, level, 0)
            case "OrderedList":
                self.items(content[1], level, max(1, content[0][0]))
            case "DefinitionList":
                for term, meanings in content:
                    self.add(kind, self.inlines(term), level)
                    for meaning in meanings:
                        self.blocks(meaning, level)
            case "LineBlock":
                lines = (self.inlines(line) for line in content)
                self.add(kind, (one for line in lines for one in (*line, Break())), level)
            case "Div" | "Figure":
                self.blocks(content[-1], level, kind)
            case "Table":
                self.table(content)
            case "CodeBlock":
                self.add(kind, [Text(clean(content[1], self.at, self.remarks))], level)
            case "HorizontalRule":
                pass
            case _:
                self.lose(f"a {name}")

    def items(self, items: list[Any], level: int, number: int) -> None:
        for position, item in enumerate(items):
            start = len(self.made)
            self.blocks(item, level + 1)
            if len(self.made) > start and self.made[start].kind is BlockKind.PARAGRAPH:
                first = self.made[start]
                number_here = number and number + position
                self.made[start] = replace(first, kind=BlockKind.ITEM, level=level, number=number_here)

    def table(self, content: Any) -> None:
        """Its cells as paragraphs, row by row: often a table holds signatures, or the two languages."""
        self.remarks.add("import-table", self.at, "a table: its cells follow as paragraphs", "Look at their order.")
        start = len(self.made)
        bodies = [row for body in content[4] for part in body[2:4] for row in part]
        for row in [*content[3][1], *bodies, *content[5][1]]:
            for cell in row[1]:
                self.blocks(cell[4])
        self.made[start:] = [replace(one, cell=True) for one in self.made[start:]]

    def inlines(self, nodes: list[Any]) -> Iterator[Inline]:
        self.depth += 1
        for node in nodes if self.depth <= _DEEPEST else ():
            yield from self.inline(node["t"], node.get("c"))
        self.depth -= 1

    def inline(self, name: str, content: Any) -> Iterator[Inline]:
        match name:
            case "Str":
                yield Text(clean(content, self.at, self.remarks))
            case "Space" | "SoftBreak":
                yield Text(" ")
            case "LineBreak":
                yield Break()
            case "Emph" | "Strong":
                inside = joined(self.inlines(content), trim=False)
                if inside:
                    yield Emphasis(inside) if name == "Emph" else Strong(inside)
            case "Underline" | "SmallCaps" | "Superscript" | "Subscript":
                yield from self.raised(joined(self.inlines(content), trim=False), name)
            case "Strikeout":
                self.remarks.add("import-struck", self.at, "words are struck through here", "Keep them or delete them.")
                yield from self.inlines(content)
            case "Quoted":
                signs = "“”" if content[0]["t"] == "DoubleQuote" else "‘’"
                yield from (Text(signs[0]), *self.inlines(content[1]), Text(signs[1]))
            case "Span" | "Cite":
                yield from self.inlines(content[1])
            case "Link":
                inside = joined(self.inlines(content[1]), trim=False)
                href = str(content[2][0])
                good = href.lower().startswith(_SCHEMES) and not any(map(str.isspace, href))
                yield from (Link(href, inside),) if good and inside else inside
            case "Note":
                yield self.note(content)
            case "Code" | "Math":
                yield Text(clean(str(content[-1]), self.at, self.remarks))
            case _:
                self.lose("a picture" if name == "Image" else f"a {name}")

    @staticmethod
    def raised(inside: tuple[Inline, ...], name: str) -> Iterator[Inline]:
        """A raised number alone is the call of a footnote that lost its footnote: in brackets, so that it is seen."""
        number = plain(inside).strip("[]() ")
        if name == "Superscript" and number.isdigit() and all(isinstance(one, Text) for one in inside):
            yield Text(f"[{number}]")
        else:
            yield from inside

    def note(self, blocks: list[Any]) -> Inline:
        self.notes += 1
        key = str(self.notes)
        inside = _Reader(self.remarks, self.quote)
        inside.made = list(self.made)  # so that remarks name this block
        before = len(inside.made)
        inside.blocks(blocks)
        words: list[Inline] = []
        for block in inside.made[before:]:
            words += [Text(" "), *block.inlines] if words else block.inlines
        if words and isinstance(words[0], Text) and re.match(rf"{key}\.?\s", words[0].text):
            words[0] = Text(words[0].text[len(key) :].lstrip(". \u00a0"))  # its number stands in its words as well
        return Note(key, joined(words))


def _parted(inlines: Iterable[Inline]) -> Iterator[list[Inline]]:
    """The paragraphs of one in which empty lines part them, as pages from an editor of old have them."""
    part: list[Inline] = []
    for one in inlines:
        if isinstance(one, Break) and part and _ends_line(part):
            yield part
            part = []
        elif not isinstance(one, Break) or part:
            part.append(one)
    yield part


def _ends_line(inlines: Sequence[Inline]) -> bool:
    """Whether nothing but spaces stands after a line break."""
    for one in reversed(inlines):
        if isinstance(one, Break) or not (isinstance(one, Text) and not one.text.strip()):
            return isinstance(one, Break)
    return False


def joined(inlines: Iterable[Inline], *, trim: bool = True) -> tuple[Inline, ...]:
    """Neighbouring words as one, one space at a time, none at the ends."""
    made: list[Inline] = []
    for one in _hoisted(inlines):
        if isinstance(one, Text) and made and isinstance(made[-1], Text):
            made[-1] = Text(made[-1].text + one.text)
        elif (
            isinstance(one, Emphasis | Strong) and len(made) > 1 and type(one) is type(made[-2]) and made[-1] == _SPACE
        ):
            *made, before, _ = made  # a space alone is plain: two runs in Word
            made.append(type(one)(joined((*before.children, _SPACE, *one.children), trim=False)))  # type: ignore[union-attr]
        elif made and type(one) is type(made[-1]) and isinstance(one, Emphasis | Strong):
            made[-1] = type(one)(joined((*made[-1].children, *one.children), trim=False))  # type: ignore[union-attr]
        else:
            made.append(one)
    tidy = [Text(" ".join(_spaced(one.text))) if isinstance(one, Text) else one for one in made]
    while trim and tidy and (isinstance(tidy[0], Break) or (isinstance(tidy[0], Text) and not tidy[0].text.strip())):
        tidy.pop(0)
    while trim and tidy and (isinstance(tidy[-1], Break) or (isinstance(tidy[-1], Text) and not tidy[-1].text.strip())):
        tidy.pop()
    if trim and tidy and isinstance(tidy[0], Text):
        tidy[0] = Text(tidy[0].text.lstrip())
    if trim and tidy and isinstance(tidy[-1], Text):
        tidy[-1] = Text(tidy[-1].text.rstrip())
    return tuple(one for one in tidy if not (isinstance(one, Text) and not one.text))


def _spaced(text: str) -> list[str]:
    """Parts between ordinary spaces, empty ones inside left out."""
    parts = text.split(" ")
    return [part for place, part in enumerate(parts) if part or place in (0, len(parts) - 1)]


def _hoisted(inlines: Iterable[Inline]) -> Iterator[Inline]:
    """Spaces at the ends of emphasis stand outside it, as Markdown asks."""
    for one in inlines:
        if not isinstance(one, Emphasis | Strong):
            yield one
            continue
        children = list(one.children)
        before = after = ""
        if isinstance(children[0], Text) and children[0].text != children[0].text.lstrip():
            before, children[0] = " ", Text(children[0].text.lstrip())
        if isinstance(children[-1], Text) and children[-1].text != children[-1].text.rstrip():
            after, children[-1] = " ", Text(children[-1].text.rstrip())
        inside = tuple(child for child in children if not (isinstance(child, Text) and not child.text))
        yield from (Text(before),) if before else ()
        yield from (type(one)(inside),) if inside else ()
        yield from (Text(after),) if after and inside else ()
