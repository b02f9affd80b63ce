"""The REST API of WordPress (https://developer.wordpress.org/rest-api/), as far as pages and files need it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec

from paraph.errors import BrokenError, FidelityError
from paraph.publish.targets.address import VARIABLE, Address
from paraph.publish.targets.client import Answer, answered, ask, client, taken_in, without

_WAIT = 60
_MOST_SAID = 300
_LISTED = 100
"""Pages that WordPress lists at once, at most."""

_MOST_LISTS = 1_000
"""No site has as many: one that answers whatever it is asked would have them without end."""

_STATES = "publish,future,draft,pending,private"

_T = TypeVar("_T")


class Raw(msgspec.Struct):
    """A text as it is kept, without what plugins make of it."""

    raw: str


class Page(msgspec.Struct):
    """What an answer says of a page; `link` is its address, for everybody once its `status` is “publish”; `slug` is the
    last step of that."""

    id: int
    title: Raw
    content: Raw
    status: str = ""
    link: str = ""
    slug: str = ""


class Medium(msgspec.Struct):
    """What an answer says of a file in the media library: where it can be fetched."""

    source_url: str


class Refusal(msgspec.Struct):
    """What WordPress says where it does not do what it is asked."""

    message: str


class WordPress:
    """A site by its address."""

    def __init__(self, target: Address, password: str | None) -> None:
        self._auth = (target.user, password or "")
        self._client = client("WordPress", self._auth, _WAIT)
        import httpx

        self._httpx = httpx
        self._base = target.web.rstrip("/")

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    def page(self, slug: str) -> Page | None:
        """The page with a slug, whatever its state, or None."""
        return next(iter(self._found("pages", slug, _STATES, list[Page])), None)

    def numbered(self, number: int) -> Page:
        """The page with a number."""
        return self._said(self._ask("GET", f"pages/{number}", params={"context": "edit"}), Page)

    def pages(self) -> Iterator[Page]:
        """Every page, in the order of their numbers."""
        asked = {"status": _STATES, "context": "edit", "orderby": "id", "order": "asc", "per_page": str(_LISTED)}
        asked["_fields"] = "id,title,content,status,link,slug"
        for number in range(1, _MOST_LISTS):
            listed = self._said(self._ask("GET", "pages", params={**asked, "page": str(number)}), list[Page])
            yield from listed
            if len(listed) < _LISTED:
                return
        raise BrokenError(f"{self._base} lists pages without end", "Is it the right address?")

    def medium(self, slug: str) -> Medium | None:
        """The file with a slug, or None."""
        return next(iter(self._found("media", slug, "inherit,private", list[Medium])), None)

    def _found(self, kind: str, slug: str, status: str, type_: type[list[_T]]) -> list[_T]:
        asked = {"slug": slug, "status": status, "context": "edit"}
        return self._said(self._ask("GET", kind, params=asked), type_)

    def _said(self, answer: Answer, type_: type[_T]) -> _T:
        """What an answer says, which may come from anything. Raises BrokenError where it is none of WordPress."""
        try:
            return msgspec.json.decode(answer.content, type=type_)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise BrokenError(
                f"{self._base} does not answer as WordPress does", "Is its REST API switched off?"
            ) from error

    def save(self, page: int, fields: dict[str, str]) -> Page:
        """Make a page (0) or change one; the page as it is then."""
        asked = self._ask("POST", f"pages/{page}" if page else "pages", json=fields, params={"context": "edit"})
        return self._said(asked, Page)

    def upload(self, name: str, media: str, data: bytes) -> Medium:
        """A file into the media library."""
        headers = {"Content-Type": media, "Content-Disposition": f'attachment; filename="{name}"'}
        return self._said(self._ask("POST", "media", content=data, headers=headers), Medium)

    def prove(self, address: str, data: bytes) -> None:
        """Raise FidelityError where what can be fetched there is another file; it is asked for without a password."""
        try:
            with answered(self._client, "GET", address, auth=None) as answer:
                there = taken_in(answer, address, len(data))
        except (self._httpx.HTTPError, self._httpx.InvalidURL) as error:
            raise BrokenError(f"{address} cannot be fetched: {error}", "Look at the plugins of that site.") from error
        if there != data:
            raise FidelityError(
                f"{address} is not the file that was released",
                "Look at the plugins of that site, delete the file in its media library, and run it again.",
            )

    def _ask(self, method: str, path: str, *, params: dict[str, str] | None = None, **more: Any) -> Answer:
        """Ask the API. Raises BrokenError for what it refuses; the password is in no message."""
        try:
            asked = {"rest_route": f"/wp/v2/{path}", **(params or {})}
            answer = ask(self._client, method, f"{self._base}/", params=asked, **more)
        except self._httpx.HTTPError as error:
            raise BrokenError(
                f"{self._base} cannot be reached: {error}", "Run it again: what was sent is kept."
            ) from error
        if answer.good:
            return answer
        advice = "Run it again: what was sent is kept."
        if answer.status in (400, 401, 403):  # without rights, what needs them is an “invalid parameter”
            advice = f"{VARIABLE} must be an application password of an account that may edit pages (Users → Profile)."
        try:
            said = msgspec.json.decode(answer.content, type=Refusal).message
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            said = ""
        said = without(self._auth, said[:_MOST_SAID] or answer.reason)
        raise BrokenError(f"{self._base}: {method} {path}: {answer.status} {said}", advice)
