"""All letters in one PDF, for a printer that takes no thousand files; in volumes, so that memory stays small.

Pages are put one after another, and what is not for the eye (tags, attachments) stays in the letters themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import count, islice
from pathlib import Path

from paraph.workflow.files import Stamp, replacing, stamp

MOST = 500
"""Letters in a volume."""
VOLUMES = "letters-[0-9][0-9][0-9].pdf"


def merge(folder: Path, names: Iterable[str], made: Callable[[str, Stamp], None]) -> tuple[Path, ...]:
    """letters-001.pdf, … in `folder`, of the files of these names in their order; each letter begins on a sheet of
    its own. `made` is told of each volume before it takes its place.

    A letter of an odd number of pages is followed by an empty one, so that a printer that prints on both sides does not
    put two letters on one sheet.
    """
    import pikepdf

    rest = iter(names)
    paths: list[Path] = []
    for number in count(1):
        batch = list(islice(rest, MOST))
        if not batch:
            return tuple(paths)
        path = folder / f"letters-{number:03}.pdf"
        with replacing(path) as part, pikepdf.new() as volume:
            for name in batch:
                with pikepdf.open(folder / name) as letter:
                    volume.pages.extend(letter.pages)
                    if len(letter.pages) % 2:
                        _, _, width, height = (int(side) for side in letter.pages[0].mediabox)
                        volume.add_blank_page(page_size=(width, height))
            volume.save(part, deterministic_id=True)
            made(path.name, stamp(part))
        paths.append(path)
    raise AssertionError
