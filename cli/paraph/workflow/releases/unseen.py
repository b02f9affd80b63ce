"""What somebody must have looked at before a document is released: docs/approvals.md, 8a, 21 and 22."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paraph.errors import RefusedError
from paraph.library.written.index import INSTITUTIONS
from paraph.model.event import DocumentVersion
from paraph.model.own_texts import own_source, own_words, translated
from paraph.model.rule import Adoption
from paraph.standing.gate import asked_in, standing_behind, standing_on, translation
from paraph.standing.rules import FOR, Cause, State, electorate, found_against, positions
from paraph.workflow.approvals.causes import in_words
from paraph.workflow.approvals.unheard import unheard
from paraph.workflow.record.draft_record import validated as validated_of
from paraph.workflow.record.membership import IF_SO
from paraph.workflow.releases.around import changed_since
from paraph.workflow.releases.left_behind import left_behind, titles_left_behind
from paraph.workflow.releases.reissue import otherwise, signing_no_longer
from paraph.workflow.translation.translatable import is_stale

if TYPE_CHECKING:
    from paraph.model.event import Event
    from paraph.register.glance import Look
    from paraph.standing.fold import History
    from paraph.workflow.releases.attest import Making


@dataclass(frozen=True, kw_only=True, slots=True)
class Unseen:
    """Lines by what they are about.

    `members` is what is doubtful of members by institutions.yml, those that have nothing to do with the document among
    them; `unlisted` those that agreed to it and are not listed; `changed` what is printed otherwise than the members
    saw it; `stale` which translations are of words that have changed since; `stands` who is behind it otherwise than in
    the edition before, or signs no longer what it corrects or replaces; `withdrawn` that the same words were, and
    nobody took their place since; `against` who objects, or may.
    """

    members: Mapping[str, str]
    unlisted: tuple[str, ...]
    changed: tuple[str, ...]
    stale: tuple[str, ...]
    stands: tuple[str, ...]
    withdrawn: tuple[str, ...]
    against: tuple[str, ...]

    def noted(self, making: Making) -> tuple[str, ...]:
        """What the record of the release says was looked at: of members, those that were asked about it."""
        asked = asked_in(making.history, making.current)
        own = [line for member, line in self.members.items() if asked and member in asked.opened.electorate]
        return (*self.changed, *self.stale, *own, *self.unlisted, *self.stands, *self.withdrawn, *self.against)

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, in the order in which it is to be looked at."""
        return (
            *self.members.values(),
            *self.changed,
            *self.stale,
            *self.unlisted,
            *self.stands,
            *self.withdrawn,
            *self.against,
        )

    def refuse(self, document: str) -> None:
        """Raise RefusedError where there is something to look at: for who has not said that it was looked at."""
        kinds = [*self._kinds(document)]
        if not kinds:
            return
        message = kinds[0][0] if len(kinds) == 1 else f"before {document} is released, several things want looking at"
        raise RefusedError(message, self.lines, " ".join(advice for _, advice in kinds))

    def _kinds(self, document: str) -> Iterator[tuple[str, str]]:
        """What each kind of thing is, and what to do about it."""
        if self.members:
            yield f"by {INSTITUTIONS}, members are not what they are on record", IF_SO
        if self.changed:
            yield (
                f"around the words of {document}, things have changed since the members were asked",
                "Put them back as they were; or build it, see that all is right, and --confirm, which is noted.",
            )
        if self.stale:
            yield (
                f"translations in {document} are of words that have changed since",
                "Mend them, or have a member validate them as they are: “paraph translate”. To have them out as "
                "they are, marked as not checked, --confirm, which is noted.",
            )
        if self.unlisted or self.stands:
            before = " in the release that it takes the place of" if self.stands else " when the members decided"
            yield (
                f"who stands behind {document}, or how, is not as{before}",
                "Where that is meant, --confirm, which is noted.",
            )
        if self.withdrawn:
            yield (
                f"the words of {document} were released before, and withdrawn",
                "Put other words to the members; or, where these are to be out again, --confirm, which is noted.",
            )
        if self.against:
            yield (
                f"before {document} is released, somebody must look at what members said of it",
                "Ask them: “paraph decide … --withdraw” takes an approval back, “paraph circulate … --whole” asks "
                "everybody again. Where all stands as it is, --confirm, which is noted.",
            )


def unseen(reader: Look, making: Making, done: Event | None, members: Mapping[str, str]) -> Unseen:
    """What is to be looked at. `done` is the release of the same words that this takes the place of; `members` as in
    `Unseen`."""
    return Unseen(
        members=members,
        unlisted=() if done else tuple(_unlisted(making)),
        changed=changed_since(reader, making),
        stale=tuple(_stale(reader, making)),
        stands=otherwise(reader, done, making) if done else tuple(signing_no_longer(reader, making)),
        withdrawn=() if done else tuple(_withdrawn(making)),
        against=tuple(map(in_words, _objecting(making))),
    )


