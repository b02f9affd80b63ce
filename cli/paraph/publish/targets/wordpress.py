"""WordPress, by its REST API: a page for each text in each language, its files in the media library.

A page is made as a draft; who runs that site looks at it and publishes it. It is known again by its slug (reference and
language) and by a comment at its head that names the digest of what we wrote, so that nothing is sent twice. A page at
that slug without the comment is somebody else's, and one whose content was changed in WordPress is no longer what was
released: both are named and left alone. Nothing is ever deleted. After each write the page is read back, and must be as
it was sent: a site may take markup out that an account is not allowed to write. So pictures, which stand inside a
released page, are files in the library: an address with `data:` loses that, and SVG is taken in by few sites.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape, unescape
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import msgspec
from markupsafe import Markup

from paraph.errors import BrokenError, FidelityError, RefusedError
from paraph.model.release import Statement
from paraph.publish.article import words
from paraph.publish.card import Card, Voice
from paraph.publish.deliver import Report
from paraph.publish.targets.address import VARIABLE, Address
from paraph.publish.targets.client import Answer, answered, ask, client, taken_in, without
from paraph.render.pictures import raster

if TYPE_CHECKING:
    from paraph.publish.site import Site

_WAIT = 60
_MOST_SAID = 300
_ZEROS = re.compile(r"&#0+(?=\d)")
_MARK = re.compile(r"<!-- paraph ([0-9a-f]{64}) -->\n?")
_MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
}
"""Formats that WordPress takes into its media library as it comes, with their media types."""

_PICTURE = re.compile(r'(<img class="([a-z]+)" src=")data:image/svg\+xml;base64,([^"]*)"')
_WIDTHS = {"pictogram": 48, "code": 128, "drawing": 320}
"""Pixels that a picture is wide where no style sheet of ours is, by its class; about as it is with one."""
_PIXEL = 25.4 / 96
"""Millimetres (CSS Values and Units 3, 6.2)."""

_T = TypeVar("_T")


class Raw(msgspec.Struct):
    """A text as it is kept, without what plugins make of it."""

    raw: str


class Page(msgspec.Struct):
    """What an answer says of a page."""

    id: int
    title: Raw
    content: Raw


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
        return next(iter(self._found("pages", slug, "publish,future,draft,pending,private", list[Page])), None)

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


def deliver_pages(
    site: Site,
    wordpress: WordPress,
    *,
    dry_run: bool = False,
    again: bool = False,
    tell: Callable[[str], None] = lambda path: None,
) -> Report:
    """Bring the pages of a WordPress site to what was released.

    Raises RefusedError at the end, naming pages that are somebody else's or were changed there; all others are done.
    `again`: write over pages that were changed there.
    """
    from paraph.publish.document import Documents
    from paraph.publish.pages import Pages

    documents, report, refused = Documents(site, pages := Pages(site)), Report(), []
    library = _Library(wordpress, report, dry_run, tell)
    _refuse_one_slug_for_two(site)
    for card in site.cards:
        statement = site.shelf.statement(card)
        for voice in card.voices:
            if not voice.page:
                continue
            slug = slug_of(card, voice)
            there = wordpress.page(slug)
            if there is not None and (why := _not_ours(there, again=again)):
                refused.append(f"{slug}: {why}")
                continue
            files = [*_uploaded(site, card, voice, statement, library)]
            doc = documents.doc(card, voice, statement)
            notice = [*_notice(site, card, doc["notice_files"], library)]
            doc["notice_files"] = [one.shown for one in notice]
            doc["body"], pictures = _pictures(doc["body"], library)
            shown = [one.shown for one in files]
            content = pages.render("wordpress.html", site.speech(voice.code), {}, doc=doc, files=shown).decode()
            content = f"<!-- wp:html -->\n{_allowed(content)}<!-- /wp:html -->"
            mark = _digest(voice.title + content)
            if there is not None and _marked(there) == mark and not again:
                report.kept += 1
                continue
            tell(slug)
            report.written.append(slug)
            report.octets += len(content)
            if not dry_run:
                for one in (*files, *notice, *pictures):
                    wordpress.prove(one.shown["href"], one.data())
                title = escape(voice.title, quote=False)  # a title is markup there
                fields = {"title": title, "slug": slug, "content": f"<!-- paraph {mark} -->\n{content}"}
                if there is None:
                    fields["status"] = "draft"
                _prove(slug, content, mark, wordpress.save(there.id if there else 0, fields))
    if refused:
        raise RefusedError(
            "pages in WordPress are not as paraph left them",
            tuple(refused),
            "Rename or delete them there; --again writes over ours.",
        )
    return report


def _allowed(content: str) -> str:
    """Markup that an editor may write everywhere: WordPress takes `bdi` out of it, and a span with a direction is set
    apart from what stands around it just so (HTML, “bidirectional text”)."""
    return content.replace("<bdi>", '<span dir="auto">').replace("<bdi ", "<span ").replace("</bdi>", "</span>")


def slug_of(card: Card, voice: Voice) -> str:
    """The last step of the address of a page."""
    return _slug(f"{card.folder}-{voice.code}")


def _refuse_one_slug_for_two(site: Site) -> None:
    """Raise RefusedError where the references of two releases make the same slug: each would write over the other."""
    by_slug: dict[str, set[str]] = defaultdict(set)
    for card in site.cards:
        for voice in card.voices:
            by_slug[slug_of(card, voice)].add(card.reference)
    if twice := [f"{slug}: {' and '.join(sorted(who))}" for slug, who in by_slug.items() if len(who) > 1]:
        advice = "Nothing was written. Their references are too like."
        raise RefusedError("releases would share a page in WordPress", tuple(twice), advice)


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def _not_ours(page: Page, *, again: bool) -> str:
    """Why a page must not be written over, or ""."""
    raw = page.content.raw
    if _MARK.match(raw) is None:
        return "somebody else made it"
    if not again and _digest_of(page) != _marked(page):
        return "it was changed in WordPress"
    return ""


def _marked(page: Page) -> str:
    found = _MARK.match(page.content.raw)
    return found[1] if found else ""


def _digest_of(page: Page) -> str:
    return _digest(unescape(page.title.raw) + _MARK.sub("", page.content.raw, count=1))


def _digest(text: str) -> str:
    """White space aside, which editors normalise, and zeros before the number of a sign: WordPress writes `&#039;`."""
    return hashlib.sha256(" ".join(_ZEROS.sub("&#", text).split()).encode()).hexdigest()


def _prove(slug: str, content: str, mark: str, page: Page) -> None:
    """Raise FidelityError where a page is not as it was sent: it lost words, or pictures, links, directions, and would
    be taken for one that was changed there ever after."""
    says = words(_MARK.sub("", page.content.raw, count=1)) == words(content)
    if not says or _digest_of(page) != mark:
        what = "hold in WordPress what was sent" if says else "say in WordPress what was released"
        raise FidelityError(
            f"the page {slug} does not {what}",
            "This account may not write the markup of the text, or a plugin changes it: use one that may "
            "(unfiltered_html), and publish with --again. The page stays as it is there.",
        )


@dataclass(frozen=True, slots=True)
class _Library:
    """The media library of a site, and what is told of what goes into it."""

    wordpress: WordPress
    report: Report
    dry_run: bool
    tell: Callable[[str], None]
    _known: dict[str, str] = field(default_factory=dict)

    def address(self, name: str, media: str, size: int, data: Callable[[], bytes]) -> str:
        """Where a file is there, uploaded once: it is known by `name`, which holds its digest. "": in a dry run."""
        if name not in self._known:
            self._known[name] = self._address(name, media, size, data)
        return self._known[name]

    def _address(self, name: str, media: str, size: int, data: Callable[[], bytes]) -> str:
        there = self.wordpress.medium(_slug(name.rpartition(".")[0]))
        if there is None:
            self.tell(name)
            self.report.written.append(name)
            self.report.octets += size
            if not self.dry_run:
                there = self.wordpress.upload(name, media, data())
        return there.source_url if there else ""


class _File(NamedTuple):
    """A file in the library: what a page prints of it, and its bytes."""

    shown: dict[str, str]
    data: Callable[[], bytes]


def _uploaded(site: Site, card: Card, voice: Voice, statement: Statement, library: _Library) -> Iterator[_File]:
    """The files of a text in a language."""
    speech = site.speech(voice.code)
    for one in statement.files:
        if voice.code not in one.languages or one.format not in _MEDIA:
            continue
        data = partial(site.shelf.file, card, one.name)
        name = _media_name(card, one.name, one.digest)
        languages = speech.listed(speech.named(code) for code in one.languages)
        shown = {
            "href": library.address(name, one.media, one.size, data),
            "name": f"{speech.say(f'format-{one.format}')}, {languages}",
            "size": speech.size(one.size),
            "digest": one.digest,
        }
        yield _File(shown, data)


def _notice(site: Site, card: Card, printed: Sequence[dict[str, str]], library: _Library) -> Iterator[_File]:
    """The notice of what became of a text, as a page of the site leads to it."""
    for one in printed:
        data = site.shelf.notice(card)[one["name"]]
        name = _media_name(card, one["name"], hashlib.sha256(data).hexdigest())
        href = library.address(name, _MEDIA[name.rpartition(".")[2]], len(data), partial(bytes, data))
        yield _File({**one, "href": href}, partial(bytes, data))


def _pictures(body: str, library: _Library) -> tuple[Markup, list[_File]]:
    """The words of a page with the pictures inside it as files in the library, and these."""
    found = []

    def file(match: re.Match[str]) -> str:
        before, kind, data = match.groups()
        width = _WIDTHS.get(kind, max(_WIDTHS.values()))
        png, height = raster(base64.b64decode(data).decode(), width * _PIXEL)
        name = f"{kind}-{hashlib.sha256(png).hexdigest()[:16]}.png"
        href = library.address(name, "image/png", len(png), partial(bytes, png))
        found.append(_File({"href": href}, partial(bytes, png)))
        return f'{before}{escape(href)}" width="{width}" height="{round(height / _PIXEL)}"'

    return Markup(_PICTURE.sub(file, body)), found  # noqa: S704  # the released words, as in `Documents.doc`


def _media_name(card: Card, file: str, digest: str) -> str:
    stem, _, ending = file.rpartition(".")
    stem = stem if stem.startswith(card.folder) else f"{card.folder}-{stem}"  # a notice is called after the release
    return f"{_slug(stem)}-{digest[:16]}.{ending}"
