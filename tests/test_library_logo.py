"""A logo that some format could not take is found before any is asked."""

from __future__ import annotations

import struct

import pytest

from paraph.library.logo import logo_fault

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR"
BOMB = b"<!DOCTYPE s [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>"


@pytest.mark.parametrize(
    ("path", "data", "says"),
    [
        ("logo.png", PNG + struct.pack(">II", 400, 200), ""),
        ("LOGO.JPG", b"\xff\xd8\xff\xe0", ""),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><use href='#a'/></svg>", ""),
        ("logo.png", b"\xff\xd8\xff\xe0", "not the PNG"),
        ("logo.png", PNG, "cut off"),
        ("logo.png", PNG + struct.pack(">II", 30_000, 30_000), "30,000"),
        ("logo.jpeg", b"<svg/>", "not the JPEG"),
        ("logo.svg", b"\x00\x01", "no SVG"),
        ("logo.svg", b"<svg><script>alert(1)</script></svg>", "<script>"),
        ("logo.svg", b"<svg xmlns:x='y'><image x:href='file:///etc/passwd'/></svg>", "file:///etc/passwd"),
        ("logo.svg", BOMB, "entities"),
    ],
)
def test_what_a_logo_may_be(path: str, data: bytes, says: str) -> None:
    fault = logo_fault(path, data)
    assert says in fault
    assert bool(fault) is bool(says)
