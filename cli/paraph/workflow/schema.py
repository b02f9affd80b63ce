"""JSON Schemas for editors, and the editor settings that say which is for which files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from paraph.workflow.files import write

_SETTINGS = ".vscode/settings.json"


def write_schemas(root: Path, out: Path | None = None) -> Iterator[Path]:
    """Write one schema a kind of file to `out` (schemas/), and editor settings where there are none; their paths.

    Existing settings are the user's own and stay as they are. With them goes the schema of what a release says of
    itself, which nobody writes by hand.
    """
    from paraph.library.release_record import schema as of_releases
    from paraph.library.shapes.jsonschema import globs, schemas

    folder = out or root / "schemas"
    for kind, schema in schemas().items():
        path = folder / f"{kind}.json"
        write(path, _json(schema))
        yield path
    write(folder / "release.json", _json(of_releases()))
    yield folder / "release.json"
    settings = root / _SETTINGS
    if not settings.exists():
        near = folder.resolve().relative_to(root) if folder.resolve().is_relative_to(root) else folder.resolve()
        write(settings, _json({"yaml.schemas": {f"{near.as_posix()}/{k}.json": list(g) for k, g in globs().items()}}))
        yield settings


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
