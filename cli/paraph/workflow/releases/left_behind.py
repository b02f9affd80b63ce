"""Own texts of a document that changed while their translation stayed as it was, though its file pins it to none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from paraph.model.event import DocumentVersion
from paraph.model.manifest import Manifest
from paraph.model.own_texts import own_words, translated

if TYPE_CHECKING:
    from paraph.model.event import TranslationValidated
    from paraph.register.glance import Look
    from paraph.workflow.releases.attest import Making


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
    words = {code: own_words(manifest, code) for code in (language, *authentic)}
    began = dict[str, Manifest]()
    same = set(words[language]) - set(_validated(making.history.translations.get(making.current.key, ()), words))
    for files in _files_before(making):
        if not same:
            break
        then = [(one, own_words(one, language)) for one in _read(reader, making, files)]
        if not then:
            continue
        found = {id_: one for one, said in then for id_ in same if said.get(id_) == words[language][id_]}
        began |= found
        same &= found.keys()
    behind = dict[str, list[str]]()
    for id_ in words[language]:
        for code in authentic if id_ in began else ():
            was = own_words(began[id_], code).get(id_)
            if was is not None and id_ in words[code] and was != words[code][id_]:
                behind.setdefault(code, []).append(id_)
                break
    return behind


def _validated(facts: Iterable[TranslationValidated], words: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The ids of the texts that a member validated as they are, together with others that have changed since."""
    for fact in facts:
        if fact.language in words and fact.source in words:
            both = [(translated(fact.text, code), words[code]) for code in (fact.source, fact.language)]
            yield from (
                id_ for id_ in both[1][0] if all(id_ in now and then.get(id_) == now[id_] for then, now in both)
            )


def _files_before(making: Making) -> Iterator[tuple[tuple[str, str], ...]]:
    """The files that the document had in each earlier version, the latest first: path and digest."""
    history, current = making.history, making.current
    for version in reversed(history.versions[current.key][:-1]):
        assert isinstance(version, DocumentVersion)
        asked = (one.opened for one in history.circulations.values() if version.subject in one.subjects)
        released = (one for one in history.releases.values() if one.subject == version.subject)
        files = (version.sources, *(one.sources for one in asked), *(one.sources for one in released))
        at = f"statements/*/{current.id}.yml"
        yield tuple(dict.fromkeys(one for some in files for one in some.items() if PurePosixPath(one[0]).match(at)))


def _read(reader: Look, making: Making, files: Iterable[tuple[str, str]]) -> Iterator[Manifest]:
    """The document as its file had it, of each that is kept and can be read."""
    manifest, now = making.snap.manifest, making.snap.files.get(making.snap.manifest.source.file)
    for path, digest in files:
        if digest == now:
            yield manifest
        elif (data := reader.evidence(digest)) and (one := _manifest_in(path, data)):
            yield one


def _manifest_in(path: str, data: bytes) -> Manifest | None:
    from paraph.library.files.manifests import manifest_in  # what reads files takes long to load, and is seldom asked

    return manifest_in(path, data)
