"""templates/packet/: the words and the Word file of review packets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from paraph.library.files import forms
from paraph.library.known_names import Known
from paraph.library.shared import read_shared
from paraph.library.written.index import PACKET, WORKSPACE, file_index
from paraph.library.written.reading import Reading
from paraph.model.finding import Finding, Source
from paraph.model.names import IN_BRACES
from paraph.model.packet import Stationery

if TYPE_CHECKING:
    from paraph.library.shapes.schema import PacketShape

NEEDED: Mapping[str, tuple[str, ...]] = {
    "label": (),
    "for": ("member",),
    "labelled": ("label",),
    "contents": (),
    "asked": (),
    "page": ("page", "pages"),
    "answer-by": (),
    "deadline": ("date", "time", "zone", "offset"),
    "rule": (),
    "rule-consensus": (),
    "rule-unanimity": (),
    "rule-count": ("approvals", "members"),
    "rule-silence": ("notice",),
    "silence": (),
    "silence-pending": (),
    "silence-count": (),
    "silence-tacit": ("notice",),
    "packet": (),
    "register": (),
    "not-counted": (),
    "not-counted-pending": (),
    "not-counted-observer": (),
    "how": (),
    "how-decide": (),
    "how-words": (),
    "how-amend": (),
    "how-values": (),
    "how-send": (),
    "unchecked": (),
    "new": (),
    "changed": ("version", "date"),
    "decided": ("choice", "date"),
    "short-new": (),
    "short-changed": ("version",),
    "short-decided": ("choice",),
    "text": (),
    "translation": ("language",),
    "translation-unchecked": ("language",),
    "translation-stale": ("language",),
    "changes": ("version",),
    "changes-legend": (),
    "decision": (),
    "approve": (),
    "reserve": (),
    "abstain": (),
    "object": (),
    "comment": (),
    "choose": (),
    "choose-hint": (),
    "words": (),
    "words-hint": (),
    "whole": (),
    "left-open": (),
    "left-open-how": (),
    "answers": (),
    "person": (),
    "person-hint": (),
    "named": ("field", "title"),
    "mail-subject": ("circulation", "document", "date"),
    "mail-body": ("member", "document", "deadline", "circulation", "file", "rule", "silence"),
}
"""The strings that a packet is made of, each with what is filled in in its {braces}."""


def read_stationery(reading: Reading, known: Known) -> Stationery | None:
    """What templates/packet/ holds, with findings; None where a file of it cannot be read."""
    path = f"{PACKET}/strings.yml"
    words = reading.once("stationery", path, lambda path: _words(reading, path, known), reading.paths[WORKSPACE])
    word = reading.asset(f"{PACKET}/word.docx")
    if words is None or word is None:
        return None
    strings, unchecked = words
    return Stationery(strings=strings, unchecked=unchecked, word=word)


def _words(reading: Reading, path: str, known: Known) -> tuple[Mapping[str, Mapping[str, str]], tuple[str, ...]] | None:
    """The strings by language, and the languages in which nobody has looked at them."""
    from paraph.library.shapes.schema import PacketShape

    shape, _, source = reading.file(path, PacketShape)
    if shape is None:
        return None
    reading.add(_findings(shape, known, source))
    strings, findings = forms.by_language(shape.strings, known, source)
    reading.add(findings)
    return strings, tuple(shape.unchecked)


def _findings(shape: PacketShape, known: Known, source: Source) -> Iterator[Finding]:
    yield from known.languages(source, {code: ("unchecked", n) for n, code in enumerate(shape.unchecked)})
    spoken = {code for name, texts in shape.strings.items() if name in NEEDED for code in texts}
    for name, fields in NEEDED.items():
        if name not in shape.strings:
            message = f"the string {name} is missing"
            advice = f"Take it from {PACKET}/strings.yml of a new workspace (“paraph init DIR”)."
            yield source.finding("string-missing", message, advice, at=("strings",))
            continue
        texts = shape.strings[name]
        for code in sorted(spoken - set(texts) - set(known.workspace.authentic)):
            message = f"{code} has other strings, and none for {name}"
            yield source.finding("language-missing", message, f"Add {code}: below it.", at=("strings", name))
        for code, text in texts.items():
            if strange := sorted(set(IN_BRACES.findall(text)) - set(fields)):
                given = ", ".join(f"{{{one}}}" for one in fields) or "nothing"
                message = f"{{{strange[0]}}} is not filled in here"
                yield source.finding("string-fields-differ", message, f"There is {given}.", at=("strings", name, code))


def stationery(root: Path) -> tuple[Stationery | None, tuple[Finding, ...]]:
    """What a workspace writes its packets on, and what is wrong with it."""
    reading = Reading(root=root)
    shared = read_shared(reading, file_index(root))
    found = read_stationery(reading, shared.known)
    here = (one for one in reading.findings if one.file.startswith(f"{PACKET}/"))
    return found, tuple(sorted(set(here)))
