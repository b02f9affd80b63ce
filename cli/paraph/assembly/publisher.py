"""Who issues an edition: the member whose own it is, or the networks; each with how it is reached: its web address, the
code for it, and what institutions.yml says of it as `contact`.

Only what institutions.yml and paraph.yml say is printed. What they do not say is left out, without a gap, and is a
finding where it is a member's own edition. What the document itself says under `contact` is printed on the edition of
all alone: it may be the telephone of one member, and must not stand under the name of another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from paraph.assembly.context import Context
from paraph.assembly.fill import Filler
from paraph.assembly.members import awaiting
from paraph.model.document import Picture
from paraph.model.finding import KeyPath, Severity, Source
from paraph.model.form import CONTACT
from paraph.model.member import Institution, Status
from paraph.model.text import Block, Inline, Link, Paragraph, Span, Text

_MEMBERS = Source(file="statements/institutions.yml")


def publisher(context: Context, filler: Filler) -> tuple[Block, ...]:
    """Name and web address of who issues this edition, a paragraph each."""
    return tuple(
        Paragraph(key=f"{role}/{one}", role=role, inlines=words)
        for one, name, website in _issuers(context)
        for role, words in (("issuer", name), ("website", filler.fill(_address(website))))
        if words
    )


def codes(context: Context) -> Mapping[str, Picture]:
    """The QR code of each web address, by the key of the paragraph that prints it."""
    return {
        f"website/{one}": Picture(name="", alt=context.string("picture-code", address=_bare(website)), address=website)
        for one, _, website in _issuers(context)
        if website
    }


def contact(context: Context) -> str:
    """How who issues this edition is reached, a line each; "" where nobody says so in its language."""
    if context.member is None:
        return context.manifest.fields.get(CONTACT, {}).get(context.code, "")
    return "" if context.member.office_open else context.member.contact.get(context.code, "")


def is_reached(context: Context) -> bool:
    """Whether the edition says how to turn to who issues it: without that, an invitation to do so leads nowhere."""
    has_place = any(part.field == CONTACT for part in context.form.parts)
    return any(website for _, _, website in _issuers(context)) or (has_place and bool(contact(context)))


def _issuers(context: Context) -> Iterator[tuple[str, tuple[Inline, ...], str]]:
    if context.member is not None:
        yield context.member.id, _name(context, context.member), context.member.website
        return
    networks = context.library.workspace.networks
    for network in (networks[one] for one in context.manifest.networks if one in networks):
        name = network.names.get(context.code)
        yield network.id, (Text(name.name),) if name else (), network.website


def _name(context: Context, member: Institution) -> tuple[Inline, ...]:
    """The office's name; none where it is open which office that is. That a member awaits validation is said."""
    on, code = context.on, context.code
    if member.office_open:
        return ()
    words: tuple[Inline, ...] = ()
    if name := member.name(code, on):
        words = (Text(name.name),)
    else:
        for language in context.library.workspace.authentic:
            if name := member.name(language, on):
                words = (Span(language, (Text(name.name),)),)
                break
    return awaiting(context, member, words)


def missing(context: Context) -> None:
    """Findings about what a member's own edition lacks."""
    member = context.member
    if member is None:
        return
    at: KeyPath = ("institutions", member.id)
    who = f"the edition of {member.id}"
    if member.office_open:
        _found(context, f"{who} names no office: which one it is, is open", "Settle it, then delete office_open:.", at)
    elif member.name(context.code, context.on) is None:
        advice = f"Add {context.code}: to its names. Until then the name in another language is printed."
        _found(context, f"{who} has no name in {context.code}", advice, at)
    printed = any(part.field == CONTACT for part in context.form.parts)
    reached = member.office_open or not printed or bool(contact(context))
    if not reached and not member.website:
        message = (
            f"{who} in {context.code} says nowhere how it is reached, though its text tells children to turn to it"
        )
        advice = (
            f"Add website: or contact: {{{context.code}: …}} once the office has confirmed it. "
            "Until then, print it only where an address stands in the frame for the local partner."
        )
        _found(context, message, advice, at)
    elif not reached:
        message = f"{who} says in {context.code} neither telephone nor address"
        _found(context, message, f"Add contact: {{{context.code}: …}} once the office has confirmed it.", at)
    elif not member.website:
        _found(context, f"{who} has no web address and no code for it", "Add website: once it is confirmed.", at)
    if printed:
        _unprinted_contact(context)
    if member.status_on(context.on) is Status.PENDING:
        _found(context, f"{member.id} awaits validation: its edition says so", "Print it once it is validated.", at)


def _unprinted_contact(context: Context) -> None:
    if context.manifest.fields.get(CONTACT):
        message = f"what {context.manifest.id} says under contact: is not printed in the edition of a member"
        advice = "It stands on the edition of all alone. What a member confirms is its contact: in institutions.yml."
        context.finding("edition-contact", message, advice, at=("fields", CONTACT), severity=Severity.NOTE)


def _found(context: Context, message: str, advice: str, at: KeyPath) -> None:
    context.findings.append(_MEMBERS.finding("edition-lacks", message, advice, at=at, severity=Severity.WARNING))


def _address(website: str) -> tuple[Inline, ...]:
    return (Link(website, (Text(_bare(website)),)),) if website else ()


def _bare(website: str) -> str:
    """An address as people type it: without https:// and a last slash."""
    return website.removeprefix("https://").removeprefix("http://").removesuffix("/")
