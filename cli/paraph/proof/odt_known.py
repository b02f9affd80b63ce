"""What an ODT may hold: the elements, attributes and properties of styles that paraph and LibreOffice write of a text
without forms, fields and objects, each where it belongs (OpenDocument 1.3, part 3). Whatever else stands in one is
named, since nobody can say what each program that opens it makes of that.

What is drawn, changed, commented or hidden has a name of its own (`odt.read`), and is not looked into here; lengths,
sizes and colours that hide words are odt_looks’ business, where they depend on what is around.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from paraph.proof.odt_called import alike
from paraph.proof.odt_names import name, prefixed
from paraph.proof.odt_properties import (
    ANY,
    AROUND,
    COUNTED,
    FEW,
    FIGURES,
    LISTED,
    NAME,
    NO,
    NUMBER,
    PROPERTIES,
    SIGN,
    YES_NO,
    Check,
    holds,
)

_MOST_TOLD = 12

_BLOCKS = "text:p* text:h* text:list* table:table* text:section* text:soft-page-break*"
_INLINE = (
    "text:span* text:a* text:s* text:tab* text:line-break* text:soft-page-break* text:note* text:bookmark*"
    " text:bookmark-start* text:bookmark-end* text:reference-mark* text:reference-mark-start* text:reference-mark-end*"
    " text:page-number* text:page-count* field:fieldmark-start* field:fieldmark-separator* field:fieldmark-end*"
)
_DECLARED = "text:sequence-decls text:variable-decls text:user-field-decls text:dde-connection-decls office:forms"
_STYLES = "style:style* text:list-style* style:page-layout*"
_DRAWN = "draw:gradient* draw:hatch* draw:marker* draw:stroke-dash* draw:opacity* loext:theme"
"""What is there to be named by a style, which none may here: LibreOffice writes it whether or not one does."""

_CHILDREN = {
    # With a star, where there may be several (OpenDocument 1.3, schema); of two others programs take either.
    "office:document-content": "office:scripts office:font-face-decls office:automatic-styles office:body",
    "office:document-styles": "office:font-face-decls office:styles office:automatic-styles office:master-styles",
    "office:font-face-decls": "style:font-face*",
    "office:styles": f"{_STYLES} style:default-style* style:default-page-layout text:outline-style"
    f" text:notes-configuration* text:linenumbering-configuration text:bibliography-configuration {_DRAWN}",
    "office:automatic-styles": _STYLES,
    "office:master-styles": "style:master-page*",
    "office:body": "office:text",
    "office:text": f"{_BLOCKS} {_DECLARED}",
    "text:section": _BLOCKS,
    **dict.fromkeys(("text:p", "text:h", "text:span", "text:a"), _INLINE),
    "text:list": "text:list-item*",
    "text:list-item": "text:p* text:h* text:list* text:soft-page-break*",
    "text:note": "text:note-citation text:note-body",
    "text:note-body": "text:p* text:h* text:list*",
    "draw:text-box": "text:p* text:h* text:list*",
    "text:sequence-decls": "text:sequence-decl*",
    "field:fieldmark-start": "field:param*",
    "table:table": "table:table-column* table:table-columns* table:table-header-columns* table:table-header-rows*"
    " table:table-rows* table:table-row* text:soft-page-break*",
    **dict.fromkeys(("table:table-columns", "table:table-header-columns"), "table:table-column*"),
    **dict.fromkeys(("table:table-rows", "table:table-header-rows"), "table:table-row* text:soft-page-break*"),
    "table:table-row": "table:table-cell* table:covered-table-cell*",
    "table:table-cell": "text:p* text:h* text:list* table:table* text:soft-page-break*",
    "style:master-page": "style:header style:header-left style:header-first style:footer style:footer-left"
    " style:footer-first",
    **dict.fromkeys(
        (f"style:{edge}{kind}" for edge in ("header", "footer") for kind in ("", "-left", "-first")),
        "text:p* text:h* text:list* table:table*",
    ),
    **dict.fromkeys(
        ("style:style", "style:default-style"),
        "style:text-properties style:paragraph-properties style:table-properties style:table-column-properties"
        " style:table-row-properties style:table-cell-properties style:section-properties style:graphic-properties"
        " style:drawing-page-properties loext:graphic-properties",
    ),
    "style:paragraph-properties": "style:tab-stops style:background-image",
    "style:tab-stops": "style:tab-stop*",
    "style:table-properties": "style:background-image",
    "style:table-cell-properties": "style:background-image",
    "style:table-row-properties": "style:background-image",
    "style:section-properties": "style:columns style:background-image text:notes-configuration*",
    "style:graphic-properties": "style:columns style:background-image",
    "style:columns": "style:column* style:column-sep",
    **dict.fromkeys(
        ("style:page-layout", "style:default-page-layout"),
        "style:page-layout-properties style:header-style style:footer-style",
    ),
    "style:page-layout-properties": "style:background-image style:columns style:footnote-sep",
    "style:header-style": "style:header-footer-properties",
    "style:footer-style": "style:header-footer-properties",
    "style:header-footer-properties": "style:background-image",
    "text:list-style": "text:list-level-style-number* text:list-level-style-bullet*",
    "text:list-level-style-number": "style:list-level-properties style:text-properties",
    "text:list-level-style-bullet": "style:list-level-properties style:text-properties",
    "text:outline-style": "text:outline-level-style*",
    "text:outline-level-style": "style:list-level-properties style:text-properties",
    "style:list-level-properties": "style:list-level-label-alignment",
}
_ALLOWED = {parent: frozenset(children.replace("*", "").split()) for parent, children in _CHILDREN.items()}
_ONCE = {
    parent: frozenset(name(one) for one in children.split() if not one.endswith("*"))
    for parent, children in _CHILDREN.items()
}

_NAMED = frozenset(
    (
        *("text:tracked-changes", "text:change", "text:change-start", "text:change-end"),
        *("office:annotation", "office:annotation-end"),
        *("text:hidden-text", "text:hidden-paragraph", "text:conditional-text"),
        *("svg:font-face-src", "office:event-listeners"),
    )
)
"""Named for itself, as is all that is drawn; what stands in it is no part of the text."""

_LEVEL: dict[str, Check] = {
    "text:level": FEW,
    "text:style-name": NAME,
    "style:num-format": COUNTED,
    "loext:num-list-format": LISTED,
    "style:num-prefix": AROUND,
    "style:num-suffix": AROUND,
    "text:start-value": NUMBER,
    "text:display-levels": FEW,
    "style:num-letter-sync": YES_NO,
    "text:bullet-char": SIGN,
    "text:bullet-relative-size": r"\d{2,3}%",
}
_STYLED: dict[str, Check] = {"text:style-name": NAME, "xml:id": NAME}
_PLACE: dict[str, Check] = {"text:name": NAME, "xml:id": NAME}
_CELL: dict[str, Check] = {
    "table:style-name": NAME,
    "office:value-type": "string",
    "table:number-columns-spanned": FEW,
    "table:number-rows-spanned": FEW,
    "table:protected": YES_NO,
}
_ATTRIBUTES: dict[str, dict[str, Check]] = {
    **PROPERTIES,
    **{key: {"office:version": ANY} for key in ("office:document-content", "office:document-styles")},
    "office:text": {"text:use-soft-page-breaks": YES_NO, "text:global": NO},
    "office:forms": {"form:automatic-focus": YES_NO, "form:apply-design-mode": YES_NO},
    "text:p": _STYLED,
    "text:h": {**_STYLED, "text:outline-level": FEW},
    "text:span": _STYLED,
    "text:a": {
        **_STYLED,
        **dict.fromkeys(("text:visited-style-name", "xlink:href", "office:name"), NAME),
        "xlink:type": "simple",
        "xlink:show": "new|replace",
        "office:target-frame-name": NAME,
    },
    "text:s": {"text:c": FEW},
    "text:tab": {"text:tab-ref": NUMBER},
    "text:note": {"text:id": NAME, "text:note-class": "footnote|endnote"},
    "text:note-citation": {"text:label": ANY},
    **dict.fromkeys(("text:bookmark", "text:bookmark-start", "text:bookmark-end"), _PLACE),
    **dict.fromkeys(("text:reference-mark", "text:reference-mark-start", "text:reference-mark-end"), _PLACE),
    "text:page-number": {"text:select-page": "current", "style:num-format": FIGURES},
    "text:page-count": {"style:num-format": FIGURES},
    "field:fieldmark-start": {"text:name": NAME, "field:type": r"vnd\.oasis\.opendocument\.field\.UNHANDLED"},
    "field:param": {
        "field:name": r"vnd\.oasis\.opendocument\.field\.(?:code|id)",
        "field:value": r"\d+|\s*NOTEREF [\w ]+(?:\\[fhp]\s*)*",
    },
    "draw:text-box": {"fo:min-height": (0.0, 400.0)},
    "text:sequence-decl": {"text:name": NAME, "text:display-outline-level": "0"},
    "text:section": {**_STYLED, "text:name": NAME, "text:protected": YES_NO, "text:display": ANY},
    "text:list": {**_STYLED, "text:continue-list": NAME, "text:continue-numbering": YES_NO},
    "text:list-item": {"xml:id": NAME, "text:start-value": NUMBER},
    "table:table": {"table:name": NAME, "table:style-name": NAME, "xml:id": NAME, "table:display": ANY},
    "table:table-column": {
        "table:style-name": NAME,
        "table:number-columns-repeated": FEW,
        "table:visibility": ANY,
        "xml:id": NAME,
    },
    "table:table-row": {"table:style-name": NAME, "table:visibility": ANY, "xml:id": NAME},
    "table:table-cell": _CELL,
    "table:covered-table-cell": _CELL,
    **{
        f"style:{edge}{kind}": {"style:display": YES_NO}
        for edge in ("header", "footer")
        for kind in ("", "-left", "-first")
    },
    "style:master-page": {
        f"{space}:{one}": NAME
        for space, one in (
            *(("style", one) for one in ("name", "display-name", "page-layout-name", "next-style-name", "hidden")),
            *(("draw", "style-name"), ("loext", "hidden")),
        )
    },
    "style:font-face": {
        **{f"style:{one}": NAME for one in ("name", "font-family-generic", "font-pitch", "font-charset")},
        "svg:font-family": NAME,
        "style:font-adornments": NAME,
    },
    **{
        key: {
            **{
                f"style:{one}": NAME
                for one in (
                    *("name", "display-name", "family", "parent-style-name", "next-style-name", "list-style-name"),
                    *("master-page-name", "class", "default-outline-level", "auto-update", "list-level", "hidden"),
                )
            },
            "loext:hidden": NAME,
            "loext:linked-style-name": NAME,
        }
        for key in ("style:style", "style:default-style")
    },
    "style:page-layout": {"style:name": NAME, "style:page-usage": "all|left|right|mirrored"},
    "text:list-style": {"style:name": NAME, "style:display-name": NAME, "loext:hidden": NAME},
    "text:outline-style": {"style:name": NAME},
    "text:outline-level-style": _LEVEL,
    "text:list-level-style-number": _LEVEL,
    "text:list-level-style-bullet": _LEVEL,
    "text:notes-configuration": {
        "style:num-format": COUNTED,
        "style:num-prefix": AROUND,
        "style:num-suffix": AROUND,
        "text:start-value": NUMBER,
        "text:start-numbering-at": ANY,
        "text:footnotes-position": "page",
        "text:note-class": "footnote|endnote",
        **{f"text:{one}-style-name": NAME for one in ("citation", "citation-body", "default")},
        "text:master-page-name": NAME,
    },
    "text:linenumbering-configuration": {
        **dict.fromkeys(("text:style-name", "text:increment", "text:offset", "text:number-position"), ANY),
        **dict.fromkeys(("text:count-empty-lines", "text:count-in-text-boxes", "text:restart-on-page"), ANY),
        "style:num-format": ANY,
        "text:number-lines": NO,
    },
}
_NOT_LOOKED_AT = frozenset(
    (
        *_DRAWN.replace("*", "").split(),
        "style:graphic-properties",
        "text:bibliography-configuration",
        "text:variable-decls",
    )
) | {"text:user-field-decls", "text:dde-connection-decls"}
"""What shows nothing by itself; and what only a drawing has, which is named."""


def unknown(content: etree._Element, styles: etree._Element) -> Iterator[str]:
    """What a file holds that neither paraph nor LibreOffice writes into a text, a line each."""
    told: dict[str, None] = {}
    for root, called in ((content, "office:document-content"), (styles, "office:document-styles")):
        if prefixed(root.tag) != called:
            told[f"something that is no part of a text ({prefixed(root.tag)})"] = None
        else:
            told.update(dict.fromkeys(_below(root, called)))
    told.update(dict.fromkeys(alike(content, styles)))
    yield from [*told][:_MOST_TOLD]


def _below(element: etree._Element, called: str) -> Iterator[str]:
    for key, value in element.attrib.items():
        attribute = prefixed(str(key))
        check = _ATTRIBUTES.get(called, {}).get(attribute)
        if check is None or not holds(str(value), check):
            what = "a look that is not known" if called in PROPERTIES else "something that is no part of a text"
            yield f"{what} ({called} with {attribute[:60]})"
    allowed, counts = _ALLOWED.get(called, frozenset()), Counter(child.tag for child in element)
    for once in _ONCE.get(called, ()):
        if counts[once] > 1:
            yield f"something that is no part of a text (a second {prefixed(once)} in {called})"
    for child in element:
        if not isinstance(child.tag, str):
            continue
        tag = prefixed(child.tag)
        if tag in _NAMED or (tag.startswith("draw:") and not allowed.isdisjoint(("text:p", "text:span"))):
            for box in child.iter(name("draw:text-box")):
                yield from _below(box, "draw:text-box")
            continue
        if tag not in allowed:
            # Whatever is named after a text, a program may put another text in its place.
            field = tag.startswith("text:") and called in ("text:p", "text:h", "text:span", "text:a")
            said = f"a field that a program fills in ({tag[5:45]})" if field else ""
            yield said or f"something that is no part of a text ({tag[:60]} in {called})"
        elif tag not in _NOT_LOOKED_AT:
            yield from _below(child, tag)
