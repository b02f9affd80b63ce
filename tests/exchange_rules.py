"""What standards of exchange say in prose and their schemas cannot: rules, each with a fault that breaks it.

Of XLIFF 2.1 those constraints and processing requirements of the core and of the glossary module that can bear on what
paraph writes; their numbers are those of the Schematron rules that OASIS publishes with it (xliff_core_2.1.sch,
glossary.sch), which ask for XSLT 2. Of XLIFF 1.2 those of its specification. Of TBX-Basic 1.2 those of
TBX-Basic_DCA.sch, TBX-Basic_DCT.sch and of the modules Min and Basic (LTAC-Global). What a file may hold at all is a
rule too: the elements and attributes that are not named here are never written, so that no rule about them bears on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

Tree = etree._Element
NAMES = {
    "x": "urn:oasis:names:tc:xliff:document:2.0",
    "gls": "urn:oasis:names:tc:xliff:glossary:2.0",
    "y": "urn:oasis:names:tc:xliff:document:1.2",
    "t": "urn:iso:std:iso:30042:ed-2",
    "min": "http://www.tbxinfo.net/ns/min",
    "basic": "http://www.tbxinfo.net/ns/basic",
}


@dataclass(frozen=True)
class Rule:
    """`wrong` finds what breaks it (an XPath, or a function of the root). `fault` plants it: (set, XPath, attribute,
    value), (unset, XPath, attribute), (remove, XPath), (again, XPath), (text, XPath, words), (put, XPath, markup)."""

    says: str
    wrong: str | Callable[[Tree], Iterator[Tree]]
    fault: tuple[str, ...]


def broken(root: Tree, rules: tuple[Rule, ...]) -> list[str]:
    """The rules that a file breaks."""
    return [rule.says for rule in rules if _found(root, rule.wrong)]


def _found(root: Tree, wrong: str | Callable[[Tree], Iterator[Tree]]) -> list[Tree]:
    return _at(root, wrong) if isinstance(wrong, str) else list(wrong(root))


def _at(root: Tree, path: str) -> list[Tree]:
    found = root.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return found


def plant(root: Tree, fault: tuple[str, ...]) -> None:
    """Break one rule in a file."""
    how, path, *rest = fault
    one = _at(root, path)[0]
    match how:
        case "set":
            one.set(rest[0].replace("xml:", "{http://www.w3.org/XML/1998/namespace}"), rest[1])
        case "unset":
            del one.attrib[rest[0]]
        case "remove":
            one.getparent().remove(one)  # type: ignore[union-attr]  # never the root
        case "again":
            one.addnext(etree.fromstring(etree.tostring(one, with_tail=False)))
        case "text":
            one.text = rest[0]
        case "put":
            spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
            one.insert(1, etree.fromstring(f"<a {spaces}>{rest[0]}</a>")[0])


def _only(vocabulary: Mapping[str, str]) -> Callable[[Tree], Iterator[Tree]]:
    """What is none of these elements (prefix:name) with these attributes."""
    prefixes = {uri: prefix for prefix, uri in NAMES.items()}

    def wrong(root: Tree) -> Iterator[Tree]:
        for one in root.iter(etree.Element):
            name = etree.QName(one)
            known = vocabulary.get(f"{prefixes.get(name.namespace or '', '')}:{name.localname}")
            own = {etree.QName(str(key)).localname for key in one.attrib}
            if known is None or not own <= {*known.split()}:
                yield one

    return wrong


# --- XLIFF 2.1 -------------------------------------------------------------------------------------------------------


def _twice(root: Tree) -> Iterator[Tree]:
    for unit in _at(root, "//x:unit"):
        bearing = _at(unit, "x:segment[@id] | x:segment/x:source//*[@id]")
        ids = Counter(one.get("id") for one in bearing)
        yield from (one for one in bearing if ids[one.get("id")] > 1)


def _sides(root: Tree) -> Iterator[tuple[Tree, list[Tree], list[Tree]]]:
    """Segments with the codes of both sides, where there is a target."""
    for segment in _at(root, "//x:segment[x:target] | //y:trans-unit[y:target]"):
        source, target = (_at(segment, f"*[local-name()='{side}']//*") for side in ("source", "target"))
        yield segment, source, target


def _unlike(root: Tree) -> Iterator[Tree]:
    for _, source, target in _sides(root):
        known = {one.get("id"): (one.tag, dict(one.attrib)) for one in source}
        yield from (one for one in target if known.get(one.get("id")) != (one.tag, dict(one.attrib)))


def _deleted(root: Tree) -> Iterator[Tree]:
    for _, source, target in _sides(root):
        kept = {one.get("id") for one in target}
        yield from (one for one in source if one.get("canDelete") == "no" and one.get("id") not in kept)


def _copied(root: Tree) -> Iterator[Tree]:
    for _, _, target in _sides(root):
        times = Counter(one.get("id") for one in target)
        yield from (one for one in target if one.get("canCopy") == "no" and times[one.get("id")] > 1)


_FMT = "contains(' xlf:b xlf:i xlf:u xlf:lb xlf:pb ', concat(' ', @subType, ' '))"
_CODES = "canCopy canDelete id subType type"
XLIFF2 = (
    Rule("K1: an id of a file stands once", "//x:file[@id = preceding-sibling::x:file/@id]",
         ("set", "//x:file[2]", "id", "end-it")),
    Rule("K3: an id of a unit stands once in its file", "//x:unit[@id = preceding-sibling::x:unit/@id]",
         ("set", "//x:unit[2]", "id", "end-it.p1")),
    Rule("K5C: an id of data stands once in its unit", "//x:data[@id = preceding-sibling::x:data/@id]",
         ("again", "//x:data")),
    Rule("K6S: an id stands once among segments and codes", _twice, ("set", "//x:source/x:ph", "id", "s1")),
    Rule("K6T: a code of the target is one of its source, as it is there", _unlike,
         ("set", "//x:target/x:ph", "equiv", "another")),
    Rule("F1: a target asks for trgLang", "/x:xliff[not(@trgLang)]//x:target", ("unset", "/x:xliff", "trgLang")),
    Rule("F4: a target is in trgLang", "//x:target[@xml:lang][not(lang(string(/x:xliff/@trgLang)))]",
         ("set", "//x:target", "xml:lang", "pt")),
    Rule("4.2.2.12: a source is in srcLang", "//x:source[@xml:lang][not(lang(string(/x:xliff/@srcLang)))]",
         ("set", "//x:source", "xml:lang", "fr")),
    Rule("F7: subState asks for state", "//x:segment[@subState][not(@state)]",
         ("unset", "//x:segment[@subState]", "state")),
    Rule("4.3.1.29: subState has an authority", "//x:segment[@subState][not(contains(@subState, ':'))]"
         " | //x:segment[starts-with(@subState, 'xlf:')]", ("set", "//x:segment[@subState]", "subState", "xlf:stale")),
    Rule("F8: subType asks for type", "//x:segment//*[@subType][not(@type)]", ("unset", "//x:pc[@subType]", "type")),
    Rule("F8: a subType of XLIFF’s own belongs to its type",
         f"//x:segment//*[starts-with(@subType, 'xlf:')][not({_FMT} and @type = 'fmt')]",
         ("set", "//x:pc[@subType='paraph:link']", "subType", "xlf:b")),
    Rule("F15: dataRef is data of the unit",
         "//x:ph[@dataRef][not(@dataRef = ancestor::x:unit/x:originalData/x:data/@id)]",
         ("set", "//x:ph", "dataRef", "d99")),
    Rule("F16: dataRefEnd is data of the unit",
         "//x:pc[@dataRefEnd][not(@dataRefEnd = ancestor::x:unit/x:originalData/x:data/@id)]",
         ("set", "//x:pc", "dataRefEnd", "d99")),
    Rule("F17: dataRefStart is data of the unit",
         "//x:pc[@dataRefStart][not(@dataRefStart = ancestor::x:unit/x:originalData/x:data/@id)]",
         ("set", "//x:pc", "dataRefStart", "d99")),
    Rule("F16, F17: dataRefStart and dataRefEnd are a pair", "//x:pc[boolean(@dataRefStart) != boolean(@dataRefEnd)]",
         ("unset", "//x:pc", "dataRefEnd")),
    Rule("F20: no code is deleted that must not be", _deleted, ("remove", "//x:target/x:ph[@canDelete='no']")),
    Rule("4.3.1.4: no code is copied that must not be", _copied, ("again", "//x:target/x:ph[@canCopy='no']")),
    Rule("F29: what is translated has a target", "//x:segment[@state][@state != 'initial'][not(x:target)]",
         ("remove", "//x:segment[@state='final']/x:target")),
    Rule("4.2.2.10: data is there for a code",
         "//x:data[not(@id = ../..//@dataRef or @id = ../..//@dataRefStart or @id = ../..//@dataRefEnd)]",
         ("put", "//x:originalData", '<x:data id="d98">lost</x:data>')),
    Rule("gls2: an entry has a translation or a definition", "//gls:glossEntry[not(gls:translation or gls:definition)]",
         ("remove", "//gls:glossEntry/gls:translation[not(../gls:definition)]")),
    Rule("nothing else is written", _only({
        "x:xliff": "version srcLang trgLang", "x:file": "id original canResegment", "x:notes": "", "x:note": "category",
        "x:unit": "id name", "gls:glossary": "", "gls:glossEntry": "", "gls:term": "", "gls:translation": "",
        "gls:definition": "", "x:originalData": "", "x:data": "id space", "x:segment": "id state subState",
        "x:source": "space", "x:target": "space", "x:ph": f"{_CODES} dataRef equiv disp",
        "x:pc": f"{_CODES} dataRefStart dataRefEnd dispStart dispEnd",
    }), ("set", "//x:note", "priority", "1")),
)  # fmt: skip
"""The numbers of rules without a letter are sections of the specification of XLIFF 2.1."""

# --- XLIFF 1.2 -------------------------------------------------------------------------------------------------------


def _once(root: Tree) -> Iterator[Tree]:
    for unit in _at(root, "//y:trans-unit"):
        for side in ("source", "target"):
            codes = _at(unit, f"y:{side}//*")
            times = Counter(one.get("id") for one in codes)
            yield from (one for one in codes if times[one.get("id")] > 1)


XLIFF1 = (
    Rule("2.5: an id of a code stands once in a source, or a target", _once,
         ("set", "//y:source/y:x", "id", "1")),
    Rule("2.4: a code of the target is one of its source, as it is there", _unlike,
         ("set", "//y:target//y:g", "id", "98")),
    Rule("2.2.2: a source is in source-language",
         "//y:source[@xml:lang][not(lang(string(ancestor::y:file/@source-language)))]",
         ("set", "//y:source", "xml:lang", "fr")),
    Rule("2.2.2: a target is in target-language",
         "//y:target[@xml:lang][not(lang(string(ancestor::y:file/@target-language)))]",
         ("set", "//y:target", "xml:lang", "pt")),
    Rule("2.3: a file with targets has target-language", "//y:file[not(@target-language)][.//y:target]",
         ("unset", "//y:file", "target-language")),
    Rule("nothing else is written", _only({
        "y:xliff": "version", "y:file": "original source-language target-language datatype", "y:header": "",
        "y:note": "", "y:body": "", "y:trans-unit": "id resname space", "y:source": "lang", "y:target": "lang state",
        "y:x": "id ctype equiv-text", "y:g": "id ctype equiv-text",
    }), ("set", "//y:trans-unit", "approved", "yes")),
)  # fmt: skip

# --- TBX-Basic -------------------------------------------------------------------------------------------------------


def _values(element: str, values: str) -> str:
    return f"//{element}[not(contains(' {values} ', concat(' ', ., ' ')))]"


def _nowhere_but(element: str, *levels: str) -> str:
    """Elements that stand at another level; there also in a group."""
    here = " or ".join(f"parent::t:{one} or parent::*[contains(name(), 'Grp')]/parent::t:{one}" for one in levels)
    return f"//{element}[not({here})]"


_STATUS = "admittedTerm-admn-sts deprecatedTerm-admn-sts supersededTerm-admn-sts preferredTerm-admn-sts"
_PARTS, _GENDERS = "adjective noun other verb adverb", "masculine feminine neuter other"
_TYPES = "fullForm acronym abbreviation shortForm variant phrase"
_FRAME = dict.fromkeys(
    [f"t:{one}" for one in ("tbxHeader", "fileDesc", "titleStmt", "title", "sourceDesc", "p", "text", "body", "term",
                            "note")], ""
)  # fmt: skip
_FRAME |= {"t:tbx": "type style lang", "t:conceptEntry": "id", "t:langSec": "lang", "t:termSec": "id"}
_TARGET = "//*[@target][not(starts-with(@target, 'http://') or starts-with(@target, 'https://') or @target = //*/@id)]"


def _tbx(style: str, names: Mapping[str, str], vocabulary: Mapping[str, str]) -> tuple[Rule, ...]:
    """The rules of a style: `names` says how a data category is written in it."""

    def level(category: str, where: str, *levels: str) -> Rule:
        made = f"<{_start(names[category])}>noun</{_start(names[category]).split(' ')[0]}>"
        return Rule(f"{category} stands in {' or '.join(levels)}", _nowhere_but(names[category], *levels),
                    ("put", f"//t:{where}", made))  # fmt: skip

    def value(category: str, values: str) -> Rule:
        return Rule(f"{category} has a value of its own", _values(names[category], values),
                    ("text", f"//{names[category]}", "any"))  # fmt: skip

    return (
        Rule("the dialect is TBX-Basic", "/t:tbx[@type != 'TBX-Basic']", ("set", "/t:tbx", "type", "TBX-Min")),
        Rule("the style is said", f"/t:tbx[@style != '{style}']", ("set", "/t:tbx", "style", "dcx")),
        Rule("what is pointed to is there", _TARGET, ("set", "//*[@target]", "target", "nowhere")),
        level("administrativeStatus", "langSec", "termSec"),
        level("partOfSpeech", "langSec", "termSec"),
        level("grammaticalGender", "langSec", "termSec"),
        level("termType", "conceptEntry", "termSec"),
        level("subjectField", "termSec", "conceptEntry"),
        level("definition", "termSec", "conceptEntry", "langSec"),
        level("crossReference", "langSec", "conceptEntry", "termSec"),
        level("customerSubset", "langSec", "conceptEntry", "termSec"),
        level("source", "body", "conceptEntry", "langSec", "termSec"),
        value("administrativeStatus", _STATUS),
        value("partOfSpeech", _PARTS),
        value("grammaticalGender", _GENDERS),
        value("termType", _TYPES),
        Rule("nothing else is written", _only({**_FRAME, **vocabulary}), ("set", "//t:conceptEntry", "lang", "en")),
    )


def _start(path: str) -> str:
    """An XPath of an element with one attribute, as its start tag without brackets."""
    name, _, attribute = path.partition("[@")
    return f"{name} {attribute.removesuffix(']')}" if attribute else name


_DCA = {
    **{one: f"t:termNote[@type='{one}']" for one in ("administrativeStatus", "partOfSpeech", "grammaticalGender",
                                                     "termType")},
    **{one: f"t:descrip[@type='{one}']" for one in ("subjectField", "definition")},
    **{one: f"t:admin[@type='{one}']" for one in ("customerSubset", "source")},
    "crossReference": "t:ref[@type='crossReference']",
}  # fmt: skip
_DCT = {
    **{one: f"min:{one}" for one in ("administrativeStatus", "partOfSpeech", "subjectField", "customerSubset")},
    **{one: f"basic:{one}" for one in ("grammaticalGender", "termType", "definition", "source", "crossReference")},
}
TBX = {
    "dca": (
        *_tbx("dca", _DCA, {"t:descrip": "type lang", "t:admin": "type", "t:ref": "type target", "t:termNote": "type"}),
        Rule("no category is empty", "//t:*[@type = '']", ("set", "//t:descrip", "type", "")),
        Rule("no element of DCT stands in DCA", "//*[namespace-uri() != 'urn:iso:std:iso:30042:ed-2']",
             ("put", "//t:termSec", "<min:partOfSpeech>noun</min:partOfSpeech>")),
    ),
    "dct": (
        *_tbx("dct", _DCT, {**dict.fromkeys(_DCT.values(), ""), "basic:crossReference": "target",
                     "basic:definition": "lang"}),
        Rule("no element of DCA stands in DCT", "//t:text//t:*[@type]",
             ("put", "//t:termSec", '<t:termNote type="partOfSpeech">noun</t:termNote>')),
    ),
}  # fmt: skip
