"""Texts that are pinned to none and changed while their translation stayed as it was: a document's own, and the titles
of clauses that it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from paraph.model.event import DocumentVersion
from paraph.model.own_texts import own_words, translated

if TYPE_CHECKING:
    from paraph.model.event import TranslationValidated
    from paraph.model.language import Texts
    from paraph.model.manifest import Manifest
    from paraph.register.glance import Look
    from paraph.workflow.releases.attest import Making

Saying: TypeAlias = Callable[[str], Mapping[str, str]]
"""What files said in a language, by the ids of the texts."""


def left_behind(reader: Look, making: Making, language: str) -> dict[str, list[str]]:
    """The ids of own texts (title, value.until) that other words stood beside when their translation became what it is,
    by the first authentic language in which they did.

    Told by the files of the earlier versions: each as it was put to the members and as it was released. Nothing of what
    is authentic in `language`, is pinned (24), or was validated as a translation of the words of now; nor of a text
    whose translation was changed since. What is not kept, or cannot be read, any more, is passed over.
    """
    manifest = making.snap.manifest
    authentic = [code for code in manifest.languages if code in making.version.lines]
    if language in authentic or language in manifest.translations:
        return {}
    now = partial(own_words, manifest)
    words = {code: now(code) for code in (language, *authentic)}
    validated = _validated(making.history.translations.get(making.current.key, ()), words)
    before = (
        [partial(own_words, one) for one in _manifests(reader, making, files)] for files in _files_before(making, -1)
    )
    return _behind(now, language, authentic, before, set(words[language]) - set(validated))


def titles_left_behind(reader: Look, making: Making, language: str) -> dict[str, list[str]]:
    """The clauses whose title is printed with a reservation and stood beside other words when its translation became
    what it is, as in `left_behind`. A title is no part of a version: its own files as they were before count, too."""
    from paraph.assembly.reservations import with_title

    authentic = [code for code in making.snap.manifest.languages if code in making.version.lines]
    if language in authentic:
        return {}
    clauses = making.snap.library.clauses
    titles = {one: clauses[one].title for one in with_title(making.printed().reservations) if one in clauses}
    if not titles:
        return {}

    @cache
    def read(path: str, digest: str) -> Texts:
        data = reader.evidence(digest)
        return _title_in(path, data) if data else {}

    def then(files: Mapping[str, str]) -> Saying:
        found = {one: _at(files, f"statements/clauses/*/{one}.yml") for one in titles}
        return partial(_said, {one: read(*place) for one, place in found.items() if place})

    before = (list(map(then, files)) for files in _files_before(making))
    return _behind(partial(_said, titles), language, authentic, before, set(titles))


def _said(texts: Mapping[str, Texts], language: str) -> dict[str, str]:
    return {id_: one[language] for id_, one in texts.items() if language in one}


def _behind(
    now: Saying, language: str, authentic: Sequence[str], before: Iterable[Sequence[Saying]], ids: set[str]
) -> dict[str, list[str]]:
    """Those of `ids`, by the first of the `authentic` languages, that other words stood beside when their translation
    became what it is: `before` is what was said in each earlier version, the latest first.

    A text is known by its id; where a version has none of that id, since its section or its place was another, by the
    words of its translation. A version without either says nothing of it.
    """
    words = now(language)
    called = {id_: {id_} for id_ in words if id_ in ids}
    began = dict[str, tuple[Saying, set[str]]]()
    for version in before:
        if not called:
            break
        then = [(one, one(language)) for one in version]
        for id_, names in list(called.items()):
            there = any(name in said for _, said in then for name in names)
            for one, said in then:
                if same := {name for name in (names if there else said) if said.get(name) == words[id_]}:
                    began[id_], called[id_] = (one, same), same
                    break
            else:
                if there:
                    del called[id_]
    behind, said_now = dict[str, list[str]](), {code: now(code) for code in authentic}
    for id_ in (id_ for id_ in words if id_ in began):
        one, names = began[id_]
        for code in authentic:
            was = {text for name, text in one(code).items() if name in names}
            if was and id_ in said_now[code] and said_now[code][id_] not in was:
                behind.setdefault(code, []).append(id_)
                break
    return behind


def _validated(facts: Iterable[TranslationValidated], words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The ids of the texts that a member validated as they are, whatever they were called then, together with others
    that have changed since."""
    for fact in facts:
        if fact.language in words and fact.source in words:
            source, target = (translated(fact.text, code) for code in (fact.source, fact.language))
            pairs = {(source.get(id_), text) for id_, text in target.items()}
            now = words[fact.source], words[fact.language]
            yield from (id_ for id_, text in now[1].items() if (now[0].get(id_), text) in pairs)


def _files_before(making: Making, last: int | None = None) -> Iterator[tuple[Mapping[str, str], ...]]:
    """The files that each version of the document up to the `last` was assembled from, the latest version first, by
    path and digest: as it was first put to the members, as it was put, and as it was released."""
    history, current = making.history, making.current
    for version in reversed(history.versions[current.key][:last]):
        assert isinstance(version, DocumentVersion)
        asked = (one.opened for one in history.circulations.values() if version.subject in one.subjects)
        released = (one for one in history.releases.values() if one.subject == version.subject)
        yield (version.sources, *(one.sources for one in asked), *(one.sources for one in released))


def _at(files: Mapping[str, str], pattern: str) -> tuple[str, str] | None:
    return next((one for one in files.items() if PurePosixPath(one[0]).match(pattern)), None)


def _manifests(reader: Look, making: Making, files: Iterable[Mapping[str, str]]) -> Iterator[Manifest]:
    """The document as its file had it, of each that is kept and can be read."""
    manifest, now = making.snap.manifest, making.snap.files.get(making.snap.manifest.source.file)
    places = (_at(some, f"statements/*/{manifest.id}.yml") for some in files)
    for path, digest in dict.fromkeys(place for place in places if place):
        if digest == now:
            yield manifest
        elif (data := reader.evidence(digest)) and (one := _manifest_in(path, data)):
            yield one


def _manifest_in(path: str, data: bytes) -> Manifest | None:
    from paraph.library.files.manifests import manifest_in  # what reads files takes long to load, and is seldom asked

    return manifest_in(path, data)


def _title_in(path: str, data: bytes) -> Texts:
    from paraph.library.files.clauses import title_in  # as above

    return title_in(path, data)
