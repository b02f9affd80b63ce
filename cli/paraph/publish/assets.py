"""The style sheet, the script and the logo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from paraph.errors import UsageError
from paraph.publish.card import mark_of
from paraph.publish.unit import Unit
from paraph.render.html.brand import panels, variables

if TYPE_CHECKING:
    from paraph.publish.site import Site


def units(site: Site) -> Iterator[Unit]:
    """One unit; its mark is that of its bytes."""
    brand = site.workspace.brand
    files = {
        "assets/site.css": b"\n".join(
            [variables(brand).encode(), "\n".join(panels(brand)).encode(), _file(site, "site.css"), *site.kit.styles]
        ),
        "assets/search.js": _file(site, "search.js"),
    }
    if site.logo is not None:
        files[f"assets/{logo_name(site.logo)}"] = site.logo
    digests = [(name, hashlib.sha256(data).hexdigest()) for name, data in files.items()]
    yield Unit("assets", mark_of(digests), lambda: files.items())


def logo_name(logo: bytes) -> str:
    """The file name of a logo on the site: a PNG or a JPEG, as its first bytes say."""
    return "logo.png" if logo.startswith(b"\x89PNG") else "logo.jpg"


def _file(site: Site, name: str) -> bytes:
    try:
        return site.kit.files[name]
    except KeyError:
        raise UsageError(
            f"templates/site/ has no {name}", "Take it from the shipped workspace: “paraph init DIR”."
        ) from None
