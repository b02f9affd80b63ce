"""The texts that a document has in its own file, in every language: title, headings, fields, words given for values.

Those in a courtesy language are a translation as those of a clause are, pinned (`translations:`) to the texts of one
authentic language, all of them together: title and headings are read as one.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from paraph.model.finding import KeyPath
from paraph.model.form import Form
from paraph.model.language import Texts
from paraph.model.library import Library
from paraph.model.manifest import Manifest
from paraph.model.value import RawValue


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnText:
    """`id` names it for translators and on record: title, section.recall.heading, value.audience; `at` is its place in
    the file; `marked`: it is Markdown of one paragraph, where others print as they stand."""

    id: str
    at: KeyPath
    what: str
    texts: Texts
    marked: bool


def own_texts(manifest: Manifest, form: Form | None) -> Iterator[OwnText]:
    """All that the document itself says, in the order of its file, but for the words given for values."""
    for name, texts in (("title", manifest.title), ("subtitle", manifest.subtitle), ("place", manifest.place)):
        yield OwnText(id=name, at=(name,), what=f"the {name}", texts=texts, marked=name != "place")
    for name, texts in manifest.fields.items():
        lines = form is not None and name in form.fields and form.fields[name].type == "lines"
        what = f"the field {name}"
        yield OwnText(id=f"field.{name}", at=("fields", name), what=what, texts=texts, marked=not lines)
    for position, section in enumerate(manifest.sections):
        for name, texts in (("heading", section.heading), ("chapeau", section.chapeau)):
            yield OwnText(
                id=f"section.{section.id}.{name}",
                at=("sections", position, name),
                what=f"the {name} of section {section.id}",
                texts=texts,
                marked=True,
            )


def value_texts(manifest: Manifest) -> Iterator[OwnText]:
    """The words given for values that are given in each language; what is the same in all of them is not translated."""
    yield from _values(manifest.values, "", ("values",), "")
    for number, section in enumerate(manifest.sections):
        seen = Counter[str]()
        for chain in section.all_uses():
            at: KeyPath = ("sections", number)
            for depth, (position, _) in enumerate(chain):
                at = (*at, "under" if depth else "clauses", position)
            use = chain[-1][1]
            seen[use.clause] += 1
            again = f".{seen[use.clause]}" if seen[use.clause] > 1 else ""
            prefix, of = f"section.{section.id}.{use.clause}{again}.", f" of {use.clause} in section {section.id}"
            yield from _values(use.values, prefix, (*at, "values"), of)


def _values(values: Mapping[str, RawValue], prefix: str, at: KeyPath, of: str) -> Iterator[OwnText]:
    for name, value in values.items():
        many = isinstance(value, tuple)
        for position, one in enumerate(value if isinstance(value, tuple) else (value,)):
            if not isinstance(one, str):
                id_ = f"{prefix}value.{name}" + (f".{position + 1}" if many else "")
                place: KeyPath = (*at, name, position) if many else (*at, name)
                yield OwnText(id=id_, at=place, what=f"the value {name}{of}", texts=one, marked=False)


def every_text(manifest: Manifest, form: Form | None) -> tuple[OwnText, ...]:
    """All that there is to translate in the file of a document."""
    return (*own_texts(manifest, form), *value_texts(manifest))


def own_words(manifest: Manifest, language: str) -> dict[str, str]:
    """What the document itself says in a language, by the ids of its texts."""
    texts = every_text(manifest, None)
    return {one.id: one.texts[language] for one in texts if language in one.texts}


def own_source(library: Library, manifest: Manifest, language: str) -> str:
    """The language that its own texts in a courtesy language are made from: where it does not say, the first."""
    pin = manifest.translations.get(language)
    return pin.source if pin else library.workspace.authentic[0]


def own_record(manifest: Manifest, source: str, language: str) -> str:
    """What a member validates: every own text in both languages, as JSON, whatever their order in the file."""
    both = {code: own_words(manifest, code) for code in (source, language)}
    return json.dumps(both, ensure_ascii=False, sort_keys=True)


def translated(record: str, language: str) -> Mapping[str, str]:
    """The own texts in a courtesy language of what a member validated (`own_record`)."""
    found: Mapping[str, Mapping[str, str]] = json.loads(record)
    return found.get(language, {})


def is_translation(manifest: Manifest, language: str) -> bool:
    """Whether the file says that the document’s own texts in a courtesy language are a translation, checked or not."""
    return language in manifest.translations or language in manifest.unchecked


def is_unchecked(manifest: Manifest, language: str) -> bool:
    """Whether, by its file alone, the document’s own texts in a courtesy language are ones that nobody has checked.

    Those checked of texts that have changed since are not checked as they stand.
    """
    pin = manifest.translations.get(language)
    checked = pin is None or (pin.status == "checked" and not pin.stale)
    return language in manifest.unchecked or not checked
