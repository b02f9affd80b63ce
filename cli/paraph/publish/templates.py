"""The Jinja templates of the website, in a sandbox, compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from paraph.library.cache import Cache
from paraph.publish.card import mark_of


def environment(files: Mapping[str, bytes], cache: Cache) -> ImmutableSandboxedEnvironment:
    """The Jinja environment of the templates among `files`, by name. A value that a template asks for must be there."""

    def source(name: str) -> str | None:
        return files[name].decode("utf-8", "replace") if name in files else None

    return _Sandbox(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FunctionLoader(source),
        bytecode_cache=_Compiled(cache),
    )


class _Sandbox(ImmutableSandboxedEnvironment):
    """What a template asks a mapping for is among what it holds, where jinja2 looks last."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` in a template."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


class _Compiled(BytecodeCache):
    """Templates compiled before; jinja2 itself sees whether they are still those. The cache is the user's own."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept of a template, if anything."""
        if data := self._cache.get(mark_of("template", bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self._cache.put(mark_of("template", bucket.key, bucket.checksum), bucket.bytecode_to_string())
