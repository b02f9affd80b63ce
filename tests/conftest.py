"""Shared by all tests. None of them reads what another one, or the user, left in the cache."""

import os

import pytest

os.environ["PARAPH_CACHE"] = "off"

pytest.register_assert_rewrite("desk", "samples", "registers", "rehearsal")

from registers import address, register  # noqa: E402, F401  # fixtures
from rehearsal import rehearsal, rehearsal_anywhere  # noqa: E402, F401  # fixtures
