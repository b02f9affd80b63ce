"""On whose paper a document is written: the workspace's, or that of a member that speaks alone.

A member's name comes from statements/institutions.yml and the rest from paraph.yml (letterheads); where that says
nothing of its address, its website stands there. Nothing of one house is ever printed on the paper of another.
"""

from __future__ import annotations

from dataclasses import replace

from paraph.model.document import Letterhead
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.member import Institution
from paraph.model.workspace import Brand


def brand_of(library: Library, manifest: Manifest) -> Brand:
    """The look of a document's first page, with the name of the house in every language of the workspace."""
    workspace, member = library.workspace, library.institutions.get(manifest.alone)
    if member is None:
        return workspace.brand
    look = workspace.letterheads.get(member.id)
    if look is None:
        look = replace(workspace.brand, logo="", logo_alt={}, address={})
    names = {code: name for code in workspace.all_languages if (name := _name(library, manifest, member, code))}
    if member.office_open:  # what institutions.yml calls it then is its country
        names = {}
    website = (member.website.removeprefix("https://").rstrip("/"),) if member.website else ()
    address = {code: look.address.get(code, website) for code in names}
    return replace(look, name=names, address=address)


def letterhead(library: Library, manifest: Manifest, language: str, member: str = "") -> Letterhead:
    """The names under that of the house, and its address; in a member's own edition its name, where it is settled."""
    brand, workspace = brand_of(library, manifest), library.workspace
    if member:
        one = library.institutions[member]
        own = "" if one.office_open else _name(library, manifest, one, language)
        return _headed(((member, own),) if own else (), brand.address.get(language, ()))
    networks = (workspace.networks[network] for network in manifest.networks if network in workspace.networks)
    named = tuple((network.id, network.names[language].name) for network in networks if language in network.names)
    return _headed(named, brand.address.get(language, ()))


def _headed(named: tuple[tuple[str, str], ...], lines: tuple[str, ...]) -> Letterhead:
    return Letterhead(names=tuple(name for _, name in named), ids=tuple(id_ for id_, _ in named), lines=lines)


def _name(library: Library, manifest: Manifest, member: Institution, language: str) -> str:
    """The member's name in `language`; where it has none, in the first authentic language that has one."""
    for code in (language, *library.workspace.authentic):
        if name := member.name(code, library.on(manifest)):
            return name.name
    return ""
