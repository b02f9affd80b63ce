"""An edition as one standalone HTML page: semantic, accessible, without scripts and without requests to anywhere.

The shell (head, letterhead, footer) is the form's page.html, a small Jinja template that a web team can restyle; it
sees the fields of `page` below and nothing else. The body comes ready made from `body`; the style sheet from
`style`. A Content-Security-Policy allows exactly that style sheet, by its digest, and pictures inside the file.
"""

from __future__ import annotations

import base64
import functools
import hashlib
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from paraph.errors import RenderError
from paraph.model.document import Document, Edition
from paraph.model.text import Heading
from paraph.render.html import body, style
from paraph.render.html.body import MakeColumn
from paraph.render.html.column import Column
from paraph.render.html.pictures import pictures
from paraph.render.kit import Kit

_PICTURES = ((b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"))


def render(edition: Edition, kit: Kit, column: MakeColumn = Column) -> bytes:
    """The page in UTF-8, each document set by its `column`.

    RenderError where the template is faulty, or a colour or a character cannot be published.
    """
    shell = style.text(kit, "page.html")
    try:
        return _template(shell).render(page=page(edition, kit, column)).encode("utf-8")
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f"page.html, line {line}" if line else "page.html"
        raise RenderError(f"{where}: {error.message}", "Compare it with templates/common/page.html.") from error


@functools.lru_cache(maxsize=8)
def _template(shell: str) -> Template:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(shell)


def page(edition: Edition, kit: Kit, column: MakeColumn = Column) -> dict[str, Any]:
    """What page.html can print; `letterheads` has one entry a language, with its marks."""
    first = edition.documents[0]
    sheet = style.style(edition, kit)
    return {
        "lang": first.language.code,
        "dir": first.language.direction,
        "title": " · ".join(dict.fromkeys(document.title for document in edition.documents)),
        "description": first.subject,
        "identifier": first.id,
        "form": first.form,
        "reference": first.reference,
        "author": first.author,
        "date": first.date.isoformat() if first.date else "",
        "keywords": ", ".join(first.keywords),
        "languages": list(edition.languages),
        "generator": kit.generator,
        "draft": any(document.draft for document in edition.documents),
        "headed": any(isinstance(block, Heading) and block.level == 1 for block in first.blocks()),
        "bilingual": len(edition.documents) > 1,
        "policy": _policy(sheet),
        "style": Markup(sheet),  # noqa: S704 checked by `style`
        "logo": _logo(edition, kit),
        "letterheads": [_head(document, kit) for document in edition.documents],
        "body": Markup(body.body(edition, column, pictures(edition, kit))),  # noqa: S704 serialised by lxml
    }


def _head(document: Document, kit: Kit) -> dict[str, Any]:
    return {
        "lang": document.language.code,
        "dir": document.language.direction,
        "title": document.title,
        "names": document.letterhead.names,
        "lines": document.letterhead.lines,
        "draft": document.draft,
        "notice": document.notice,
        "brand": kit.brand.name.get(document.language.code, ""),
    }


def _policy(sheet: str) -> str:
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"


def _logo(edition: Edition, kit: Kit) -> dict[str, str] | None:
    if kit.logo is None:
        return None
    language = edition.documents[0].language.code
    alt = kit.logo_alt.get(language) or kit.brand.name.get(language, "")
    if not alt:
        raise RenderError(f"The logo has no text in {language!r}", "Add it under brand: logo_alt: in paraph.yml.")
    return {"address": f"data:{_media_type(kit.logo)};base64,{base64.b64encode(kit.logo).decode('ascii')}", "alt": alt}


def _media_type(picture: bytes) -> str:
    for start, media_type in _PICTURES:
        if picture.startswith(start):
            return media_type
    raise RenderError("The logo is neither PNG nor JPEG", "Save it as PNG.")
