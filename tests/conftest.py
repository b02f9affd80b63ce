"""Shared by all tests. None of them reads what another one, or the user, left in the cache."""

import marshal
import os
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pytest

os.environ["PARAPH_CACHE"] = "off"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes are started: each would compile every module
sys.dont_write_bytecode = False

pytest.register_assert_rewrite("desk", "judges", "samples", "registers", "rehearsal")

from paraph.library.written import reader  # noqa: E402

_read = reader.read


@lru_cache(maxsize=256)
def _parsed(file: str, raw: bytes, _parser: Any) -> Any:
    data, *found = _read(file, raw)
    return marshal.dumps(data), *found


def _read_once(file: str, raw: bytes) -> Any:
    """Most workspaces of tests are copies of what ships: each of its files is parsed once, and given out as new."""
    data, *found = _parsed(file, raw, reader.LOADER)
    return marshal.loads(data), *found


reader.read = _read_once

from judges import soffice, validator  # noqa: E402, F401  # fixtures
from registers import address, register  # noqa: E402, F401  # fixtures
from rehearsal import past, rehearsal, rehearsal_anywhere  # noqa: E402, F401  # fixtures


@pytest.fixture(autouse=True, scope="module")
def typst_forgets() -> Iterator[None]:
    """What a file of tests has set is of no use to the next one, and a process may run them all."""
    yield
    if "typst" in sys.modules:
        from paraph.render.pdf.document import forget

        forget()
