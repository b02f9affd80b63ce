"""A folder on a server that speaks SFTP, by paramiko.

The server must be known (`~/.ssh/known_hosts`): one whose key is not, or is another, is refused. We are known by a key
from the agent or from ~/.ssh, or by the password. Files are written beside their place and renamed into it.
"""

from __future__ import annotations

import logging
import posixpath
import stat
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from paraph.errors import BrokenError
from paraph.publish.deliver import Kind, kind_of, through_link
from paraph.publish.targets.address import VARIABLE, Address
from paraph.publish.targets.client import LARGEST
from paraph.publish.targets.missing import missing

if TYPE_CHECKING:
    import paramiko

_WAIT = 30
"""Seconds for which a server may be silent."""


class Sftp:
    """The folder at an address."""

    def __init__(self, target: Address, password: str | None) -> None:
        try:
            import paramiko
        except ImportError as error:
            raise missing("SFTP") from error
        logging.getLogger("paramiko").addHandler(logging.NullHandler())  # what it logs is said in our error
        self._errors: tuple[type[Exception], ...] = (paramiko.SSHException, OSError, EOFError)
        self._root = target.path
        self._made: set[str] = set()
        self._client = paramiko.SSHClient()
        self._client.load_system_host_keys()
        self._client.set_missing_host_key_policy(paramiko.RejectPolicy())
        options: dict[str, Any] = {"username": target.user} if target.user else {}
        try:
            self._client.connect(
                target.host,
                target.port or 22,
                password=password,
                timeout=_WAIT,
                banner_timeout=_WAIT,
                auth_timeout=_WAIT,
                **options,
            )
            self._sftp = paramiko.SFTPClient(self._channel())
        except self._errors as error:
            self._client.close()
            raise BrokenError(
                f"{target} cannot be reached: {error}",
                f"Try “sftp {target.host}” first. A password is taken from {VARIABLE}.",
            ) from error

    def _channel(self) -> paramiko.Channel:
        """Where files are asked for; never longer silent than `_WAIT`, from the first word on."""
        transport = self._client.get_transport()
        assert transport is not None
        channel = transport.open_session(timeout=_WAIT)
        channel.settimeout(_WAIT)
        channel.invoke_subsystem("sftp")
        return channel

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def read(self, path: str) -> bytes | None:
        """A file, or None."""
        try:
            with self._sftp.open(self._at(path), "rb") as file:
                size = file.stat().st_size or 0
                if size > LARGEST:
                    raise BrokenError(f"{self._at(path)} on the server is too large", "Is it the right address?")
                file.prefetch(size)
                return bytes(file.read(LARGEST))
        except FileNotFoundError:
            return None
        except self._errors as error:
            raise self._failed("read", path, error) from error

    def kind(self, path: str) -> Kind:
        """What stands at a path, be it a link that leads nowhere; at "", where the folder leads."""
        where = self._at(path)
        try:
            found = self._sftp.lstat(where) if path else self._sftp.stat(where)
        except FileNotFoundError:
            return Kind.NOTHING
        except self._errors as error:
            raise self._failed("looked up", path, error) from error
        return kind_of(found.st_mode or stat.S_IFREG)

    def write(self, path: str, data: bytes) -> None:
        """Put a file in its place. Raises BrokenError where a link stands at the name that it has until it is whole."""
        where = self._at(path)
        part = posixpath.join(posixpath.dirname(where), f".{posixpath.basename(where)}.part")
        try:
            self._folder(posixpath.dirname(where))
            with self._new(part) as file:
                file.set_pipelined(True)
                file.write(data)
            self._sftp.posix_rename(part, where)
        except self._errors as error:
            raise self._failed("written", path, error) from error

    def _new(self, part: str) -> paramiko.SFTPFile:
        """A new file, in the place of what a run left that was cut off: opened as it stands, it may be a link."""
        try:
            return self._sftp.open(part, "wbx")
        except OSError:
            kind = self.kind(part)
            if kind is Kind.NOTHING:
                raise
            if kind is Kind.LINK:
                raise through_link(part) from None
        self._sftp.remove(part)
        return self._sftp.open(part, "wbx")

    def delete(self, path: str) -> None:
        """Take a file away, and folders that are then empty."""
        where = self._at(path)
        try:
            with suppress(FileNotFoundError):
                self._sftp.remove(where)
        except self._errors as error:
            raise self._failed("deleted", path, error) from error
        folder = posixpath.dirname(where)
        with suppress(OSError):
            while len(folder) > len(self._root.rstrip("/")):
                self._sftp.rmdir(folder)
                self._made.discard(folder)
                folder = posixpath.dirname(folder)

    def flush(self) -> None:
        """The server keeps what it has confirmed."""

    def lost(self, files: Mapping[str, str]) -> None:
        """That is not quick to tell: every file would be asked for."""

    def _folder(self, folder: str) -> None:
        """Make a folder and those above it, once each."""
        if folder in self._made or folder in ("", "/"):
            return
        try:
            self._sftp.stat(folder)
        except FileNotFoundError:
            self._folder(posixpath.dirname(folder))
            self._sftp.mkdir(folder)
        self._made.add(folder)

    def _at(self, path: str) -> str:
        return posixpath.join(self._root, path) if path else self._root

    def _failed(self, what: str, path: str, error: Exception) -> BrokenError:
        why = str(error).rstrip(": ") or "it ended the connection"
        return BrokenError(
            f"{self._at(path)} cannot be {what} on the server: {why}", "Run it again: what was sent is kept."
        )
