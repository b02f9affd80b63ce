"""What an ODT holds that its reader may see and paraph does not: it is read as the DOCX that LibreOffice makes of it.

Fields with a condition, spans with a life of their own, pictures behind words: LibreOffice shows them on the page and
leaves them out of a DOCX, without a word. So the elements of OpenDocument (1.3, part 3) are let through by name: those
that a packet is made of, those that answering adds, and those that say only how things look, which the DOCX has, too.
Anything else is named, for a person to look at the page; so is what an element of the text says of itself, unless it is
known to hide and show nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from paraph.ooxml.archive import Archive
from paraph.ooxml.names import Element
from paraph.ooxml.package import parsed
from paraph.review.returned.let_through import names

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {
    f"{_OASIS}{long}:1.0": short
    for long, short in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("drawing", "draw"),
        ("meta", "meta"),
        ("xsl-fo-compatible", "fo"),
        ("svg-compatible", "svg"),
        ("form", "form"),
        ("datastyle", "number"),
    )
} | {
    "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0": "loext",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/XML/1998/namespace": "xml",
}


_TEXT = names(
    "text:p text:h text:span text:a text:s text:tab text:line-break text:soft-page-break text:bookmark "
    "text:bookmark-start text:bookmark-end text:list text:list-item text:list-header text:section text:page-number "
    "text:page-count text:note text:note-citation text:note-body text:tracked-changes text:changed-region "
    "text:insertion text:deletion text:format-change text:change text:change-start text:change-end "
    "text:sequence-decls text:sequence-decl text:variable-decls text:user-field-decls office:annotation "
    "office:annotation-end office:change-info office:forms dc:creator dc:date meta:creator-initials "
    "loext:sender-initials meta:date-string loext:content-control loext:list-item table:table table:table-column "
    "table:table-columns table:table-header-columns table:table-header-rows table:table-rows table:table-row "
    "table:table-cell table:covered-table-cell"
)
"""What stands in a text or around it; a comment is read with its words wherever it stands."""
_LOOKS = names(
    "office:document-content office:document-styles office:body office:text office:scripts office:font-face-decls "
    "office:automatic-styles office:styles office:master-styles style:style style:default-style style:font-face "
    "style:text-properties style:paragraph-properties style:table-properties style:table-column-properties "
    "style:table-row-properties style:table-cell-properties style:section-properties style:graphic-properties "
    "style:drawing-page-properties style:page-layout style:page-layout-properties style:default-page-layout "
    "style:header-style style:footer-style style:header-footer-properties style:footnote-sep style:master-page "
    "style:header style:footer style:header-left style:footer-left style:header-first style:footer-first "
    "style:tab-stops style:tab-stop style:columns style:column style:background-image loext:graphic-properties "
    "style:list-level-properties style:list-level-label-alignment text:list-style text:list-level-style-number "
    "text:list-level-style-bullet text:outline-style text:outline-level-style text:notes-configuration "
    "text:linenumbering-configuration draw:gradient draw:marker draw:stroke-dash draw:hatch draw:opacity "
    "loext:theme loext:theme-colors loext:color loext:gradient-stop loext:char-complex-color "
    "loext:fill-complex-color loext:transformation"
)
"""What says how things look: that is in the DOCX as well, and judged there. A `style:background-image` says nothing
where it is empty, as LibreOffice writes it."""
_SAID = names(
    "text:style-name text:visited-style-name text:name text:id xml:id text:outline-level text:is-list-header "
    "text:start-value text:restart-numbering text:continue-numbering text:continue-list text:protected text:c "
    "text:tab-ref text:change-id text:note-class text:label text:track-changes text:select-page "
    "text:display-outline-level text:use-soft-page-breaks text:separation-character style:num-format "
    "office:version office:name office:target-frame-name xlink:href xlink:type xlink:show xlink:actuate table:name "
    "table:style-name table:template-name table:protected table:number-columns-repeated table:number-rows-repeated "
    "table:number-columns-spanned table:number-rows-spanned table:default-cell-style-name "
    "table:use-first-row-styles table:use-last-row-styles table:use-first-column-styles "
    "table:use-last-column-styles table:use-banding-rows-styles table:use-banding-columns-styles office:value-type "
    "loext:clear loext:marker-style-name form:automatic-focus form:apply-design-mode"
)
"""What an element of the text may say of itself."""
_VALUE_TYPE = f"{{{_OASIS}office:1.0}}value-type"
_KNOWN = _TEXT | _LOOKS
_FREE = ("loext:content-control", "loext:list-item", "office:annotation", "office:annotation-end")
"""Of these nothing is hidden by what they say: the DOCX has it, too."""


def odd_in_odt(data: bytes) -> Iterator[str]:
    """What in the ODT `data` may be shown and not be in a DOCX made of it, a line each. PackageError: it is broken."""
    archive = Archive.open(data)
    for part in ("content.xml", "styles.xml"):
        if part in archive.names:
            yield from dict.fromkeys(_odd(parsed(archive.read(part), part)))


def _odd(root: Element) -> Iterator[str]:
    for one in root.iter():
        tag = _short(str(one.tag))
        if tag.startswith("number:"):
            continue  # how numbers and dates are written, where a field or cell shows one: that is named there
        if tag not in _KNOWN or (tag == "style:background-image" and (one.attrib or len(one))):
            yield f"<{tag}>"
        elif tag in _TEXT and tag not in _FREE:
            yield from (f"<{tag} {said}>" for said in map(_short, map(str, one.attrib)) if said not in _SAID)
            if one.get(_VALUE_TYPE, "string") != "string":
                yield f"<{tag} office:value-type>, a number or date that shows itself"
        elif tag == "loext:content-control" and _is_two_faced(one):
            yield "a box that is one thing for the program and another for the eye"


def _is_two_faced(control: Element) -> bool:
    """Whether a box that is ticked shows the sign of one that is not, or the other way round."""
    said = {_short(str(key)): str(value) for key, value in control.attrib.items()}
    if said.get("loext:checkbox") != "true":
        return False
    ticked = said.get("loext:checked") == "true"
    wrong = said.get("loext:unchecked-state" if ticked else "loext:checked-state")
    return bool(wrong) and str(wrong) in "".join(map(str, control.itertext()))


def _short(tag: str) -> str:
    """`{namespace}name` with the usual prefix of its namespace, or whole where that is none that is known."""
    space, _, name = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return f"{_SPACES[space]}:{name}" if space in _SPACES else tag[:120]
