"""Words whose hyphens part no line: puis-je, dis-le-nous (`unparted` in templates/strings.yml).

On the narrow panel of a leaflet a line would end at such a hyphen. The letters stay what they are, so that what is
copied is what was approved; Word cannot keep the hyphen in its line without another letter, and is given none.
"""

from __future__ import annotations

import re


def hyphenated(unparted: tuple[str, ...]) -> str:
    """The pattern of a word with one of `unparted` after a hyphen, for Python and for typst alike; "" for none.

    `*` stands for letters: a Maltese article is never parted from its noun, whatever the noun.
    """
    words = "|".join(re.escape(word).replace(r"\*", r"\w+") for word in unparted)
    return rf"\w+(?:-(?:{words}))+\b" if unparted else ""
