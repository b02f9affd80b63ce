"""Plain language, where a form asks for it (`plain:` of its form.yml): leaflets for children.

What is asked, and where each rule and threshold comes from, is in docs/plain-language.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from paraph.checks.counting import in_words
from paraph.checks.languages import base
from paraph.checks.names import acronyms_in
from paraph.checks.readability import EASE, ENOUGH, ease, lix, syllables
from paraph.checks.scan import Scan
from paraph.checks.texts import Part, Passage, RunKind
from paraph.glossary.tokens import WORD
from paraph.model.finding import Finding, KeyPath, Severity
from paraph.model.form import Plain
from paraph.model.manifest import Manifest
from paraph.model.writing import LanguageRules, Passive

_READ = (RunKind.OWN, RunKind.MARK)
_SHORTER = "Shorter sentences and more common words make it easier."
_GAP = "[\\s\u00a0]+"
_ARABIC = re.compile("[\u0621-\u064a]")
_SIGNS = "[\u064b-\u0652]*"
_SENTENCE = re.compile(r"(?<=[.!?؟…:])[\s\u00a0»”]+|\n")


def plain(scan: Scan) -> Iterator[Finding]:
    """Everything that is not plain in the documents of forms that ask for it."""
    for manifest in scan.library.manifests.values():
        form = scan.library.forms.get(manifest.form)
        if form is None or form.plain is None:
            continue
        yield from _ages(manifest, form.plain)
        for language in manifest.languages:
            rules = scan.library.rules.get(language)
            passages = scan.document(manifest, language)
            for passage in passages:
                for part in passage.parts:
                    yield from _sentences(passage, part, form.plain)
                    yield from _passives(passage, part, form.plain, rules)
                    yield from _acronyms(passage, part, form.plain)
            yield from _words(scan, passages, form.plain, rules)
            yield from _ease(manifest, language, passages, form.plain)


# --- sentences -------------------------------------------------------------------------------------------------------


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence."""
    return [words for one in _SENTENCE.split(text) if (words := _spoken(one))]


def _spoken(text: str) -> list[str]:
    """Words as one says them: an elided article is none of its own."""
    return [word for word in WORD.findall(text) if len(word) > 1 or word.isdigit() or word.casefold() in "aàiouyóé"]


def _sentences(passage: Passage, part: Part, asked: Plain) -> Iterator[Finding]:
    for words in sentences(part.text) if asked.sentence else ():
        if len(words) > asked.sentence:
            message = f"a sentence of {len(words)} words: “{' '.join(words[:6])} …”"
            advice = f"Make two of it: {asked.sentence} words at most, one idea in each."
            yield passage.finding("sentence-long", message, advice, line=part.at)


def _acronyms(passage: Passage, part: Part, asked: Plain) -> Iterator[Finding]:
    for acronym in dict.fromkeys(acronyms_in(part.own)) if not asked.acronyms else ():
        yield passage.finding(
            "acronym-plain", f"“{acronym}” is an acronym", "Write the name, or say what it does.", line=part.at
        )


# --- the passive -----------------------------------------------------------------------------------------------------


def _passives(passage: Passage, part: Part, asked: Plain, rules: LanguageRules | None) -> Iterator[Finding]:
    if asked.passive or rules is None or not rules.passive:
        return
    for run in part.runs:
        for match in _passive(rules.passive).finditer(run.text) if run.kind in _READ else ():
            bare = f"{match['verb']} {match['participle']}"  # are you lost, are not lost: are lost
            if not any(map(_excepted(rules.passive).fullmatch, (match["participle"], match[0], bare))):
                message = f"“{match[0]}” does not say who does it"
                yield passage.finding("passive", message, "Begin with who does it: we, you, the police.", line=part.at)


@cache
def _passive(rules: Passive) -> re.Pattern[str]:
    """An auxiliary, up to two words that may stand between, a participle."""
    verbs, between, participles = (
        "|".join(map(_like, some)) for some in (rules.verbs, rules.between, rules.participles)
    )
    middle = rf"(?:(?:{between}){_GAP}){{0,2}}" if between else ""
    guards = "".join(f"(?<!{re.escape(one)})" for one in rules.not_after)
    return re.compile(
        rf"(?<!\w){guards}(?P<verb>{verbs}){_GAP}{middle}(?P<participle>{participles})(?![\w-])", re.IGNORECASE
    )


@cache
def _excepted(rules: Passive) -> re.Pattern[str]:
    return re.compile("|".join(map(_like, rules.exceptions)) or r"(?!)", re.IGNORECASE)


def _like(pattern: str) -> str:
    """Words, with * for letters, as a regular expression; Arabic letters may have their vowel signs."""
    signed = _ARABIC.sub(rf"\g<0>{_SIGNS}", re.escape(pattern))
    return signed.replace(r"\*", r"\w*").replace(r"\ ", _GAP)


# --- words -----------------------------------------------------------------------------------------------------------


