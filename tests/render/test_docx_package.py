"""The package: read with care, written alike."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from paraph.ooxml.archive import MOST_MEMBERS
from paraph.ooxml.package import Package, PackageError

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as archive:
        warnings.simplefilter("ignore")
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def test_parts_are_written_in_order_with_one_date() -> None:
    one = Package.read(zipped(("word/b.xml", b"<b/>"), ("[Content_Types].xml", TYPES), ("word/a.xml", b"<a/>"))).data()
    other = Package.read(
        zipped(("[Content_Types].xml", TYPES), ("word/a.xml", b"<a/>"), ("word/b.xml", b"<b/>"))
    ).data()
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as archive:
        assert archive.namelist() == ["[Content_Types].xml", "word/a.xml", "word/b.xml"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"not a zip", "not a DOCX"),
        (zipped(("a", b"1"), ("a", b"2")), "two parts of one name"),
        (zipped(*((str(n), b"") for n in range(MOST_MEMBERS + 1))), "too large"),
    ],
)
def test_what_is_no_package_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(PackageError, match=message):
        Package.read(data)


@pytest.mark.parametrize("part", [b"<a>", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'])
def test_parts_that_are_no_plain_xml_are_refused(part: bytes) -> None:
    with pytest.raises(PackageError):
        Package.read(zipped(("a.xml", part))).xml("a.xml")


def test_an_equal_relationship_is_used_again() -> None:
    package = Package.read(zipped(("[Content_Types].xml", TYPES)))
    one = package.relate("word/document.xml", "hyperlink", "https://example.org", external=True)
    assert package.relate("word/document.xml", "hyperlink", "https://example.org", external=True) == one
    assert package.relate("word/document.xml", "image", "word/media/logo.png") != one
    assert package.related("word/document.xml", "image") == {"rId2": "word/media/logo.png"}
