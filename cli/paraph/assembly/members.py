"""The names of members in a document, in the order of its language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from paraph.assembly.context import Context
from paraph.model.member import Institution, Name, Status
from paraph.model.names import collation
from paraph.model.text import Break, Emphasis, Inline, Span, Text


def on_record(context: Context, ids: Iterable[str], does: str) -> tuple[Institution, ...]:
    """Those that the record names, each once, whatever institutions.yml says of the date of the document; a finding for
    each that it has no longer, which `does` something: “signs”."""
    institutions, named = context.library.institutions, dict.fromkeys(ids)
    for one in (one for one in named if one not in institutions):
        context.finding("unknown-member", f"{one} {does}, and is not in institutions.yml", "Put its entry back.")
    return tuple(institutions[one] for one in named if one in institutions)


def in_order(
    context: Context, members: tuple[Institution, ...], *, signing: bool = False
) -> Iterator[tuple[Institution, tuple[Inline, ...]]]:
    """Members in the order of the language, each with its name and, where it awaits validation, that; not of those
    `signing`, which the record says to be active."""
    named = []
    for member in members:
        name, words = member_name(context, member)
        if name is None:
            message = f"the member {member.id} has no name in {context.code}"
            context.finding("language-missing", message, "Add it in statements/institutions.yml.")
            continue
        words = words if signing else awaiting(context, member, words)
        named.append((collation(name.sort or name.name), member.id, member, words))
    named.sort(key=lambda entry: entry[:2])
    for _, _, member, words in named:
        yield member, words


def awaiting(context: Context, member: Institution, words: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A member's name and, where it awaits validation, that."""
    if words and member.status_on(context.on) is Status.PENDING:
        return (*words, Break(), Emphasis((Text(context.string("pending")),)))
    return words


def member_name(context: Context, member: Institution) -> tuple[Name | None, tuple[Inline, ...]]:
    """The member's name; in a translation that has none, its name in an authentic language, marked as such."""
    on = context.on
    if name := member.name(context.code, on):
        return name, (Text(name.name),)
    if context.code not in (authentic := context.library.workspace.authentic):
        for language in authentic:
            if name := member.name(language, on):
                return name, (Span(language, (Text(name.name),)),)
    return None, ()


def called(context: Context, member: Institution) -> str:
    """A member's name in a line of text."""
    name, _ = member_name(context, member)
    return name.name if name else member.id
