"""The page of a document in one language: its words as released, and beside them what is known of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from markupsafe import Markup

from paraph.model.language import Standing
from paraph.model.release import RECORD, SUMS, Decision, Fate, ReleasedFile, ReleaseRecord, Statement
from paraph.model.rule import RuleKind, read_rule
from paraph.publish.addresses import place, relative
from paraph.publish.article import article
from paraph.publish.card import HEADING, JOINED, Card, Voice, mark_of
from paraph.publish.metadata import dublin_core, linked_data
from paraph.publish.pages import LARGEST, Pages
from paraph.publish.reservations import reservations
from paraph.publish.sheets import headings, linked, sheets
from paraph.publish.site import Site
from paraph.publish.speech import Speech
from paraph.publish.unit import Files, Unit

_OBJECTED = "objected"
_REFERENCE = "{reference}"
_REASON = "{reason}"
_FRAME, _REST, _LEAST = 9_000, 3_000, 8_000
"""Bytes of what stands around a further sheet; of the list of sheets; of the first sheet, whatever stands around it."""


_RESERVATIONS = 'id="reservations-heading"'
"""Where a text itself prints them."""

_PICTURE = re.compile(rb'"data:image/[^"]*"')


class _Shown(NamedTuple):
    """What a page prints, and in which language of the site."""

    speech: Speech
    shown: dict[str, Any]


class _Laid(NamedTuple):
    """A text as it comes to lie on pages: what they print, the page as a whole, and its words in `bodies` where they
    are too many for one page."""

    doc: dict[str, Any]
    page: _Shown
    data: bytes
    bodies: tuple[str, ...]


class Documents:
    """Makes the pages of documents."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self.site = site
        self.pages = pages
        self._whole: set[tuple[str, str]] = set()
        self._marks: dict[str, str] = {}
        self._orders: dict[tuple[str, ...], str] = {}

    def unit(self, card: Card) -> Unit:
        """The pages of a release, one a language."""
        tops = ("files", *(voice.code for voice in card.voices))
        return Unit(f"document/{card.folder}", self.mark(card), partial(self._make, card), tops)

    def mark(self, card: Card) -> str:
        """A mark of all that the pages of a release are made of, and that decides where a long text is cut."""
        if card.folder not in self._marks:
            near = [one.folder for one in self.site.neighbours(card)]
            if card.fate.withdrawn or card.fate.corrected:
                near.append(self.site.notices)
            today = [self.pages.member(one, member) for one in self.site.speeches.values() for member in card.unnamed]
            self._marks[card.folder] = mark_of(self.site.base, card.mark, near, today, self._order(card.asked))
        return self._marks[card.folder]

    def _order(self, asked: tuple[str, ...]) -> str:
        """A mark of the order in which these institutions are listed, in each language; most releases have the same."""
        if asked not in self._orders:
            self._orders[asked] = mark_of([self.pages.in_order(one, asked) for one in self.site.speeches.values()])
        return self._orders[asked]

    def sheets(self, card: Card, voice: Voice) -> tuple[tuple[str, str], ...]:
        """The address of each page that a text stands on, with the markup of its words there."""
        path, body = place(card, voice), article(self.site.shelf.file(card, voice.page), voice.page)
        if len(body.encode()) <= _LEAST or (card.folder, voice.code) in self._whole:
            return ((path, body),)
        bodies = self._laid(card, voice, self.site.shelf.statement(card)).bodies
        return tuple(zip(_paths(path, bodies), bodies, strict=True)) if bodies else ((path, body),)

    def _make(self, card: Card) -> Files:
        statement = self.site.shelf.statement(card)
        for name, data in self.site.shelf.notices(card).items():
            yield f"files/{card.folder}/{name}", data
        for voice in card.voices:
            yield from self._pages(card, voice, statement)

    def doc(self, card: Card, voice: Voice, statement: Statement) -> dict[str, Any]:
        """What document.html can print of a text, by name: its words as released, and what is known of it."""
        speech, path, found = self.site.speech(voice.code), place(card, voice), statement.record
        body = article(self.site.shelf.file(card, voice.page), voice.page) if voice.page else ""
        return {
            "reference": card.reference,
            "body": Markup(body),  # noqa: S704  # the released words; `article` refuses what is active
            "form": card.form,
            "code": voice.code,
            "dir": voice.direction,
            "title": voice.title,
            "notices": [*self._notices(card, voice, found, speech, path)],
            "notice_files": [*self._notice_files(card, voice, speech, path)],
            "facts": [*self._facts(card, voice, found, speech, path)],
            "downloads": self._downloads(card, voice, statement, speech, path),
            "adopted": _adopted(card, found, speech),
            "early": card.provisional,
            "stood": self._stood(found, speech, path),
            "reservations": [
                *reservations(found, voice.code, speech, lambda one: self.pages.member_then(speech, one, found))
            ],
            "history": [*self._history(card, found, speech, path)],
            "verify": relative(path, f"{speech.code}/verify.html"),
            "proofs": [
                {"name": speech.say(key), "href": relative(path, f"files/{card.folder}/{name}")}
                for key, name in (("record", RECORD), ("sums", SUMS))
            ],
            "digests": [{"name": one.name, "digest": one.digest} for one in statement.files],
            "dublin": [*dublin_core(self.site, card, voice, found)],
            "linked": Markup(linked_data(self.site, card, voice, statement)),  # noqa: S704  # escaped there
        }

    def _laid(self, card: Card, voice: Voice, statement: Statement) -> _Laid:
        """A text on one page; where that would be too heavy, without what can be read elsewhere, then on several."""
        doc = {**self.doc(card, voice, statement), "sheets": (), "sheet": 1}
        page = self._page(card, voice, statement, place(card, voice))
        data = self.pages.render("document.html", page.speech, page.shown, doc=doc)
        if _weight(data) > LARGEST:
            doc |= {
                "digests": (),
                "reservations": () if _RESERVATIONS in doc["body"] else doc["reservations"],
                "downloads": self._downloads(card, voice, statement, page.speech, place(card, voice), others=False),
                "linked": Markup(linked_data(self.site, card, voice, statement, files=False)),  # noqa: S704  # escaped there
            }
            data = self.pages.render("document.html", page.speech, page.shown, doc=doc)
        if _weight(data) <= LARGEST:
            self._whole.add((card.folder, voice.code))
            return _Laid(doc, page, data, ())
        frame = len(data) - len(doc["body"].encode())
        bodies = sheets(doc["body"], max(LARGEST - _REST - frame, _LEAST), LARGEST - _REST - _FRAME)
        return _Laid(doc, page, data, bodies)

    def _pages(self, card: Card, voice: Voice, statement: Statement) -> Files:
        """The pages of a text, with a list of them where they are several."""
        path = place(card, voice)
        doc, page, data, bodies = self._laid(card, voice, statement)
        if not bodies:
            yield path, data
            return
        paths = _paths(path, bodies)
        titles = tuple(headings(bodies))
        for number, here in enumerate(paths):
            names = tuple(relative(here, one) for one in paths)
            doc |= {
                "body": Markup(linked(bodies, names)[number]),  # noqa: S704  # as above
                "sheet": number + 1,
                "sheets": [{"href": href, "title": title} for href, title in zip(names, titles, strict=True)],
                "notices": [*self._notices(card, voice, statement.record, page.speech, here)],
                "notice_files": [*self._notice_files(card, voice, page.speech, here)],
            }
            shown = page.shown if here == path else self._page(card, voice, statement, here).shown
            yield here, self.pages.render("sheet.html" if number else "document.html", page.speech, shown, doc=doc)

    def _page(self, card: Card, voice: Voice, statement: Statement, path: str) -> _Shown:
        speech, found = self.site.speech(voice.code), statement.record
        shown = self.pages.page(
            speech,
            path,
            voice.title,
            kind="document",
            description=voice.subtitle or _adopted(card, found, speech),
            alternates={one.code: place(card, one) for one in card.voices},
            names={one.code: (one.name, one.direction) for one in card.voices},
            current=voice.code,
        )
        return _Shown(speech, shown)

    def _reference(self, text: str, reference: str, path: str, speech: Speech, code: str) -> dict[str, str]:
        """A string, and where {reference} is in it, that as a link where that release is on the site."""
        other = self.site.by_reference.get(reference)
        before, named, after = text.partition(_REFERENCE)
        if other is None or not named:
            return {"text": text.replace(_REFERENCE, reference), "href": ""}
        return {
            "before": before,
            "name": reference,
            "after": after,
            "href": relative(path, place(other, other.voice(code, speech.code))),
        }

    def _reason(self, fate: Fate, voice: Voice, speech: Speech) -> dict[str, str]:
        """Why a text is no longer in force, marked with the language that it is in."""
        words, code = fate.why(voice.code)
        before, _, after = speech.say("reason").partition(_REASON)
        known = self.site.workspace.languages.get(code) if code != speech.code else None
        return {
            "reason": f"{before}{words}{after}" if words else "",
            "reason_words": words,
            "reason_before": before,
            "reason_after": after,
            "reason_code": code if code != speech.code else "",
            "reason_apart": words if code != speech.code else "",
            "reason_dir": known.direction if known else "",
        }

    def _notices(
        self, card: Card, voice: Voice, found: ReleaseRecord, speech: Speech, path: str
    ) -> Iterator[dict[str, str]]:
        fate = card.fate
        reason = self._reason(fate, voice, speech)
        if fate.withdrawn:
            day = speech.date(fate.on) if fate.on else ""
            yield {"kind": "gone", "text": speech.say("withdrawn", date=day), "href": "", **reason}
        for n, (text, reference) in enumerate(speech.followed(fate)):
            told = self._reference(text, reference, path, speech, voice.code)
            yield {"kind": "gone", **told, **(reason if n == 0 and not fate.withdrawn else {"reason": ""})}
        out = fate.standing != "in-force" and speech.has("in-force")
        if (last := self.site.in_force(card) if out else "") not in ("", fate.successor):
            told = self._reference(speech.say("in-force"), last, path, speech, voice.code)
            yield {"kind": "gone", **told, "reason": ""}
        if card.provisional:
            early = self._reason(card.why_early, voice, speech)
            yield {"kind": "gone", "text": speech.early(refused=bool(card.refused)), "href": "", **early}
        if voice.standing is not Standing.AUTHENTIC:
            names = speech.listed(speech.named(one.code) for one in card.voices if one.standing is Standing.AUTHENTIC)
            yield {
                "kind": "courtesy",
                "text": speech.say(f"notice-{voice.standing}", languages=names),
                "href": "",
                "reason": "",
            }

    def _notice_files(self, card: Card, voice: Voice, speech: Speech, path: str) -> Iterator[dict[str, str]]:
        """The notice of what became of it, to be sent on: in its language, or else in that of the menus."""
        found = self.site.shelf.notice(card)
        for code in dict.fromkeys((voice.code, speech.code)):
            own = {name: data for name, data in found.items() if name.split(".")[-2] == code}
            for name, data in own.items():
                format_ = name.rpartition(".")[2]
                yield {
                    "name": name,
                    "href": relative(path, f"files/{card.folder}/{name}"),
                    "format": speech.say(f"format-{format_}"),
                    "size": speech.size(len(data)),
                }
            if own:
                return

    def _facts(
        self, card: Card, voice: Voice, found: ReleaseRecord, speech: Speech, path: str
    ) -> Iterator[dict[str, Any]]:
        def fact(key: str, *texts: str) -> dict[str, Any]:
            return {"label": speech.say(key), "texts": [{"name": text, "href": ""} for text in texts]}

        yield fact("reference", card.reference)
        if found.date:
            yield fact("dated", speech.date(found.date))
        yield fact("published", speech.date(card.released))
        yield {
            "label": speech.say("languages"),
            "texts": [
                {
                    "name": f"{one.name} – {speech.say(str(one.standing))}",
                    "href": "" if one is voice else relative(path, place(card, one)),
                }
                for one in card.voices
            ],
        }
        if found.networks:
            yield fact("networks", *(speech.of(one.names) for one in found.networks))
        if card.themes:
            texts = [
                {"name": self.pages.theme(speech, one), "href": relative(path, f"{speech.code}/theme/{one}.html")}
                for one in card.themes
            ]
            yield {"label": speech.say("themes"), "texts": texts}

    def _downloads(
        self, card: Card, voice: Voice, statement: Statement, speech: Speech, path: str, *, others: bool = True
    ) -> list[dict[str, Any]]:
        """The files by edition: that of all in the page's language first, in the `others`, and those of members last,
        which stand on the pages of their language alone."""
        editions: dict[tuple[str, tuple[str, ...]], list[ReleasedFile]] = defaultdict(list)
        for one in statement.files:
            if voice.code in one.languages or (others and not one.member):
                editions[one.member, one.languages].append(one)
        names = {one.code: one for one in card.voices}
        order = {code: number for number, code in enumerate(names)}

        def in_order(edition: tuple[str, tuple[str, ...]]) -> tuple[str, bool, int, list[int]]:
            member, codes = edition
            return member, voice.code not in codes, len(codes), [order.get(code, len(order)) for code in codes]

        groups = []
        for member, codes in sorted(editions, key=in_order):
            alone = len(codes) == 1 and codes[0] in names and not member
            if alone:
                name, lang, direction = names[codes[0]].name, codes[0], names[codes[0]].direction
            else:
                listed = speech.listed(speech.named(code) for code in codes)
                name = speech.say("side-by-side", languages=listed) if len(codes) > 1 else listed
                name = f"{self.pages.member_then(speech, member, statement.record)[0]} – {name}" if member else name
                lang, direction = speech.code, speech.language.direction
            files = [self._file(card, one, speech, path) for one in editions[member, codes]]
            groups.append({"name": name, "lang": lang, "dir": direction, "files": files})
        return groups

    def _file(self, card: Card, one: ReleasedFile, speech: Speech, path: str) -> dict[str, str]:
        known = f"format-{one.format}" in self.site.kit.strings[speech.code]
        return {
            "href": relative(path, f"files/{card.folder}/{one.name}"),
            "media": one.media,
            "format": speech.say(f"format-{one.format}") if known else one.format.upper(),
            "size": speech.size(one.size),
        }

    def _stood(self, found: ReleaseRecord, speech: Speech, path: str) -> list[dict[str, str]]:
        rows, decided = [], {one.institution: one for one in found.decisions}
        for one in (decided[member] for member in self.pages.in_order(speech, decided)):
            name, lang, direction = self.pages.member_then(speech, one.institution, found)
            href = relative(path, f"{speech.code}/members/{one.institution}.html")
            state = speech.say(one.state)
            if against := _objected(found, one, speech):
                state = f"{state}; {speech.say('objected-to', clauses=speech.listed(against))}"
            rows.append({"href": href, "name": name, "lang": lang, "dir": direction, "state": state})
        return rows

    def _history(self, card: Card, found: ReleaseRecord, speech: Speech, path: str) -> Iterator[dict[str, str]]:
        """What happened to it, the oldest first."""
        for key in ("corrects", "replaces"):
            if reference := getattr(found, key):
                yield self._reference(speech.say(key), reference, path, speech, speech.code)
        if _adopted_on(found):
            yield {"text": _adopted(card, found, speech), "href": ""}
        yield {"text": speech.say("released-on", date=speech.date(card.released)), "href": ""}
        fate = card.fate
        if card.refused and speech.has("not-adopted-on"):
            yield {"text": speech.say("not-adopted-on", date=speech.date(card.refused)), "href": ""}
        if fate.withdrawn:
            yield {"text": speech.say("withdrawn", date=speech.date(fate.on) if fate.on else ""), "href": ""}
        elif fate.successor:
            for text, reference in speech.followed(fate):
                yield self._reference(text, reference, path, speech, speech.code)


