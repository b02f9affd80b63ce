"""The e-mail in which a packet came back, saved as `.eml`: its words, for a person to read, and the files attached.

Nothing that stands in it is taken for an answer, and nobody knows who sent it: its head can say anything. It is read
within bounds (RFC 5322 and 2045 have none): so much, so many parts, so deep.
"""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from paraph.ooxml.archive import PackageError
from paraph.ooxml.kinds import is_mail
from paraph.review.returned.normal_text import tame
from paraph.review.returned.page import Page

MOST_BYTES = 40_000_000
"""Of the file: what a mail server lets through, in base64."""
_MOST_PARTS, _DEEPEST = 200, 40
_LONGEST = 1_000_000
"""Bytes of its words that are read; a style sheet before them is often long."""
_CUT = "[more, which was not read]"
"""In place of what is not read of the words, so that nobody takes them for all there are."""
_SHOWN = "[its page, which mail programs show in place of that:]"
_HEAD = 10_000
"""Characters of one of its heads: some codecs that a head may name take the square of its length."""
_LONGEST_HEAD = 1_000
_DIVIDED = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_CHARSET = re.compile(r"utf-8|us-ascii|(?:iso|windows|cp|koi8|mac|gb|big5|shift|euc)[\w-]*")
"""Of the codecs those that are character sets of mails: some others take forever."""
_WORD = (".docx", ".odt", ".rtf", ".doc", ".docm", ".dotx", ".dotm")
_MAILS = ("message/rfc822", "message/global")
"""An e-mail in an e-mail (RFC 2046, RFC 6532)."""
_SIGNATURES, _P7S = ("application/pkcs7-signature", "application/x-pkcs7-signature"), "smime.p7s"
_ABOUT_SIGNATURE = "S/MIME Cryptographic Signature"
"""What Thunderbird says of it."""
_ABOUT = ("Comments", "Keywords", "Resent-From", "Resent-Sender", "Auto-Submitted")
"""What a head may say to a reader beside its subject (RFC 5322, 3.6.5), and what mail programs show nobody: who sent on
what another had sent (3.6.6), and that no person sent it (RFC 3834, 5)."""
_BY_A_PERSON = "auto-submitted: no"
_PERSONS = ("Sender", "Reply-To", "To", "Cc", "Bcc")
_ONCE = ("From", "Subject", "Date", *_PERSONS)
"""Heads that no e-mail has twice (RFC 5322, 3.6)."""
_DATE = re.compile(
    r"(?:[A-Z][a-z]{2},\s?)?\d{1,2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UTC?)"
    r"(?: \((?:GMT|UTC|[CEW]ES?T|MSK|BST|IST|[ECMP][SD]T|JST|KST|SAST|EAT|WAT|[AN][EZ][SD]T)\))?"
)
"""A day, an hour and a zone (RFC 5322, 3.3), with the one remark that mail programs make: how the zone is called."""
_SIGNS = re.compile(r"\w+|[^\w\s]")
"""The words and the signs of a text, in its order."""
_SET = re.compile(r"^[ \t]*>[> \t]*|[*_]", re.MULTILINE)
"""What programs put into plain words for what a page quotes, or sets in bold or italics."""
_HOW = "Save the Word file that is attached to it, and read that."
_DRAFT = (
    "The e-mail is a draft that was not sent yet, such as “paraph packet write” makes",
    "Open it in the mail program and send it; what is read is the answer that comes back, or the Word file in it.",
)
"""Of an e-mail with `X-Unsent: 1`: to read it as an answer would be to answer for the member."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Who sent an e-mail, when, and about what. `others` are to whom it went and who is to be answered, as their heads
    say it; `name` is that of the file which an e-mail in another is."""

    sender: str
    others: tuple[str, ...] = ()
    date: str
    subject: str
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Mail:
    """What a person is shown of an e-mail: its head, those of the e-mails in it, and the words of them all.

    `others` are the names, or kinds, of what is attached and not read, and what its heads say beside that.
    """

    head: Head
    enclosed: tuple[Head, ...] = ()
    text: str
    others: tuple[str, ...] = ()

    @property
    def heads(self) -> tuple[Head, ...]:
        """All heads, the outermost first."""
        return (self.head, *self.enclosed)


@dataclass(frozen=True, kw_only=True, slots=True)
class Attached:
    """A file of a word processor that is attached to an e-mail, and its names: several where it is so twice."""

    names: tuple[str, ...]
    data: bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """An e-mail with the files of word processors that are attached to it."""

    mail: Mail
    files: tuple[Attached, ...]


def is_draft(data: bytes) -> bool:
    """Whether an e-mail is a draft that was never sent."""
    return _is_unsent(BytesParser(policy=compat32).parsebytes(data, headersonly=True))


