"""Facts about releases: made, corrected, withdrawn. None is ever replaced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from paraph.model.facts.keys import RELEASES, release_key
from paraph.model.facts.subject import Subject
from paraph.model.language import Texts


@dataclass(frozen=True, kw_only=True, slots=True)
class Released:
    """A document was released under a reference: which version, its clauses, and the files by name and digest.

    `provisionally` says, per language, why it was released before its rule was met, and is printed on every page ("" is
    in no particular language); nothing otherwise. `sources` are all files that it was made from, by workspace path and
    digest; the register keeps them, and `record.json`. `others` as in ReleaseCorrected, made from `noticed`.
    """

    kind: ClassVar[str] = "released"
    reference: str
    subject: Subject
    clauses: tuple[Subject, ...]
    files: Mapping[str, str]
    provisional: str = ""  # of the first format, in which nothing was
    provisionally: Texts = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    noticed: Mapping[str, str] = field(default_factory=dict)

    def about(self) -> tuple[str, ...]:
        """The release, among all others, and its document."""
        return (RELEASES, self.subject.key, release_key(self.reference))


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseCorrected:
    """A release was followed by a corrigendum or a revision, which has a reference of its own.

    `reasons` says per language what was wrong; `reason` is in no particular one, or the first of those. `notice` are
    the files of the notice that says so, by name and digest; `sources` all that they were made from, by workspace path
    and digest, which the register keeps. Both are empty where it could not be made, or is of before that was recorded.
    `others` are the notices that were issued with it of other releases, by reference, each because the one before it
    sent readers to what is no longer in force, or nowhere where there is something to read by now: from the same
    `sources`.
    """

    kind: ClassVar[str] = "release-corrected"
    reference: str
    successor: str
    reason: str
    reasons: Texts = field(default_factory=dict)
    notice: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def about(self) -> tuple[str, ...]:
        """Both releases."""
        return (release_key(self.reference), release_key(self.successor))


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseWithdrawn:
    """A release was withdrawn; it stays on record with the notice. All else as in ReleaseCorrected."""

    kind: ClassVar[str] = "release-withdrawn"
    reference: str
    reason: str
    reasons: Texts = field(default_factory=dict)
    notice: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def about(self) -> tuple[str, ...]:
        """The release."""
        return (release_key(self.reference),)
