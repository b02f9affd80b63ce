"""The yardstick of `paraph check`: PyYAML’s safe_load, with its C loader, of every YAML file; nothing else is done."""

import sys
from pathlib import Path

import yaml

for path in sorted(Path(sys.argv[1]).rglob("*.yml")):
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
