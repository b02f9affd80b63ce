"""Where the pages of the website are, and how they point to each other."""

from __future__ import annotations

import re

from paraph.publish.card import Card, Voice

_OWN = re.compile(r"index|leaflets(-\d+)?|search|verify", re.IGNORECASE)
"""What lies beside the pages of texts in the folder of each language, and is none."""


def own(folder: str) -> bool:
    """Whether the page of a release with this folder would be another page of the site."""
    return _OWN.fullmatch(folder) is not None


def place(card: Card, voice: Voice) -> str:
    """The path of the page of a document in one language: its address, for ever."""
    return f"{voice.code}/{card.folder}.html"


def relative(path: str, target: str) -> str:
    """The address of `target` as the page at `path` writes it: it works on a disk as on a server."""
    here, there = path.split("/")[:-1], target.split("/")
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."


def address_of(address: str, path: str) -> str:
    """The address of a file of the site on the web."""
    from urllib.parse import quote

    return f"{address.rstrip('/')}/{quote(path)}"
