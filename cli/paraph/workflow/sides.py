"""The two texts that are compared, and what is said of them where a redline is sent on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from paraph.markup.redline import redline
from paraph.model.document import Document
from paraph.model.event import DocumentVersion
from paraph.model.library import Library
from paraph.model.names import IN_BRACES
from paraph.model.redline import Redline
from paraph.workflow import times
from paraph.workflow.written import ADOPTION, CLAUSES, FRAME, Content, Written

_OF_DOCUMENT = (CLAUSES, ADOPTION, FRAME)


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two texts: its name, how the strings of templates/strings.yml call it, and how to have it.

    `content` is what the register holds it for. `member` is who approved it, whose name stands in the strings as
    {name}, in their language; `approved` is the version of a document that it approved as a whole, `whole` the content
    of that.
    """

    name: str
    string: str
    values: Mapping[str, str]
    library: Library
    form: str
    document: Callable[[str], Document]
    content: Content
    remarks: tuple[str, ...] = ()
    member: str = ""
    approved: DocumentVersion | None = None
    whole: Content | None = None


def redline_of(before: Side, after: Side, language: str) -> Redline:
    """The redline of both texts in one language, without a notice."""
    return redline(before.document(language), after.document(language))


def noticed(
    library: Library, before: Side, after: Side, made: Redline, written: Sequence[Written], lapsed: Side | None
) -> Redline:
    """A redline with what its reader must know: which texts, how changes are marked, and what no mark shows."""
    language = made.new.language.code
    strings = library.strings.get(language, {})

    def said(key: str, values: Mapping[str, str]) -> str:
        return IN_BRACES.sub(lambda found: values.get(found[1], found[0]), strings.get(key, ""))

    def called(side: Side) -> str:
        return said(side.string, {**side.values, "name": _named(library, side.member, language)})

    here = [one for one in written if one.language in ("", language)]
    clauses = [_titled(after.library, one.clause, language) for one in here if one.clause]
    lines = [said("redline", {"old": called(before), "new": called(after)})]
    lines += [said("redline-written", {"texts": "; ".join(clauses)})] if clauses else []
    lines += [said(f"redline-{of}", {}) for of in _OF_DOCUMENT if any(one.of == of for one in here)]
    if lapsed and lapsed.approved:
        named = {"name": _named(library, lapsed.member, language), "number": str(lapsed.approved.subject.version)}
        lines.append(said("redline-lapsed", named))
    return replace(made, notice=" ".join(filter(None, lines)))


def _titled(library: Library, id_: str, language: str) -> str:
    clause = library.clauses.get(id_)
    return (clause.title.get(language) if clause else "") or id_


def _named(library: Library, member: str, language: str) -> str:
    """The name of a member today in a language, or in the first of the workspace that has one."""
    found = library.institutions.get(member)
    if found is None:
        return member
    found = found.until(times.today(times.now(), library.workspace.time_zone))
    codes = (language, *library.workspace.all_languages)
    return next((name.name for code in codes if (name := found.name(code, None))), member)