def _words(scan: Scan, passages: tuple[Passage, ...], asked: Plain, rules: LanguageRules | None) -> Iterator[Finding]:
    """Terms and long words that no sentence of the document explains; each where it first stands."""
    text = "\n".join(part.text for passage in passages for part in passage.parts)
    explains = rules.explains if rules else ()
    seen: set[str] = set()
    named = [(passage, one) for passage in passages for one in scan.named(passage) if one.kind in _READ]
    parts_of_terms = {word.casefold() for _, one in named for word in WORD.findall(one.words)}
    for passage, one in named if asked.terms else ():
        concept = scan.library.concepts.get(one.concept)
        if concept is None or concept.everyday or concept.id in seen or (one.entry and one.entry.acronym):
            continue
        seen.add(concept.id)
        written = {other.words for _, other in named if other.concept == concept.id}
        if not any(_explained(text, words, explains) for words in written):
            message = f"“{one.words}” ({concept.id}) is explained nowhere in this document"
            yield passage.finding("term-unexplained", message, _say_it(explains, one.words), line=one.line)
    least = asked.syllables.get(passages[0].language if passages else "", 0)
    for passage in passages if least else ():
        for part in passage.parts:
            for word in _long_words(part, passage.language, least):
                if word.casefold() in parts_of_terms | seen or _explained(text, word, explains):
                    continue
                seen.add(word.casefold())
                message = f"“{word}” is a long word, and nothing explains it"
                yield passage.finding("word-hard", message, _say_it(explains, word), line=part.at)


def _long_words(part: Part, language: str, least: int) -> Iterator[str]:
    for run in part.runs:
        if run.kind is not RunKind.OWN or base(language) not in EASE:
            continue
        for sentence in _SENTENCE.split(run.text):
            for position, word in enumerate(WORD.findall(sentence)):
                name = position and word[:1].isupper()
                parts = () if name else word.split("-")
                yield from (part for part in parts if syllables(part, language) >= least)


def _say_it(explains: tuple[str, ...], word: str) -> str:
    how = f"Say in a sentence what it means: “{explains[0].format(term=word)} …”" if explains else "Say what it means"
    return f"{how}, or use a shorter word."


def _explained(text: str, word: str, explains: tuple[str, ...]) -> bool:
    for pattern in explains:
        before, _, after = pattern.partition("{term}")
        lead = rf"(?<!\w){re.escape(before.strip())}(?:\s+\w+)?[\s’]+" if before.strip() else r"(?<!\w)"
        rest = rf"[\s\u00a0]*{re.escape(after.strip())}(?!\w)" if after.strip() else r"(?!\w)"
        if re.search(rf"{lead}{re.escape(word)}{rest}", text, re.IGNORECASE):
            return True
    return False


# --- the whole -------------------------------------------------------------------------------------------------------


def _ease(manifest: Manifest, language: str, passages: tuple[Passage, ...], asked: Plain) -> Iterator[Finding]:
    """How easy all that the document says is, by the formula of its language."""
    spoken = [words for passage in passages for part in passage.parts for words in sentences(part.text)]
    words = [word for one in spoken for word in one]
    if len(words) < ENOUGH:
        return
    least, most = asked.ease.get(language, 0), asked.lix.get(language, 0)
    found = ease(words, len(spoken), language) if least else None
    if found is not None and found < least:
        message = f"reading ease in {language} is {found:.0f} ({EASE[base(language)].name}); {least} is asked for"
        yield manifest.source.finding("hard-to-read", message, _SHORTER, at=("title",), severity=Severity.WARNING)
    found = lix(words, len(spoken)) if most else None
    if found is not None and found > most:
        message = f"LIX in {language} is {found:.0f}; {most} at most is asked for"
        yield manifest.source.finding("hard-to-read", message, _SHORTER, at=("title",), severity=Severity.WARNING)


def _ages(manifest: Manifest, asked: Plain) -> Iterator[Finding]:
    """The age band of the readers: stated, and narrow enough."""
    texts: Mapping[str, str] = manifest.fields.get(asked.ages, {})
    for language in manifest.languages if asked.ages else ():
        text = texts.get(language)
        if text is None:
            continue  # field-missing says so
        ages = sorted(
            {int(one) for one in re.findall(r"\d+", text)} | {n for _, n, sure in in_words(text, language) if sure}
        )
        at: KeyPath = ("fields", asked.ages, language)
        if len(ages) < 2:
            message = f"“{text}” names no age band"
            advice = "Say for which ages it is written: 10 to 14."
            yield manifest.source.finding("age-band", message, advice, at=at, severity=Severity.WARNING)
        elif ages[-1] - ages[0] > asked.widest:
            message = f"“{text}” spans {ages[-1] - ages[0]} years"
            advice = f"Write for a band of {asked.widest} years at most, or one leaflet for each band."
            yield manifest.source.finding("age-band", message, advice, at=at, severity=Severity.WARNING)
