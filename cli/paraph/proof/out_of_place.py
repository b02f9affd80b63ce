"""What stands on its pages elsewhere than it was released: boxes and frames, and the pictures among its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paraph.proof.reading import Reading

_NEARLY = 0.05


def out_of_place(found: Reading, released: Reading) -> Iterator[str]:
    """What of an office file stands elsewhere, or is otherwise large, than released."""
    if found.format in ("odt", "docx") and not _all_there(found.places, released.places):
        yield "it holds a text box that stands elsewhere than one released"
    if found.format == released.format == "docx" and not _one_by_one(found.pictures, released.pictures):
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
    """Whether pictures are the same, in the same order, and nearly of the same size: LibreOffice makes one a little
    lower that is higher than its line."""
    return len(found) == len(released) and all(
        was[0] == is_[0] and all(abs(a - b) <= max(1, _NEARLY * a) for a, b in zip(was[1:], is_[1:], strict=True))
        for was, is_ in zip(released, found, strict=True)
    )
