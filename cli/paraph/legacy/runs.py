"""What a paragraph is by those around it: headings that are lettered A, B, C, lists of recitals, lists of links.

One alone says too little: “A. Smith” is a name, *ensuring that* may be what somebody undertakes. Places are those of
the blocks of a statement, from 0.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from paraph.legacy.blocks import Block, BlockKind
from paraph.markup.openings import opening_pattern
from paraph.model.text import Link, Text

_CAPITAL = re.compile(r"([A-Z])[.)][\s\u00a0]+\S")
_STEM = 3
"""Letters that a participle must share with a verb: recalling, recall."""
_LABEL = 3
"""Words before the links with which a web page ends."""


def lettered_headings(blocks: Sequence[Block]) -> frozenset[int]:
    """Lines *A. General principles*, *B. Recommendations*, in this order; one alone is none."""
    found: list[int] = []
    for place, block in enumerate(blocks):
        match = _CAPITAL.match(block.text) if block.kind is BlockKind.PARAGRAPH and not block.level else None
        short = len(block.text) <= 120 and not block.text.endswith((",", ";", ":", "."))
        if match and short and ord(match[1]) - ord("A") == len(found):
            found.append(place)
    return frozenset(found if len(found) > 1 else ())


class Recitals:
    """Knows recitals that stand in a list, by the words with which they begin (`openings:` of the workspace)."""

    def __init__(self, participles: tuple[str, ...], after: tuple[str, ...], verbs: tuple[str, ...]) -> None:
        self._any = opening_pattern(participles, after) if participles else None
        named = tuple(word for word in participles if not word.startswith("*"))
        self._named = [opening_pattern(words, ()) for words in (named, after) if words]
        self._endings = tuple(word[1:] for word in participles if word.startswith("*"))
        self._verbs = tuple(_bare(verb) for verb in verbs if "*" not in verb)

    def items(self, blocks: Sequence[Block]) -> frozenset[int]:
        """The items of lists in which each begins with a participle, and at least half with one of a recital.

        Not of a list that says what is undertaken or asked: “We undertake: – *supporting* …”.
        """
        if self._any is None:
            return frozenset()
        found: list[int] = []
        for run in _runs(blocks):
            texts = [blocks[place].text for place in run]
            sure = sum(map(self._surely, texts))
            before = blocks[run[0] - 1].text if run[0] else ""
            if all(map(self._any.match, texts)) and sure * 2 >= len(texts) and not self._asks(before):
                found += run
        return frozenset(found)

    def _surely(self, text: str) -> bool:
        """Whether its first word is the participle of a verb of operative paragraphs, or named as one of recitals."""
        if any(one.match(text) for one in self._named):
            return True
        first = _bare(text.split(maxsplit=1)[0])
        stems = (first.removesuffix(end) for end in self._endings if first.endswith(end))
        return any(len(stem) >= _STEM and verb.startswith(stem) for stem in stems for verb in self._verbs)

    def _asks(self, text: str) -> bool:
        words = {*re.findall(r"\w+", _bare(text))}
        return text.endswith(":") and not words.isdisjoint(self._verbs)


def link_lists(blocks: Sequence[Block], headings: Collection[int]) -> frozenset[int]:
    """Lists of nothing but links, with the heading above them: at the end, or below that heading alone.

    And at the end lines of links after a word or two: *Share this: X*.
    """
    end = len(blocks)
    while end and _is_links_of_page(blocks[end - 1]):
        end -= 1
    found = [*range(end, len(blocks))]
    blocks = blocks[:end]
    for run in _runs(blocks):
        if len(run) < 2 or not all(_is_link(block) for block in blocks[run[0] : run[-1] + 1]):
            continue
        headed = run[0] - 1 in headings
        if headed or run[-1] == len(blocks) - 1:
            found += [run[0] - 1, *run] if headed else run
    return frozenset(found)


def _is_link(block: Block, start: int = 0) -> bool:
    """Whether a block has nothing but links, from a place in it on."""
    apart = " .;,|·"
    return all(
        isinstance(one, Link) or (isinstance(one, Text) and not one.text.strip(apart)) for one in block.inlines[start:]
    )


def _is_links_of_page(block: Block) -> bool:
    first, rest = block.inlines[0], block.inlines[1:]
    label = first.text.rstrip() if block.kind is BlockKind.PARAGRAPH and isinstance(first, Text) else ""
    return label.endswith(":") and len(label.split()) <= _LABEL and bool(rest) and _is_link(block, 1)


def _runs(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The items of each list that is in no other, with nothing but what belongs to them between them."""
    run: list[int] = []
    for place, block in enumerate(blocks):
        if block.kind is BlockKind.ITEM and not block.level:
            run.append(place)
        elif not block.level and run:
            yield run
            run = []
    if run:
        yield run


def _bare(text: str) -> str:
    """Small letters without accents: considérant, considère."""
    return "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
