"""The recipients of a table as they were judged, on disk: a run goes through them four times.

To read a row of a workbook and to judge it takes as long as to make its letter, and a table may be longer than memory.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from tempfile import TemporaryFile
from weakref import finalize

from paraph.model.letter import Recipient

_BATCH = 500


class Kept:
    """Recipients in their order, in a file without a name, which goes with this process however it ends."""

    def __init__(self) -> None:
        self._file = TemporaryFile(prefix="paraph-")  # noqa: SIM115  # closed with this object
        self._batch: list[Recipient] = []
        finalize(self, self._file.close)

    def add(self, one: Recipient) -> None:
        """Keep a recipient."""
        self._batch.append(one)
        if len(self._batch) == _BATCH:
            self._write()

    def __iter__(self) -> Iterator[Recipient]:
        self._write()
        at = 0
        while True:
            self._file.seek(at)
            try:
                batch = pickle.load(self._file)  # noqa: S301  # written below, and by nobody else
            except EOFError:
                return
            at = self._file.tell()
            yield from batch

    def _write(self) -> None:
        if self._batch:
            self._file.seek(0, 2)
            pickle.dump(self._batch, self._file, pickle.HIGHEST_PROTOCOL)
            self._batch = []
