"""Publishing the releases of a workspace as a website: what there is, and where it goes."""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager, suppress
from functools import cache as cached
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from paraph import __version__
from paraph.errors import BrokenError, FindingsError, NoRegisterError, RefusedError, UsageError
from paraph.library.release_record import read_statement
from paraph.model.finding import errors
from paraph.model.release import RECORD, SUMS, Fate, Statement
from paraph.publish.card import Card
from paraph.publish.deliver import Report, deliver
from paraph.publish.origin import Origin
from paraph.publish.targets.address import Address, address, password
from paraph.starter import CONTENT
from paraph.workflow import times
from paraph.workflow.building.folder_cache import user_cache
from paraph.workflow.files import alone, read_file
from paraph.workflow.record.ledger import looked, opened, settings
from paraph.workflow.releases.shelf import FOLDER as RELEASED
from paraph.workflow.releases.shelf import NOTICE
from paraph.workflow.site.cards import cards_of
from paraph.workflow.site.folder import Folder

if TYPE_CHECKING:
    from paraph.library.cache import Cache
    from paraph.library.written.index import FileIndex
    from paraph.model.library import Library
    from paraph.publish.site import Site
    from paraph.publish.targets.sftp import Sftp
    from paraph.publish.targets.webdav import WebDav
    from paraph.workflow.releases.announce import Finished

FOLDER = "site"
"""Where the site is made when nothing else is said, in the workspace."""

_ALLOCATED = 100_000
"""Objects more than there were, before garbage is looked for."""


def publish(
    root: Path,
    to: str = "",
    *,
    dry_run: bool = False,
    again: bool = False,
    other: bool = False,
    tell: Callable[[str], None] = lambda path: None,
    told: Callable[[Finished], None] = lambda done: None,
) -> tuple[str, Report]:
    """Bring a target to what was released; its address, and what was done. `other` as in `Origin`. Notices that a run
    which was cut off left to be written are, and `told`.

    Raises RefusedError where another run brings the same target up to date, the target holds files of somebody else,
    was published from a later or another register, or a release is not the one on record, BrokenError where a released
    file is not what its record says, FindingsError where templates/site/ is not right, UsageError for a target that is
    none.
    """
    with _few_collections(), ExitStack() as stack:
        read = _read(root)
        where = read.library.workspace.targets.get(to, to) or FOLDER
        if not dry_run:  # before the register is read: of two runs the later knows what the one before knew
            stack.enter_context(_alone(root, where))
        site = site_of(root, read)
        fates = {card.reference: card.fate for card in site.cards if card.fate.notice}
        if fates and not dry_run:
            told(_finished(root, read.library, fates))
        origin = Origin(head=site.head, hash=cached(partial(_hash, root, read.library)), other=other)
        return where, _publish(root, to, where, site, origin, dry_run=dry_run, again=again, tell=tell)


def _alone(root: Path, where: str) -> AbstractContextManager[None]:
    """While no other run of this machine brings the same target up to date from this workspace."""
    name = str(address(where) or (root / where).resolve())
    busy = RefusedError(
        f"another “paraph publish” brings {where} up to date just now",
        advice="Nothing was written. Run it again once that one has ended.",
    )
    return alone(root / RELEASED / f".publish-{hashlib.sha256(name.encode()).hexdigest()[:16]}", busy, new=True)


@contextmanager
def _few_collections() -> Iterator[None]:
    """What thousands of releases are known by lives as long as the run (`gc.freeze`): to look it through for garbage
    once is a twentieth of the work after one release more."""
    before = gc.get_threshold()
    gc.set_threshold(_ALLOCATED, *before[1:])
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def _publish(
    root: Path,
    to: str,
    where: str,
    site: Site,
    origin: Origin,
    *,
    dry_run: bool,
    again: bool,
    tell: Callable[[str], None],
) -> Report:
    from paraph.publish.site import units

    gc.freeze()
    named = to in site.workspace.targets
    there = address(where)
    if there is None:
        if not named:
            _refuse_misnamed(root, to, site.workspace.targets)
        folder = Folder(_apart(root, where))
        return deliver(units(site), folder, origin=origin, dry_run=dry_run, again=again, tell=tell)
    secret = password(there, to if named else "")
    if there.scheme.startswith("wordpress+"):
        from paraph.publish.targets.wordpress import deliver_pages
        from paraph.publish.targets.wordpress_api import WordPress

        with closing(WordPress(there, secret)) as wordpress:
            return deliver_pages(site, wordpress, origin, dry_run=dry_run, again=again, tell=tell)
    with closing(_server(there, secret)) as target:
        return deliver(units(site), target, origin=origin, dry_run=dry_run, again=again, tell=tell)


def _finished(root: Path, library: Library, fates: Mapping[str, Fate]) -> Finished:
    from paraph.workflow.releases.announce import Finished, finish, unwritten

    if missing := unwritten(root, fates):
        with looked(root, library) as reader:
            return finish(root, reader, missing, fates)
    return Finished()


def _hash(root: Path, library: Library, number: int) -> str | None:
    """The hash of an event of the register, None where there is none such."""
    with suppress(NoRegisterError), looked(root, library) as reader:
        return reader.hash(number)
    return None


def _refuse_misnamed(root: Path, to: str, targets: Iterable[str]) -> None:
    """Raise UsageError for one word that is no target and no folder, where targets have names: a slip in one would fill
    a new folder here, and the site that was meant would stay as it is."""
    known = ", ".join(sorted(targets))
    if known and to and Path(to).name == to and not (root / to).exists():
        raise UsageError(f"there is no target “{to}”", f"paraph.yml has {known}. A new folder is ./{to}.")


