"""Which concepts of the termbase a document uses, kept from one run to the next.

To find the terms of a document its whole termbase is made ready first, which takes as long as all else that is done to
assemble a short text; and only a new text or a new termbase can change what is found.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from paraph.assembly import Terms
from paraph.library.cache import Cache, key_of
from paraph.model.library import Library
from paraph.model.manifest import Manifest

_KIND = "terms"


class CachedTerms(Terms):
    """As Terms. `files`: by document id, the files that it is made of, with their SHA-256; `cache` as in `load_for`."""

    def __init__(self, library: Library, files: Mapping[str, Mapping[str, str]], cache: Cache | None) -> None:
        super().__init__(library)
        self._files = files
        self._cache = cache

    def named(self, manifest: Manifest) -> frozenset[str]:
        """As in Terms."""
        files = self._files.get(manifest.id)
        key = key_of(_KIND, sorted(files.items()), "") if files is not None and self._cache is not None else ""
        if not key or self._cache is None:
            return super().named(manifest)
        if (found := self._cache.get(key)) is not None:
            return frozenset(json.loads(found))
        named = super().named(manifest)
        self._cache.put(key, json.dumps(sorted(named)).encode())
        return named
