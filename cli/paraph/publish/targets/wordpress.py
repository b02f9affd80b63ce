"""WordPress, by its REST API: a page for each text in each language, its files in the media library.

A page is made as a draft; who runs that site looks at it and publishes it, and may give it another address. It is
known again by a comment at its head with its name (reference and language), which is its slug at first, and the digest
of what we wrote, so that nothing is sent twice. A page at that slug without the comment is somebody else's, and one
whose content was changed in WordPress is no longer what was released: both are named and left alone. Nothing is ever
deleted. Before each write the page is looked at again: where another run was at it since, this one stops; a page that
is there twice all the same is kept up to date in both places. After each write it is read back, and must be as it was
sent: a site may take markup out that an account is not allowed to write. So pictures, which stand inside a released
page, are files in the library: an address with `data:` loses that, and SVG is taken in by few sites.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from paraph.errors import FidelityError, RefusedError
from paraph.model.event import Head
from paraph.model.release import Statement
from paraph.publish.article import words
from paraph.publish.card import Card, Voice
from paraph.publish.deliver import Report
from paraph.publish.targets.wordpress_api import Page, WordPress
from paraph.render.pictures import raster

if TYPE_CHECKING:
    from paraph.publish.origin import Origin
    from paraph.publish.pages import Pages
    from paraph.publish.site import Site

_ZEROS = re.compile(r"&#0+(?=\d)")
_MARK = re.compile(r"<!-- paraph (?:([a-z0-9-]+) )?([0-9a-f]{64})(?: ([0-9]{1,18}):([0-9a-f]{64}))? -->\n?")
"""At the head of a page of ours: its name, the digest of what was written, and where the register stood then; those of
the first days have no name, and are known by their slug alone."""

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


def deliver_pages(
    site: Site,
    wordpress: WordPress,
    origin: Origin,
    *,
    dry_run: bool = False,
    again: bool = False,
    tell: Callable[[str], None] = lambda path: None,
) -> Report:
    """Bring the pages of a WordPress site to what was released.

    Raises RefusedError before anything is written where a page is of another register than `origin`; at the end, naming
    pages that are somebody else's or were changed there; all others are done. `again`: write over pages that were
    changed there.
    """
    from paraph.publish.document import Documents
    from paraph.publish.pages import Pages

    documents, report, refused = Documents(site, pages := Pages(site)), Report(), []
    library, there_by_name = _Library(wordpress, report, dry_run, tell), _Pages(wordpress)
    _refuse_one_slug_for_two(site)
    slugs = (slug_of(card, voice) for card in site.cards for voice in card.voices if voice.page)
    origin.foreign(head for slug in slugs for page in there_by_name.every(slug) if (head := _head(page)))
    for card in site.cards:
        statement = site.shelf.statement(card)
        for voice in card.voices:
            if not voice.page:
                continue
            slug = slug_of(card, voice)
            there, why = there_by_name.find(slug)
            if why := why or (there and _not_ours(there, slug, again=again)) or "":
                refused.append(f"{slug}: {why}")
                continue
            files = [*_uploaded(pages, card, voice, statement, library)]
            doc = documents.doc(card, voice, statement)
            notice = [*_notice(site, card, doc["notice_files"], library)]
            doc["notice_files"] = [one.shown for one in notice]
            for key in ("notices", "history"):
                doc[key] = [{**one, **there_by_name.led(site, one, voice)} for one in doc[key]]
            doc["body"], pictures = _pictures(doc["body"], library)
            shown = [one.shown for one in files]
            speech = site.speech(voice.code)
            around = {"lang": speech.code, "dir": speech.language.direction}
            content = pages.render("wordpress.html", speech, around, doc=doc, files=shown).decode()
            content = f"<!-- wp:html -->\n{_allowed(content)}<!-- /wp:html -->"
            mark = _digest(voice.title + content)
            comment = f"<!-- paraph {slug} {mark} {origin.head} -->\n"
            every: Sequence[Page | None] = there_by_name.every(slug) or (None,)
            stale = [one for one in every if again or one is None or not _current(one, slug, mark, origin)]
            if not stale:
                report.kept += 1
                continue
            tell(slug)
            report.written.append(slug)
            report.octets += len(content)
            if not dry_run:
                for one in (*files, *notice, *pictures):
                    wordpress.prove(one.shown["href"], one.data())
                fields = {"title": escape(voice.title, quote=False), "content": comment + content}  # markup there
                for page in stale:
                    _prove(slug, content, mark, there_by_name.write(slug, page, fields))
    if refused:
        raise RefusedError(
            "pages in WordPress are not as paraph left them",
            tuple(refused),
            "Rename or delete them there; --again writes over those of ours that were changed.",
        )
    return report


@dataclass(slots=True)
class _Pages:
    """The pages of a site by the name that they have from us, whatever their address there."""

    wordpress: WordPress
    _numbers: dict[str, list[int]] | None = None
    _known: dict[str, tuple[Page | None, str]] = field(default_factory=dict)
    _every: dict[str, tuple[Page, ...]] = field(default_factory=dict)

    def led(self, site: Site, line: Mapping[str, str], voice: Voice) -> dict[str, str]:
        """Where the name of another release in a line leads: to its page, once everybody can see that."""
        other = site.by_reference.get(line.get("name", "")) if line["href"] else None
        if other is None:
            return {}
        slug = slug_of(other, other.voice(voice.code, site.speech(voice.code).code))
        page, why = self.find(slug)
        seen = page is not None and not why and _named(page) == slug and page.status == "publish"
        return {"href": page.link if page and seen and page.link.startswith(("http://", "https://")) else ""}

    def find(self, name: str) -> tuple[Page | None, str]:
        """The page that holds a text, else what stands at its slug; or why it cannot be told."""
        if name not in self._known:
            self._known[name] = self._find(name)
        return self._known[name]

    def _find(self, name: str) -> tuple[Page | None, str]:
        there = self.wordpress.page(name)
        if there is not None and _marked(there) and _named(there) in ("", name):
            return there, ""
        numbers = self._all().get(name, [])
        if len(numbers) > 1:
            return None, f"several pages hold it: {', '.join(map(str, numbers))}"
        return (self.wordpress.numbered(numbers[0]) if numbers else there), ""

    def _all(self) -> Mapping[str, Sequence[int]]:
        if self._numbers is None:
            self._numbers = defaultdict(list)
            for one in self.wordpress.pages():
                self._numbers[_named(one)].append(one.id)
        return self._numbers

    def every(self, name: str) -> tuple[Page, ...]:
        """The page that holds a text, or stands at its slug, and any other that does and is as we left it: a run that
        was overtaken made it, or an editor a copy."""
        if name not in self._every:
            first = self.find(name)[0]
            others = [number for number in self._all().get(name, []) if first and number != first.id]
            pages = (page for page in map(self.wordpress.numbered, others) if not _not_ours(page, name, again=False))
            self._every[name] = (first, *pages) if first else ()
        return self._every[name]

    def write(self, name: str, before: Page | None, fields: dict[str, str]) -> Page:
        """Change a page, or make one as a draft; as it is then. Raises RefusedError where it is not as it was `before`,
        or another one came meanwhile."""
        if before is None:
            fields = {**fields, "slug": name, "status": "draft"}
            now = self.wordpress.page(name)
        else:
            now = self.wordpress.numbered(before.id)
        if now is not None and (before is None or now.content.raw != before.content.raw):
            raise RefusedError(
                f"the page {name} was written by another “paraph publish”, or by somebody, since this one began",
                (),
                _LATER,
            )
        made = self.wordpress.save(before.id if before else 0, fields)
        if before is None and made.slug != name and (other := self.wordpress.page(name)) and _named(other) == name:
            who = f"another “paraph publish” made the page {name} at the same time: it is number {other.id}"
            raise RefusedError(f"{who}, and number {made.id} is a second one, which may be deleted there", (), _LATER)
        return made


_LATER = "This one has stopped; what it wrote before is kept. Run it again once that one has ended."


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


def _not_ours(page: Page, name: str, *, again: bool) -> str:
    """Why a page must not be written over with the text of that name, or ""."""
    if not _marked(page):
        within = _MARK.search(page.content.raw)
        if not within or within[1] != name:
            return "somebody else made it"
        return "" if again else "it was changed in WordPress: something stands above paraph’s comment"
    if _named(page) not in ("", name):
        return f"it holds {_named(page)}"
    if not again and _digest_of(page) != _marked(page):
        return "it was changed in WordPress"
    return ""


def _current(page: Page, name: str, mark: str, origin: Origin) -> bool:
    """Whether a page has nothing to be written: it is what `mark` says, and of this register."""
    head = _head(page)
    return (_named(page), _marked(page)) == (name, mark) and head is not None and not origin.foreign((head,))


def _named(page: Page) -> str:
    found = _MARK.match(page.content.raw)
    return found[1] or "" if found else ""


def _marked(page: Page) -> str:
    found = _MARK.match(page.content.raw)
    return found[2] if found else ""


def _head(page: Page) -> Head | None:
    """Where the register stood when a page of ours was written, None where it does not say."""
    found = _MARK.search(page.content.raw)
    return Head(number=int(found[3]), hash=found[4]) if found and found[3] else None


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


def _uploaded(pages: Pages, card: Card, voice: Voice, statement: Statement, library: _Library) -> Iterator[_File]:
    """The files of a text in a language."""
    site, speech = pages.site, pages.site.speech(voice.code)
    for one in statement.files:
        if voice.code not in one.languages or one.format not in _MEDIA:
            continue
        data = partial(site.shelf.file, card, one.name)
        name = _media_name(card, one.name, one.digest)
        languages = speech.listed(speech.named(code) for code in one.languages)
        edition = f"{pages.member_then(speech, one.member, statement.record)[0]} – " if one.member else ""
        shown = {
            "href": library.address(name, one.media, one.size, data),
            "name": f"{edition}{speech.say(f'format-{one.format}')}, {languages}",
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
