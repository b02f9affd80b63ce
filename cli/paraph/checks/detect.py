"""Which language a text is in: langdetect, made to answer the same each time.

Unseeded it changes its mind, and with all its 55 languages it takes Macedonian for Bulgarian, Spanish for Portuguese.
So it is seeded and is asked about the languages of the workspace only. It lacks Maltese, whose profile is ours
(tools/language_profile.py). It loads only when a text asks for it that neither script nor small words settle.
"""

from __future__ import annotations

from functools import cache
from typing import Any

_SURE = 0.9
"""Below this probability it says nothing."""


def likely(text: str, languages: frozenset[str]) -> str:
    """The code of the language that `text` is most probably in, or "" where that is not clear."""
    from langdetect.lang_detect_exception import LangDetectException

    detector = _factory(languages).create()
    detector.append(text)
    try:
        found = detector.get_probabilities()
    except LangDetectException:  # no letters
        return ""
    return str(found[0].lang) if found and found[0].prob >= _SURE else ""


@cache
def _factory(languages: frozenset[str]) -> Any:
    from importlib import resources

    from langdetect import detector_factory

    profiles = resources.files("langdetect") / "profiles"
    own = resources.files(__package__)
    texts = []
    for code in sorted(languages):
        for path in (own / f"langdetect_{code}.json", profiles / code):
            if path.is_file():
                texts.append(path.read_text(encoding="utf-8"))
                break
    made = detector_factory.DetectorFactory()
    made.set_seed(0)
    made.load_json_profile(texts)
    return made
