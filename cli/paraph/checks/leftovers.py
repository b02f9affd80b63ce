"""What was not translated, what is far too short or long, and what is not in the language that it is said to be in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from paraph.checks.detect import likely
from paraph.checks.languages import LENGTHS, SMALL_WORDS, base, script, written_in
from paraph.checks.pairs import beside, both_ways, pairs
from paraph.checks.scan import Scan
from paraph.checks.texts import Passage, RunKind
from paraph.glossary.matching import is_acronym
from paraph.glossary.tokens import WORD
from paraph.model.finding import Finding

_OWN = (RunKind.OWN, RunKind.MARK)
_FEWEST = 3
"""Small letters begin so many words of a passage left over; names (Save the Children) have fewer."""
_TELLING = 4
"""Letters of a small word from which one of it and one word more tell a passage left over: *without delay*."""
_MOST_WORDS = 1_000
"""Of a text that are compared word by word, which takes the square of their number; no clause has so many."""
_SHORTEST = 60
"""Characters of the longer text below which lengths say nothing."""
_LEAST, _MOST = 0.5, 2.0
"""A text is out of proportion below or above so much of the length that its language needs (the project's own)."""
_WORDS, _LETTERS = 5, 25
"""Fewer words or letters do not show their language."""


def untranslated(scan: Scan) -> Iterator[Finding]:
    """Words that stand in both languages alike, and belong to one of them: found in the other."""
    for here, there in (*both_ways(scan), *beside(scan)):
        for line, words in scan.once(left_over, here, there):
            message = f"“{words}” stands in {there.language} as in {here.language}"
            advice = f"Translate it, or mark it as [words]{{lang={here.language}}} or as a quotation."
            yield there.finding("untranslated", message, advice, line=line)


def left_over(here: Passage, there: Passage) -> Iterator[tuple[int, str]]:
    """Each run of words of `there` that is also in `here`, or has two small words of its language, with its line."""
    theirs, ours = (SMALL_WORDS.get(base(one.language), frozenset()) for one in (here, there))
    source = [word for part in here.parts for run in part.runs if run.kind in _OWN for word in WORD.findall(run.text)]
    del source[_MOST_WORDS:]
    folded = [word.casefold() for word in source]
    known = set(folded)
    for part in there.parts:
        for run in part.runs:
            written = WORD.findall(run.text)[:_MOST_WORDS] if run.kind in _OWN else []
            words = [word.casefold() for word in written]
            if stray := _stray(written, theirs - ours):
                yield part.at, stray
                continue
            if len(known.intersection(words)) < 2:
                continue
            for block in SequenceMatcher(None, folded, words, autojunk=False).get_matching_blocks():
                shared = source[block.a : block.a + block.size]
                small = [word for word in shared if word[:1].islower()]
                telling = [word for word in small if word in theirs and word not in ours]
                if telling and (len(small) >= _FEWEST or (len(small) == 2 and max(map(len, telling)) >= _TELLING)):
                    yield part.at, " ".join(shared)


def _stray(words: Sequence[str], small: frozenset[str]) -> str:
    """Two small words of the other language between words that are no names: *recommendations of the committee*."""
    if len(small.intersection(words)) < 2:
        return ""
    for n in range(len(words) - 3):
        if {words[n + 1], words[n + 2]} <= small and all(word[:1].islower() for word in words[n : n + 4]):
            return " ".join(words[n : n + 4])
    return ""


def lengths(scan: Scan) -> Iterator[Finding]:
    """Texts that are out of proportion to the one beside them."""
    for here, there in pairs(scan):
        usual = [LENGTHS.get(base(one.language)) for one in (here, there)]
        counts = [sum(len(part.text) for part in one.parts) + _spelt_out(scan, one) for one in (here, there)]
        if None in usual or max(counts) < _SHORTEST or not min(counts):
            continue
        expected = counts[0] * (usual[1] or 1) / (usual[0] or 1)
        if not _LEAST <= counts[1] / expected <= _MOST:
            message = (
                f"{there.language} has {counts[1]} characters, where {here.language} has {counts[0]}; "
                f"about {expected:.0f} would be usual"
            )
            yield there.finding("length-differs", message, "Look whether something is missing, or said twice.")


def _spelt_out(scan: Scan, passage: Passage) -> int:
    """How much longer a text would be with full names for its acronyms, which another language may have written out."""
    acronyms = (one for one in scan.named(passage) if one.entry and is_acronym(one.words))
    full = ((one, scan.library.concepts[one.concept].preferred(passage.language, scan.library.day)) for one in acronyms)
    return sum(max(0, len(term.term) - len(one.words)) for one, term in full if term)


def declared(scan: Scan) -> Iterator[Finding]:
    """Texts in another language than they are said to be in: by their script, then by their words."""
    copied = {id(there) for here, there in both_ways(scan) if scan.once(left_over, here, there)}
    for passage in scan.passages():
        text = " ".join(run.text for part in passage.parts for run in part.runs if run.kind in _OWN)
        if id(passage) in copied or len(text) < _LETTERS:
            continue
        if other := another_language(text, passage.language, scan.library.workspace.all_languages):
            message = f"this does not look like {passage.language}, but like {other}"
            yield passage.finding(
                "language-suspect", message, "Put the text under its language, or mark foreign words."
            )


def another_language(text: str, language: str, known: Iterable[str]) -> str:
    """The language (`known` are those of the workspace) or script of a text, where it does not look like `language`."""
    letters = written_in(text)
    total = sum(letters.values())
    if total < _LETTERS:
        return ""
    most = max(letters, key=letters.__getitem__)
    if letters.get(script(language), 0) * 2 < total:
        return f"{most} letters"
    words = [word.casefold() for word in WORD.findall(text) if word[:1].islower()]
    if len(words) < _WORDS:
        return ""
    others = [code for code in known if script(code) == script(language)]
    if _settled(words, base(language), {base(code) for code in others} - {base(language)}):
        return ""
    borne_out = {code for code in map(base, others) if _borne_out(words, base(language), code)} - {base(language)}
    # what letters alone say counts for nothing where words do not bear it out: langdetect takes longest of all
    found = likely(text, frozenset({base(language), *map(base, others)})) if borne_out else ""
    return found if found in borne_out else _stranger(words, language)


def _borne_out(words: list[str], language: str, other: str) -> bool:
    """Whether a text has as many small words of the `other` language as of its own: letters alone mislead in a line."""
    own = sum(word in SMALL_WORDS.get(language, ()) for word in words)
    return other not in SMALL_WORDS or sum(word in SMALL_WORDS[other] for word in words) >= own


def _stranger(words: list[str], language: str) -> str:
    """A language that the workspace need not have: a third of the words are its small ones, twice as many as own."""
    own = sum(word in SMALL_WORDS.get(base(language), ()) for word in words)
    counts = {
        code: sum(word in small for word in words)
        for code, small in SMALL_WORDS.items()
        if code != base(language) and script(code) == script(language)
    }
    most = max(counts, key=counts.__getitem__, default="")
    return most if most and counts[most] * 3 >= len(words) and counts[most] > max(own * 2, _WORDS - 2) else ""


def _settled(words: list[str], language: str, others: set[str]) -> bool:
    """Whether the small words alone tell the language: a fifth of all, and clearly more than of any other."""
    if not others:
        return True
    own = sum(word in SMALL_WORDS.get(language, ()) for word in words)
    most = max(sum(word in SMALL_WORDS.get(code, ()) for word in words) for code in others)
    return own * 5 >= len(words) and own > most * 1.5
