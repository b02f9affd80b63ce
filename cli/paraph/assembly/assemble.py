"""One manifest in one language, assembled."""

from __future__ import annotations

from paraph.assembly.context import Context
from paraph.assembly.fill import Filler, note_counter
from paraph.assembly.layout import Origin, lay_out
from paraph.assembly.letterhead import brand_of, letterhead
from paraph.assembly.parts import Assembling, parts
from paraph.assembly.pictures import pictures
from paraph.assembly.publisher import missing
from paraph.assembly.sections import value_of
from paraph.assembly.terms import Terms
from paraph.assembly.values import enumerated
from paraph.markup import digest
from paraph.model.clause import Clause
from paraph.model.document import Document, Part, Record
from paraph.model.finding import Finding
from paraph.model.language import Standing
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.own_texts import is_translation, is_unchecked
from paraph.model.text import Inline, Table, plain

_NOTHING_ON_RECORD = Record()
_LANGUAGES = "{languages}"


def assemble(
    library: Library,
    manifest: Manifest,
    language: str,
    record: Record = _NOTHING_ON_RECORD,
    terms: Terms | None = None,
    member: str = "",
) -> tuple[Document, tuple[Finding, ...]]:
    """The document of `manifest` in `language`, with what is wrong with it.

    Where a finding is an error the document has gaps and must not be rendered. `record` is what the register knows;
    `terms` those of the library, where somebody has them already because more is assembled; `member` the id of the
    member whose own edition it is.
    """
    context = Context(
        library=library,
        manifest=manifest,
        language=library.workspace.languages[language],
        record=record,
        terms=terms or Terms(library),
        member=library.institutions[member] if member else None,
    )
    filler = Filler(
        value=lambda placeholder: value_of(context, placeholder, Origin()),
        reference=lambda reference: _no_reference(context, reference.clause),
        note_numbers=note_counter(),
        key="",
        right_to_left=context.language.direction == "rtl",
    )
    layout = lay_out(context)
    made = tuple(parts(Assembling(context=context, layout=layout, filler=filler)))
    missing(context)
    title = context.inlines(context.own(manifest.title, ("title",), "the title"), ("title", language))
    standing = _standing(context)
    labels = context.labels
    document = Document(
        id=manifest.id,
        form=manifest.form,
        language=context.language,
        standing=standing,
        title=plain(filler.fill(title)),
        subject=context.form.names.get(language, ""),
        reference=manifest.reference,
        date=manifest.date,
        letterhead=letterhead(library, manifest, language, member),
        draft=_mark(context),
        notice=_notice(context, standing),
        parts=made,
        labels=labels,
        author=brand_of(library, manifest).name.get(language, ""),
        keywords=_keywords(made),
        pictures=pictures(context, layout),
        member=member,
        unparted=context.rules.unparted,
    )
    return document, tuple(sorted(set(context.findings)))


def _mark(context: Context) -> str:
    """What every page says of itself until its rule is met: a draft, or released provisionally, and why."""
    record = context.record
    if record.provisional:
        reasons = record.provisional
        reason = reasons.get(context.code) or reasons.get("") or next(iter(reasons.values()))
        return context.string("provisional", reason=reason)
    return "" if record.released else context.string("draft")


def _keywords(made: tuple[Part, ...]) -> tuple[str, ...]:
    """The terms of the annex, for what searches files by their properties."""
    tables = (block for part in made if part.name == "glossary" for block in part.blocks if isinstance(block, Table))
    return tuple(plain(row.cells[0]) for table in tables for row in table.rows)


def _no_reference(context: Context, clause: str) -> tuple[Inline, ...]:
    context.finding("reference", f"only a clause may refer to clause {clause}", "Name it in words here.")
    return ()


def _standing(context: Context) -> Standing:
    library, manifest, code = context.library, context.manifest, context.code
    if code in library.workspace.authentic:
        return Standing.AUTHENTIC
    clauses = (
        library.clauses[chain[-1][1].clause]
        for section in manifest.sections
        for chain in section.all_uses()
        if chain[-1][1].clause in library.clauses
    )
    validated = context.record.validated
    checked = (
        _is_checked(clause, code) if validated is None else clause.id in validated.get(code, ())
        for clause in clauses
        if code in clause.translations
    )
    return Standing.TRANSLATION if _own_is_checked(context) and all(checked) else Standing.UNCHECKED


def _own_is_checked(context: Context) -> bool:
    """Whether title, headings and what else stands in the document's own file is a translation that is checked."""
    manifest, code, validated = context.manifest, context.code, context.record.validated
    if validated is None:
        return not is_unchecked(manifest, code)
    return not is_translation(manifest, code) or manifest.id in validated.get(code, ())


def _is_checked(clause: Clause, code: str) -> bool:
    """Whether its translation is checked by its file, and of the text as it is."""
    made = clause.translations[code]
    source = clause.texts.get(made.source)
    return made.status == "checked" and source is not None and made.digest == digest(source.text)


def _notice(context: Context, standing: Standing) -> str:
    match standing:
        case Standing.AUTHENTIC:
            return ""
        case Standing.UNCHECKED:
            key = "notice-unchecked"
        case Standing.TRANSLATION:
            key = "notice-translation"
    named = _LANGUAGES in context.labels.get(key, "")  # a workspace may have a notice that names none
    return context.string(key, languages=_binding(context) if named else "")


def _binding(context: Context) -> str:
    """“English and French”: the authentic languages of the document, or of the workspace where it is issued in none."""
    authentic = context.library.workspace.authentic
    issued = [code for code in authentic if code in context.manifest.languages]
    return enumerated(context, [context.string(f"language-{code}") for code in issued or authentic])
