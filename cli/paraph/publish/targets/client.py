"""The client of servers that speak HTTP, by httpx: whom it trusts, how long it waits, that it asks nobody else."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from paraph.errors import BrokenError
from paraph.publish.targets.missing import missing

if TYPE_CHECKING:
    import httpx

LARGEST = 100_000_000
"""Bytes of an answer that are read: a manifest of tens of thousands of texts has fewer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: its status, the words for it, and no more than LARGEST bytes."""

    status: int
    reason: str
    content: bytes

    @property
    def good(self) -> bool:
        """Whether it did what it was asked."""
        return 200 <= self.status < 300


def ask(asker: httpx.Client, method: str, address: str, **more: Any) -> Answer:
    """Ask a server, and read its answer as it comes: one without end, or packed to burst, is not taken in.

    No answer leads anywhere else: a redirection is an answer like any other, so that no password goes where it sends.
    Raises BrokenError for an answer that is too large, httpx.HTTPError where there is none.
    """
    with asker.stream(method, address, follow_redirects=False, **more) as answer:
        content = bytearray()
        for piece in answer.iter_bytes():
            content += piece
            if len(content) > LARGEST:
                raise BrokenError(f"{address}: the answer of the server is too large", "Is it the right address?")
        return Answer(answer.status_code, answer.reason_phrase, bytes(content))


def client(what: str, auth: tuple[str, str] | None, wait: float, **options: Any) -> httpx.Client:
    """A client for `what`, with a user and a password, and at most `wait` seconds of silence.

    It trusts the authorities of the system, an institution's own among them, those in the file SSL_CERT_FILE, and those
    that come with httpx. No proxy or password is taken from the environment. Raises UsageError where httpx is missing.
    """
    try:
        import certifi
        import httpx
    except ImportError as error:
        raise missing(what) from error
    trusted = ssl.create_default_context()
    trusted.load_verify_locations(certifi.where())
    return httpx.Client(auth=auth, timeout=wait, verify=trusted, trust_env=False, **options)
