"""The client of servers that speak HTTP, by httpx: whom it trusts, how long it waits, that it asks nobody else."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Timer
from time import monotonic
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


LONGEST = 300.0
"""Seconds that an answer may take as a whole: one that comes drop by drop is never silent, and never ends."""


_SLOWEST = 10_000
"""Bytes a second that a line takes up at least; what is sent has so much more time."""


def ask(asker: httpx.Client, method: str, address: str, **more: Any) -> Answer:
    """Ask a server, and read its answer as it comes: one without end, or packed to burst, is not taken in.

    No answer leads anywhere else: a redirection is an answer like any other, so that no password goes where it sends.
    Raises BrokenError for an answer that is too large or too slow, httpx.HTTPError where there is none.
    """
    with answered(asker, method, address, follow_redirects=False, **more) as answer:
        content = taken_in(answer, address, LARGEST)
        if len(content) > LARGEST:
            raise BrokenError(f"{address}: the answer of the server is too large", "Is it the right address?")
        return Answer(answer.status_code, answer.reason_phrase, content)


@contextmanager
def answered(asker: httpx.Client, method: str, address: str, **more: Any) -> Iterator[httpx.Response]:
    """The answer of a server as it begins to come.

    `asker` waits for each piece of its head anew: a head that comes drop by drop is ended by closing `asker`, which
    then serves no more. Raises BrokenError there.
    """
    sending = len(more.get("content") or b"") / _SLOWEST
    watch = Timer(LONGEST + sending, asker.close)
    watch.daemon = True
    watch.start()
    try:
        with asker.stream(method, address, **more) as answer:
            watch.cancel()
            yield answer
    except Exception as error:  # what a client raises that is closed while it reads depends on where it was
        if asker.is_closed:
            raise _endless(address) from error
        raise
    finally:
        watch.cancel()


def _endless(address: str) -> BrokenError:
    return BrokenError(f"{address}: the answer of the server does not end", "Run it again: what was sent is kept.")


def taken_in(answer: httpx.Response, address: str, most: int) -> bytes:
    """What an answer holds, no more than a piece beyond `most` bytes. Raises BrokenError where it takes too long."""
    content, end = bytearray(), monotonic() + LONGEST
    for piece in answer.iter_bytes():
        content += piece
        if len(content) > most:
            break
        if monotonic() > end:
            raise _endless(address)
    return bytes(content)


def without(auth: tuple[str, str] | None, text: str) -> str:
    """What a server says, without the password that it was given, should it say it back: a terminal is logged."""
    if auth is None or not auth[1]:
        return text
    sent = base64.b64encode(":".join(auth).encode()).decode()
    return text.replace(sent, "…").replace(auth[1], "…")


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
