"""Where things lie that tests read beside their own code."""

from __future__ import annotations

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
TEMPLATES = ROOT / "templates"
NODE_MODULES = TESTS / "node" / "node_modules"
