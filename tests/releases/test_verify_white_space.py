"""What stands between words where a space was released: a gap to every program, or a dash, a box or nothing to some.

Rehearsals all.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from paraph.proof.html import read as read_html
from paraph.proof.reading import letters, one_line
from paraph.workflow.releases.verify import verify
from rehearsal import FILES
from test_verify import Released, adopted, in_zip, read_here

GAPS = "\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
NONE = "\u0085\u1680\u2028\u2029"
CONTROLS = "\x0b\x0c\x1c\x1d\x1e\x1f\ufffe"
"""Which no XML holds."""

ZIPS = ("docx", "odt", "epub")
TEXTS = ("html", "md", "akn.xml")
CASES = [
    *((format_, sign, "altered") for format_ in (*ZIPS, *TEXTS) for sign in NONE),
    *(("html", sign, "altered") for sign in CONTROLS),
    ("md", "\ufffe", "altered"),
    *((format_, "\u2009", "same-words" if format_ == "docx" else "metadata") for format_ in ("docx", *TEXTS)),
]


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Released:
    root = tmp_path_factory.mktemp("released")
    with adopted(root, FILES) as rehearsal:
        formats = " ".join(f"-f {one}" for one in ("docx", "odt", "html", "epub", "md", "akn"))
        rehearsal.does(f"release rehearsal {formats} --reference AOM/2026/7")
    return Released(root, root / "releases/AOM-2026-7")


def put(data: bytes, format_: str, sign: str) -> bytes:
    """A file with a sign in place of the space before “school”."""
    old, new = b"to school", b"to" + sign.encode() + b"school"
    made = in_zip(data, lambda _, one: one.replace(old, new)) if format_ in ZIPS else data.replace(old, new)
    assert made != data
    return made


def test_what_a_program_shows_as_no_gap_is_an_alteration(released: Released, tmp_path: Path) -> None:
    paths = []
    for number, (format_, sign, _) in enumerate(CASES):
        paths.append(tmp_path / f"{number}.{format_}")
        paths[-1].write_bytes(put(released.bytes(f"rehearsal.en.{format_}"), format_, sign))
    with read_here():
        found = verify(released.root, paths)
    assert [(format_, sign, str(one.verdict)) for (format_, sign, _), one in zip(CASES, found, strict=True)] == CASES
    for (_, sign, verdict), one in zip(CASES, found, strict=True):
        named = f"it holds a sign that programs show each in its own way (U+{ord(sign):04X})"
        assert (named in one.changes) is (verdict == "altered"), one


@pytest.mark.parametrize("sign", GAPS)
def test_a_gap_is_no_letter(sign: str) -> None:
    assert letters(f"in{sign}no") == "inno"
    assert one_line(f" in{sign}no ") == "in no"


@pytest.mark.parametrize("sign", NONE + CONTROLS[:-1])
def test_what_is_no_gap_is_a_letter(sign: str) -> None:
    assert letters(f"in{sign}no") == f"in{sign}no"
    assert one_line(f"in{sign}no ") == f"in{sign}no"


@pytest.mark.parametrize(
    "written",
    [
        "&#xFFFE;",
        "&#x0B;",
        "&amp",
        "&ampb=2",
        "&notin",
        "&notit;",
        "&#65",
        "&#99999999;",
        "a<b\x0bid=x>",
        "a<b\x85id=x>",
    ],
)
def test_what_browsers_and_python_read_otherwise_in_a_page(written: str) -> None:
    page = f"<!DOCTYPE html><html><body><p>{written}</p></body></html>"
    assert read_html(page.encode()).oddities == ("markup that programs read each in its own way",)


@pytest.mark.parametrize("written", ["&amp;b=2", "a & b", "?a=1&b=2", "&#8217;", "&eacute;", "&zzz", "&lt;&amp;&gt;"])
def test_a_reference_that_all_read_alike(written: str) -> None:
    page = f"<!DOCTYPE html><html><body><p>{written}</p></body></html>"
    assert not read_html(page.encode()).oddities
