"""The proofs of a release as somebody changed them: its record.json, its SHA256SUMS.

To the byte they are files like any other. Changed, they have no words that could be compared: a record is compared
value by value, the sums line by line, so that who swapped a digest is told.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from paraph.library.release_record import LARGEST
from paraph.model.release import RECORD, SUMS
from paraph.workflow.releases.known_releases import Known

_SUM = re.compile(r"([0-9a-f]{64}) [ *](\S+)")
_MOST_CHANGES = 20
_MOST_SAID = 60


class Proof(NamedTuple):
    """A proof of a release that is not as it was released; `changes`, a line each; none: the same in other bytes, but
    for what could not be looked at, which `untold` says why."""

    known: Known
    name: str
    changes: tuple[str, ...]
    untold: tuple[str, ...] = ()


def proof(data: bytes, known: Sequence[Known]) -> Proof | None:
    """Whose record or sums `data` was, or None where it is neither."""
    if len(data) > LARGEST:
        return None
    found = _sums(data, known) or _record(data, known)
    if found is None or len(found.changes) <= _MOST_CHANGES:
        return found
    more = f"… and {len(found.changes) - _MOST_CHANGES} more"
    return found._replace(changes=(*found.changes[:_MOST_CHANGES], more))


def _sums(data: bytes, known: Sequence[Known]) -> Proof | None:
    lines = data.decode("utf-8-sig", "replace").split("\n")
    pairs = [(match[2], match[1]) for line in lines if (match := _SUM.fullmatch(line.strip()))]
    said = dict(pairs)
    if not said:
        return None
    twice = _twice(name for name, _ in dict.fromkeys(pairs))

    def alike(one: Known) -> tuple[int, int]:
        return len(said.items() & one.files.items()), len(said.keys() & one.files.keys())

    one = max(known, key=alike, default=None)
    if one is None or alike(one) == (0, 0):
        return None
    strange = [f"a line that is none: {_short(line)}" for line in lines if line and not _SUM.fullmatch(line.strip())]
    if RECORD in said and not said.items() & one.files.items():
        why = f"none of its digests is one of {one.reference}: it is that of another release, or nothing is left of it"
        return Proof(one, SUMS, (), (why,))
    return Proof(one, SUMS, (*_digests(said, one.files), *twice, *strange))


def _twice(names: Iterable[str]) -> list[str]:
    return [f"it says “{_short(name)}” twice" for name, count in sorted(Counter(names).items()) if count > 1]


def _digests(said: Mapping[str, str], released: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*said, *released}):
        if name not in said:
            yield f"{name} is left out"
        elif name not in released:
            yield f"{name} was not released"
        elif said[name] != released[name]:
            yield f"the digest of {name}: {released[name]} → {said[name]}"


def _record(data: bytes, known: Sequence[Known]) -> Proof | None:
    if data.removeprefix(codecs.BOM_UTF8).lstrip()[:1] != b"{":
        return None
    twice: list[str] = []

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend(_twice(name for name, _ in members))
        return dict(members)

    try:
        said = json.loads(data.removeprefix(codecs.BOM_UTF8), object_pairs_hook=pairs)
        digests = {one["name"]: one["digest"]["sha256"] for one in said["subject"]}
        reference = str(said["predicate"]["reference"])
    except (ValueError, RecursionError, LookupError, TypeError):
        return None

    def alike(one: Known) -> tuple[int, bool]:
        return sum(digest == digests.get(name) for name, digest in one.files.items()), one.reference == reference

    one = max(known, key=alike, default=None)
    if one is None or alike(one) == (0, False):
        return None
    released = one.file(RECORD)
    if released:
        return Proof(one, RECORD, (*_differing(json.loads(released), said), *twice))
    files = {name: digest for name, digest in one.files.items() if name != RECORD}
    differing = [*_digests({str(name): str(digest) for name, digest in digests.items()}, files)]
    if reference != one.reference:
        differing.append(f"predicate.reference: {one.reference} → {_short(reference)}")
    why = f"{RECORD} of {one.reference} is not kept here: what else it says otherwise, if anything, cannot be told"
    return Proof(one, RECORD, (*differing, *twice), (why,))


def _differing(released: Any, found: Any, where: str = "") -> Iterator[str]:
    """What two JSON values differ in, by where it stands: “predicate.decisions[0].state: approved → objected”."""
    if isinstance(released, dict) and isinstance(found, dict):
        for name in sorted({*released, *found}):
            yield from _differing(released.get(name), found.get(name), f"{where}.{name}".lstrip("."))
    elif isinstance(released, list) and isinstance(found, list) and len(released) == len(found):
        for number, (before, after) in enumerate(zip(released, found, strict=True)):
            yield from _differing(before, after, f"{where}[{number}]")
    elif released != found or type(released) is not type(found):
        yield f"{_short(where)}: {_short(released)} → {_short(found)}"


def _short(value: Any) -> str:
    text = "nothing" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _MOST_SAID else f"{text[:_MOST_SAID]}…"
