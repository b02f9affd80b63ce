"""Who signs a document: a place for each network, or for each member that joined."""

from __future__ import annotations

from collections.abc import Iterator

from paraph.assembly.context import HEADING, Context
from paraph.assembly.members import awaiting, in_order, member_name, on_record
from paraph.model.member import Institution
from paraph.model.rule import Adoption
from paraph.model.text import Block, Grid, Heading, Inline, Paragraph, Text


def signatures(context: Context, heading: str) -> tuple[Block, ...]:
    """Adopted by the body: a place to sign for each network. Signed by each: for every member that joined, under the
    string `heading` of the form ("": the usual one). A member that speaks alone signs, whatever the rule.
    """
    if alone := context.library.institutions.get(context.manifest.alone):
        names = [] if alone.office_open else [(alone.id, awaiting(context, alone, member_name(context, alone)[1]))]
    elif context.manifest.adoption is Adoption.BODY:
        names = [(network, _network_words(context, network)) for network in context.manifest.networks]
    else:
        names = [(member.id, words) for member, words in _signatories(context)]
    cells = tuple(
        (Paragraph(key=f"signatures/{name}", role="signatory", inlines=words),) for name, words in names if words
    )
    if not cells:
        return ()
    places = Grid(key="signatures", role="signatures", cells=cells, columns=2)
    if context.manifest.adoption is not Adoption.EACH or alone:
        return (places,)
    words = context.inlines(context.string(_heading_key(context, heading)), ())
    return Heading(key="signatures/heading", role="section", level=HEADING, inlines=words), places


def _signatories(context: Context) -> Iterator[tuple[Institution, tuple[Inline, ...]]]:
    """Those that the record lists, all of them and no others (docs/approvals.md, 22); until somebody joined, those that
    are invited to."""
    if context.record.signed is None:
        return in_order(context, context.speakers())
    return in_order(context, on_record(context, context.record.signed, "signs"), signing=True)


def _heading_key(context: Context, heading: str) -> str:
    """The string over the signatures: that members are invited, until somebody joined; then the form's own."""
    if context.record.signed is None:
        return "signatures-invited"
    if heading:
        return heading
    return "signatures-each" if "signatures-each" in context.labels else "signatures"


def _network_words(context: Context, network: str) -> tuple[Inline, ...]:
    found = context.library.workspace.networks.get(network)
    name = found.names.get(context.code) if found else None
    if name is None:
        return ()
    return (Text(context.string("signed-for", name=name.the or name.name)),)