def _is_unsent(message: Message) -> bool:
    return _said(str(message.get("X-Unsent", ""))) == "1"


def read_reply(data: bytes) -> Reply:
    """The e-mail that `data` is. PackageError: it is too large or too deep, a draft, or holds no file of a word
    processor."""
    if len(data) > MOST_BYTES:
        raise PackageError(f"The e-mail has more than {MOST_BYTES // 1_000_000} MB", _HOW)
    try:
        message = _parsed([data])
        every = tuple(message.walk())
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise PackageError("The e-mail cannot be read", _HOW) from error
    if any(map(_is_unsent, every)):
        raise PackageError(*_DRAFT)
    if any(one.get("X-Apple-Content-Length") for one in every):
        raise PackageError("Apple Mail keeps what is attached to this e-mail in another place (.partial.emlx)", _HOW)
    if len(parts := [one for one in every if not one.is_multipart()]) > _MOST_PARTS:
        raise PackageError("The e-mail has more parts than anybody sends", _HOW)
    plain, pages, files, others = list[str](), list[str](), dict[bytes, dict[str, None]](), list[str]()
    others += [one.get_content_type() for one in every if one.is_multipart() and _is_odd(one)]
    others += [said for one in every for said in _beside(one)]
    signatures = {id(one) for whole in every for one in _signature(whole)}
    for part in (one for one in parts if id(one) not in signatures):
        name, kind = _called(part), part.get_content_type()
        found = _decoded(part)
        if not name and kind in ("text/plain", "text/html"):
            (plain if kind == "text/plain" else pages).append(_text(found, part))
        elif name.casefold().endswith(_WORD) or found.startswith((b"PK\x03\x04", b"{\\rtf")):
            files.setdefault(found, {}).setdefault(name or "a file without a name")
        elif name or found:
            others.append(name or kind)
        if (about := _said(str(part.get("Content-Description", "")))) and about != name:
            others.append(about)
    if not files:
        raise PackageError(*_without_files(others))
    mail = Mail(
        head=_head(message),
        enclosed=tuple(_enclosed(every)),
        text=tame(_both("\n".join(plain), [Page(one) for one in pages])).strip(),
        others=tuple(others),
    )
    return Reply(mail=mail, files=tuple(Attached(names=tuple(names), data=found) for found, names in files.items()))


def _parsed(every: list[bytes]) -> Message:
    """The last of `every` as an e-mail, with those in it that came encoded, or as any file called .eml: some servers
    wrap what is forwarded so (RFC 2046, 5.2.1, forbids it). `every` grows by them. PackageError: they are too many."""
    if sum(len(_DIVIDED.findall(one)) for one in every) > _DEEPEST or len(every) > _DEEPEST:
        raise PackageError("The e-mail holds more e-mails than anybody sends", _HOW)
    made = BytesParser(policy=compat32).parsebytes(every[-1].removeprefix(b"\xef\xbb\xbf").lstrip())
    for part in tuple(made.walk()):
        if wrapped := _wrapped(part):
            every.append(wrapped)
            inner = _parsed(every)
            del part["Content-Transfer-Encoding"]
            if part.get_content_type() not in _MAILS:
                part.set_type(_MAILS[0])
            part.set_payload([inner])
    return made


def _wrapped(part: Message) -> bytes:
    """The e-mail that a part holds in an encoding, or under a name that says so; b"" where it holds none."""
    encoded = _said(str(part.get("Content-Transfer-Encoding", ""))).casefold() in ("base64", "quoted-printable")
    if part.get_content_type() in _MAILS:
        inner = part.get_payload(0) if part.is_multipart() else None
        if not encoded or not isinstance(inner, Message) or inner.keys() or not isinstance(inner.get_payload(), str):
            return b""
        inner["Content-Transfer-Encoding"] = str(part["Content-Transfer-Encoding"])
        return _decoded(inner)
    called = not part.is_multipart() and _called(part).casefold().endswith(".eml")
    return found if called and is_mail(found := _decoded(part)) else b""


def _called(part: Message) -> str:
    """The name of the file that a part is, or "". PackageError: it is longer than any."""
    if any(len(str(part.get(head, ""))) > _HEAD for head in ("Content-Type", "Content-Disposition")):
        raise PackageError("The e-mail has longer names of files than anybody gives", _HOW)
    return _said(part.get_filename() or "")


