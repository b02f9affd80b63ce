"""Persons who act for institutions. The record knows them by opaque ids; their names can be forgotten."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """A person by the id that events carry ("p-…"), for the institution `member`; "" where the person is known only by
    what a file says of who wrote in it. `address` is an e-mail or ""."""

    id: str
    member: str
    name: str
    address: str = ""