def _stale(reader: Look, making: Making) -> Iterator[str]:
    """Courtesy translations of words that have changed since (24), by language: so by the register, where a member
    validated them as they are, or by their file, where none did; where that does not say, by the versions before."""
    library, manifest, history = making.snap.library, making.snap.manifest, making.history
    validated = validated_of(library, history, making.snap.now)
    for language in manifest.languages:
        found: dict[str, list[str]] = {}
        for id_ in dict.fromkeys(making.snap.now.clauses):
            clause = library.clauses[id_]
            one = clause.translations.get(language)
            if one is None or id_ in validated.get(language, ()):
                continue
            state = translation(history, id_, making.snap.now.texts[id_], language, one.source, one.text.text)
            if state == "stale" or is_stale(clause, one, one.source):
                found.setdefault(one.source, []).append(id_)
        if manifest.id not in validated.get(language, ()):
            if _own_is_stale(making, language):
                itself = f"{manifest.id} itself (title, headings)"
                found.setdefault(own_source(library, manifest, language), []).append(itself)
            else:
                for source, some in left_behind(reader, making, language).items():
                    found.setdefault(source, []).append(f"{manifest.id} itself ({', '.join(some)})")
        for source, some in titles_left_behind(reader, making, language).items():
            found.setdefault(source, []).extend(f"{id_} (title)" for id_ in some)
        for source, some in found.items():
            yield f"{language}: the translation of {', '.join(some)} is of words that {source} has no longer"


def _own_is_stale(making: Making, language: str) -> bool:
    """Whether title, headings and what else stands in the file of the document were translated, or validated, when its
    own texts were others."""
    manifest, pin = making.snap.manifest, making.snap.manifest.translations.get(language)
    facts = making.history.translations.get(making.current.key, ())
    words = own_words(manifest, language)
    return (pin is not None and pin.stale) or any(
        one.language == language and translated(one.text, language) == words for one in facts
    )


def _withdrawn(making: Making) -> Iterator[str]:
    """The releases of the very words that were withdrawn: approvals outlive them, and somebody may have forgotten."""
    history = making.history
    said = {one.subject: one.lines for one in history.versions[making.current.key] if isinstance(one, DocumentVersion)}
    for reference, fact in history.releases.items():
        again = reference in history.taken_off and said.get(fact.subject) == making.version.lines
        if again and (making.provisional or not fact.provisionally):
            yield f"these words were released as {reference}, which was withdrawn"


def _unlisted(making: Making) -> Iterator[str]:
    """Who agreed to it, and is not listed as signing, being active no longer (22)."""
    asked = asked_in(making.history, making.current)
    if asked and making.version.adoption == Adoption.EACH:
        for member, held in positions(making.history, making.current, electorate(asked)).items():
            if held.state in FOR and member not in making.active:
                yield f"{member} agreed to {making.current}, is active no longer, and is not listed as signing"


def _objecting(making: Making) -> Iterator[Cause]:
    """Who objects though it is released in its name (21): too late to count, or having an edition of its own; and whose
    answer after it had decided was not recorded, and may be an objection (16a)."""
    history, versions = making.history, dict.fromkeys((making.current, *making.version.clauses))
    asked, signed = asked_in(history, making.current), making.printed().signed or ()
    by_each = making.version.adoption == Adoption.EACH
    everyone = electorate(asked) if asked else ()
    named = tuple(member for member in everyone if member in making.active)
    if by_each:
        held = standing_on(history, making.version, everyone)[making.current]
        named = tuple(member for member in named if member in signed or held[member].state is State.TACIT)
    if making.provisional:  # it is out in the name of them all
        named += tuple(member for one in versions for member in found_against(history, one, everyone))
    named = tuple(dict.fromkeys((*named, *making.members)))
    yield from unheard(history, versions, named, signed)
    if by_each and not (making.provisional or signed):
        yield Cause(why="unsigned", subject=str(making.current))
    yield from in_no_name(history, making.version, making.members)


def in_no_name(
    history: History, document: DocumentVersion, members: Collection[str], what: str = "edition"
) -> Iterator[Cause]:
    """Those of `members` that do not stand behind a document (`standing_behind`), and why: an edition in the own name
    of such a member is released only where the secretariat names it, and has looked at it. `what`: else "nameless"."""
    asked, behind = asked_in(history, document.subject), standing_behind(history, document, members)
    voting, agreed = electorate(asked) if asked else (), set[str]()
    for one, held in standing_on(history, document, members).items():
        why = dict[str, list[str]]()
        for member in members:
            state = str(held[member].state)
            if member not in voting and state != State.OBJECTED:
                state = "unasked"
            if one == document.subject and state in (*FOR, State.TACIT):
                agreed.add(member)
            if member not in behind and (one == document.subject or state == State.OBJECTED or member in agreed):
                why.setdefault(state, []).append(member)
        for state in ("objected", "abstained", "pending", "unasked"):
            if some := why.get(state):
                yield Cause(why=f"{what}-{state}", members=tuple(some), subject=str(one))
