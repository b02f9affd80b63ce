"""Existing statements in: one file, or the same statement in two languages, into clause drafts and a manifest."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from paraph.checks.leftovers import another_language
from paraph.errors import BrokenError, UsageError
from paraph.guarded import refusal
from paraph.legacy import pandoc_in, pdf_in
from paraph.legacy.blocks import Remark, Remarks, together
from paraph.legacy.drafts import Draft, Section, Statement, clause_yaml, manifest_yaml, new_id, text_of
from paraph.legacy.outline import Role, Setting, Unit, outline, place_and_date
from paraph.legacy.side_by_side import Pair, side_by_side
from paraph.legacy.similar import ClauseTexts, Similar
from paraph.legacy.typed import typed
from paraph.legacy.typed_notes import footnotes
from paraph.library.written.suggest import did_you_mean
from paraph.markup.openings import opening_pattern
from paraph.model.clause import ClauseKind
from paraph.model.finding import Finding, Severity, errors
from paraph.model.form import Form
from paraph.model.library import Library
from paraph.model.names import ID, id_advice
from paraph.workflow.files import write
from paraph.workflow.inventory import library_of

MOST_BYTES = 20_000_000
_LONGEST = 30_000
"""Characters of a paragraph: no clause may have more."""
_ADDRESS = re.compile(r"\S*(?:@|://)\S*")
ENDINGS = (*pandoc_in.FORMATS, ".pdf")


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """What an import made, or would make: the manifest, the clauses drafted, those of the library that stand in it
    because they say the same; what is near (by draft); remarks as findings; the files."""

    document: str
    drafts: tuple[str, ...]
    agreed: tuple[str, ...]
    near: Mapping[str, Similar]
    findings: tuple[Finding, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportRequest:
    """What is asked for: files with their languages, the first leads; the id, form and theme of what is made."""

    files: tuple[tuple[Path, str], ...]
    id: str = ""
    form: str = "declaration"
    theme: str = "imported"


def bring_in(root: Path, request: ImportRequest, *, dry_run: bool = False) -> Brought:
    """Read the statement, and write its drafts. Raises UsageError for what is not there or taken, FindingsError where a
    file cannot be read; nothing is replaced."""
    library = library_of(root)
    form = _refused(library, request)
    read = [_read(library, path, language) for path, language in request.files]
    maker = _Maker(library, request, form)
    maker.make([units for units, _ in read])
    findings = [
        _finding(str(path), remark)
        for (path, _), (_, remarks) in zip(request.files, read, strict=True)
        for remark in together(remarks)
    ]
    findings += [_finding(str(request.files[0][0]), remark) for remark in maker.remarks.all]
    texts = maker.files(", ".join(path.name for path, _ in request.files))
    for path in texts:
        if (root / path).exists():
            raise UsageError(f"there is something at {path} already", "Name another --id or --theme.")
    _verify(texts)
    if not dry_run:
        for path, text in texts.items():
            write(root / path, text.encode("utf-8"))
    return Brought(
        document=maker.id,
        drafts=tuple(draft.id for draft in maker.drafts),
        agreed=tuple(dict.fromkeys(maker.agreed)),
        near=maker.near,
        findings=tuple(findings),
        files=tuple(texts),
    )


def _refused(library: Library, request: ImportRequest) -> Form:
    codes = [code for _, code in request.files]
    if len(set(codes)) < len(codes):
        raise UsageError(f"both files are in {codes[0]}", "Give each file its own --lang.")
    workspace = library.workspace
    for code, known in zip(codes, (workspace.authentic, workspace.all_languages), strict=False):
        if code not in known:
            advice = f"Authentic languages: {', '.join(workspace.authentic)}."
            if code in workspace.translations:
                advice += " A translation comes along with one of them: --with FILE --lang " + code
            raise UsageError(f"“{code}” is no authentic language here", advice)
    if request.form not in library.forms:
        advice = f"{did_you_mean(request.form, library.forms)} Forms: {', '.join(library.forms)}.".strip()
        raise UsageError(f"there is no form “{request.form}”", advice)
    for name in filter(None, (request.id, request.theme)):
        if not ID.fullmatch(name):
            raise UsageError(f"“{name}” cannot be an id", id_advice(name))
    if request.id in library.manifests or request.id in library.clauses:
        raise UsageError(f"“{request.id}” is taken", "Choose another --id.")
    return library.forms[request.form]


def _read(library: Library, path: Path, language: str) -> tuple[tuple[Unit, ...], tuple[Remark, ...]]:
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(f"“{path.name}” is of no kind that is read", f"Endings: {', '.join(ENDINGS)}.")
    try:
        with path.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise UsageError(f"there is no file {path}", "Check its name.") from None
    if len(data) > MOST_BYTES:
        raise refusal(str(path), f"the file has more than {MOST_BYTES // 1_000_000} MB", "Take the pictures out of it.")
    remarks = Remarks()
    blocks = (
        pdf_in.read(data, str(path), remarks) if ending == ".pdf" else pandoc_in.read(data, str(path), ending, remarks)
    )
    if long := next((block for block in blocks if len(block.text) > _LONGEST), None):
        message = f"paragraph {long.at} has more than {_LONGEST:,} characters"
        raise refusal(str(path), message, "Part it in the file, and import that again.")
    if not blocks:
        raise refusal(str(path), "the file holds no words", "See whether it is the right one.")
    names = frozenset(
        name.name.lower()
        for institution in library.institutions.values()
        for dated in institution.names
        for name in dated.names.values()
    )
    labels = frozenset(form.names[language].lower() for form in library.forms.values() if language in form.names)
    rules = library.rules.get(language)
    abbreviated = rules.abbreviated if rules else lambda _: False
    blocks = typed(footnotes(blocks, remarks), remarks)
    units = outline(blocks, language, library.openings, names, labels, abbreviated)
    _foreign(units, language, library, remarks)
    return units, tuple(remarks.all)


def _foreign(units: Sequence[Unit], language: str, library: Library, remarks: Remarks) -> None:
    """Say which paragraphs are in another language: two columns of one page come in turns."""
    found: dict[str, list[int]] = {}
    for unit in (unit for unit in units if unit.role is not Role.LINK):
        if other := another_language(_ADDRESS.sub("", unit.text), language, library.workspace.all_languages):
            found.setdefault(other, []).append(unit.at)
    for other, places in found.items():
        what = f"paragraph {places[0]} looks" if len(places) == 1 else f"paragraphs {', '.join(map(str, places))} look"
        advice = "Take them out; if the file holds two languages side by side, make one file of each, and use --with."
        remarks.add("import-language", 0, f"{what} like {other}, not {language}", advice)


def _finding(file: str, remark: Remark) -> Finding:
    where = f"paragraph {remark.at}: " if remark.at else ""
    return Finding(
        file=file,
        line=0,
        column=0,
        rule=remark.rule,
        message=where + remark.message,
        advice=remark.advice,
        severity=Severity.NOTE if remark.sure else Severity.WARNING,
    )


class _Maker:
    def __init__(self, library: Library, request: ImportRequest, form: Form) -> None:
        self.library, self.request, self.form = library, request, form
        self.languages = tuple(code for _, code in request.files)
        self.courtesy = frozenset(self.languages) - {*library.workspace.authentic}
        self.texts = ClauseTexts(library.clauses)
        self.taken = {*library.clauses, *library.manifests}
        self.remarks = Remarks()
        self.drafts: list[Draft] = []
        self.agreed: list[str] = []
        self.near: dict[str, Similar] = {}
        self.sections: list[Section] = []
        self.title: dict[str, str] = {}
        self.place: dict[str, str] = {}
        self.date: dt.date | None = None
        self.comments: list[str] = []
        self.id = ""

    def make(self, read: Sequence[tuple[Unit, ...]]) -> None:
        first = read[0]
        pairs = side_by_side(first, read[1]) if len(read) > 1 else tuple(Pair(unit, None) for unit in first)
        self.through = self._runs_through(first)
        for pair in pairs:
            self._pair(pair)
        base = self.request.files[0][0].stem
        self.id = self.request.id or new_id(base, self.taken, "imported")

    @staticmethod
    def _runs_through(units: Sequence[Unit]) -> bool:
        """Whether numbers run on from section to section."""
        starts, fresh = [], True
        for unit in units:
            fresh |= unit.role in (Role.HEADING, Role.CHAPEAU)
            if unit.number and fresh:
                starts.append(unit.number)
                fresh = False
        return any(number > 1 for number in starts[1:])

    def _pair(self, pair: Pair) -> None:
        lead = pair.one or pair.other
        assert lead is not None
        sides = {code: unit for code, unit in zip(self.languages, (pair.one, pair.other), strict=False) if unit}
        if len(self.languages) > 1:
            self._compare(pair, lead, sides)
        if sides.keys() <= self.courtesy:  # there is nothing that it translates
            self.comments.append(f"In {', '.join(sides)} alone: {lead.text}")
            return
        match lead.role:
            case Role.LABEL:
                self.comments.append(f"Above the title: {lead.text}")
            case Role.TITLE:
                self.title = {code: unit.text for code, unit in sides.items()}
            case Role.PLACE_DATE:
                self._place(sides)
            case Role.LINK:
                self.comments += [f"In a list of links, left out: {self._text(unit)[0]}" for unit in sides.values()]
            case Role.SIGNATORY:
                self.comments += [f"Signatory? {unit.text}" for unit in sides.values()]
            case Role.HEADING | Role.CHAPEAU:
                self._begin(lead, {code: self._text(unit)[0] for code, unit in sides.items()})
            case Role.CLAUSE:
                self._clause(lead, sides)

    def _text(self, unit: Unit) -> tuple[str, bool]:
        try:
            return text_of(unit.lines)
        except ValueError:
            file, advice = str(self.request.files[0][0]), "Part it or shorten it in the file, and import that again."
            raise refusal(file, f"paragraph {unit.at} cannot be written as a clause", advice) from None

    def _compare(self, pair: Pair, lead: Unit, sides: Mapping[str, Unit]) -> None:
        missing = [code for code in self.languages if code not in sides]
        what = f"{lead.role} “{_short(lead.text)}”"
        if missing:
            have = next(iter(sides))
            message = f"{what} stands in {have} alone"
            self.remarks.add("import-alone", lead.at, message, f"Write it in {missing[0]}, or see where it went there.")
        for difference in pair.differences:
            self.remarks.add("import-differs", lead.at, f"{what}: {difference}", "See which language is right.")

    def _place(self, sides: Mapping[str, Unit]) -> None:
        for code, unit in sides.items():
            place, date = place_and_date(unit.text, code)
            if place:
                self.place[code] = place
                self.date = date  # a date without a place may be that of the page
            self.date = self.date or date
            self.comments.append(f"Place and date in the file: {unit.text}")

    def _begin(self, lead: Unit, texts: Mapping[str, str]) -> None:
        """A section begins with a heading, or with a chapeau that no heading of its own came before.

        “We, the members,” and “Recall:” after it are one chapeau.
        """
        last = self.sections[-1] if self.sections else None
        if lead.role is Role.CHAPEAU and last and not last.clauses and not last.chapeau:
            self.sections[-1] = Section(style="", heading=last.heading, chapeau=texts, clauses=())
        elif lead.role is Role.CHAPEAU and last and not last.clauses and last.chapeau.keys() == texts.keys():
            both = {code: f"{last.chapeau[code]}, {text}" for code, text in texts.items()}
            self.sections[-1] = Section(style="", heading=last.heading, chapeau=both, clauses=())
        else:
            heading, chapeau = (texts, {}) if lead.role is Role.HEADING else ({}, texts)
            self.sections.append(Section(style="", heading=heading, chapeau=chapeau, clauses=()))

    def _clause(self, lead: Unit, sides: Mapping[str, Unit]) -> None:
        style, kind = self._style(lead, next(iter(sides)))
        id_ = self._agreed(sides) or self._draft(lead, sides, kind)
        last = self.sections[-1] if self.sections else None
        if last is None or (last.style and last.style != style):
            self.sections.append(Section(style=style, heading={}, chapeau={}, clauses=(id_,)))
        else:
            clauses = (*last.clauses, id_)
            self.sections[-1] = Section(style=style, heading=last.heading, chapeau=last.chapeau, clauses=clauses)

    def _style(self, unit: Unit, language: str) -> tuple[str, ClauseKind]:
        """The form's style for a clause that is set so, and a kind that may stand in it.

        Of several the one in which clauses open as this one does, or that of the clause before.
        """
        wanted = {
            Setting.RECITAL: ("none", "recital"),
            Setting.NUMBERED: ("through" if self.through else "section", "operative"),
            Setting.BULLET: ("bullet", "bullet"),
            Setting.PROSE: ("none", "prose"),
        }[unit.setting]
        styles = self.form.styles
        fits = [name for name, style in styles.items() if (style.numbering, style.role) == wanted]
        fits += [name for name, style in styles.items() if wanted[1] in (style.role, style.numbering)]
        fits += [self.form.default_style or next(iter(styles))]
        fits = [one for one in fits if not styles[one].kinds or unit.kind in styles[one].kinds] or fits[:1]
        before = self.sections[-1].style if self.sections else ""
        look = {one: (style.role, style.numbering) for one, style in styles.items()}
        alike = [one for one in fits if look[one] == look[fits[0]]]
        opening = [one for one in alike if self._opens(unit, language, styles[one].opens.get(unit.kind, ""))]
        name = next(iter(opening), before if before in alike else fits[0])
        kinds = styles[name].kinds
        return name, unit.kind if not kinds or unit.kind in kinds else sorted(kinds)[0]

    def _opens(self, unit: Unit, language: str, name: str) -> bool:
        opening = self.library.openings.get(name)
        if opening is None or language not in opening.words:
            return False
        return bool(opening_pattern(opening.words[language], opening.after.get(language, ())).match(unit.text))

    def _agreed(self, sides: Mapping[str, Unit]) -> str:
        """The clause of the library that says the same in every language that came."""
        sides = {code: unit for code, unit in sides.items() if code not in self.courtesy}
        code, unit = next(iter(sides.items()))
        near = self.texts.nearest(unit, code)
        if near is None or near.score < 100:
            return ""
        if not all(self.texts.same(other, language, near.clause) for language, other in sides.items()):
            return ""
        self.agreed.append(near.clause)
        return near.clause

    def _draft(self, lead: Unit, sides: Mapping[str, Unit], kind: ClauseKind) -> str:
        texts = {}
        for code, unit in sides.items():
            texts[code], whole = self._text(unit)
            if not whole:
                self.remarks.add("import-emphasis", unit.at, f"emphasis inside words was left out ({code})", sure=True)
        said = next((texts[code] for code in ("en", *texts) if code in texts), "")
        id_ = new_id(said, self.taken, "paragraph")
        self.taken.add(id_)
        notes = f"Paragraph {lead.at} of the file" + (f", numbered {lead.number} there" if lead.number else "") + "."
        found = [near for code, unit in sides.items() if (near := self.texts.nearest(unit, code))]
        if found:
            best = self.near[id_] = max(found, key=lambda near: near.score)
            notes += f" Near {best.clause} ({best.language}, {best.score} of 100)."
        binding = {code: text for code, text in texts.items() if code not in self.courtesy}
        courtesy = {code: text for code, text in texts.items() if code in self.courtesy}
        self.drafts.append(Draft(id=id_, kind=kind, texts=binding, notes=notes, translations=courtesy))
        return id_

    def files(self, source: str) -> Mapping[str, str]:
        """Path → text of each file."""
        statement = Statement(
            id=self.id,
            form=self.form.id,
            source=source,
            title=self.title,
            place=self.place,
            date=self.date,
            languages=self.languages,
            unchecked=tuple(code for code in self.languages if code in self.courtesy),
            sections=tuple(self.sections),
            remarks=tuple(self.comments),
        )
        folder = self.form.folder or self.form.id
        made = {
            f"statements/clauses/{self.request.theme}/{one.id}.yml": clause_yaml(one, source) for one in self.drafts
        }
        return {**made, f"statements/{folder}/{self.id}.yml": manifest_yaml(statement)}


def _short(text: str) -> str:
    first = text.split("\n")[0]
    return first if len(first) <= 50 else first[:49].rstrip() + "…"


def _verify(texts: Mapping[str, str]) -> None:
    """Each file is read as it will be: what is not YAML of its kind is never written."""
    from paraph.library.shapes.statement_schema import ClauseShape, ManifestShape
    from paraph.library.shapes.validate import validate
    from paraph.library.written.reader import read

    for path, text in texts.items():
        data, source, findings = read(path, text.encode("utf-8"))
        shape = ClauseShape if "/clauses/" in path else ManifestShape
        _, more = validate(shape, data or {}, source)
        if faults := errors((*findings, *more)):
            raise BrokenError(f"{path} would not be read again: {faults[0].message}", "Please report this.")