def _paths(path: str, bodies: tuple[str, ...]) -> tuple[str, ...]:
    """The address of each sheet of the text whose page is `path`."""
    return (path, *(f"{path.removesuffix('.html')}/{number}.html" for number in range(2, len(bodies) + 1)))


def _weight(page: bytes) -> int:
    return len(_PICTURE.sub(b"", page))


def _objected(found: ReleaseRecord, of: Decision, speech: Speech) -> tuple[str, ...]:
    """The titles of the clauses to which an institution objected, whatever it said of the whole."""
    if not speech.has("objected-to"):
        return ()
    return tuple(
        speech.of(one.title, one.version.id)
        for one in found.clauses
        if of.state != _OBJECTED and of.clauses.get(str(one.version)) == _OBJECTED
    )


def _adopted_on(found: ReleaseRecord) -> Any:
    asked = found.circulation
    return asked.closed if asked and not found.provisional else None


def _adopted(card: Card, found: ReleaseRecord, speech: Speech) -> str:
    """How and by how many it was adopted, in one sentence; tacit consent is counted, and named beside each name."""
    closed = _adopted_on(found)
    if closed is None:
        return speech.early(refused=bool(card.refused)) if card.provisional else ""
    rule = read_rule(found.rule)
    values: Mapping[str, object] = {
        "date": speech.date(closed),
        "approvals": rule.approvals,
        "members": rule.members,
    }
    counted = JOINED if rule.kind is RuleKind.SILENCE else HEADING
    joined = sum(one.state in counted for one in found.decisions)  # of the tally, somebody may have taken it back since
    return f"{speech.say(f'adopted-{rule.kind}', **values)} {speech.count('by-institutions', joined)}"
