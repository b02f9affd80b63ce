"""The Markdown of clauses, as nodes.

What clauses need and no more: emphasis, links, lists, quotations, footnotes, hard line breaks (CommonMark 0.31), with
`[words]{lang=fr}` for another language, `[words](term:concept)` for a term, `[](clause:id)` for a reference and
`{{ name }}` for a value. Whatever else Markdown would turn into something (headings, code, pictures, rules) is refused
with a problem rather than dropped; HTML and entities are ordinary characters and print as written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from paraph.markup.canonical import Problem, character_problems
from paraph.model.names import LANGUAGE, VALUE
from paraph.model.text import (
    Break,
    ClauseRef,
    Emphasis,
    Inline,
    Line,
    LineKind,
    Link,
    Note,
    Placeholder,
    Span,
    Strong,
    TermMark,
    Text,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

PLACEHOLDER_FORMS = ("the", "of", "into")
"""The grammatical forms that a placeholder may ask for, as `{{ country.of }}`."""

_PLACEHOLDER = re.compile(rf"\{{\{{[ ]*({VALUE.pattern})(?:\.([a-z]+))?[ ]*\}}\}}")
_WORDS = re.compile(r"[^\W_]+(?: [^\W_]+)*")
"""Words and spaces, of which Markdown makes nothing; its parser takes a twentieth of a second to begin."""
_LOST_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_OUTER_SPACE = re.compile(r"^[^\S \n]|[^\S \n]$", re.MULTILINE)
_SPACES = re.compile("[ \t]+")
_LEFT_OVER = re.compile(r"\]\(|\]\{|\{lang=|\*\*")
_NOTE_TEXT = re.compile(r"^[ \t>]*\[\^([^\]\s]+)\]:", re.MULTILINE)
_DEEPEST_BLOCK = 16
"""Eight lists in one another, each with its items: less than Word can number, and than the parser reads on."""
_DEEPEST_INLINE = 12
_LONGEST = 30_000
"""Characters in one text: some ten pages. Markdown's worst cases take time with the square of the length."""
_SCHEMES = ("https://", "http://", "mailto:")
_REFUSED_TOKENS = {
    "heading_open": "a heading",
    "fence": "a code block",
    "hr": "a rule",
    "image": "a picture",
    "html_block": "HTML",
}


def parse(text: str) -> tuple[tuple[Line, ...], tuple[Problem, ...]]:
    """The lines of a clause text in canonical form, and all that is wrong with it (line numbers from 0)."""
    problems = list(character_problems(text))
    if len(text) > _LONGEST:
        message = f"this text has {len(text):,} characters, more than {_LONGEST:,}"
        problems.append(Problem("markup-refused", message, "Make several texts of it."))
    if problems:
        return (), tuple(problems)
    env: dict[str, Any] = {}
    tokens = _parser().parse(text, env)
    reader = _Reader(env=env, problems=problems)
    problems += _edge_spaces(text)
    problems += _notes_twice(text)
    body, foot = _parted(tokens)
    reader.read_notes(foot)
    lines = tuple(reader.lines(body))
    problems += reader.unused_notes()
    if not lines and not problems and text.strip():
        problems.append(Problem("text-empty", "this markup holds no words", "Write the words, or delete it."))
    return lines, tuple(sorted(problems, key=lambda problem: problem.line))


def parse_inline(text: str) -> tuple[tuple[Inline, ...], tuple[Problem, ...]]:
    """The inlines of a text that is one paragraph: a title, a heading, a chapeau."""
    if len(text) <= _LONGEST and _WORDS.fullmatch(text) and not character_problems(text):
        return (Text(text),), ()
    lines, problems = parse(text)
    if not problems and (len(lines) != 1 or lines[0].kind is not LineKind.PARAGRAPH):
        problem = Problem(
            "one-paragraph", "this text must be one paragraph", "Remove lists, quotations and blank lines."
        )
        return (), (problem,)
    return (lines[0].inlines if lines else ()), problems


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.attrs import attrs_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 50})
    parser.disable(["code", "reference", "html_block", "html_inline", "entity", "backticks"])
    parser.disable("text_join")  # joined, an escaped brace could not be told from one that was not
    parser.use(footnote_plugin, inline=False, move_to_end=True).use(
        attrs_plugin, spans=True, after=(), allowed=["lang"]
    )
    parser.inline.ruler.before("emphasis", "placeholder", _placeholder_rule)
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]  # an address prints as written
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # refused here with a message, not left as text
    return parser


def _placeholder_rule(state: StateInline, silent: bool) -> bool:
    match = _PLACEHOLDER.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        token = state.push("placeholder", "", 0)
        token.meta = {"name": match[1], "form": match[2] or ""}
    state.pos = match.end()
    return True


def _edge_spaces(text: str) -> Iterator[Problem]:
    for match in _OUTER_SPACE.finditer(text):
        yield Problem(
            "space-at-edge",
            f"a line begins or ends with the space U+{ord(match[0]):04X}, which would be lost",
            "Delete it; indent with ordinary spaces.",
            text.count("\n", 0, match.start()),
        )


