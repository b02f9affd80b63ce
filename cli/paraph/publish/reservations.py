"""What institutions reserved, as the page of a text says it: the same words of one institution once, with their places.

One letter reserves on five clauses: the record has it on each of them, and a reader reads it once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup

from paraph.model.language import Texts
from paraph.model.release import ReleaseRecord, Reserved
from paraph.publish.speech import Speech

_CLAUSES, _WORDS = "\ufffc", "\ufffd"
"""Stand for the titles of clauses and for the words reserved while the string around them is filled in."""

_QUOTED = re.compile(rf"([“«„‹\"]\s?){_CLAUSES}(\s?[”»“›\"])")


_NAME = re.compile("\x01([^\x02\x03]*)\x02([^\x03]*)\x03")
"""A name in its language, "" where that is the page's, while the string around it is filled in."""


def reservations(
    found: ReleaseRecord, code: str, speech: Speech, name: Callable[[str], tuple[str, str, str]]
) -> Iterator[dict[str, object]]:
    """Each by what stands `before` and `after` its `words`, for the page of the text in language `code`.

    `name` gives the name of an institution, and its language where that is not the page's; so is `lang` that of the
    words. Whatever may be in another language stands apart (`apart` for the words), lest marks around it jump where one
    is written to the left.
    """
    titles = {one.version.id: one.title for one in found.clauses}
    for alike in _alike(found.reservations):
        first, about = alike[0], _titles(titles, [one.clause for one in alike], speech)
        key = "reservation-on" if about else "reservation"
        member, lang, _ = name(first.institution)
        said = speech.say(key, member=_named(member, lang), clause=_CLAUSES, text=_WORDS)
        before, _, after = _QUOTED.sub(_CLAUSES, said).replace(_CLAUSES, about).partition(_WORDS)
        codes = (code, speech.code, *speech.others, *first.text)
        own = next((one for one in codes if one in first.text), "")
        yield {
            "before": _apart(before),
            "words": first.text.get(own, ""),
            "after": _apart(after),
            "lang": own if own != speech.code else "",
            "apart": own != speech.code,
        }


def _named(name: str, lang: str) -> str:
    return f"\x01{lang}\x02{name}\x03"


def _apart(text: str) -> Markup:
    """Text with its names in elements of their own."""
    pieces, at = Markup(), 0
    for one in _NAME.finditer(text):
        attribute = Markup(' lang="{}"').format(one[1]) if one[1] else ""
        pieces += Markup("{}<bdi{}>{}</bdi>").format(text[at : one.start()], attribute, one[2])
        at = one.end()
    return pieces + text[at:]


def _alike(found: Iterable[Reserved]) -> Iterable[Sequence[Reserved]]:
    alike: dict[object, list[Reserved]] = {}
    for one in found:
        alike.setdefault((one.institution, tuple(sorted(one.text.items()))), []).append(one)
    return alike.values()


def _titles(titles: Mapping[str, Texts], clauses: Sequence[str], speech: Speech) -> str:
    """The titles of clauses, each in the quotation marks of the string. "": the document as a whole is among them, of
    which each is a part."""
    if "" in clauses:
        return ""
    marks = _QUOTED.search(speech.say("reservation-on", member="", clause=_CLAUSES, text=""))
    before, after = marks.groups() if marks else ("", "")
    named = [_titled(titles.get(one.partition("@")[0], {}), one, speech) for one in clauses]
    return speech.listed(f"{before}{title}{after}" for title in named)


def _titled(texts: Texts, clause: str, speech: Speech) -> str:
    title = speech.of(texts, clause)
    code = next((code for code in (speech.code, *speech.others) if texts.get(code) == title), "")
    return _named(title, "" if code == speech.code else code)