def _signature(whole: Message) -> Iterator[Message]:
    """The part of a signed e-mail that is its signature and no more (RFC 8551, 3.5.3): mail programs show no word of
    it."""
    parts = whole.get_payload() if whole.get_content_type() == "multipart/signed" else None
    if not isinstance(parts, list) or len(parts) != 2 or not isinstance(one := parts[1], Message):
        return
    about = _said(str(one.get("Content-Description", "")))
    called = _called(one)
    plain = called in ("", _P7S) and about in ("", called, _ABOUT_SIGNATURE)
    if plain and one.get_content_type() in _SIGNATURES and _decoded(one).startswith(b"\x30"):
        yield one


def _without_files(others: list[str]) -> tuple[str, str]:
    """Why an e-mail cannot be read, and what to do."""
    by_hand = "If the member answers in its words, record that by hand: “paraph decide … --evidence FILE”."
    if any(one.casefold() in ("winmail.dat", "application/ms-tnef", "application/vnd.ms-tnef") for one in others):
        how = "Ask for the packet as an attachment of its own, sent from Outlook as HTML or plain text."
        return "The e-mail wraps what is attached in a form of Outlook’s own (winmail.dat)", how
    if any(one.casefold().endswith((".p7m", ".pgp", ".gpg")) for one in others):
        return (
            "The e-mail is encrypted, or signed in one piece with its words",
            "Open it in the mail program, save the Word file, and read that.",
        )
    if others:
        return f"No Word file is attached to the e-mail ({', '.join(others)[:200]})", by_hand
    return "Nothing is attached to the e-mail", by_hand


def _beside(part: Message) -> Iterator[str]:
    """What the heads of an e-mail, or of a part of one, say beside who sent it and its subject: mail programs show one
    of two, each another; and a date is no place for words."""
    about = (f"{name}: {_said(str(one))}" for name in _ABOUT for one in part.get_all(name, []))
    yield from (one for one in about if one.casefold() != _BY_A_PERSON)
    for name in _ONCE:
        if len(every := part.get_all(name, [])) > 1:
            yield f"{name} twice: {'; '.join(_said(str(one)) for one in every)}"
    if (date := _said(str(part.get("Date", "")))) and not _DATE.fullmatch(date):
        yield f"Date: {date}"


def _head(message: Message, name: str = "") -> Head:
    return Head(
        sender=_said(str(message.get("From", ""))),
        others=tuple(_said(str(one)) for name in _PERSONS for one in message.get_all(name, [])),
        date=_said(str(message.get("Date", ""))),
        subject=_said(str(message.get("Subject", ""))),
        name=name,
    )


def _enclosed(every: Sequence[Message]) -> Iterator[Head]:
    """The heads of the e-mails that are attached to another: mail programs show each by its subject."""
    for part in every:
        if part.get_content_type() in _MAILS and part.is_multipart():
            inner = part.get_payload(0)
            if isinstance(inner, Message):
                yield _head(inner, _called(part) or _said(str(part.get("Content-Description", ""))))


def _is_odd(part: Message) -> bool:
    """Whether a part of several is neither a container nor an e-mail, such as one that says what became of another."""
    return part.get_content_maintype() != "multipart" and part.get_content_type() not in _MAILS


def _decoded(part: Message) -> bytes:
    """What a part holds, without its encoding."""
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(data: bytes, part: Message) -> str:
    """The words of a part; what its character set cannot say is U+FFFD."""
    named = part.get_content_charset("utf-8")
    try:
        words = data[:_LONGEST].decode(named if _CHARSET.fullmatch(named) else "utf-8", "replace")
    except LookupError:
        words = data[:_LONGEST].decode("utf-8", "replace")
    return f"{words}\n{_CUT}" if len(data) > _LONGEST else words


def _said(text: str) -> str:
    """What a head says, decoded, on one line."""
    with contextlib.suppress(MessageError, LookupError, ValueError):
        text = str(make_header(decode_header(text[:_HEAD])))
    said = " ".join(tame(text.encode("utf-8", "replace").decode()).split())
    return said if len(said) <= _LONGEST_HEAD else f"{said[:_LONGEST_HEAD]}…"


def _both(plain: str, pages: Sequence[Page]) -> str:
    """The words of an e-mail that says them twice; those of its page, too, which mail programs show, where they are
    others, in another order, or with other signs, and what in it may show more."""
    page = "\n".join(one.words for one in pages)
    odd = dict.fromkeys(what for one in pages for what in one.odd)
    said = [plain.strip()]
    if page and _read_aloud(page) not in (_read_aloud(plain), _read_aloud(_SET.sub("", plain))):
        said += [_SHOWN] if said[0] else []
        said.append(page)
    if odd:
        said.append(f"[its page may show more than words: {', '.join(odd)}]")
    return "\n".join(filter(None, said))


def _read_aloud(text: str) -> list[str]:
    return _SIGNS.findall(unicodedata.normalize("NFC", tame(text)))
