"""Which register a site is of: what was published says where that stood, and no older or other one takes its place.

A register that was brought back from a backup, or a colleague’s copy of last week, is consistent in itself, with the
releases beside it. That something newer was published, the target alone knows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from paraph.errors import RefusedError
from paraph.model.event import Head


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The register that is published: its `head`, and the hash of each event that it has. `other`: it is said that it
    takes the place of another one on purpose."""

    head: Head
    hash: Callable[[int], str | None]
    other: bool = False

    def foreign(self, published: Iterable[Head]) -> bool:
        """Whether this register lacks an event up to which was published, which is said to be meant.

        Raises RefusedError where it lacks one, and nobody said so; and where it has one by now that it had not when it
        was read: another run has published that meanwhile.
        """
        published = tuple(dict.fromkeys(published))
        lacking = [one for one in published if one not in (self.head, Head()) and not self._has(one)]
        if newer := [one.number for one in published if one.number > self.head.number and one not in lacking]:
            raise RefusedError(
                f"what is published there is of event {max(newer)}, and this run has read the register up to event "
                f"{self.head.number}",
                advice="Nothing of it was written over. Run it again.",
            )
        if not lacking or self.other:
            return bool(lacking)
        last = max(lacking, key=lambda one: one.number)
        short = f"{last.number}:{last.hash[:16]}"
        how = f"an older copy, which ends with {self.head.number}" if last.number > self.head.number else "another one"
        raise RefusedError(
            f"what is published there came from a register with event {short}; this one is {how}",
            advice="Nothing was written. Publish with the register that has that event, or bring it back from a copy "
            "(“paraph register verify”). Where this one takes its place on purpose, --other-register.",
        )

    def _has(self, one: Head) -> bool:
        return self.hash(one.number) == one.hash
