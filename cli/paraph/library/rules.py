"""Every rule that a finding may name, in words: for docs/findings.md and for `paraph check --json` readers.

A rule's id is a promise to scripts that read findings: it may be added, never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping

RULES: Mapping[str, Mapping[str, str]] = {
    "Files": {
        "file-missing": "A file that every workspace has, or that another names, is not there.",
        "unreadable-file": "The file cannot be read, or is no ordinary file.",
        "file-too-large": "The file is larger than is read (text 1 MB, pictures and templates 10 MB).",
        "link": "A symbolic link; links are not followed.",
        "path-outside": "A path leads out of the workspace.",
        "wrong-folder": "A file of this kind stands in another folder.",
        "wrong-ending": "The file would be read if it ended in .yml.",
        "unexpected-file": "Nothing reads a file of this kind here (a note).",
        "bad-file-name": "The file’s name is no UTF-8.",
        "form-missing": "A folder of templates has no form.yml.",
        "logo-format": "The logo is neither PNG nor JPEG.",
        "not-utf8": "The file is not saved as UTF-8.",
        "byte-order-mark": "The file begins with a byte order mark (a warning; it is read all the same).",
        "file-empty": "The file holds nothing.",
        "not-a-mapping": "The file does not consist of keys with values.",
    },
    "Exchange": {
        "exchange-file": "A file from another program is not what its name says, or nothing that is opened here.",
        "exchange-column": "A column of a table is missing, or there twice.",
        "exchange-cell": "A cell of a table lacks something, differs from its neighbours, or holds a formula.",
        "translation-file": "A translated file has no segments, one of them twice, or a clause that is not there.",
        "translation-moved": "The source text of a segment is not, or no longer, that of the clause.",
        "translation-marks": "A translated segment lost a value, link, note or term, or its marks are broken.",
        "translation-empty": "A segment is not translated.",
    },
    "YAML": {
        "yaml-syntax": "The file is no YAML from this line on.",
        "duplicate-key": "A key stands twice in one place; YAML would silently take the last.",
        "yaml-alias": "An alias (`*name`) is not allowed.",
        "yaml-anchor": "An anchor (`&name`) is not allowed.",
        "yaml-merge": "A merge (`<<`) is not allowed.",
        "yaml-tag": "A tag (`!name`) is not allowed.",
        "yaml-key": "A key is a list or a mapping: mostly `{{ … }}` without quotes around the text.",
        "yaml-documents": "A second document (`---`) begins in the file.",
        "text-cut-short": "A text without quotes holds a #: what follows is a comment (a warning).",
        "too-deep": "More than 20 levels.",
    },
    "Characters": {
        "control-character": "A control character.",
        "bidi-control": "A character that turns the direction of text around invisibly.",
        "invisible-character": "A character that no reader sees, such as a zero-width space.",
        "no-character": "A code point that is no character, or has no agreed meaning.",
        "space-at-edge": "A line begins or ends with an unusual space, which would be lost.",
    },
    "Keys and values": {
        "missing-key": "A key that is needed is missing.",
        "unknown-key": "A key that means nothing here.",
        "wrong-shape": "A list, a text or keys with values where something else belongs.",
        "text-empty": "A text, list or value is empty (a warning where leaving it out changes nothing).",
        "to-be-written": "A text is still the dots of a skeleton (a warning).",
        "section-empty": "A section has neither clauses nor a chapeau (a warning).",
        "bad-choice": "None of the words that may stand here.",
        "bad-id": "An id is small letters, digits and hyphens, and no Windows device (a state’s: two capitals).",
        "bad-name": "A value’s name is made of small letters, digits and _.",
        "bad-date": "No date of the form 2017-03-01, or no day of the calendar.",
        "bad-boolean": "Neither true nor false.",
        "bad-number": "No whole number.",
        "bad-colour": "No colour of the form #1f4e79.",
        "accent-contrast": "The accent colour is too pale to be read on white (WCAG 2.2, 1.4.3: 4.5 to 1).",
        "bad-address": "No web address.",
        "bad-time-zone": "No time zone such as Europe/Paris.",
        "bad-locale": "No locale such as en_GB.",
        "bad-pattern": "A pattern of numbers without its place for the number.",
        "bad-value-type": "No type of value such as date or list[country].",
        "id-unlike-file": "The id differs from the name of the file, or of the form’s folder.",
        "duplicate-id": "Two files, sections or concepts have the same id.",
        "dates-order": "Dated entries do not stand in the order of their dates.",
    },
    "Languages": {
        "language-missing": "A text is missing in a language that needs it.",
        "unknown-language": "No language, or none of this workspace.",
        "language-twice": "A language is listed twice in paraph.yml.",
        "not-authentic": "A text in a language of translations stands among those that bind.",
        "not-translation": "A text in an authentic language stands among the translations.",
        "translation-source": "A translation is made from a language that the clause does not have.",
        "translation-stale": "The text has changed since it was translated (a warning).",
        "translation-missing": "A document is issued in a language that a clause of it does not have.",
        "structure-differs": (
            "The languages of a clause differ in paragraphs, items, values or footnotes, or in marked terms and "
            "references (for a translation, these two are a warning)."
        ),
        "rules-missing": "templates/strings.yml does not say how a language writes.",
        "string-missing": "A fixed string is missing in a language.",
        "string-fields-differ": "A fixed string has other {words in braces} in another language.",
        "name-form-missing": "A name lacks the grammatical form that a text asks for.",
    },
    "Text": {
        "terminal-punctuation": "A text ends with the mark that the form writes.",
        "one-paragraph": "A title, heading, chapeau or field is more than one paragraph.",
        "markup-refused": "A heading, picture, rule or code in a text.",
        "list-start": "A numbered list does not begin at 1.",
        "empty-item": "An item of a list is empty.",
        "footnote-missing": "A footnote is called and not written.",
        "footnote-unused": "A footnote is written and never called.",
        "footnote-twice": "A footnote is called twice.",
        "footnote-nested": "A footnote calls a footnote.",
        "footnote-long": "A footnote is more than one paragraph.",
        "link-scheme": "A link leads to no web or mail address.",
        "link-title": "A link has a title, which no page would show.",
        "link-empty": "A link has no words.",
        "span-language": "Braces after [words] do not name their language.",
        "placeholder-malformed": "Double braces without the name of a value in them.",
        "placeholder-form": "A value is asked for in a form that does not exist.",
    },
    "Values": {
        "placeholder-undeclared": "A text names a value that its clause or form does not declare.",
        "value-unused": "A clause declares a value that no text of it names.",
        "value-missing": "A value is not given.",
        "value-superfluous": "A value is given that nothing asks for.",
        "value-type": "A value is not of its type.",
    },
    "References": {
        "unknown-clause": "There is no such clause.",
        "unknown-concept": "There is no such concept in the glossary.",
        "unknown-country": "There is no such state in statements/countries.yml.",
        "unknown-field": "The form has no such field.",
        "unknown-font": "A PDF cannot be set in this font (a warning).",
        "unknown-form": "There is no such form.",
        "unknown-member": "There is no such member.",
        "unknown-network": "There is no such network.",
        "unknown-part": "A form has no such part.",
        "unknown-string": "There is no such fixed string.",
        "unknown-style": "The form has no such style.",
        "kind-not-accepted": "A section does not take clauses of this kind.",
        "field-missing": "A field that the form asks for is not given.",
        "no-speaker": "Neither a network nor a member speaks in a document.",
        "preferred-twice": "A concept has two preferred terms in one language.",
        "reference": "A text refers to a clause that has no number here, or none that is clear.",
    },
    "Terms": {
        "term-deprecated": "A deprecated term (a warning): the advice names the preferred one.",
        "term-forbidden": "A forbidden term.",
        "acronym-language": "An acronym of another language: HCR in an English text.",
        "acronym-unexplained": "An acronym that a document explains nowhere (a warning).",
        "name-out-of-date": "A name that is not, or no longer, in force on the date of a document (a warning).",
        "term-mark": "Words marked as one concept that are a term of another, or of none (a warning).",
        "two-names": "A document names one concept by two terms that may both be used (a warning).",
        "concept-missing": "One language names a concept, the other has no term of it (a warning).",
    },
    "Concordance": {
        "dates-differ": "One language has a date that the other has not (a warning, as all from here to Drafting).",
        "symbols-differ": "One language cites a document by its symbol or number, the other does not: 2011/95/EU.",
        "references-differ": "The languages cite other articles, paragraphs or letters.",
        "numbers-differ": "The languages have other numbers, in digits or in words.",
        "links-differ": "The languages have other links; a page in each language is no difference.",
        "emphasis-differs": "The opening words are emphasised in one language only, or other words are strong.",
        "acronyms-differ": "The languages have other acronyms, and the glossary knows neither.",
        "untranslated": "Words of one language stand in the text of the other.",
        "length-differs": "A text is less than half, or more than twice, as long as its language usually needs.",
        "language-suspect": "A text does not look like the language that it is said to be in.",
    },
    "Typography": {
        "typography-apostrophe": "A straight apostrophe, where the language has one of its own (a warning).",
        "typography-quotes": "Quotation marks, or the spaces in them, that are not the language’s (a warning).",
        "typography-space": "The space before a mark is missing, superfluous or lets the line break (a warning).",
        "typography-marks": "A comma, semicolon or question mark of another script (a warning).",
    },
    "Drafting": {
        "opening": "A clause does not begin as its form asks where it stands (a warning).",
        "bracket-open": "Square brackets, between which a negotiation leaves alternatives (a warning).",
        "title-acronym": "A title or heading names something by its acronym (a warning).",
        "list-order": "States or members that a text lists do not stand in the order of its language (a warning).",
    },
    "Plain language": {
        "sentence-long": "A sentence has more words than the form allows (a warning, as all of this group).",
        "word-hard": "A word of many syllables that the document does not explain.",
        "term-unexplained": "A term of the glossary that the document does not explain.",
        "acronym-plain": "An acronym.",
        "passive": "A verb in the passive, which does not say who does it.",
        "hard-to-read": "The whole is harder to read than the form asks, by the formula of its language.",
        "age-band": "The age of the readers is not stated, or spans too many years.",
    },
    "Waivers": {
        "waived": "A finding that is meant, with the reason (a note). Only findings of the rules from Terms on can be.",
        "waiver-unknown": "A waiver names a rule that cannot be waived.",
        "waiver-unused": "A waiver covers nothing that is found (a warning).",
    },
}
"""Group to rule id to what is wrong. What to do stands in the advice of each finding."""


def table() -> str:
    """The rules as Markdown, for docs/findings.md."""
    parts = []
    for group, rules in RULES.items():
        rows = "\n".join(f"| `{rule}` | {words} |" for rule, words in rules.items())
        parts.append(f"### {group}\n\n| rule | what is wrong |\n|---|---|\n{rows}\n")
    return "\n".join(parts)