def _notes_twice(text: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for match in _NOTE_TEXT.finditer(text):
        if match[1] in seen:
            message = f"footnote [^{match[1]}] has two texts, of which one would be lost"
            yield Problem("footnote-twice", message, "Name one of them anew.", text.count("\n", 0, match.start()))
        seen.add(match[1])


def _parted(tokens: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    for position, token in enumerate(tokens):
        if token.type == "footnote_block_open":
            return tokens[:position], tokens[position:]
    return tokens, ()


@dataclass(slots=True)
class _Reader:
    """Walks the tokens once; collects problems as it meets them."""

    env: dict[str, Any]
    problems: list[Problem]
    notes: dict[str, tuple[Inline, ...]] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)
    line: int = 0

    def problem(self, rule: str, message: str, advice: str) -> None:
        self.problems.append(Problem(rule, message, advice, self.line))

    def lines(self, tokens: Sequence[Token]) -> Iterator[Line]:
        lists: list[list[Any]] = []  # [ordered, ordinal, fresh]: fresh until the item's first paragraph is out
        quotes, before = 0, ""
        for token in tokens:
            if token.map:
                self.line = token.map[0]
            if token.level > _DEEPEST_BLOCK:
                self.problem("markup-refused", "lists and quotations nest too deep here", "Write it as paragraphs.")
                return
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    lists.append([token.type == "ordered_list_open", 0, False])
                    self._list_begins(token, before)
                case "bullet_list_close" | "ordered_list_close":
                    lists.pop()
                case "list_item_open":
                    lists[-1][1] += 1
                    lists[-1][2] = True
                    self._in_sequence(token.info, lists[-1][1])
                case "list_item_close":
                    if lists[-1][2]:
                        self.problem("empty-item", "a list item is empty", "Write it or delete it.")
                        lists[-1][2] = False
                case "blockquote_open":
                    quotes += 1
                case "blockquote_close":
                    quotes -= 1
                case "inline":
                    yield self._line(token, lists, quotes)
                case kind if kind in _REFUSED_TOKENS:
                    self._refuse(kind)
            before = token.type

    def _list_begins(self, token: Token, before: str) -> None:
        if token.attrs.get("start", 1) != 1:
            self.problem("list-start", "a numbered list begins at 1", "Number its first item 1.")
        elif (before, token.type) == ("ordered_list_close", "ordered_list_open"):
            self.problem("list-start", "a second list begins here, again at 1", "Number on as above: 1. 2. 3.")

    def _in_sequence(self, written: str, ordinal: int) -> None:
        """An item may be numbered on, or 1 like the first; any other number is one that would not be printed."""
        if ordinal > 1 and written and int(written) not in (1, ordinal):
            advice = f"Write {ordinal}. if it is an item; if not, join it to the line above."
            self.problem("list-start", f"item {ordinal} of this list is numbered {written}", advice)

    def _line(self, token: Token, lists: list[list[Any]], quotes: int) -> Line:
        inlines = self.inlines(token.children or [])
        if lists and lists[-1][2]:
            ordered, ordinal, _ = lists[-1]
            lists[-1][2] = False
            kind = LineKind.ORDERED if ordered else LineKind.BULLET
            return Line(kind, inlines, len(lists) - 1, ordinal if ordered else 0, self.line)
        return Line(LineKind.QUOTE if quotes else LineKind.PARAGRAPH, inlines, len(lists), 0, self.line)

    def _refuse(self, kind: str) -> None:
        self.problem(
            "markup-refused",
            f"{_REFUSED_TOKENS[kind]} has no place in a text",
            "Headings belong to the manifest; put a backslash before a character that is meant as itself.",
        )

    def read_notes(self, tokens: Sequence[Token]) -> None:
        label, paragraphs = "", 0
        for token in tokens:
            if token.map:
                self.line = token.map[0]
            match token.type:
                case "footnote_open":
                    label, paragraphs = str(token.meta["label"]), 0
                case "inline":
                    paragraphs += 1
                    self.notes[label] = self.inlines(token.children or [])
                    if any(isinstance(inline, Note) for inline in self.notes[label]):
                        self.problem("footnote-nested", f"footnote [^{label}] calls another footnote", "Join the two.")
                case "footnote_close":
                    if paragraphs != 1:
                        self.problem(
                            "footnote-long", f"footnote [^{label}] must be one paragraph", "Shorten or split it."
                        )
                case "bullet_list_open" | "ordered_list_open" | "blockquote_open":
                    self.problem(
                        "footnote-long", f"footnote [^{label}] must be one paragraph", "Write it without lists."
                    )
                case kind if kind in _REFUSED_TOKENS:
                    self._refuse(kind)

    def unused_notes(self) -> Iterator[Problem]:
        for key, number in self.env.get("footnotes", {}).get("refs", {}).items():
            if number < 0:
                label = key.removeprefix(":")
                yield Problem(
                    "footnote-unused", f"footnote [^{label}] is never called", f"Put [^{label}] where it belongs."
                )

    def inlines(self, tokens: Sequence[Token]) -> tuple[Inline, ...]:
        stack: list[tuple[Token | None, list[Inline]]] = [(None, [])]
        for position, token in enumerate(tokens):
            here = stack[-1][1]
            match token.type:
                case "text":
                    self._plain_text(token.content, here)
                case "text_special":
                    _add_text(here, token.content)
                case "softbreak":
                    _add_text(here, " ")
                case "hardbreak":
                    here.append(Break())
                case "placeholder":
                    here.append(self._placeholder(token))
                case "footnote_ref":
                    here.append(self._note(str(token.meta["label"])))
                case kind if kind.endswith("_open"):
                    stack.append((token, []))
                    if len(stack) > _DEEPEST_INLINE:
                        self.problem("markup-refused", "marks nest too deep here", "One kind of emphasis is enough.")
                        return ()
                case kind if kind.endswith("_close"):
                    opening, children = stack.pop()
                    if opening is not None:
                        if opening.markup in ("*", "**"):
                            self._inside_words(stack[-1][1], tokens[position + 1 :])
                        stack[-1][1].extend(self._wrapped(opening, tuple(children)))
                case kind if kind in _REFUSED_TOKENS:
                    self._refuse(kind)
        return tuple(stack[0][1])

    def _inside_words(self, before: Sequence[Inline], following: Sequence[Token]) -> None:
        """In “2*3*4” the asterisks would vanish: emphasis with a letter or digit on both outer sides is not meant."""
        after = next((token.content for token in following if token.content or token.type != "text"), "")
        if before and isinstance(before[-1], Text) and before[-1].text[-1:].isalnum() and after[:1].isalnum():
            advice = "Put a backslash before an asterisk that is to be printed."
            self.problem("markup-refused", "asterisks inside words would vanish", advice)

    def _plain_text(self, text: str, here: list[Inline]) -> None:
        if "{{" in text or "}}" in text:
            self.problem(
                "placeholder-malformed",
                "{{ and }} stand around the name of a value, as {{ country }} or {{ country.of }}",
                "Write the name in small letters; put a backslash before each brace that is meant as itself.",
            )
        if left := _LEFT_OVER.search(text):
            self.problem(
                "markup-refused",
                f"“{left[0]}” is left over here, and would be printed",
                "Write [words](address) and [words]{lang=fr} without spaces, ** right beside its words; "
                "or put a backslash before what is meant as itself.",
            )
        if lost := _LOST_NOTE.search(text):
            self.problem("footnote-missing", f"footnote {lost[0]} has no text", f"Add a paragraph {lost[0]}: … below.")
        _add_text(here, text)

    def _placeholder(self, token: Token) -> Placeholder:
        form = token.meta["form"]
        if form and form not in PLACEHOLDER_FORMS:
            self.problem(
                "placeholder-form",
                f"“{form}” is no form of a value",
                f"The forms are {', '.join(PLACEHOLDER_FORMS)}.",
            )
        return Placeholder(token.meta["name"], form)

    def _note(self, label: str) -> Note:
        if label in self.called:
            self.problem(
                "footnote-twice", f"footnote [^{label}] is called twice", "Give each call a footnote of its own."
            )
        self.called.add(label)
        return Note(label, self.notes.get(label, ()))

    def _wrapped(self, opening: Token, children: tuple[Inline, ...]) -> Iterator[Inline]:
        match opening.type:
            case "em_open":
                yield Emphasis(children)
            case "strong_open":
                yield Strong(children)
            case "span_open":
                yield from self._span(str(opening.attrs.get("lang", "")), children)
            case "link_open":
                yield from self._link(str(opening.attrs.get("href", "")), bool(opening.attrs.get("title")), children)

    def _span(self, lang: str, children: tuple[Inline, ...]) -> Iterator[Inline]:
        if not LANGUAGE.fullmatch(lang):
            self.problem("span-language", "braces after [words] name their language", "Write [words]{lang=fr}.")
        yield Span(lang, children)

    def _link(self, href: str, titled: bool, children: tuple[Inline, ...]) -> Iterator[Inline]:
        if titled:
            self.problem("link-title", "a link has a title, which no page would show", "Write it in the text.")
        scheme, _, rest = href.partition(":")
        if scheme == "term":
            if not children:
                self.problem("link-empty", f"the term {rest} has no words", "Write them between the brackets.")
            yield TermMark(rest, children)
        elif scheme == "clause":
            yield ClauseRef(rest, children)
        elif href.lower().startswith(_SCHEMES):
            if not children:
                self.problem("link-empty", f"the link to {href} has no words", "Write them between the brackets.")
            yield Link(href, children)
        else:
            self.problem("link-scheme", f"“{href}” is no web or mail address", "Begin it with https://.")


def _add_text(here: list[Inline], text: str) -> None:
    text = _SPACES.sub(" ", text)  # as CommonMark prints it
    if not text:
        return
    if here and isinstance(here[-1], Text):
        here[-1] = Text(here[-1].text + text)
    else:
        here.append(Text(text))
