"""What a mark in a box means, and what typed words mean: only what is certain.

A cross in a box is a tick, as on every ballot; a sign that may as well mean “no” (✗, ❌, a thumb) is not, and of two
boxes where one was printed nobody knows which is meant. Typed words decide where they are, whole, the words printed
beside a box, in any language of the packets; anything more is words, and a sign beside them may take them back. In the
box that approves, and nowhere else, “yes” is a tick, too; words behind a tick are said with it, and looked at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from paraph.model.event import Choice
from paraph.model.packet import Stationery
from paraph.review.identity import BETWEEN_LABELS, CHOICES

_CROSSES, _CHECKS, _FULL = frozenset("xXхХ×☒🗷"), frozenset("☑✓✔🗸🗹✅√"), frozenset("■●⬛◉⦿")
_TICKS = _CROSSES | _CHECKS | _FULL
_TYPED_CHECKS = frozenset("vV+")
"""Signs of a keyboard for a check mark, where they stand alone in a box. Beside another choice than to approve nobody
knows what they mean (`Phrases.in_box`)."""
_EMPTY = frozenset("☐□◻▢○◯⬜❑❒_-–—….[](){}|/\\·:;,\u200e\u200f\u2066\u2067\u2068\u2069\ufe0e\ufe0f")
_DRAWN = re.compile("[☐□◻▢○◯⬜❑❒☒🗷☑🗹✅■●⬛◉⦿]")
"""A box as one sign, ticked or not."""
_TYPED = re.compile(r"[\[(]([^\[\]()\w]*|\s*[xXхХ]\s*)[\])]")
"""A box typed with brackets: what stands in it."""
_BOX = re.compile(r"\[[\s_.–—-]*\]|\([\s_.–—-]*\)|[☐□◻▢○◯⬜❑❒]")
_PUNCTUATION = frozenset(".,;:!،؛'\"“”„«»‹›()[]-–—•·*_\u200e\u200f\u2066\u2067\u2068\u2069\ufe0e\ufe0f")
"""What may stand around a word that decides: no question, no sign that may say the contrary."""
_SPELT = _PUNCTUATION - {"‹", "›", "*"} | frozenset("/%&§°…\n") | frozenset(map(chr, range(0x64B, 0x653)))
"""What may stand among the words behind a tick, with the vowel signs of Arabic."""
_WORD = re.compile(r"[^\W\d_]{2}")
_FEW = 3
"""Words: a reason that has no more may be none (“Sans réserve”, “Pas de réserve”)."""
_LONGEST = 120
"""Characters: no word or phrase that decides has more."""
_BEHIND = re.compile(
    r"[\s☐□]*(?:[\[(]\s*[xXхХ×✓✔]\s*[\])]|[xXхХ×](?=[\s.,:;–—-])|[☒☑✓✔🗸🗹✅√■●])[\s.,:;–—-]*(?P<words>\S.*)", re.DOTALL
)
"""A tick, and the words behind it."""
_QUOTED = "’ʼ‘`´＇"
_UNTICKED, _AROUND_TYPED = "☐□ \t\n", " \t\n.[]()"
_BRACKETED = re.compile(r"\[\s*([^\[\]()]+?)\s*\]|\(\s*([^\[\]()]+?)\s*\)")
_AROUND_YES = frozenset(".!¡'\"“”„«»,;،؛/–—-") | frozenset(_QUOTED)
_BETWEEN = re.compile(r"[,;،؛\n]|[.!](?=\s)|\s[/–—-]\s")
"""Between words each of which says the same: “Yes, we approve”."""
_MORE = (",", ";", "،", "؛", "/", "-", "–", "—")
_HINT = re.compile(r"‹[^‹›]*›")
_BROKEN_HINT = re.compile("‹|›0?$")
"""Of a hint in Arabic, RTF loses the first sign, and has a zero after the last."""
_QUOTES = str.maketrans(dict.fromkeys(_QUOTED, "'"))


class Mark(Enum):
    """What stands in a box."""

    NONE = "nothing"
    TICK = "a tick"
    NO = "a no"
    UNCERTAIN = "something else"


def mark(text: str) -> Mark:
    """What `text`, all that stands in a box, means."""
    signs = {one for one in text if not one.isspace() and one not in _EMPTY}
    if not signs:
        return Mark.NONE
    if signs <= _TYPED_CHECKS:
        alone = text.lstrip(_UNTICKED + _AROUND_TYPED).rstrip(_AROUND_TYPED) in signs  # not before a box left empty
        return Mark.TICK if len(signs) == 1 and alone else Mark.UNCERTAIN
    one_kind = any(signs <= kind for kind in (_CROSSES, _CHECKS, _FULL))
    return Mark.TICK if one_kind and not _has_boxes(text) else Mark.UNCERTAIN


def is_blank(text: str) -> bool:
    """Whether `text` is an empty box, however it was made: a sign, brackets, a line to write on."""
    return bool(text) and not _BOX.sub("", text).strip(" _.…\n")


def _has_boxes(text: str) -> bool:
    """Whether boxes that say different things stand in `text`. One that is drawn, as all packets have it, and beside it
    one that somebody typed and crossed ([x]) are one answer; so is a sign that a program doubled."""
    drawn, typed = set(_DRAWN.findall(text)), {one.strip() for one in _TYPED.findall(text)}
    empty = any(_TICKS.isdisjoint(one) and not _DRAWN.search(one) for one in typed)
    return len(drawn) > 1 or len(typed) > 1 or bool(drawn and empty)


def has_tick(text: str) -> bool:
    """Whether a sign that is a tick stands in `text`; a letter among others is none."""
    return any(one in _TICKS and not one.isalpha() for one in text)


def plain(text: str) -> str:
    """`text` for comparison with a label: without case, quotes, signs and punctuation around it."""
    folded = " ".join(unicodedata.normalize("NFKC", text.translate(_QUOTES)).casefold().split())
    start, end = 0, len(folded)
    while start < end and not folded[start].isalnum():
        start += 1
    while start < end and not folded[end - 1].isalnum():
        end -= 1
    return folded[start:end]


def _parts(text: str) -> list[str]:
    """The phrases of a text, as `plain` has them."""
    return [bare for one in _BETWEEN.split(text) if (bare := plain(one))]


def _is_spelt(text: str) -> bool:
    """Whether `text` is of words alone, without a question, a sign that may say no, or more to come (“Yes,”)."""
    told = all(one.isalnum() or one.isspace() or one in _AROUND_YES for one in text)
    return told and ".." not in text and not text.rstrip().endswith(_MORE)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words that decide, as `plain` has them, and those of the fields that nobody has filled in; `labels` are those
    printed beside the boxes, `yeses`, `goods` and `noes` what people write in a box, `nots` what takes a tick back
    behind it, `nothings` what they write where they have nothing to say."""

    choices: Mapping[str, Choice]
    hints: frozenset[str]
    labels: frozenset[str] = frozenset()
    nothings: frozenset[str] = frozenset()
    yeses: frozenset[str] = frozenset()
    goods: frozenset[str] = frozenset()
    noes: frozenset[str] = frozenset()
    nots: frozenset[str] = frozenset()

    @classmethod
    def of(cls, paper: Stationery) -> Phrases:
        """Those of every language of the stationery; `said-approve` and the like add what people write, parted by |,
        `said-nothing` what they write where they have nothing to say, and `said-yes`, `said-good`, `said-no`
        and `said-not` what they write in a box."""
        choices: dict[str, Choice] = {}
        hints, labels = set(), set()
        for strings in paper.strings.values():
            for choice in CHOICES:
                variants = (strings.get(str(choice), ""), *strings.get(f"said-{choice}", "").split("|"))
                choices |= {plain(one): choice for one in variants if plain(one)}
                labels.add(plain(variants[0]))
            hints |= {plain(strings[key]) for key in ("choose-hint", "words-hint", "person-hint") if key in strings}
        every = paper.strings.values()
        nothings, *in_boxes = (
            frozenset(bare for one in every for said in one.get(key, "").split("|") if (bare := plain(said)))
            for key in ("said-nothing", "said-yes", "said-good", "said-no", "said-not")
        )
        return cls(choices, frozenset(hints), frozenset(labels), nothings, *in_boxes)

    def choice(self, text: str) -> Choice | None:
        """The choice that `text` is, in one language or, as on a label, in several, with or without a tick beside it;
        None for an empty box before it, more than one box, a question mark or a sign that may mean no (❌), or more
        words."""
        text = " ".join(text.split())
        if len(text) > _LONGEST or _has_boxes(text):
            return None
        ticked = any(one in "☒☑✓✔✅" for one in text) or re.search(r"[\[(]\s*[xXхХ×]\s*[\])]", text)
        if _BOX.search(text) and not ticked:
            return None
        bare = re.sub(r"[\[(]\s*[xXхХ×]?\s*[\])]|^\s*[xX×]\s+|\s+[xX×]\s*$", " ", text)
        words = unicodedata.normalize("NFC", "".join(one for one in bare if one not in "☒☑✓✔✅🗸🗹√■●◉"))
        told = all(one.isalnum() or one.isspace() or one in _PUNCTUATION or one in _QUOTED for one in words)
        found = {self.choices.get(plain(one)) for one in words.split(BETWEEN_LABELS)} if told else set()
        if None in found and any(self.choices.get(one) for one in _parts(words)) and self._approves(words):
            return Choice.APPROVE
        return found.pop() if len(found) == 1 else None

    def _approves(self, words: str, *, labels: bool = True) -> bool:
        """Whether all of `words` approves: “Yes”, “OK”, “Approved”, and several such one after the other (“Yes, we
        approve”); without `labels`, what is printed beside the boxes alone does not."""
        parts, goods = _parts(words), self.yeses | self.goods
        if not _is_spelt(words) or not parts:
            return False
        every = all(one in goods or self.choices.get(one) is Choice.APPROVE for one in parts)
        return plain(words) in goods or (every and (labels or not self.labels.issuperset(parts)))

    def is_nothing(self, text: str) -> bool:
        """Whether `text`, all that stands in a field for words, says that there is nothing to say: “None”, “n/a”."""
        parts = _parts(text) if len(text) <= _LONGEST and _is_spelt(text) else []
        return bool(parts) and (plain(text) in self.nothings or self.nothings.issuperset(parts))

    def in_box(self, text: str, choice: Choice) -> Mark:
        """What `text` means, all that stands in the box of `choice`: a word may be a tick there (“Yes”), or say that
        this is not the choice (“No”). “Yes”, “OK” and a V approve; beside any other choice they may answer whether the
        member agrees, and nobody knows."""
        found = mark(text)
        if found is Mark.TICK and choice is not Choice.APPROVE and not _TYPED_CHECKS.isdisjoint(text):
            return Mark.UNCERTAIN
        if found is not Mark.UNCERTAIN or len(text) > _LONGEST or _has_boxes(text):
            return found
        ticked = _BEHIND.fullmatch(text)
        bare = ticked["words"] if ticked else text.strip().lstrip(_UNTICKED)
        boxed = _BRACKETED.fullmatch(bare.strip())
        bare = (boxed[1] or boxed[2]) if boxed else bare
        if choice is Choice.APPROVE and self._approves(bare, labels=False):
            return Mark.TICK
        said = plain(bare) if _is_spelt(bare) else ""
        return Mark.NO if said in self.noes and not ticked else Mark.UNCERTAIN

    def behind_tick(self, text: str) -> str:
        """The words behind the one tick of a box (“☒ Too weak.”), or "": a sign or a “no” may take the tick back, a
        question asks, and the words of a choice, such as another one, decide by themselves."""
        found = _BEHIND.fullmatch(unicodedata.normalize("NFC", text)) if not _has_boxes(text) else None
        words = found["words"].strip() if found else ""
        told = all(one.isalnum() or one.isspace() or one in _SPELT or one in _QUOTED for one in words)
        first = next(filter(None, map(plain, words.split())), "")
        decides = self.choice(words) or plain(words) in self.nothings | self.yeses | self.goods
        return "" if not told or first in self.nots or decides or not _WORD.search(words) else words

    def without_hints(self, text: str) -> str:
        """`text` without the hints that stood there before anybody wrote; all else between ‹ and › somebody wrote."""
        return _HINT.sub(lambda hint: "" if plain(hint[0]) in self.hints else hint[0], text)

    def written(self, text: str) -> str:
        """What somebody wrote in a field: nothing where only its hint is there, or what RTF leaves of it. A sign alone
        (❌, ???) is no word, and is something; dots, lines and empty boxes are nothing."""
        bare = self.without_hints(text).strip()
        said = any(not one.isspace() and one not in _EMPTY and one not in "‹›" for one in bare)
        return "" if plain(_BROKEN_HINT.sub("", bare)) in self.hints or not said else bare

    def says_little(self, text: str) -> bool:
        """Whether words may be no reason, or take back what they stand beside: “n/a”, signs alone, a few words (“No
        objection”, “see comment”), or words that are those of a choice. No list of negations has them all."""
        bare = plain(text)
        some = bare in self.nothings or len(bare.split()) <= _FEW
        return some or any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", bare) for one in self.choices)


def distinct(choices: Iterable[Choice | None]) -> list[Choice]:
    """The choices, each once, in the order of the boxes."""
    found = set(choices)
    return [one for one in CHOICES if one in found]
