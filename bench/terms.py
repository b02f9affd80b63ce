"""Finding the terms of a large termbase in a long text: paraph's matcher beside others, in the same run.

`python -m bench.terms NAME LANGUAGE TERMS BYTES RESULT` runs one of them in a process of its own.
"""

from __future__ import annotations

import array
import json
import re
import resource
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

from bench.measure import run
from bench.termbase import Made, make

if TYPE_CHECKING:
    from paraph.glossary.matching import Matcher

Spans = Iterable[tuple[int, int]]
Find = Callable[[Sequence[str]], Iterable[Spans]]
"""Lines → what is found in each, in whichever way the matcher does it best."""
OURS = ("paraph", "paraph, what overlaps too")
WHOLE = (*OURS, "FlashText", "spaCy PhraseMatcher", "exact, slow")
SAMPLE = 20_000
"""Bytes of the text that re is given: it tries every term at every word."""


def paraph(made: Made, language: str) -> Find:
    """The matcher that the checks use; it is given the terms, with such plurals as a glossary has to list."""
    matcher = _prepared(made, language)
    return lambda lines: ([match[:2] for match in matches] for matches in matcher.find_each(lines))


def everything(made: Made, language: str) -> Find:
    """The same, asked also for what overlaps: a term that this misses is not known, and not only behind another."""
    matcher = _prepared(made, language)
    return lambda lines: ([match[:2] for match in some] for some in matcher.find_each(lines, overlapping=True))


def _prepared(made: Made, language: str) -> Matcher:
    from paraph.glossary.matching import Matcher
    from paraph.model.concept import Concept, Term, TermStatus
    from paraph.model.finding import Source

    concepts = (
        Concept(
            id=f"c{number}",
            domain="",
            definition={},
            terms={language: (Term(term=one, status=TermStatus.PREFERRED, forms=listed(one, many, language)),)},
            origin="",
            certainty="",
            notes="",
            source=Source(file=""),
        )
        for number, (one, many) in enumerate(made.terms)
    )
    return Matcher.of(concepts, language).prepare()


def listed(one: str, many: str, language: str) -> tuple[str, ...]:
    """The plural of a term, where no rule of paraph's finds it: a glossary has it under `forms:`."""
    from paraph.glossary.inflection import readings

    pairs = zip(one.split(), many.split(), strict=True)
    found = all(word in {reading for reading, _ in readings(other, language)} for word, other in pairs)
    return () if found else (many,)


def flashtext(made: Made, _: str) -> Find:
    """FlashText, given singulars and plurals."""
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for form in _forms(made):
        processor.add_keyword(form)
    return partial(map, lambda line: [one[1:] for one in processor.extract_keywords(line, span_info=True)])


def spacy(made: Made, language: str) -> Find:
    """spaCy's PhraseMatcher on its tokens, given singulars and plurals; the longest are kept."""
    from spacy import blank
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = blank(language)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("term", list(nlp.tokenizer.pipe(_forms(made))))

    def find(lines: Sequence[str]) -> Iterable[Spans]:
        for document in nlp.tokenizer.pipe(lines):
            yield [(span.start_char, span.end_char) for span in filter_spans(matcher(document, as_spans=True))]

    return find


