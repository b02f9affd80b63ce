"""Shared by all tests. None of them reads what another one, or the user, left in the cache."""

import os
import sys
from collections.abc import Iterator

import pytest

os.environ["PARAPH_CACHE"] = "off"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes are started: each would compile every module
sys.dont_write_bytecode = False

pytest.register_assert_rewrite("desk", "judges", "samples", "registers", "rehearsal")

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
