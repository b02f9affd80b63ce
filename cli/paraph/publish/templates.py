"""The Jinja templates of the website, in a sandbox, compiled once."""

from __future__ import annotations

from collections.abc import Mapping

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from paraph.library.kept import Kept
from paraph.publish.card import mark_of


def environment(files: Mapping[str, bytes], kept: Kept) -> ImmutableSandboxedEnvironment:
    """What makes pages of the templates among `files`."""

    def source(name: str) -> str | None:
        return files[name].decode("utf-8", "replace") if name in files else None

    return ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        loader=FunctionLoader(source),
        bytecode_cache=_Compiled(kept),
    )


class _Compiled(BytecodeCache):
    """Templates compiled before; jinja2 itself sees whether they are still those. The cache is the user's own."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was kept of a template, if anything."""
        if data := self._kept.get(mark_of("template", bucket.key, bucket.checksum)):
            bucket.bytecode_from_string(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self._kept.put(mark_of("template", bucket.key, bucket.checksum), bucket.bytecode_to_string())