def alternation(made: Made, _: str) -> Find:
    """One regular expression, the longest first, given singulars and plurals."""
    either = "|".join(sorted(map(re.escape, _forms(made)), key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{either})\b", re.IGNORECASE)
    return partial(map, lambda line: [match.span() for match in pattern.finditer(line)])


def exact(made: Made, _: str) -> Find:
    """Every run of up to four words looked up among singulars and plurals: the measure of what is to be found."""
    forms = {*map(str.casefold, _forms(made))}

    def find(line: str) -> Spans:
        words = [match.span() for match in re.finditer(r"\w+", line)]
        at = 0
        while at < len(words):
            for end in range(min(at + 4, len(words)), at, -1):
                start, stop = words[at][0], words[end - 1][1]
                if line[start:stop].casefold() in forms:
                    yield start, stop
                    at = end - 1
                    break
            at += 1

    return partial(map, find)


MATCHERS = {
    "paraph": paraph,
    "paraph, what overlaps too": everything,
    "FlashText": flashtext,
    "spaCy PhraseMatcher": spacy,
    "re alternation": alternation,
    "exact, slow": exact,
}


def _forms(made: Made) -> list[str]:
    return [*dict.fromkeys(form for pair in made.terms for form in pair)]


def main(name: str, language: str, terms: int, size: int, result: Path) -> None:
    made = make(language, terms, size)
    lines = made.lines if name in WHOLE else made.lines[: max(1, len(made.lines) * SAMPLE // size)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = process_time()
    find = MATCHERS[name](made, language)
    built = process_time()
    found = array.array("Q")
    for number, spans in enumerate(find(lines)):
        for one, other in spans:
            found.extend((number, one, other))
    done = process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    given = sum(len(line.encode()) + 1 for line in lines)
    cost = {"build": built - start, "match": done - built, "bytes": given, "peak": (peak - before) / 1024}
    result.write_text(json.dumps(cost | {"found": len(found) // 3}))
    result.with_suffix(".spans").write_bytes(found.tobytes())


def table(terms: int, size: int, rounds: int, languages: Sequence[str] = ("en", "fr")) -> str:
    """All of them in turns, as a Markdown table: medians of processor seconds."""
    lines = [
        f"{terms:,} terms in {size / 1e6:.0f} MB of text; medians of {rounds}. paraph is given the terms, and of"
        " the plurals those that no rule of its finds, as a glossary has them; the others are given every plural.",
        "",
        "| | language | building s | finding s | MB/s | memory MB | found | missed | speed |",
        "|---|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    with tempfile.TemporaryDirectory(prefix="paraph-terms-") as work:
        for language in languages:
            lines += _rows(Path(work), language, terms, size, rounds)
    return "\n".join(lines)


def _rows(work: Path, language: str, terms: int, size: int, rounds: int) -> Iterable[str]:
    costs: dict[str, list[dict[str, float]]] = {name: [] for name in MATCHERS}
    spans: dict[str, set[tuple[int, int, int]]] = {}
    for turn in range(rounds):
        for name in MATCHERS:
            if turn and name not in ("paraph", "FlashText", "spaCy PhraseMatcher"):
                continue
            result = work / "result.json"
            command = [sys.executable, "-m", "bench.terms", name, language, str(terms), str(size), str(result)]
            run(command, Path(__file__).resolve().parents[1])
            costs[name].append(json.loads(result.read_text()))
            numbers = array.array("Q", result.with_suffix(".spans").read_bytes())
            spans[name] = set(zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True))
    rate = {name: median(one["bytes"] / one["match"] for one in some) for name, some in costs.items()}
    fastest = max(rate[name] for name in MATCHERS if name not in (*OURS, "exact, slow"))
    for name, some in costs.items():
        middle = {key: median(one[key] for one in some) for key in some[0]}
        wanted = {span for span in spans["exact, slow"] if name in WHOLE or span[0] <= max(spans[name])[0]}
        speed = f"{rate[name] / fastest:.1f} × the fastest of the others" if name == "paraph" else ""
        shown = f"{name} (on {middle['bytes'] / 1000:.0f} kB)" if name not in WHOLE else name
        yield (
            f"| {shown} | {language} | {middle['build']:.1f} | {middle['match']:.2f} | {rate[name] / 1e6:.2f} "
            f"| {middle['peak']:.0f} | {middle['found']:,.0f} | {len(wanted - spans[name]):,} | {speed} |"
        )


if __name__ == "__main__":
    name, language, terms, size, result = sys.argv[1:]
    main(name, language, int(terms), int(size), Path(result))
