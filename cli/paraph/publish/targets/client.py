"""The client of servers that speak HTTP, by httpx: whom it trusts, how long it waits, that it asks nobody else."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Any

from paraph.publish.targets.missing import missing

if TYPE_CHECKING:
    import httpx


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
