"""A workspace with releases, published: a statement that was corrected by another, and a leaflet. Rehearsals all."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from desk import clause
from paraph.markup.canonical import digest
from rehearsal import ASKED, FILES, Rehearsal

LEAFLET = """
id: leaflet
form: leaflet
title: {en: You can ask, fr: Tu peux demander}
subtitle: {en: For children, fr: Pour les enfants}
networks: [aom]
members: [albania, malta, spain]
languages: [en, fr]
adoption: {mode: body, rule: consensus}
fields:
  readers: {en: For readers aged 10 to 14, fr: Pour les 10 à 14 ans}
sections:
  - id: rights
    style: panel
    clauses: [asking]
"""


def _arabic(name: str, english: str, arabic: str) -> dict[str, str]:
    """A clause of the rehearsal with a courtesy translation that nobody has checked."""
    path = f"statements/clauses/test/{name}.yml"
    more = f"translations:\n  ar:\n    source: en\n    digest: {digest(english)}\n    status: unchecked\n"
    more += f"    text: |-\n      {arabic}\n"
    return {path: FILES[path] + more}


ARABIC = {
    **_arabic("detention", "*No child* is detained", "لا يُحتجز *أي طفل*"),
    **_arabic("schooling", "*Every child* goes to school", "يذهب *كل طفل* إلى المدرسة"),
    "statements/statements/rehearsal.yml": FILES["statements/statements/rehearsal.yml"]
    .replace("fr: Une répétition}", "fr: Une répétition, ar: تدريب}")
    .replace("[en, fr]", "[en, fr, ar]"),
    **clause("asking", "You can ask us", "Tu peux nous demander", kind="message"),
    "statements/leaflets/leaflet.yml": LEAFLET,
}


def released(rehearsal: Rehearsal, document: str, circulation: str, formats: str = "-f html", more: str = "") -> str:
    """Circulated, approved by everybody, closed and released; its reference."""
    rehearsal.does(f"circulate {document} --until '{rehearsal.now.year + 1}-03-01 18:00' {more}")
    for member in ASKED:
        rehearsal.does(f"decide {circulation} --as {member} --approve")
    rehearsal.does(f"close {circulation}")
    said = rehearsal.does(f"release {document} {formats}")
    return said.partition(" as ")[2].partition(":")[0].split()[0]


class _Words(HTMLParser):
    """The words inside the element with an id, or of `main` where that is "" and there is but one."""

    def __init__(self, tag: str, name: str) -> None:
        super().__init__()
        self.tag, self.name, self.depth, self.words = tag, name, 0, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.tag and (self.depth or not self.name or dict(attrs).get("id") == self.name):
            self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == self.tag and self.depth:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.words += data


def words(path: Path, tag: str = "article", name: str = "text") -> str:
    """What a reader of one element of a page reads."""
    walk = _Words(tag, name)
    walk.feed(path.read_text(encoding="utf-8"))
    return walk.words.strip()
