"""Pages that were added, taken away or moved, look otherwise, or are given what was not released with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from paraph.proof.reading import Reading, letters

_MOST, _MOST_PAGES = 6, 20
"""Of what is named in one line."""

_OF_PAGE = re.compile(r" of page (\d+)\Z")


class Pages(NamedTuple):
    """Pages by their numbers from 1: `pairs` are a page released and the one that stands in its place, `gone` those
    without one, `added` those that stand in the place of none."""

    pairs: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    added: tuple[int, ...]


class Shown(NamedTuple):
    """Where a PDF shows `otherwise` than it says or was released, and what is to be looked at, since nobody else can
    tell: `doubts`. In words."""

    otherwise: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def paired(released: Reading, found: Reading) -> Pages:
    """Which page stands in the place of which: as many, each by its number; else those of the same words."""
    was, is_ = ([letters("".join(page)) for page in one.pages] for one in (released, found))
    if len(was) == len(is_):
        return Pages(tuple((number, number) for number in range(1, len(was) + 1)), (), ())
    blocks = SequenceMatcher(None, was, is_, autojunk=False).get_matching_blocks()
    pairs = tuple((one.a + step + 1, one.b + step + 1) for one in blocks for step in range(one.size))
    kept, there = {one for one, _ in pairs}, {one for _, one in pairs}
    return Pages(
        pairs,
        tuple(one for one in range(1, len(was) + 1) if one not in kept),
        tuple(one for one in range(1, len(is_) + 1) if one not in there),
    )


def added_or_gone(released: Reading, pages: Pages) -> Iterator[str]:
    """Pages of the program that made the released file that were put in or taken out."""
    if pages.gone:
        yield f"{pages_named(pages.gone)} of {len(released.pages)} removed"
    if pages.added:
        yield f"{pages_named(pages.added)} added"


def moved(released: Reading, found: Reading) -> Iterator[str]:
    """Pages that are there no more, or stand elsewhere, where all that are there are as they were."""
    was, is_ = ([letters("".join(page)) for page in one.pages] for one in (released, found))
    if was == is_ or not set(is_) <= set(was) or len(was) < 2:
        return
    gone = tuple(number for number, page in enumerate(was, 1) if page not in is_)
    yield f"{pages_named(gone)} of {len(was)} removed" if gone else "its pages stand in another order, or twice"


def wordless(released: Reading, found: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Pages of another program’s copy without words of their own, where none was released: those that show something
    all the same, and those that are empty. A line each."""
    bare = [number for number, page in enumerate(found.own(), 1) if not letters("".join(page))]
    if found.format != "pdf" or len(bare) <= sum(not letters("".join(page)) for page in released.own()):
        return (), ()
    shown = tuple(one for one in bare if one in found.pictured)
    empty = tuple(one for one in bare if one not in found.pictured)
    return (
        (f"{pages_named(shown)} added: a picture, and no words",) if shown else (),
        (f"{pages_named(empty)} added, and empty",) if empty else (),
    )


def other_looks(released: Reading, found: Reading, pages: Pages) -> tuple[str, ...]:
    """The pages that look otherwise, as far as both have been looked at."""
    if not released.looks or not found.looks:
        return ()
    other = tuple(is_ for was, is_ in pages.pairs if released.looks[was - 1] != found.looks[is_ - 1])
    verb = "look" if len(other) > 1 else "looks"
    return (f"{pages_named(other)} {verb} otherwise, with the same words: look at them",) if other else ()


def drawn_alike(released: Reading, found: Reading, pages: Pages) -> tuple[bool, bool]:
    """Whether all pages, and whether any, are drawn from the very same."""
    same = [released.drawn[was - 1 :][:1] == found.drawn[is_ - 1 :][:1] for was, is_ in pages.pairs]
    return all(same), any(same)


def more_drawn(released: Reading, found: Reading, pages: Pages) -> tuple[str, ...]:
    """The pages that look the very same here, and are drawn from more than those released, which another program may
    show; or, of the program that made the released file, from less. In one line."""
    if not released.paints or not found.paints:
        return ()
    told = []
    for was, is_ in pages.pairs:
        before, after = Counter(released.paints[was - 1]), Counter(found.paints[is_ - 1])
        same = before == after or released.looks[was - 1] != found.looks[is_ - 1]
        if not same and (found.maker == released.maker or _beside(after) - _beside(before)):
            told.append(is_)
    said = "drawn from more than was released, or less: not every program shows the same"
    return (f"{pages_named(tuple(told))} {said}",) if told else ()


def _beside(paints: Counter[str]) -> Counter[str]:
    """What leaves ink beside words, in whichever pieces another program has a path."""
    made: Counter[str] = Counter()
    for what, count in paints.items():
        kind = what.partition(" ")[0]
        if kind != "text":
            made[what if kind == "picture" else kind] += count
    return made


def other_belongings(released: Reading, found: Reading, pages: Pages) -> tuple[str, ...]:
    """What a file holds beside the words and the drawing of its pages that was not released so, in one line."""
    names = sorted({*released.given, *found.given})
    changed = [one for one in names if released.given.get(one) != found.given.get(one)]
    apart = {*pages.gone, *pages.added}
    kept = [one for one in changed if not ((place := _OF_PAGE.search(one)) and int(place[1]) in apart)]
    more = f" and {len(kept) - _MOST} more" if len(kept) > _MOST else ""
    return (f"changed: {', '.join(one[:80] for one in kept[:_MOST])}{more}",) if kept else ()


def pages_named(numbers: tuple[int, ...]) -> str:
    """Pages by their numbers, in words."""
    shown, more = ", ".join(map(str, numbers[:_MOST_PAGES])), " …" if len(numbers) > _MOST_PAGES else ""
    return f"{'pages' if len(numbers) > 1 else 'page'} {shown}{more}"