def _apart(root: Path, where: str) -> Path:
    """The folder of a target. Raises UsageError where it is the workspace, or in what that consists of: pages would lie
    among the sources, and be taken for some."""
    target = (root / where).resolve()
    own = [root.resolve() / name for name in (*CONTENT, RELEASED)]
    if target == root.resolve() or any(target.is_relative_to(one) for one in own):
        raise UsageError(
            f"{where} is of the workspace, where it has its own files",
            f"Name a folder of its own for the site; “paraph publish” alone makes {FOLDER}/.",
        )
    return root / where


class _Read(NamedTuple):
    """The settings of a workspace, and by what they were read."""

    library: Library
    cache: Cache
    files: FileIndex


def _read(root: Path) -> _Read:
    from paraph.library.written.index import file_index

    cache, index = user_cache(os.environ), file_index(root)
    return _Read(settings(root, cache, index), cache, index)


def site_of(root: Path, read: _Read | None = None) -> Site:
    """Everything that the site is made of; `read` where the settings are read already. Raises as `publish`."""
    from paraph.library.files.site import site_kit
    from paraph.publish.site import Site

    library, cache, index = read or _read(root)
    kit, findings = site_kit(root, library.workspace, cache, index)
    if kit is None or errors(findings):
        raise FindingsError(findings)
    head, cards = cards_of(root, library, cache)
    brand, day = library.workspace.brand, times.today(times.now(), library.workspace.time_zone)
    return Site(
        workspace=library.workspace,
        members={id_: one.until(day) for id_, one in library.institutions.items()},
        first_of_month={code: one.first_of_month for code, one in library.rules.items()},
        kit=kit,
        cards=cards,
        shelf=Shelf(root),
        cache=cache,
        generator=f"paraph {__version__}",
        logo=library.assets.get(brand.logo) if brand.logo else None,
        notices=_form_of_notices(root, cards),
        head=head,
    )


def _form_of_notices(root: Path, cards: Sequence[Card]) -> str:
    """A mark of the form that notices are made with which are not on record, "" where there is none such."""
    if all(card.fate.notice or not (card.fate.withdrawn or card.fate.corrected) for card in cards):
        return ""
    from paraph.workflow.releases.notices import mark_of_form

    return mark_of_form(root)


class Shelf:
    """The releases of a workspace; nothing leaves it that is not what is on record."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._last: tuple[str, Statement] | None = None
        self._notice: tuple[str, Mapping[str, bytes]] | None = None

    def statement(self, card: Card) -> Statement:
        """The record of a release; the last one asked for is at hand."""
        if self._last is None or self._last[0] != card.record:
            self._last = (card.record, read_statement(self._bytes(card, RECORD, card.record)))
        return self._last[1]

    def file(self, card: Card, name: str) -> bytes:
        """A file of a release. Raises BrokenError, naming it, where it is gone or other than its record says."""
        for voice in card.voices:
            if name == voice.page:
                return self._bytes(card, name, voice.digest)
        digests = {one.name: one.digest for one in self.statement(card).files} | {RECORD: card.record}
        if name != SUMS:
            return self._bytes(card, name, digests.get(name, ""))
        sums = "".join(f"{digests[one]}  {one}\n" for one in sorted(digests))  # made from the record, and says the same
        return self._bytes(card, SUMS, hashlib.sha256(sums.encode()).hexdigest())

    def notice(self, card: Card) -> Mapping[str, bytes]:
        """The notice of what became of a release, by the names of its files: the last one."""
        earlier = card.fate.earlier.keys() - card.fate.notice.keys()
        return {name: data for name, data in self.notices(card).items() if name not in earlier}

    def notices(self, card: Card) -> Mapping[str, bytes]:
        """That and those that it followed, which keep their addresses; those of the last release asked for are at hand.

        Of those that are not on record there is only the one of today.
        """
        if not (card.fate.withdrawn or card.fate.corrected):
            return {}
        if self._notice is None or self._notice[0] != card.mark:
            today = {} if card.fate.notice else self._notice_of_today(card)
            self._notice = (card.mark, {**self._recorded_notices(card), **today})
        return self._notice[1]

    def _recorded_notices(self, card: Card) -> Mapping[str, bytes]:
        """The notices as they were issued: from the folder of the release, else made again from the register."""
        names = {**card.fate.earlier, **card.fate.notice}
        try:
            return {name: self._bytes(card, f"{NOTICE}/{name}", digest) for name, digest in names.items()}
        except BrokenError:
            from paraph.workflow.releases.announce import proved

            with opened(self._root, settings(self._root)) as register, register.reading() as reader:
                return proved(reader, card.reference)

    def _notice_of_today(self, card: Card) -> Mapping[str, bytes]:
        """Where it is not on record: as the form of the workspace has it now."""
        from paraph.workflow.releases.notices import notice_of

        return notice_of(self._root, self.statement(card), card.fate).files

    def _bytes(self, card: Card, name: str, digest: str) -> bytes:
        path = f"{RELEASED}/{card.folder}/{name}"
        try:
            data = read_file(self._root / path)
        except OSError as error:
            raise BrokenError(f"{path} cannot be read: {error.strerror}", _MAKE_AGAIN) from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise BrokenError(f"{path} is not the file that was released", _MAKE_AGAIN)
        return data


_MAKE_AGAIN = (
    "Nothing of it was published. Move its folder away; “paraph rebuild REFERENCE” makes it again from the register."
)


def _server(there: Address, secret: str | None) -> Sftp | WebDav:
    """The server at an address."""
    if there.scheme == "sftp":
        from paraph.publish.targets.sftp import Sftp

        return Sftp(there, secret)
    from paraph.publish.targets.webdav import WebDav

    return WebDav(there, secret)
