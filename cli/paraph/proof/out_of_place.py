"""What stands on its pages elsewhere than it was released: boxes and frames, and the pictures among its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paraph.proof.reading import Reading

_NEARLY = 0.05
_OFFICE = ("docx", "odt")


def out_of_place(found: Reading, released: Reading) -> Iterator[str]:
    """What of an office file stands elsewhere, or is otherwise large, than released."""
    if found.format in _OFFICE and not _all_there(found.places, released.places):
        yield "it holds a text box that stands elsewhere than one released"
    both = found.format in _OFFICE and released.format in _OFFICE
    if both and not _one_by_one(found.pictures, released.pictures):
        yield "its pictures are not those released, each in its place and size"


def _all_there(found: Sequence[tuple[float, ...]], released: Sequence[tuple[float, ...]]) -> bool:
    """Whether each stands where one of those released stands, and none where another does, but for what rounding makes
    of a point."""
    left = [*released]
    for place in found:
        there = [one for one in left if all(abs(was - is_) < 1 for was, is_ in zip(one, place, strict=False))]
        if not there:
            return False
        left.remove(there[0])
    return True


def _one_by_one(found: Sequence[tuple[str, float, float]], released: Sequence[tuple[str, float, float]]) -> bool:
    """Whether pictures are the same, in the same order, and, where both formats say it, nearly of the same size:
    LibreOffice makes one a little lower that is higher than its line. Those at the head and foot of an ODT's pages have
    no place among the others."""
    were, are = ([one for one, *_ in side] for side in (released, found))
    if any(width < 0 for side in (released, found) for _, width, _ in side):
        return sorted(were) == sorted(are)
    return were == are and all(
        not (a and b) or abs(a - b) <= max(1, _NEARLY * a)
        for was, is_ in zip(released, found, strict=True)
        for a, b in zip(was[1:], is_[1:], strict=True)
    )
