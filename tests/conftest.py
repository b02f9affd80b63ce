"""Shared by all tests."""

import pytest

pytest.register_assert_rewrite("desk", "samples", "registers", "rehearsal")

from registers import address, register  # noqa: E402, F401  # fixtures
from rehearsal import rehearsal, rehearsal_anywhere  # noqa: E402, F401  # fixtures
