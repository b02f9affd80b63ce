"""What an RTF holds that its reader may see and paraph does not: it is read as the DOCX that LibreOffice makes of it.

Of a part that is marked `\\*` a program that does not know it shows nothing (RTF 1.9.1, “destinations”): each shows
those that it knows. So those that word processors write, and that hold no words or such as the DOCX has, too, are let
through by name; anything else is named, for a person to look at the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from paraph.review.returned.let_through import names

_MARKED = re.compile(rb"\\\\|\\[{}]|\\bin(?=\d)|\\\*\s*(?:\\([A-Za-z]+))?")
"""A part that is marked, by its name; what only looks like one; and bytes in the raw, which no word processor has
written for decades, and behind which anything may stand."""
_KNOWN = names(
    "generator pgdsctbl pgdscno listtable listpicture listoverridetable revtbl rsidtbl userprops bkmkstart bkmkend "
    "fldinst formfield ffname ffdeftext ffentrytext ffformat ffhelptext ffl ffstattext datafield annotation atnid "
    "atnauthor atnref atndate atntime atnparent atrfstart atrfend atnicn ftnsep ftnsepc ftncn aftnsep aftnsepc "
    "aftncn falt panose fname themedata colorschememapping latentstyles datastore xmlnstbl wgrffmtfilter mmathPr "
    "defchp defpap pnseclvl company category manager hlinkbase docvar protusertbl nesttableprops "
    "listname liststylename ts cs ds tsrowd shppict shpinst hl hlsrc hlloc hlfr password passwordhash template "
    "stylesheet keycode fchars lchars ud picprop blipuid sp sn sv oleclsid objclass objdata "
    "objname result writereservhash writereservation pgptbl oldcprops oldpprops oldtprops oldsprops xmlopen xmlclose "
    "xmlattr xmlattrname xmlattrvalue xmlname ebcstart ebcend"
)
"""Those that are let through. Pictures, shapes and objects are named where the DOCX is read."""
_INDENT = re.compile(rb"\\(?:li|lin|ri|rin|fi)-?0*(\d{4,})")
_MOST_INDENT = 6_500
"""Twentieths of a point: the ninth level of a list of Word’s has 6,480. Which of `\\li` and `\\lin` holds where they
say two things, programs have not one mind, and the DOCX has one of them."""
_STRAY = re.compile(rb"(?<=\{)(-?\d{1,10}) (?=[\\{])")
_END_PUT_IN = re.compile(rb"(?<!\{)\\revised\\revauth\d{1,9}\\revdttm-?\d{1,10} (?=\r?\n)")
"""Behind all other properties of a run; of words that were put in themselves it stands before them."""
_LIBREOFFICE = re.compile(rb"\{\\\*\\generator LibreOffice")

_DELETED = re.compile(rb"\\deleted(?![a-z0-9])")
"""Of a paragraph whose end was taken out, LibreOffice 7.4 writes so its last words into an RTF."""
_BRACES, _CELL = re.compile(rb"\\[\\{}]|[{}]"), re.compile(rb"\\cell(?![a-z])")
_NO_WORDS = re.compile(rb"\{\\\*[^{}]*\}|\\[a-z]+-?\d* ?|[{}\s]")
"""What in a run is none: properties, bookmarks."""
_LONGEST = 100_000
"""Bytes of a run."""


def is_libreoffice(data: bytes) -> bool:
    """Whether a file is an RTF of LibreOffice. Of Arabic letters 7.4 does not write there that a run sets them in bold
    or italics, and for the letters that number a list it has no number of its own (RTF 1.9.1, `\\levelnfc45`)."""
    head = data[:100_000]
    return head.startswith(b"{\\rtf") and _LIBREOFFICE.search(head) is not None


def strikes_too_much(data: bytes) -> bool:
    """Whether a file is an RTF of LibreOffice in which the end of a paragraph may have been taken out while changes
    were tracked: it then marks the last words of the paragraph so, or does not say it."""
    known = dict[int, bool]()
    return is_libreoffice(data) and any(_may_reach_its_end(data, one.start(), known) for one in _DELETED.finditer(data))


def _may_reach_its_end(data: bytes, at: int, known: dict[int, bool]) -> bool:
    """Whether the words marked at a place as taken out may be the last of a paragraph, but for that of a cell. `known`
    is whether that which begins at a place may be: what follows many such words is looked at once."""
    if data[at - 1 : at] != b"{":
        return True
    at, passed = _behind(data, at), list[int]()
    while at not in known:
        passed.append(at)
        at = _goes_on(data, at, known)
    known.update(dict.fromkeys(passed, known[at]))
    return known[at]


def _goes_on(data: bytes, at: int, known: dict[int, bool]) -> int:
    """The place behind what begins at a place, where that holds no words; the same, where it is `known` now whether a
    paragraph may end there."""
    if not 0 <= at < len(data):
        known[at] = True
    elif data[at : at + 1].isspace():
        return at + 1
    elif data.startswith(b"{", at):
        behind = _behind(data, at + 1)
        if data.startswith(rb"{\*", at) or not _NO_WORDS.sub(b"", data[at:behind]):
            return behind
        known[at] = behind < 0
    else:
        known[at] = _CELL.match(data, at) is None
    return at


def _behind(data: bytes, at: int) -> int:
    """The place behind the group in which `at` is; -1 where it is longer than any."""
    depth = 1
    for one in _BRACES.finditer(data, at, at + _LONGEST):
        depth += {b"{": 1, b"}": -1}.get(one[0], 0)
        if not depth:
            return one.end()
    return -1


def without_strays(data: bytes) -> bytes:
    """An RTF of LibreOffice without what it writes at the wrong place, and then reads itself: before words whose look
    was changed while changes were tracked, the time of the change without its name (`\\crdate`), as a word; and at the
    last words of a paragraph that its end, not they, was put in (`\\revised`)."""
    if not _LIBREOFFICE.search(data[:100_000]):
        return data
    data = _END_PUT_IN.sub(b"", data)
    return _STRAY.sub(lambda found: b"" if _is_time(int(found[1])) else found[0], data)


def _is_time(number: int) -> bool:
    """Whether a number is a time as RTF packs it (1.9.1, “DTTM”): minute, hour, day, month, years since 1900, weekday,
    from the lowest bits up."""
    if not -(2**31) <= number < 2**32:
        return False
    minute, hour, day, month = number & 63, number >> 6 & 31, number >> 11 & 31, number >> 16 & 15
    return minute < 60 and hour < 24 and day > 0 and 0 < month <= 12 and 100 <= (number >> 20 & 511) < 200


def odd_in_rtf(data: bytes) -> Iterator[str]:
    """What in the RTF `data` may be shown and not be in a DOCX made of it, a line each."""
    found = dict[str, None]()
    for one in _MARKED.finditer(data):
        if one[0].startswith(b"\\*"):
            name = (one[1] or b"").decode("ascii")
            if name not in _KNOWN:
                found.setdefault(rf"{{\*\{name[:40]}}}")
        elif one[0] == b"\\bin":
            found.setdefault(r"\bin")
    for one in _INDENT.finditer(data):
        if len(one[1]) > 4 or int(one[1]) > _MOST_INDENT:
            found.setdefault(one[0][:40].decode("ascii"))
    yield from found
