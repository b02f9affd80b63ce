"""A logo that some format could not take is found before any is asked."""

from __future__ import annotations

import struct

import pytest

from paraph.library.files.logo import logo_fault

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR"


@pytest.mark.parametrize(
    ("path", "data", "says"),
    [
        ("logo.png", PNG + struct.pack(">II", 400, 200), ""),
        ("LOGO.JPG", b"\xff\xd8\xff\xe0", ""),
        ("logo.png", b"\xff\xd8\xff\xe0", "not the PNG"),
        ("logo.png", PNG, "cut off"),
        ("logo.png", PNG + struct.pack(">II", 30_000, 30_000), "30,000"),
        ("logo.jpeg", b"<svg/>", "not the JPEG"),
    ],
)
def test_what_a_logo_may_be(path: str, data: bytes, says: str) -> None:
    fault = logo_fault(path, data)
    assert says in fault
    assert bool(fault) is bool(says)
