"""A folder on a server that speaks WebDAV (RFC 4918), by httpx.

Files are put beside their place and moved over it, which a server does in one step.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from lxml import etree

from paraph.errors import BrokenError
from paraph.publish.deliver import Kind
from paraph.publish.targets.address import VARIABLE, Address
from paraph.publish.targets.client import ask, client, without

_WAIT = 30
_TO_FOLDER = (301, 302)
"""A server leads from the name of a folder to that with a slash."""

_DAV = "{DAV:}"
_XML = "application/xml; charset=utf-8"
_WHAT = b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
_WHOLE = "Is it the address of a folder that speaks WebDAV?"


class WebDav:
    """The folder at an address."""

    def __init__(self, target: Address, password: str | None) -> None:
        auth = (target.user, password or "") if target.user or password else None
        self._client = client("WebDAV", auth, _WAIT)
        import httpx

        self._httpx = httpx
        self._auth = auth
        self._base = target.web.rstrip("/")
        self._made: set[str] = set()

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def read(self, path: str) -> bytes | None:
        """A file, or None."""
        status, data = self._ask("GET", path, accept=(404,))
        return None if status == 404 else data

    def kind(self, path: str) -> Kind:
        """What stands at a path: a file or a folder. Raises BrokenError where the server does not say."""
        status, data = self._ask(
            "PROPFIND", path, accept=(404, *_TO_FOLDER), content=_WHAT, headers={"Depth": "0", "Content-Type": _XML}
        )
        if status == 404:
            return Kind.NOTHING
        if status in _TO_FOLDER:
            return Kind.FOLDER
        try:
            said = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
        except (etree.XMLSyntaxError, ValueError) as error:
            raise BrokenError(f"{self._at(path)}: the server does not say what is there", _WHOLE) from error
        return Kind.FOLDER if said.find(f".//{_DAV}resourcetype/{_DAV}collection") is not None else Kind.FILE

    def write(self, path: str, data: bytes) -> None:
        """Put a file in its place."""
        folder, _, name = path.rpartition("/")
        self._folder(folder)
        part = f"{folder}/.{name}.part".lstrip("/")
        self._ask("PUT", part, content=data)
        self._ask("MOVE", part, headers={"Destination": self._at(path), "Overwrite": "T"})

    def delete(self, path: str) -> None:
        """Take a file away. Folders stay: WebDAV deletes them with all that is in them, be it whose it may."""
        self._ask("DELETE", path, accept=(404,))

    def flush(self) -> None:
        """The server keeps what it has confirmed."""

    def lost(self, files: Mapping[str, str]) -> None:
        """That is not quick to tell: every file would be asked for."""

    def _folder(self, folder: str) -> None:
        """Make a folder and those above it, once each; 405: it is there."""
        if folder in self._made:
            return
        if folder:
            self._folder(folder.rpartition("/")[0])
        self._ask("MKCOL", f"{folder}/" if folder else "/", accept=(405, *_TO_FOLDER))
        self._made.add(folder)

    def _at(self, path: str) -> str:
        return f"{self._base}/{quote(path.lstrip('/'))}" if path else self._base

    def _ask(
        self,
        method: str,
        path: str,
        *,
        accept: tuple[int, ...] = (),
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """Ask the server; the status and the answer. Raises BrokenError for what it refuses."""
        again = "Run it again: what was sent is kept."
        try:
            answer = ask(self._client, method, self._at(path), content=content, headers=headers)
        except self._httpx.HTTPError as error:
            raise BrokenError(f"{self._base} cannot be reached: {error}", again) from error
        if answer.good or answer.status in accept:
            return answer.status, answer.content
        if answer.status in (401, 403):
            again = f"A password is taken from {VARIABLE}."
        said = f"{method} {self._at(path)}: the server says {answer.status} {answer.reason}"
        raise BrokenError(without(self._auth, said), again)
