"""Shared by all tests."""

import pytest

pytest.register_assert_rewrite("desk", "samples", "registers")

from registers import address, register  # noqa: E402, F401  # fixtures
