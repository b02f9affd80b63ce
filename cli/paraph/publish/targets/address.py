"""Addresses of targets, and where their passwords come from: the environment or the system's keyring, never a file."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from paraph.errors import UsageError

SCHEMES = ("sftp", "dav", "davs", "wordpress+http", "wordpress+https")
"""`dav` and `wordpress+http` send passwords in the clear: only to this machine itself."""

_OURSELVES = ("127.0.0.1", "localhost", "::1")
VARIABLE = "PARAPH_PUBLISH_PASSWORD"


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """A target on a network; `path` begins with “/”, `port` 0 is the usual one."""

    scheme: str
    user: str
    host: str
    port: int
    path: str

    def __str__(self) -> str:
        user, port = f"{self.user}@" if self.user else "", f":{self.port}" if self.port else ""
        return f"{self.scheme}://{user}{self.host}{port}{self.path}"

    @property
    def web(self) -> str:
        """The address in http or https that a client asks."""
        scheme = "https" if self.scheme in ("davs", "wordpress+https") else "http"
        return f"{scheme}://{self.host}{f':{self.port}' if self.port else ''}{self.path}"


def address(text: str) -> Address | None:
    """The address in `text`, or None for the path of a folder.

    Raises UsageError for one that is none of ours, or holds a password: it would be read by all who read paraph.yml.
    """
    if not re.match(r"[a-z][a-z+.-]+://", text, re.IGNORECASE):
        return None
    try:
        read = urlsplit(text)
        port = read.port or 0
    except ValueError as error:
        raise UsageError("the address of the target cannot be read", "Write sftp://user@host/folder.") from error
    if read.password is not None:
        raise UsageError(
            "a password does not belong into an address", f"Give it in {VARIABLE}, or keep it in the system’s keyring."
        )
    if read.scheme not in SCHEMES or not read.hostname:
        raise UsageError(f"“{text}” is no target", f"Addresses begin with {', '.join(f'{one}://' for one in SCHEMES)}.")
    if read.scheme in ("dav", "wordpress+http") and read.hostname not in _OURSELVES:
        secure = {"dav": "davs", "wordpress+http": "wordpress+https"}[read.scheme]
        raise UsageError(f"{read.scheme}:// sends the password in the clear", f"Write {secure}://{read.hostname}.")
    return Address(
        scheme=read.scheme,
        user=unquote(read.username or ""),
        host=read.hostname,
        port=port,
        path=unquote(read.path) or "/",
    )


def password(target: Address, name: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """The password of a target: PARAPH_PUBLISH_PASSWORD_<NAME> for the one named so in paraph.yml,
    PARAPH_PUBLISH_PASSWORD, or what the keyring has for “paraph” and the address; None where nobody gives one."""
    own = f"{VARIABLE}_{re.sub('[^A-Z0-9]', '_', name.upper())}" if name else VARIABLE
    found = environment.get(own) or environment.get(VARIABLE)
    if found:
        return found
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return None
    try:
        kept: str | None = keyring.get_password("paraph", str(target))
    except KeyringError:
        return None
    return kept
