"""What every step of an assembly looks at: the library, one manifest, one language, and the findings so far."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from paraph.assembly.terms import Terms
from paraph.markup.parse import parse_inline
from paraph.model.document import Record
from paraph.model.finding import Finding, KeyPath, Severity
from paraph.model.form import Form
from paraph.model.language import Language, Texts
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.member import Institution, Status
from paraph.model.names import IN_BRACES
from paraph.model.text import Inline
from paraph.model.writing import LanguageRules

HEADING = 2
"""The level of a heading in the text: above it is the title alone."""
_PRESENT = (Status.ACTIVE, Status.PENDING)


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """One assembly in the making, for the edition of a `member` or of all. `findings` is the one thing that grows."""

    library: Library
    manifest: Manifest
    language: Language
    record: Record
    terms: Terms
    member: Institution | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def code(self) -> str:
        """The language's code."""
        return self.language.code

    @property
    def on(self) -> dt.date | None:
        """The day whose names and members it has."""
        return self.library.on(self.manifest)

    @property
    def form(self) -> Form:
        """The form of the document."""
        return self.library.forms[self.manifest.form]

    @property
    def rules(self) -> LanguageRules:
        """How the language writes numbers and marks."""
        return self.library.rules[self.code]

    @property
    def labels(self) -> Mapping[str, str]:
        """The fixed strings in this language: those of all forms, over them the form's own."""
        own = {key: texts[self.code] for key, texts in self.form.strings.items() if self.code in texts}
        return {**self.library.strings.get(self.code, {}), **own}

    def finding(
        self, rule: str, message: str, advice: str, *, at: KeyPath = (), severity: Severity = Severity.ERROR
    ) -> None:
        """Report a fault of the manifest."""
        self.findings.append(self.manifest.source.finding(rule, message, advice, at=at, severity=severity))

    def string(self, key: str, **values: str) -> str:
        """The fixed string `key` with `{name}` filled in; a finding and "" where the language has none."""
        if key in self.labels:
            return IN_BRACES.sub(lambda found: values.get(found[1], found[0]), self.labels[key])
        source = self.form.source
        advice = f"Write {key} in {self.code} under strings: in this file or in templates/strings.yml."
        self.findings.append(source.finding("string-missing", f"the fixed string “{key}” has no {self.code}", advice))
        return ""

    def own(self, texts: Texts, at: KeyPath, what: str) -> str:
        """A text of the manifest in this language; a finding where others have it and this one has not."""
        if self.code in texts:
            return texts[self.code]
        if texts:
            self.finding("language-missing", f"{what} has no {self.code}", f"Add {self.code}: below it.", at=at)
        return ""

    def inlines(self, text: str, at: KeyPath) -> tuple[Inline, ...]:
        """A text of the manifest or the form as inlines."""
        if not text:
            return ()  # there is a finding where it should have been
        if text in self.manifest.inlines:
            return self.manifest.inlines[text]
        inlines, problems = parse_inline(text)
        for problem in problems:
            self.finding(problem.rule, problem.message, problem.advice, at=at)
        return inlines

    def speakers(self) -> tuple[Institution, ...]:
        """The members that speak: those named, or all of the networks; those that left before the date are not.

        A member that awaits validation is among them: it is invited and shown, and counts for nothing.
        """
        manifest, institutions = self.manifest, self.library.institutions
        if manifest.members:
            self._absent()
            chosen = [institutions[member] for member in manifest.members if member in institutions]
        else:
            chosen = [one for one in institutions.values() if set(one.networks) & set(manifest.networks)]
        return tuple(one for one in chosen if one.status_on(self.on) in _PRESENT)

    def _absent(self) -> None:
        """A finding for each member that the manifest names to speak and that was none on its date: it is left out."""
        manifest, institutions = self.manifest, self.library.institutions
        own = self.library.manifests.get(manifest.id, manifest).date  # a letter has the day on which it is sent
        for position, member in enumerate(manifest.members):
            if member in institutions and (status := institutions[member].status_on(self.on)) not in _PRESENT:
                was = "no member" if status is Status.LEFT else f"{status} only"
                day = "on the date of this document" if own else f"on {manifest.date}" if manifest.date else "today"
                message = f"{member} is {was} {day}"
                advice = "Delete it here, or see its status: in statements/institutions.yml."
                severity = Severity.ERROR if own else Severity.WARNING  # it left while the text stands
                self.finding("unknown-member", message, advice, at=("members", position), severity=severity)
