"""What a release says of itself: `record.json` beside its files, an in-toto Statement (docs/release.md).

The field names are those of the file. Nothing in it names a person: institutions decide.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from paraph.model.event import Head, Subject
from paraph.model.language import Standing, Texts
from paraph.model.member import Status

RECORD = "record.json"
"""The file of a release that says what it is."""

SUMS = "SHA256SUMS"
"""The file of a release that `sha256sum -c` checks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleasedFile:
    """A file of a release: SHA-256, media type, format, size in bytes, and the languages that it holds, in order.

    `member` is the member whose own edition it is, "" where it is that of all.
    """

    name: str
    digest: str
    media: str
    format: str
    languages: tuple[str, ...]
    size: int
    member: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """A language in which a document was issued, with what a list of documents shows of it."""

    code: str
    name: str
    direction: str
    standing: Standing
    title: str
    subtitle: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Speaker:
    """A network or an institution that speaks, by its names on the day of the document, per language.

    Of a network, `acronym` and `website`; of an institution its country, its networks, its status on that day.
    """

    id: str
    names: Texts
    acronym: Texts = field(default_factory=dict)
    website: str = ""
    country: str = ""
    networks: tuple[str, ...] = ()
    status: Status | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseReleased:
    """A clause in the version released, in the order of use."""

    version: Subject
    kind: str
    theme: str
    title: Texts


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The circulation in which the members were asked; `closed` None: they are still being asked."""

    circulation: str
    opened: dt.datetime
    deadline: dt.datetime
    zone: str
    closed: dt.datetime | None
    electorate: tuple[str, ...]
    invited: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """How an institution stood on the document when it was released, and on each clause: approved, tacit, …

    `received` is when the secretariat received what it decided on the document; None: it decided nothing. `clauses` by
    version, "no-child-detention@2".
    """

    institution: str
    state: str
    received: dt.datetime | None
    clauses: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reserved:
    """A reservation as published: on a clause, or on the document where `clause` is ""."""

    institution: str
    clause: str
    text: Texts


@dataclass(frozen=True, kw_only=True, slots=True)
class TranslationReleased:
    """A courtesy translation of a clause: validated, stale or unchecked, and by which institutions it was validated.

    `digest` is the SHA-256 of its text.
    """

    language: str
    clause: str
    source: str
    state: str
    digest: str
    by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Missing:
    """What kept a document from being adopted when it was released provisionally (`paraph.standing.rules.Cause`)."""

    why: str
    subject: str
    members: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReleaseRecord:
    """The predicate of the statement: what was released, who agreed to it and how, and what it was made from.

    `released` is when; `kind` the folder of the document below statements/, `form` its form with `form_names` per
    language; `date` the document's own. `signed` are the institutions that its signature block lists, none where the
    body adopted it. `tally` counts the members of the electorate by their state on the document at
    the close. `provisional` is the reason per language that every page prints ("": in whatever language), and `missing`
    what was missing then; both empty once adopted. `corrects` and `replaces` are references of earlier releases: the
    one that a corrigendum is about, and the one that this edition takes the place of. `changed` names what around the
    words was not as the members saw it, and which objections came too late to count, and was confirmed. `sources` are
    all files that it was assembled from, by workspace path and SHA-256, templates among them; `program` the versions of
    what made the files; `head` where the register stood before the release was recorded.
    """

    reference: str
    released: dt.datetime
    document: Subject
    kind: str
    form: str
    form_names: Texts
    adoption: str
    rule: str
    date: dt.date | None
    themes: tuple[str, ...]
    networks: tuple[Speaker, ...]
    institutions: tuple[Speaker, ...]
    signed: tuple[str, ...]
    languages: tuple[Issue, ...]
    clauses: tuple[ClauseReleased, ...]
    circulation: Asked | None
    tally: Mapping[str, int]
    decisions: tuple[Decision, ...]
    reservations: tuple[Reserved, ...]
    translations: tuple[TranslationReleased, ...]
    sources: Mapping[str, str]
    program: Mapping[str, str]
    head: Head
    provisional: Texts = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    corrects: str = ""
    replaces: str = ""
    changed: tuple[str, ...] = ()

    @property
    def templates(self) -> dict[str, str]:
        """The templates among the sources."""
        return {name: digest for name, digest in self.sources.items() if name.startswith("templates/")}

    def issue(self, language: str) -> Issue | None:
        """The document in a language, or None where it was not issued in it."""
        return next((one for one in self.languages if one.code == language), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """A whole record: the files, which are what is stated about, and what is said of them."""

    files: tuple[ReleasedFile, ...]
    record: ReleaseRecord


@dataclass(frozen=True, kw_only=True, slots=True)
class Fate:
    """What became of a release. `corrected` and `replaced` are references of later ones, "" where there is none; where
    there are both, what corrected it is not in force any more, and what replaced it came after that. One that was
    `withdrawn` can have either: what is to be read instead.

    `reason` is that of the withdrawal, else of the corrigendum, and `reasons` the same per language; `notice` the files
    of the notice of either, by name and digest, as far as they are on record, and `earlier` those of the notices that
    it followed; `on` when it was recorded; `noted` when it became another successor, or none, by what was recorded
    later; `gone`: the successor was withdrawn, and no later release of the document stands in its place, or it leads
    `back` to this one; `known`: the register was asked; without it only later releases in the same folder tell.
    """

    corrected: str = ""
    replaced: str = ""
    withdrawn: bool = False
    reason: str = ""
    reasons: Texts = field(default_factory=dict)
    notice: Mapping[str, str] = field(default_factory=dict)
    earlier: Mapping[str, str] = field(default_factory=dict)
    on: dt.datetime | None = None
    noted: dt.datetime | None = None
    gone: bool = False
    back: bool = False
    known: bool = False

    @property
    def successor(self) -> str:
        """The release to read instead, or ""."""
        return self.replaced or self.corrected

    @property
    def standing(self) -> str:
        """In one word: "in-force", "corrected", "replaced" or "withdrawn"."""
        if self.withdrawn:
            return "withdrawn"
        return "corrected" if self.corrected else "replaced" if self.replaced else "in-force"

    def issued(self, notice: Mapping[str, str]) -> Fate:
        """The same with a later notice, of whatever names."""
        return replace(self, notice=notice, earlier={**self.earlier, **self.notice})

    def why(self, language: str) -> tuple[str, str]:
        """The reason for readers of a language: in it, else the one for all, or the first that was given; and the
        language that it is in, "" where nobody said."""
        if language in self.reasons:
            return self.reasons[language], language
        return self.reason, next((code for code, words in self.reasons.items() if words == self.reason), "")


def leads_to(reference: str, fates: Mapping[str, Fate]) -> str:
    """The release in force that a release leads to, from successor to successor; "" where there is none: one of them
    was withdrawn, or leads back."""
    seen = set[str]()
    while reference in fates and reference not in seen:
        fate = fates[reference]
        if fate.standing == "in-force":
            return reference
        seen.add(reference)
        reference = "" if fate.gone else fate.successor
    return ""


def in_force(reference: str, fates: Mapping[str, Fate], adopted: Mapping[str, str]) -> str:
    """The release in force that one leads to; of one that was withdrawn, with nothing to be read instead, the last of
    the same document: `adopted` are the documents of those that were not provisional, in their order. "": none."""
    found = leads_to(reference, fates)
    if found or not (reference in fates and fates[reference].withdrawn):
        return found
    same = (one for one, document in adopted.items() if document == adopted.get(reference))
    return next((one for one in reversed([*same]) if fates[one].standing == "in-force"), "")
