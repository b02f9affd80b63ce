"""What institutions reserved, as the page of a text says it: the same words of one institution once, with their places.

One letter reserves on five clauses: the record has it on each of them, and a reader reads it once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from paraph.model.language import Texts
from paraph.model.release import ReleaseRecord, Reserved
from paraph.publish.speech import Speech

_CLAUSES, _WORDS = "\ufffc", "\ufffd"
"""Stand for the titles of clauses and for the words reserved while the string around them is filled in."""

_QUOTED = re.compile(rf"([“«„‹\"]\s?){_CLAUSES}(\s?[”»“›\"])")


def reservations(
    found: ReleaseRecord, code: str, speech: Speech, name: Callable[[str], str]
) -> Iterator[dict[str, str]]:
    """Each by what stands `before` and `after` its `words`, for the page of the text in language `code`.

    `name` names an institution; `lang` is the language of the words where it is not the page's.
    """
    titles = {one.version.id: one.title for one in found.clauses}
    for alike in _alike(found.reservations):
        first, about = alike[0], _titles(titles, [one.clause for one in alike], speech)
        key = "reservation-on" if about else "reservation"
        said = speech.say(key, member=name(first.institution), clause=_CLAUSES, text=_WORDS)
        before, _, after = _QUOTED.sub(_CLAUSES, said).replace(_CLAUSES, about).partition(_WORDS)
        codes = (code, speech.code, *speech.others, *first.text)
        own = next((one for one in codes if one in first.text), "")
        yield {
            "before": before,
            "words": first.text.get(own, ""),
            "after": after,
            "lang": own if own != speech.code else "",
        }


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
    named = [speech.of(titles.get(one.partition("@")[0], {}), one) for one in clauses]
    return speech.listed(f"{before}{title}{after}" for title in named)
